//! The headings of columns in Chinese and English, and what each column holds. Read [`Key`] first, then
//! [`recognised`].

use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::count::narrow;

/// What a column of a spreadsheet can hold. The words are what `--map COLUMN=KEY` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Key {
    /// Code of the school, unique in the sheet.
    Code,
    /// Name of the school.
    Name,
    /// WeCom's id of the enterprise.
    CorpId,
    /// Primary and secondary industry in one cell.
    Industry,
    /// Primary industry.
    PrimaryIndustry,
    /// Secondary industry.
    SecondaryIndustry,
    /// How far WeCom has checked the enterprise.
    Certification,
    /// Whether WeCom has accepted the proof of a non-profit.
    NonprofitProof,
    /// Confirmed or not.
    Status,
    /// Whether it is the provider's test enterprise.
    TestEnterprise,
    /// Users who need a basic account.
    Basic,
    /// Users who need an interop account.
    Interop,
    /// Headcount of the customer's contacts.
    Contacts,
    /// Term of the licences.
    Term,
    /// Code or name of the school that pays for this one.
    Upstream,
    /// Basic accounts that are active already.
    HeldBasic,
    /// Interop accounts that are active already.
    HeldInterop,
    /// The day on which the active accounts expire.
    Expires,
    /// Nothing that a plan has: the column is left out.
    Skip,
}

impl Key {
    /// Returns the word that `--map` takes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the headings that are recognised, in lower case and without blanks: Chinese, then English.
    pub fn headings(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Key::Code => (
                &[
                    "编码",
                    "学校编码",
                    "客户编码",
                    "编号",
                    "学校编号",
                    "客户编号",
                    "代码",
                    "学校代码",
                    "学校标识码",
                    "标识码",
                ],
                &["code", "schoolcode", "customercode", "schoolid", "customerid", "id"],
            ),
            Key::Name => (
                &[
                    "学校",
                    "学校名称",
                    "校名",
                    "名称",
                    "客户",
                    "客户名称",
                    "企业",
                    "企业名称",
                    "公司",
                    "公司名称",
                    "单位",
                    "单位名称",
                    "机构",
                    "机构名称",
                    "院校",
                    "院校名称",
                ],
                &[
                    "school",
                    "schoolname",
                    "name",
                    "customer",
                    "customername",
                    "company",
                    "companyname",
                    "enterprise",
                ],
            ),
            Key::CorpId => (
                &["企业id", "企业微信id", "企业微信企业id", "客户企业id", "授权企业id"],
                &["corpid", "wecomid", "wecomcorpid", "enterpriseid"],
            ),
            Key::Industry => (&["行业", "所属行业", "行业类型", "行业类别", "行业分类"], &["industry"]),
            Key::PrimaryIndustry => (
                &["一级行业", "一级行业类型", "行业一级", "行业大类"],
                &["primaryindustry", "industry1", "industryprimary"],
            ),
            Key::SecondaryIndustry => (
                &["二级行业", "二级行业类型", "行业二级", "行业小类"],
                &["secondaryindustry", "industry2", "industrysecondary"],
            ),
            Key::Certification => (
                &[
                    "认证",
                    "认证状态",
                    "认证情况",
                    "是否认证",
                    "企业认证",
                    "企业微信认证",
                    "企微认证",
                    "验证状态",
                    "认证类型",
                ],
                &["certification", "certificationstatus", "certified", "verification"],
            ),
            Key::NonprofitProof => (
                &[
                    "公益证明",
                    "公益性证明",
                    "公益组织证明",
                    "公益性组织证明",
                    "是否公益",
                    "公益",
                    "公益组织",
                    "公益性组织",
                ],
                &["nonprofitproof", "nonprofit"],
            ),
            Key::Status => (
                &["状态", "是否确认", "确认", "确认状态", "确认情况", "是否已确认"],
                &["status", "confirmed"],
            ),
            Key::TestEnterprise => (&["测试企业", "是否测试企业", "是否测试"], &["testenterprise", "test"]),
            Key::Basic => (
                &["基础账号", "基础", "基础账户", "基础用户", "基础许可", "基础账号用户", "基础许可账号"],
                &["basic", "basicaccounts", "basicaccount", "basicusers", "basiclicences", "basiclicenses"],
            ),
            Key::Interop => (
                &["互通账号", "互通", "互通账户", "互通用户", "互通许可", "互通账号用户", "互通许可账号"],
                &[
                    "interop",
                    "interopaccounts",
                    "interopaccount",
                    "interopusers",
                    "interoplicences",
                    "interoplicenses",
                ],
            ),
            Key::Contacts => (
                &["通讯录人数", "通讯录", "通讯录成员", "企业人数", "成员数"],
                &["contacts", "headcount", "members"],
            ),
            Key::Term => (
                &[
                    "时长",
                    "期限",
                    "购买时长",
                    "许可时长",
                    "购买期限",
                    "许可期限",
                    "年限",
                    "购买年限",
                    "年数",
                    "月数",
                ],
                &["term", "duration", "years", "months"],
            ),
            Key::Upstream => (
                &[
                    "上级",
                    "上级编码",
                    "上级学校",
                    "上级单位",
                    "上级企业",
                    "上游",
                    "上游编码",
                    "上游学校",
                    "上游企业",
                    "上游单位",
                    "付费学校",
                    "付费单位",
                    "付费方",
                ],
                &["upstream", "upstreamcode", "parent", "payer", "paidby"],
            ),
            Key::HeldBasic => (
                &[
                    "已有基础账号",
                    "已激活基础账号",
                    "现有基础账号",
                    "在用基础账号",
                    "基础账号已有",
                    "基础账号已激活",
                ],
                &["heldbasic", "activebasic", "basicheld", "basicactive"],
            ),
            Key::HeldInterop => (
                &[
                    "已有互通账号",
                    "已激活互通账号",
                    "现有互通账号",
                    "在用互通账号",
                    "互通账号已有",
                    "互通账号已激活",
                ],
                &["heldinterop", "activeinterop", "interopheld", "interopactive"],
            ),
            Key::Expires => (
                &["到期日", "到期日期", "到期时间", "账号到期日", "账号到期时间", "许可到期日", "有效期至"],
                &["expires", "expiry", "expirydate", "expirationdate", "validuntil"],
            ),
            Key::Skip => (&[], &[]),
        }
    }
}

