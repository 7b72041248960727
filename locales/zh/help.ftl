# 帮助。键与英文文件相同，英文文件由代码生成。

help-about-batch = 成百上千万行逐行计价，各是多少？
help-about-budget = 今后几年逐月要花多少钱？
help-about-status = 现在怎样：已逾期、将到期、下一笔付款、谁没有账号？
help-about-calendar = 哪些日期不能错过？
help-about-check = 这份方案是否无误，有哪些风险？
help-about-compare = 两份方案之间哪里变了？费用为什么不同？
help-about-completions = 生成命令行补全脚本
help-about-fit = 这笔钱能买多少个账号？
help-about-help = 显示某个命令的帮助
help-about-import = 如何把我们的客户表变成方案？
help-about-init = 写出一份带注释的示例方案，或供导入的空白客户表
help-about-man = 生成手册页
help-about-optimize = 怎样购买最省，有何证明？
help-about-order = 下单要发送哪些接口请求？
help-about-program = 企业微信接口调用许可：要多少钱、为什么、何时购买
help-about-quote = 要多少钱？逐项列出
help-about-schema = 方案文件、价目表文件及各种 JSON 输出的 JSON Schema
help-about-tiers = 现行价格是多少、何时起生效、依据是什么？
help-about-tiers-check = 价目表有没有问题？
help-about-tiers-list = 内置的价目表
help-about-tiers-sql = 在数据库中用同样的价格，按一份价目表（默认：最新的一份）
help-about-tiers-show = 一份价目表及其规则、每条依据的可信度（默认：最新的一份）
help-after-tiers-sql =
    表中要有 basic 与 interop（购买的账号数），以及 --columns 所列的列。每行得到 basic_annual、interop_annual、list_price，加 --waivers 时另有 waived、payable；没有价格的为 NULL。
    
    示例：
      wxlicense tiers sql --dialect duckdb --table customers --columns months
      wxlicense tiers sql --dialect postgres --function --columns months,days,renewal
help-after-batch =
    第一行为表头，列的先后不限：basic、interop（至少一列）、months、days、held_basic、held_interop、renewal、industry、certification、nonprofit_proof、date；其他列原样保留。每行加上 basic_annual、interop_annual、list_price、waived、payable、complete。
    
    示例：
      wxlicense batch customers.csv -o priced.csv --rejects rejects.csv
      wxlicense batch customers.csv --items -o items.csv
      zcat customers.csv.gz | wxlicense batch - > priced.csv
help-after-budget =
    示例：
      wxlicense budget plan.toml --years 5
      wxlicense budget plan.toml --month 2023-02
      wxlicense budget plan.toml --school 沈阳 --set 沈阳.basic=1300
      wxlicense budget plan.toml --years 3 --growth 5% --by quarter --fiscal-year-start 4
      wxlicense budget plan.toml --years 3 --fail-over 50000 --format json
help-after-calendar =
    示例：
      wxlicense calendar plan.toml
      wxlicense calendar plan.toml --date today --within 1m
      wxlicense calendar plan.toml --month 2023-02
      wxlicense calendar plan.toml --kind expiry --kind last-refund-day --school 沈阳
      wxlicense calendar plan.toml --date 2023-02-01 --fail-if-overdue
help-after-order =
    示例：
      wxlicense order plan.toml --date today
      wxlicense order plan.toml --until 2023-12-31 -o orders
      wxlicense order plan.toml --quote --school 1499 --format ndjson
      wxlicense order plan.toml --jobs --no-auto-activation -o orders
help-after-status =
    示例：
      wxlicense status plan.toml --date today
      wxlicense status plan.toml --date today --within 2m --school 1499
      wxlicense status plan.toml --date today --fail-if-overdue
      wxlicense status plan.toml --date today --format markdown
