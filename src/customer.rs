//! A customer enterprise and its apps, as far as the rules ask about them. [`Customer`] comes first.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

/// The facts about a customer that decide whether its licences are waived.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Customer {
    /// Industry as WeCom shows it; `None` if not stated.
    pub industry: Option<Industry>,
    /// The extent to which WeCom has checked it.
    pub certification: Certification,
    /// True if WeCom's manager has accepted the proof that it is a non-profit (V4).
    pub nonprofit_proof: bool,
}

/// An enterprise's industry in WeCom: a primary one and, within it, a secondary one.
///
/// ```
/// use wxlicense::customer::Industry;
/// let industry: Industry = "教育/初等教育".parse()?;
/// assert_eq!(industry.primary, "教育");
/// assert_eq!(industry.to_string(), "教育/初等教育");
/// # Ok::<(), wxlicense::customer::IndustryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Industry {
    /// 一级行业.
    pub primary: String,
    /// 二级行业.
    pub secondary: String,
}

impl FromStr for Industry {
    type Err = IndustryError;

    fn from_str(text: &str) -> Result<Industry, IndustryError> {
        let (primary, secondary) = text.split_once('/').ok_or(IndustryError)?;
        let (primary, secondary) = (primary.trim(), secondary.trim());
        if primary.is_empty() || secondary.is_empty() || secondary.contains('/') {
            return Err(IndustryError);
        }
        Ok(Industry { primary: primary.to_owned(), secondary: secondary.to_owned() })
    }
}

impl fmt::Display for Industry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.primary, self.secondary)
    }
}

/// Error of a text that does not name a primary and a secondary industry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an industry is written primary/secondary, such as 教育/高等教育")]
pub struct IndustryError;

/// State of an enterprise's verification by WeCom, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize, Deserialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Certification {
    /// Neither verified nor certified.
    #[default]
    None,
    /// 已验证.
    Verified,
    /// 已认证.
    Certified,
}

impl Certification {
    /// Returns the word that plans, cards, flags and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A kind of customer whose licences can be waived (V1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize, Deserialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum WaiverKind {
    /// 教育 K12 学校 (V2).
    K12,
    /// 政务单位 (V3).
    Government,
    /// 公益性组织 (V4).
    Nonprofit,
}

impl WaiverKind {
    /// Returns the word that cards and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Owner and developer of an app, which decides if it is charged (W1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize, Deserialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum AppKind {
    /// 第三方应用: the provider's, offered to every enterprise.
    ThirdParty,
    /// 代开发自建应用: developed by the provider for one enterprise.
    Agency,
    /// 自建应用: the enterprise's own.
    Internal,
}

impl AppKind {
    /// Returns the word that plans, cards and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_industry_has_exactly_two_parts() {
        for wrong in ["", "教育", "教育/", "/初等教育", "教育/初等教育/小学"] {
            assert_eq!(wrong.parse::<Industry>(), Err(IndustryError), "{wrong:?}");
        }
        assert!("教育 / 初等教育".parse::<Industry>().is_ok());
    }

    #[test]
    fn certified_is_more_than_verified() {
        assert!(Certification::Certified > Certification::Verified);
        assert!(Certification::Verified > Certification::None);
    }
}