/// Returns what a column of this heading holds, if the heading is known.
pub(crate) fn recognised(heading: &str) -> Option<Key> {
    let plain = plain(heading);
    let knows = |key: &&Key| {
        let (chinese, english) = key.headings();
        chinese.iter().chain(english).any(|name| *name == plain)
    };
    Key::VARIANTS.iter().find(knows).copied()
}

/// Returns a heading in the form in which it is compared: in narrow lower-case letters, without blanks, signs,
/// remarks in brackets, and words for "number of".
pub(crate) fn plain(heading: &str) -> String {
    let text = letters(heading);
    let number_of = ["数量", "个数", "人数", "总数", "数"].iter().find_map(|suffix| {
        text.strip_suffix(suffix)
            .filter(|rest| rest.ends_with("账号") || rest.ends_with("用户") || is_type(rest))
    });
    number_of.map(str::to_owned).unwrap_or(text)
}

/// Returns the letters and digits of a heading: narrow, in lower case, without remarks in brackets.
pub(crate) fn letters(heading: &str) -> String {
    let narrow = narrow(heading)
        .to_lowercase()
        .replace(['【', '〔'], "[")
        .replace(['】', '〕'], "]")
        .replace('帐', "账");
    let mut depth = 0_usize;
    let mut text = String::new();
    for sign in narrow.chars() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            sign if depth == 0 && sign.is_alphanumeric() => text.push(sign),
            _ => {}
        }
    }
    text
}

fn is_type(rest: &str) -> bool {
    ["基础", "互通", "基础许可", "互通许可", "基础账户", "互通账户"].contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_recognised_as_people_write_them() {
        for (heading, key) in [
            ("学校", Key::Name),
            (" 学 校 名 称 ：", Key::Name),
            ("*编码", Key::Code),
            ("企业ＩＤ", Key::CorpId),
            ("Corp ID", Key::CorpId),
            ("corp_id", Key::CorpId),
            ("基础帐号", Key::Basic),
            ("基础账号数量（个）", Key::Basic),
            ("互通账号数", Key::Interop),
            ("基础人数", Key::Basic),
            ("Basic accounts", Key::Basic),
            ("二级行业【必填】", Key::SecondaryIndustry),
            ("时长（月）", Key::Term),
            ("是否确认", Key::Status),
            ("上级 / 上游", Key::Skip),
        ] {
            let found = recognised(heading).unwrap_or(Key::Skip);
            assert_eq!(found, key, "{heading}");
        }
        assert_eq!(recognised("备注"), None);
        assert_eq!(recognised(""), None);
    }

    #[test]
    fn no_heading_stands_for_two_keys_and_each_is_plain() {
        let mut seen = std::collections::HashSet::new();
        for key in Key::VARIANTS {
            let (chinese, english) = key.headings();
            for name in chinese.iter().chain(english) {
                assert!(seen.insert(name), "{name} stands for two keys");
                assert_eq!(plain(name), *name);
                assert_eq!(recognised(name), Some(*key));
            }
        }
    }
}