help-after-compare =
    示例：
      wxlicense compare old.toml new.toml --fail-over 5000
      wxlicense compare plan.toml --date-old 2023-03-31 --date-new 2023-04-01
      wxlicense compare plan.toml --rate-card-new card.toml
      wxlicense compare plan.toml --set 1499.basic=1300
      wxlicense compare 2023.toml 2024.toml --budget
      wxlicense compare plan.toml --budget --from-old 2023-01-01 --from-new 2024-01-01
      wxlicense compare plan.toml --budget --years 3 --growth 5%
help-after-completions =
    示例：
      wxlicense completions bash > ~/.local/share/bash-completion/completions/wxlicense
      wxlicense completions zsh > ~/.zfunc/_wxlicense
      wxlicense completions fish > ~/.config/fish/completions/wxlicense.fish
      wxlicense completions powershell >> $PROFILE
help-after-fit =
    示例：
      wxlicense fit --amount 10000 --interop
      wxlicense fit --amount 5000 --mix 8:20 --months 6 --chart
      wxlicense fit --amount 300 --basic --held-basic 180
help-after-import =
    可识别中英文列名，例如 学校、编码、企业ID、行业、认证、状态、基础账号、互通账号、时长、上级。CSV 可以是 UTF-8、UTF-16 或 GB18030 编码。
    
    示例：
      wxlicense import customers.xlsx -o plan.toml
      wxlicense import customers.csv --map 人数=basic --map 状态=skip -o plan.toml
      wxlicense import customers.xlsx --into plan.toml --force
help-after-init =
    示例：
      wxlicense init plan.toml
      wxlicense init --template xlsx -o customers.xlsx
help-after-man =
    示例：
      wxlicense man | man -l -
      wxlicense man tiers show | man -l -
      wxlicense man -o ~/.local/share/man/man1
help-after-optimize =
    示例：
      wxlicense optimize plan.toml --years 5
      wxlicense optimize plan.toml --years 3 --order-days 03-01,09-01 --whole-months
      wxlicense optimize plan.toml --years 5 --hold-codes 0 --order-cost 200
      wxlicense optimize plan.toml --years 5 --frontier --trust -o cheapest.html
      wxlicense optimize plan.toml --years 3 --what-if growth=10% --what-if growth=-5%
      wxlicense optimize plan.toml --years 5 --frontier --trust
      wxlicense optimize plan.toml --years 5 --what-if growth=10% --what-if growth=-5%
      wxlicense optimize plan.toml --years 5 --robust
      wxlicense optimize plan.toml --years 5 --apply -o cheapest.toml
      wxlicense optimize plan.toml --school 沈阳 --set 沈阳.basic=1300 --format json
help-after-program = 退出状态：0 正常；1 检查未通过或超出上限；2 无法回答或无法完整回答，如用法有误、输入有误，或文件无法读写。
help-after-quote =
    示例：
      wxlicense quote --basic 8 --interop 20
      wxlicense quote --basic 50 --months 6 --held-basic 180
      wxlicense quote plan.toml --school 1499 --explain
      wxlicense quote plan.toml --fail-over 10000 --format json
help-after-schema =
    方案以 `#:schema ./plan.schema.json` 开头，并把 schema 放在它旁边，支持 TOML 的编辑器就能边写边校验、补全。

    JSON 输出以字段 `schema` 指明所用的 schema：`wxlicense/quote/1` 即 `quote`。金额是以元为单位、带两位小数的字符串，日期为北京时间；每个字段的 description（英文）说明其含义，以及 null 表示什么。以后的版本可能增加字段和取值；若有更改或删除，则编号递增。

    示例：
      wxlicense schema
      wxlicense schema plan -o plan.schema.json
      wxlicense schema quote -o quote.schema.json
