# 电子表格转为方案：何处未能识别、应如何填写，以及导入结果。

import-not-in-an-encoding = 第 { $line } 行既不是 UTF-8 也不是 GB18030 编码
import-binary = 它是二进制文件
import-quote-open = 第 { $line } 行的双引号没有配对
import-old-workbook = 它是 Excel 97–2003 工作簿（.xls），或设有密码
import-no-workbook = 它不是 .xlsx 工作簿
import-no-sheets = 其中没有工作表
import-damaged = 文件已损坏：{ $reason }
import-fix-save-as-csv = 请另存为 .xlsx 工作簿，或“CSV UTF-8”
import-fix-save-as-xlsx = 请另存为不带密码的 .xlsx 工作簿，或“CSV UTF-8”
import-fix-quote = 请补上另一个双引号，或将其删除
import-cells = 单元格超过 { $most } 个
import-rows = 有内容的行超过 { $most } 行
import-text = 文字超过 { $most } MB
import-unpacked = 解压后超过 { $most } MB
import-rows-and-columns = 有单元格在第 { $rows } 行或第 { $columns } 列之外

import-formula-error = 公式出错
import-code-became-date = 已被表格软件变成日期
import-code-lost-digits = 已被表格软件变成数字，末几位已丢失
import-not-an-industry = 没有写明一级行业和二级行业
import-not-a-word = 不是可识别的写法
import-not-a-term = 不是时长
import-term-without-unit = 不知是年、月还是天
import-not-a-date = 不是有效的日期

import-type-code = 请将单元格设为“文本”格式，再重新填写
import-type-text = 请重新填写
import-type-industry = 请按企业微信所示填写两级行业，中间用斜杠，例如 教育/高等教育
import-type-count = 请填整数，例如 1200；没有则填 0
import-number-ambiguous = 写法有歧义
import-type-one-of = 请填 { $readings }
import-type-certification = 请填 已认证、已验证 或 未认证
import-type-status = 请填 已确认 或 待确认；如果这一列另有含义，请用 --map 列名=skip 略过
import-type-answer = 请填 是 或 否
import-type-term = 请连同单位填写，例如 1年、6个月、93天
import-type-date = 请填日期，例如 2023-06-30

import-heading =
    来自 { $from }，由 wxlicense import 转为方案。
    检查：wxlicense check plan.toml。更新数字：wxlicense import 文件 --into plan.toml。
import-from-sheet = { $file } 的工作表 { $sheet }
import-from-csv = { $file }（{ $encoding }，{ $delimiter }分隔）
import-comma = 逗号
import-semicolon = 分号
import-tab = 制表符
import-read = { $from }：列名在第 { $row } 行，其下有 { $schools } 所学校
import-columns-left-out = 略过的列：{ $columns }；可用 --map 列名=KEY 说明其含义
import-rows-left-out = 略过的行：{ $rows }
import-row-total = 第 { $row } 行（合计）
import-row-remark = 第 { $row } 行（备注）
import-row-headings = 第 { $row } 行（重复的列名）
import-row-nothing-known = 第 { $row } 行（上述各列均无内容）
import-row-example = 第 { $row } 行（模板的示例）
import-and-more = 另有 { $count } 项
import-mapping = 应写成 列名=KEY；可用的 KEY：{ $known }
import-written = 已写入 { $file }；接下来：wxlicense check { $file }

import-school = { $code } { $name }
import-count-changed = { $school }：{ $key } { $old } → { $new }
import-added = 新增 { $count } 所学校：{ $schools }
import-absent = 表格中没有、保持不变的 { $count } 所学校：{ $schools }
import-with-headcounts = 新数字会被其后的 [[school.headcount]] 取代：{ $schools }
import-kept = { $school }：{ $key } 仍为 { $plan }，表格中是 { $sheet }
import-nothing = 未填写
import-unchanged = 数字没有变化

# 空白表格。

import-template-title = 客户表
import-template-sheet = 客户
import-template-help = 填写说明
import-template-intro =
    请在工作表“客户”中每所学校填写一行。带星号的列必填，其余各列可以不填，也可以删除。
    请替换虚构的示例，然后运行：wxlicense import customers.xlsx -o plan.toml
    以后更新数字：wxlicense import customers.xlsx --into plan.toml --force
import-template-column = 列
import-template-about = 含义与写法
import-template-key = --map 所用的 KEY
import-column-name = 学校
import-column-code = 编码
import-column-corp-id = 企业ID
import-column-industry = 行业
import-column-certification = 认证
import-column-nonprofit = 公益证明
import-column-status = 状态
import-column-basic = 基础账号
import-column-interop = 互通账号
import-column-contacts = 通讯录人数
import-column-term = 时长
import-column-upstream = 上级
import-column-held-basic = 已有基础账号
import-column-held-interop = 已有互通账号
import-column-expires = 到期日
import-about-name = 学校名称，报告中按此显示。
import-about-code = 自定的学校编码，在表中唯一。以后按编码更新数字，因此不可更改。此列为文本格式，可保留开头的 0。
import-about-corp-id = 企业微信中的企业 ID，下单和对账时需要。
import-about-industry = 企业微信所示的一级行业和二级行业，中间用斜杠：教育/高等教育。是否减免由此判断。
import-about-certification = 已认证、已验证或未认证。是否减免由此判断。
import-about-nonprofit = 公益性组织证明已获企业微信确认的填“是”，否则填“否”。
import-about-status = 已确认，或待确认：照常计价，但不计入已确认合计。
import-about-basic = 需要基础账号的用户数：所有应用合计，每人只计一次。1200、1,200、1.2万 均可识别。
import-about-interop = 需要互通账号的用户数：其应用需要读取客户或客户群。互通账号也包含基础接口。
import-about-contacts = 客户通讯录人数（如已知）；企业微信据此限制短期订单的账号数。
import-about-term = 许可时长，连同单位填写：1年（372 天）、6个月、93天。同一付费学校下的各校时长须一致。
import-about-upstream = 为本校付费的学校（上游）的编码或名称；本校自己付费则不填。
import-about-held = 已激活的该类账号数；到期日填在“到期日”列。
import-about-expires = 上述账号失效的第一天，例如 2023-06-30。有已激活账号的方案必须有日期：import --date 2022-11-18。
import-example-name = 示例学院（虚构，请替换）
import-example-code = 示例
import-example-industry = 教育/高等教育
import-example-term = 1年
import-word-certified = 已认证
import-word-verified = 已验证
import-word-none = 未认证
import-word-confirmed = 已确认
import-word-unconfirmed = 待确认
import-word-yes = 是
import-word-no = 否
import-template-written = 已写入 { $file }；填写后运行：wxlicense import { $file } -o plan.toml
