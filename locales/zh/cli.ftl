# 各命令在标准错误上的提示。

cli-errors = { $errors } 个错误
cli-warnings = { $warnings } 个警告
cli-errors-and-warnings = { $errors } 个错误，{ $warnings } 个警告
cli-more-problems = 另有 { $count } 个问题未列出；用 --message-format short 可列出全部
cli-over-limit-if-confirmed = 未超出上限 { $limit } 元；若待确认的 { $unconfirmed } 元也须支付，则会超出
cli-plan-invalid = { $plan } 无效：{ $problems }
cli-plan-valid = { $plan } { $warnings ->
        [0] 无误
       *[other] 可以使用，但请看警告
    }：{ $schools } 所学校，{ $apps } 个应用
cli-card-valid = 价目表 { $card } 无误：{ $tiers } 个阶梯
cli-starter-plan =
    wxlicense 的示例方案。修改后运行：wxlicense quote plan.toml
    以下名称和数字均为虚构。
    执行下面的命令后，支持 JSON Schema 的编辑器即可校验并补全本方案：
    wxlicense schema plan -o plan.schema.json
cli-plan-written = 已写入 { $file }；接下来：wxlicense quote { $file }
cli-overdue = 有 { $count } 个事项已逾期
cli-no-entries = 日历文件中没有日程：没有符合条件且不能错过的日期
cli-increase-over-limit-if-confirmed = 增加额未超出上限 { $limit } 元；若待确认部分也须支付，则再增加 { $unconfirmed } 元，会超出
cli-reading-plan = 正在读取方案及其文件……
cli-at-work = 正在计算……
cli-drawing = 正在生成结果……

# 帮助的框架文字。

cli-help-usage = 用法：
cli-help-heading = { $heading }：
cli-help-arguments = 参数
cli-help-options = 选项
cli-help-commands = 命令
cli-help-help = 显示帮助
cli-help-version = 显示版本
cli-help-values = { "（" }可选：{ $values }）
cli-help-default = { "（" }默认：{ $value }）

# 手册页的标题。

cli-man-name = 名称
cli-man-synopsis = 概述
cli-man-description = 描述
cli-man-examples = 示例
cli-man-notes = 说明
cli-man-manual = wxlicense 手册
cli-man-exit-status = 退出状态
cli-man-environment = 环境变量
cli-man-see-also = 另见

# 这些标题下的内容。

cli-man-status-fine = 正常。
cli-man-status-no = 检查未通过，或超出上限。
cli-man-status-unanswered = 无法回答：用法有误、输入有误，或文件无法读写。
cli-man-env-lang = 没有 --lang 时的界面语言：en 或 zh。
cli-man-env-today = 日期中 today 所指的日子，例如 2022-11-18，用以代替北京时间的当天。
cli-man-env-locale = 区域设置：没有 WXLICENSE_LANG 时，界面语言取其中第一个已设置的。
cli-man-env-no-color = 只要设为非空值，就不使用颜色，除非 --color 另有要求。
cli-man-env-columns = 输出不在终端时，表格和帮助的宽度。

# 不合要求的命令行参数。

cli-usage-no-value = { $argument } 缺少值
cli-usage-no-value-of = { $argument } 缺少值，可取的值：{ $known }
cli-usage-bad-value = { $argument } 的值 { $value } 无效：{ $reason }
cli-usage-value-not-taken = { $argument } 不带值，却给出了 { $value }
cli-usage-unknown-argument = 未知的参数 { $argument }
cli-usage-unknown-command = 没有 { $command } 命令
cli-usage-no-command = 缺少命令，可用的命令：{ $commands }
cli-usage-twice = { $argument } 只能给出一次
cli-usage-conflict = { $argument } 不能与 { $others } 同时使用
cli-usage-missing-argument = 缺少必需的参数：{ $argument }
cli-usage-not-utf8 = 有参数不是 UTF-8 编码
cli-usage-is = 用法：{ $usage }；详见 --help
cli-usage-in-help = 可用的参数及其取值见 --help
cli-usage-did-you-mean = 是否想写 { $meant }？{ $usage }

# 参数的值为何无效。

cli-value-known = 可取的值为 { $known }
cli-value-not-taken = 不是可取的值
cli-value-whole-number = 应为 0 至 { $most } 的整数
cli-value-date = 应为日历中的某一天，例如 2022-11-18，或 today
cli-value-today = 环境变量 { $variable } 应为某一天，例如 2022-11-18，而其值为 { $value }
cli-value-month = 应为某年某月，例如 2022-12
cli-value-users = 应为学校的用户数，例如 1499.basic=1300 或 1499.interop=20
cli-value-money = 应为以元为单位的金额，例如 0.80
cli-value-industry = 行业应写作“一级行业/二级行业”，例如 教育/高等教育
cli-value-days = 应为一段时间，例如 30d（天）、2w（周）或 1m（月）
cli-value-term = 不是时长，例如 12m、400d 或 12m5d
cli-value-day-of-year = 不是一年中的日期，例如 03-01
cli-value-duration = 不是时间，例如 10s 或 2min
cli-value-growth = 应为增长率，例如 growth=10%
cli-value-percent = 应为百分比，例如 5%
cli-held-of-renewal = `--held-basic` 和 `--held-interop` 不能与 `--renewal` 同用
cli-held-of-renewal-help = 价目表 { $card } 规定续期从第一个账号起算，与已有账号无关

# 数据库内的价格。

cli-sql-too-large = 按此价目表，一个订单的金额可能超过数据库的 18 位数字
cli-sql-too-large-help = 请降低价目表的账号数上限或单价
cli-sql-no-functions = { $dialect } 没有用 SQL 编写的函数
cli-sql-no-functions-help = 请去掉 --function，改用查询建立视图