help-arg-columns = 表中还有哪些列：months、days、held_basic、held_interop、renewal、industry、certification、nonprofit_proof、date
help-arg-dialect = 数据库：duckdb、postgres、clickhouse、spark 或 sqlite
help-arg-frontier = 另外显示每年 1、2、3、4、6、12 个订单时最少要多少钱
help-arg-function = 输出函数或宏，代替查询
help-arg-robust = 求最坏情况下最省的方案：未确认的规则 P10、P12、P13 无论实际如何组合
help-arg-table = 数据所在的表或视图
help-arg-trust = 另外显示采信不同未确认规则时的最省方案，以及多采信一条值多少钱
help-arg-waivers = 另给出减免额与应付，依据行业、认证、公益证明和日期
help-arg-what-if = 另外显示用户增长不同（例如 growth=10%）时本方案要多少钱，以及哪个方案最多多付得最少；可重复
help-arg-whole-months = 时长只取整月，价格便不依据按天计价的规则（P8）
help-arg-items = 每个计价项写一行：同类型、同一阶梯的账号
help-arg-rejects = 把没有价格的行写到此文件，注明行号与原因
help-arg-strict = 遇到第一个没有价格的行即停止
help-arg-threads = 线程数，不影响结果（默认：每个处理器核心一个）
help-arg-time-limit = 到此时间停止搜索，例如 10s，给出已找到的最省方案及其下界
help-arg-allow-outside = 允许方案读取其所在文件夹之外的文件
help-arg-amount = 预算金额（元）
help-arg-apply = 把这些订单作为购买记录写入方案：写到 -o 中以 .toml 结尾的文件，或标准输出；注释和顺序不变
help-arg-by = 合计的周期：month（月）、quarter（季）或 year（年）
help-arg-budget = 比较一段时间内的应付金额，而不是某一天还缺的账号
help-arg-card = 内置价目表的 id，或 .toml 文件
help-arg-certification = 客户在企业微信的认证状态：none（未验证）、verified（已验证）或 certified（已认证）
help-arg-changes = 假设某校自方案日期起、到下一次人数变动前有这么多用户，例如 1499.basic=1300 或 1499.interop=20；可重复
help-arg-chart = 画出价格随账号数变化的图，并标出各阶梯的终点
help-arg-color = 何时使用颜色：auto（默认；输出到终端且未设置 NO_COLOR 时）、always 或 never
help-arg-date-new = 新侧的计价日期（北京时间），代替其方案中的日期
help-arg-date-old = 旧侧的计价日期（北京时间），代替其方案中的日期
help-arg-days = 时长（天）
help-arg-deny-warnings = 把警告当作错误
help-arg-sources = 完整列出金额所依据的规则及其来源
help-arg-excel = 在 CSV 开头加字节顺序标记（BOM），使 Excel 正确显示中文
help-arg-explain = 用文字说明计算过程及其依据
help-batch-arg-date = 计价日期（北京时间）
help-batch-arg-file = 要计价的行，CSV 格式，编码为 UTF-8、GB18030 或 UTF-16；`-` 表示读取标准输入。文件名以 .parquet 结尾且程序构建时包含 Parquet 时，按 Parquet 读取
help-batch-arg-force = 文件已存在时覆盖
help-batch-arg-output = 计价结果写到哪里，文件名以 .parquet 结尾时写为 Parquet；`-` 表示标准输出（默认：标准输出）
help-batch-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件
help-budget-arg-month = 只看该月，例如 2022-12；代替年数
help-calendar-arg-fail-if-overdue = 所示日期中有逾期未办的，则以状态码 1 退出
help-arg-files = 把结果写入该文件，格式由扩展名决定；`-` 为标准输出；可重复
help-arg-fiscal-year-start = 财年从哪个月开始
help-arg-from-new = 新侧的第一天（北京时间）
help-arg-from-old = 旧侧的第一天（北京时间）
help-arg-format = 结果的格式：table（默认）、json、markdown、csv、xlsx、html，日历还可用 ics
help-arg-held-basic = 剩余时长大于所购时长的已激活基础账号数
help-arg-held-interop = 剩余时长大于所购时长的已激活互通账号数
help-arg-hold-codes = 已付款的激活码最多存放多少天；0 表示不存放（默认：企业微信规定的一年）
help-arg-industry = 企业微信显示的行业，例如 教育/初等教育
help-arg-into = 按学校编码更新这份方案中的账号数，并加入新学校；注释和顺序保持不变
help-arg-kinds = 只列该类事项；可重复
help-arg-lang = 显示的语言：en 或 zh（默认：取自 WXLICENSE_LANG，其次为系统区域设置）
help-arg-least-term = 订单的最短时长，例如 12m 或 400d（默认：各学校的时长，因为企业微信要求不短于应用订单）
help-arg-list-users = 按 id 列出用户：没有账号的、有账号但不在名单上的、持有多余账号的
help-arg-mappings = 某列表示什么，可用列名或列的字母，例如 人数=basic 或 F=skip；可重复
help-arg-message-format = 问题的显示方式：human（默认，供人阅读）、short（每个一行）、json（每行一个）或 github（注解）
help-arg-mix = 两类账号按此比例购买（例如 8:20），以整数账号尽量接近
help-arg-months = 时长（月）
help-arg-most-term = 订单的最长时长，例如 36m 或 1000d（默认：60m）
help-arg-name = 哪一份 schema；不写则列出全部名称
help-arg-negotiated-basic = 无标准价的基础账号每个每年的面议价（元）
help-arg-negotiated-interop = 无标准价的互通账号每个每年的面议价（元）
help-arg-new = 与之比较的方案文件；不写则两侧都用旧方案
help-arg-nonprofit-proof = 企业微信已确认客户为公益性组织的证明
help-arg-old = 方案文件；`-` 表示标准输入
help-arg-order-cost = 每个订单的人工成本（元）
help-arg-order-days = 只在每年的这些日期下单，例如 03-01,09-01（默认：任意日期）
help-arg-folder = 把请求包体写入此目录，每次请求一个编号文件，另附 manifest.json；`-` 表示标准输出
help-arg-jobs = 多个客户的新购合并下单：请求更少，但只有一个总价
help-arg-link = 组内分配激活码的方式：upstream-downstream（上下游）或 interconnection（企业互联、局校互联）（默认：按行业判断）
help-arg-no-auto-activation = 合并下单的激活码不由企业微信自动激活
help-arg-quote = 下单 `quote` 的订单，而不是日程中的订单
help-arg-stdout = 标准输出的格式：table、ndjson（每行一次请求，含包体）、json（清单）、markdown、csv、xlsx 或 html（默认：终端为 table，否则为 ndjson；写入目录时不输出）
help-arg-until = 包括截至该日（含）到期的和已逾期的订单（默认：方案日期）
help-arg-with-unconfirmed = 也为待确认的学校下单
help-arg-rate-card-new = 新侧的价目表：内置价目表的 id，或 .toml 文件；代替其方案中的价目表
help-arg-rate-card-old = 旧侧的价目表：内置价目表的 id，或 .toml 文件；代替其方案中的价目表
help-arg-renewal = 续期：从第一个账号起算
help-arg-round-to = 账号数取该数的整倍数
help-arg-value = 什么算作价值：rest 指期限之后剩余的部分，按其平均价格计算，从成本中扣除
help-arg-year-budget = 期限内每年最多支付的金额（元）
help-arg-schools = 只看该学校：编码、名称，或别校名称中没有的一部分；可重复
help-arg-sheet = 工作簿中的工作表（默认：第一个未隐藏的）
help-arg-shell = shell 的名称
help-arg-template = 写出什么：toml 为方案，xlsx 为客户表
help-arg-test-enterprise = 服务商自己的测试企业：免费
help-arg-to = 只列该日（含）以前的日期
help-calendar-arg-month = 只列该月的日期，例如 2022-12
help-calendar-arg-within = 只列自该日起一段时间内到期的事项（例如 30d、2w 或 1m，即 30 天、两周或一个月）以及逾期的事项
help-budget-arg-date = 方案的日期（北京时间），代替方案中写明的日期
help-budget-arg-fail-over = 任一财年的应付金额超过该数（元）时，以状态码 1 退出
help-budget-arg-force = 覆盖已有的文件
help-budget-arg-from = 第一天（北京时间；默认：方案的日期）
help-budget-arg-growth = 假设每次续期时人数按此比例增长，例如 5% 或 -2.5%
help-budget-arg-plan = 方案文件；`-` 表示标准输入
help-budget-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件；代替方案中的价目表
help-budget-arg-years = 多少年，1 至 50
help-name-columns = 列名
help-name-table = 表名
help-name-term = 时长
help-name-value = 价值
help-name-school-type-n = 学校.类型=人数
help-status-arg-date = 今天的日期（北京时间）：在此之前仍未办的为逾期；代替方案中的日期
help-status-arg-fail-if-overdue = 有付款逾期或有用户没有账号时，以状态码 1 退出
help-status-arg-force = 覆盖已有的文件
help-status-arg-month = 看到该月月底，例如 2022-12
help-status-arg-plan = 方案文件；`-` 表示标准输入
help-status-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件；代替方案中的价目表
help-status-arg-within = 往后看多久，例如 30d、2w 或 1m（30 天、两周或一个月）
help-calendar-arg-date = 今天的日期（北京时间）：在此之前仍未办的为逾期；代替方案中的日期
help-calendar-arg-force = 覆盖已有的文件
help-calendar-arg-from = 只列该日（含）以后的日期
help-calendar-arg-plan = 方案文件；`-` 表示标准输入
help-calendar-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件；代替方案中的价目表
help-check-arg-date = 计价日期（北京时间），代替方案中的日期
help-check-arg-plan = 方案文件；`-` 表示标准输入
help-check-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件；代替方案中的价目表
help-compare-arg-fail-over = 应付合计的增加额超过该数（元）时，以状态码 1 退出
help-compare-arg-force = 覆盖已有的文件
help-compare-arg-from = 两侧的第一天（北京时间；默认：各方案的日期）
help-compare-arg-growth = 假设新侧每次续期时人数按此比例增长，例如 5% 或 -2.5%
help-compare-arg-years = 多少年，1 至 50
help-fit-arg-basic = 购买基础账号
help-fit-arg-date = 计价日期（北京时间）
help-fit-arg-force = 覆盖已有的文件
help-fit-arg-interop = 购买互通账号
help-fit-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件
help-fit-arg-years = 时长（年，每年 12 个月）；与月、天相加（默认：1）
help-heading-budgets = 预算
help-heading-limits = 限制
help-heading-one-customer-without-a-plan = 单个客户（不用方案文件）
help-heading-the-customer = 客户
help-heading-trade-offs = 权衡
help-help-arg-command = 要显示哪个命令的帮助；不写则为本程序的
help-import-arg-date = 写入新方案的计价日期（北京时间）
help-import-arg-file = 客户表：.xlsx 或 CSV；`-` 表示读取标准输入
help-import-arg-force = 文件已存在时覆盖
help-import-arg-output = 方案写到哪里；`-` 表示标准输出（默认：标准输出；更新方案时写回该方案）
help-init-arg-file = 写到哪里；`-` 表示标准输出（默认：plan.toml 或 customers.xlsx）
help-init-arg-force = 文件已存在时覆盖
help-init-arg-output = 写到哪里，与 [文件] 相同
help-man-arg-command = 要显示哪个命令的手册页；不写则为本程序的
help-man-arg-force = 覆盖已有的手册页
help-man-arg-output = 把全部手册页写入该目录；`-` 为标准输出
help-name-amount = 金额
help-name-ratio = 比例
help-name-column-key = 列=KEY
help-name-command = 命令
help-name-days = 天数
help-name-dir = 目录
help-name-file = 文件
help-name-folder = 目录
help-name-format = 格式
help-name-growth-percent = growth=百分比
help-name-id-file = id|文件
help-name-kind = 类型
help-name-lang = 语言
help-name-link = 方式
help-name-mm = 月份
help-name-mm-dd = MM-DD,…
help-name-n = N
help-name-name = 名称
help-name-new = 新方案
help-name-old = 旧方案
help-name-percent = 百分比
help-name-plan = 方案
help-name-price = 单价
help-name-primary-secondary = 一级行业/二级行业
help-name-school = 学校
help-name-shell = SHELL
help-name-state = 状态
help-name-step = 周期
help-name-time = 时间
help-name-when = 何时
help-name-yuan = 元
help-name-yyyy-mm = YYYY-MM
help-name-yyyy-mm-dd-today = YYYY-MM-DD|today
help-optimize-arg-date = 方案的日期（北京时间），代替方案中写明的日期
help-optimize-arg-fail-over = 最省方案的应付金额超过该数（元）时，以状态码 1 退出
help-optimize-arg-force = 覆盖已有的文件
help-optimize-arg-growth = 假设每次逐年续期时人数按此比例增长，例如 5% 或 -2.5%
help-optimize-arg-plan = 方案文件；`-` 表示标准输入
help-optimize-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件；代替方案中的价目表
help-optimize-arg-years = 多少年，1 至 50
help-quote-arg-basic = 购买的基础账号数
help-order-arg-date = 今天的日期（北京时间）：在此之前仍未办的为逾期；代替方案中的日期
help-order-arg-force = 覆盖此前生成的目录
help-order-arg-plan = 方案文件；`-` 表示标准输入
help-order-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件；代替方案中的价目表
help-quote-arg-date = 计价日期（北京时间）
help-quote-arg-fail-over = 应付合计超过该金额（元）时，以状态码 1 退出
help-quote-arg-force = 覆盖已有的文件
help-quote-arg-interop = 购买的互通账号数
help-quote-arg-plan = 方案文件；`-` 表示标准输入。--date 和 --rate-card 代替其中的日期和价目表
help-quote-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件
help-quote-arg-years = 时长（年，每年 12 个月）；与月、天相加（默认：1）
help-schema-arg-force = 文件已存在时覆盖
help-schema-arg-output = 把 schema 写入该文件；`-` 为标准输出
help-tiers-arg-force = 覆盖已有的文件
help-tiers-check-arg-file = 价目表文件；`-` 表示标准输入
help-tiers-list-arg-force = 覆盖已有的文件
help-tiers-show-arg-date = 该日（北京时间）有效的价目表
help-tiers-show-arg-force = 覆盖已有的文件
help-tiers-sql-arg-date = 该日（北京时间）有效的价目表
help-tiers-sql-arg-force = 覆盖已有的文件
help-tiers-sql-arg-output = 写到哪里；`-` 表示标准输出（默认：标准输出）
help-tiers-sql-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件；与位置参数作用相同
help-value-color-always = 总是
help-value-color-auto = 输出到终端且未设置 NO_COLOR 时使用
help-value-color-never = 从不
help-about-reconcile = 企业微信的账单对得上吗？
help-after-reconcile =
    示例：
      wxlicense reconcile plan.toml --orders orders.json
      wxlicense reconcile plan.toml --orders orders-2023-06.json --orders accounts-O1.json -o bills.xlsx
      wxlicense reconcile plan.toml --orders orders.json --rules --write-card as-billed.toml
      wxlicense reconcile plan.toml --orders orders.json --format json
    
    文件为企业微信许可接口的返回结果：get_order、get_union_order、list_order_account。
help-arg-orders = 企业微信的订单文件：JSON 对象、数组，或每行一个；可用通配符，可重复
help-arg-orders-per-year = 每个付费方每年最多多少个订单
help-reconcile-arg-date = 今天（北京时间），代替方案中的日期
help-reconcile-arg-force = 覆盖已有的文件
help-reconcile-arg-plan = 方案文件；`-` 表示标准输入
help-reconcile-arg-rate-card = 价目表：内置价目表的 id，或 .toml 文件；代替方案所用的价目表
help-arg-write-card = 按账单所剩的规则写出价目表：已证实的规则注明订单，已排除的不再列出
help-arg-rules = 说明未确认规则的哪些读法能解释账单；没有不一致时也说明
