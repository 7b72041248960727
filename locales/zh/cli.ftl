# 各命令在标准错误上的提示。

cli-errors = { $errors } 个错误
cli-warnings = { $warnings } 个警告
cli-errors-and-warnings = { $errors } 个错误，{ $warnings } 个警告
cli-more-problems = 另有 { $count } 个问题未列出；用 --message-format short 可列出全部
cli-over-limit = 超出上限：应付 { $payable } 元，上限 { $limit } 元
cli-over-limit-if-confirmed = 未超出上限 { $limit } 元；若待确认的 { $unconfirmed } 元也须支付，则会超出
cli-plan-sound = { $plan } 无误：{ $schools } 所学校，{ $apps } 个应用
cli-card-sound = 价目表 { $card } 无误：{ $bands } 个区间
cli-plan-written = 已写入 { $file }；接下来：wxlicense quote { $file }
cli-overdue = { $count } 个日期已逾期
cli-year-over-limit = { $year } 年度超出上限：应付 { $payable } 元，上限 { $limit } 元
cli-increase-over-limit = 超出上限：应付增加 { $increase } 元，上限 { $limit } 元
cli-increase-over-limit-if-confirmed = 增加额未超出上限 { $limit } 元；若待确认部分也须支付，则再增加 { $unconfirmed } 元，会超出
cli-reading-plan = 正在读取方案……
cli-at-work = 正在计算……
cli-drawing = 正在生成结果……

# 帮助的框架文字。

cli-help-usage = 用法:
cli-help-arguments = 参数
cli-help-options = 选项
cli-help-commands = 命令
cli-help-help = 显示帮助
cli-help-version = 显示版本
cli-help-values = { "（" }可选：{ $values }）
cli-help-default = { "（" }默认：{ $value }）
