# 诊断：消息本身；`.label` 写在所标源码之下；`.help` 说明如何修正。

diag-file-unreadable = 无法读取 { $file }：{ $reason }
    .help = 请检查路径，以及是否有读取权限
diag-file-too-large = { $file } 超过 { $most } MB
    .help = 这真的是方案或价目表吗？方案过大时请按客户拆分
diag-file-binary = { $file } 是二进制文件，不是文本
    .help = 请提供 TOML 文本文件；工作簿须先另存为文本
diag-file-utf16 = { $file } 是 UTF-16 编码
    .help = 请将文件存为 UTF-8（Windows 的编辑器将 UTF-16 称为“Unicode”），或这样转换：iconv -f UTF-16 -t UTF-8 { $file } > converted.toml
diag-file-not-utf8 = { $file } 第 { $line } 行不是 UTF-8 编码
    .help = 请将文件存为 UTF-8；GB18030 或 GBK 文件可以这样转换：iconv -f GB18030 -t UTF-8 { $file } > converted.toml
diag-file-is-spreadsheet = { $file } 是电子表格，不是方案
    .help = 请先导入：wxlicense import { $argument } -o plan.toml

diag-sheet-unreadable = 无法将 { $file } 作为电子表格读取：{ $reason }
    .help = { $fix }
diag-sheet-too-large = { $file } 过大：{ $what }
    .help = 这真的是客户表吗？请将需要的行和列另存为一个文件
diag-sheet-not-found = { $file } 中没有工作表“{ $sheet }”
    .help = { $suggestion ->
        [none] 其中的工作表：{ $known }
       *[other] 是否指“{ $suggestion }”？其中的工作表：{ $known }
    }
diag-sheet-of-csv = { $file } 是 CSV，没有工作表“{ $sheet }”
    .help = 请去掉 --sheet，或改用工作簿
diag-no-headings = { $file } 中没有一行含有可识别的列名
    .help = 请在学校上方的一行写明列名，例如 学校、编码、基础账号、互通账号，或用 --map 列名=KEY 说明各列的含义；wxlicense init --template xlsx 可写出空白表格
diag-no-rows = 列名下方没有学校
    .label = 最后一个有内容的行
    .help = 请为每所学校填写一行
diag-column-missing = 没有一列是学校的{ $key ->
        [code] 编码
       *[name] 名称
    }
    .label = 这些列名中没有
    .help = 请加一列“{ $chinese }”（{ $english }），或指明是哪一列：--map { $example }={ $key }
diag-column-twice = 有两列都表示 `{ $key }`
    .label = 此处重复
    .help = 请指明是哪一列：--map 列名={ $key }，可用列名或列的字母
diag-unknown-column = 没有名为“{ $column }”的列
    .help = { $suggestion ->
        [none] 请写列名或列的字母；现有列名：{ $known }
       *[other] 是否指“{ $suggestion }”？现有列名：{ $known }
    }
diag-expiry-column-missing = 不知道这些账号何时到期
    .label = 已激活的账号
    .help = 请加一列“到期日”，填写到期的日期
diag-cell-not-understood = 未能识别{ $column }“{ $value }”
    .label = { $reason }
    .help = { $fix }
diag-cell-missing = { $column }为空
    .label = 此处没有内容
    .help = 请填写；如果这一行不是学校，请删除
diag-cell-merged = 第 { $rows } 行共用一个{ $column }“{ $value }”
    .label = 合并单元格
    .help = 请取消合并，为每所学校分别填写
diag-ambiguous-upstream = 有多所学校名为“{ $name }”
    .label = 是哪一所？
    .help = 请填上游的编码：{ $codes }
diag-upstream-missing = 没有一行的编码或名称是“{ $upstream }”
    .label = 为本校付费
    .help = 请为它加一行；如果本校自己付费，请清空此单元格
diag-example-row = 这是模板中虚构的示例
    .label = 虚构的学校
    .help = 请换成真实的学校

diag-json-unreadable = 无法将 { $file } 作为 JSON 读取：{ $reason }
    .help = { $fix }
diag-json-syntax = { $place }：JSON 语法错误：{ $reason }
    .help = 完整的部分已读取，其余缺失；请重新导出该文件
diag-wecom-document-unknown = { $place }：{ $count ->
        [1] 这不是企业微信接口许可 API 的数据
       *[other] 有 { $count } 处不是企业微信接口许可 API 的数据，此处为第一处
    }
    .help = 请提供企业微信的原始返回：get_order、get_union_order、list_order_account、list_actived_account、get_active_info_by_code、get_active_info_by_user 或 get_app_license_info
diag-wecom-document-not-ours = { $place }：{ $count ->
        [1] { $reason }
       *[other] { $reason }（共 { $count } 处，此处为第一处）
    }
    .help = 请去掉该文件；许可的订单和账号在 get_order、get_union_order、list_order_account、list_actived_account 和 get_active_info_by_code 的返回中
diag-wecom-document-skipped = { $place }：已略过：{ $count ->
        [1] { $reason }
       *[other] { $reason }（共 { $count } 处，此处为第一处）
    }
    .help = 如果本来就不需要其中的内容，无需处理
diag-wecom-errcode = { $place }：企业微信返回错误，errcode { $errcode }
    .help = 错误码含义见 https://open.work.weixin.qq.com/devtool/query?e={ $errcode } ；请重新查询并替换该返回
diag-wecom-partial-failure = { $place }：`{ $list }` 中有 { $count } 项失败{ $errcodes ->
        [none] {""}
       *[other] （errcode { $errcodes }）
    }
    .help = 请查明原因，重新查询这些项，并将返回另存为一个文件
diag-wecom-page-missing = { $place }：后面还有一页（`has_more`），但没有找到
    .help = 请用本页的 `next_cursor` 查询下一页，并将返回放在同一匹配范围内
diag-wecom-order-missing = { $place }：列表中的{ $count ->
        [1] 订单 { $order } 没有详情
       *[other] {" "}{ $count } 个订单没有详情，第一个是 { $order }
    }
    .help = 请用 get_order（多企业订单用 get_union_order）查询每个订单，并将返回放在同一匹配范围内
diag-wecom-content-missing = 这些文件中没有{ $what }
    .label = 未找到
    .help = 请引用企业微信的返回：账号用 list_actived_account，订单用 get_order
diag-wecom-several-enterprises = 这些账号属于 { $enterprises } 家企业
    .label = 只对应一所学校
    .help = 请只引用该校企业的文件；下游的账号写在下游学校中
diag-wecom-field-missing = { $place }：缺少 `{ $key }`
    .help = 请按企业微信的原始返回重新导出
diag-wecom-field-invalid = { $place }：应为：{ $expected }；实际为：{ $found }
    .help = 请按企业微信的原始返回重新导出
diag-wecom-field-twice = { $place }：同一对象中 `{ $key }` 出现两次
    .help = 请按企业微信的原始返回重新导出

diag-files-not-found = { $folder ->
        [current] 当前文件夹
       *[other] { $folder }{" "}
    }中没有符合 `{ $pattern }` 的文件
    .label = 未找到文件
    .help =
        路径以{ $folder ->
            [current] 当前文件夹
           *[other] 方案所在文件夹
        }为起点；通配符 * 代表文件名的任意部分，** 代表任意层文件夹
diag-bad-pattern = `{ $pattern }` 不是有效的文件通配符
    .label = 无法识别
    .help = 请填写路径，或如 "rosters/1499-*.csv" 的通配符；** 须单独位于两个斜杠之间，[ 须有对应的 ]
diag-file-outside = { $file } 不在方案所在的文件夹之内
    .label = 超出该文件夹
    .help = 请将文件移入该文件夹；若信任此方案，可加 --allow-outside 运行
diag-file-special = { $file } 是{ $kind ->
        [pipe] 管道
        [device] 设备
       *[other] 特殊文件
    }，不是可读取的普通文件
    .label = 不是普通文件
    .help = 请指定普通文件
diag-roster-column-missing = { $column ->
        [none] { $file } 中没有用户 id 列
       *[other] { $file } 中没有名为“{ $column }”的列
    }
    .label = 用户数未知
    .help = { $column ->
        [none] 请在 id 上方写表头 `userid`，或用 `roster-column` 指明表头；表头须在前 { $rows } 行之内
       *[other] 请从文件中复制表头；表头须在前 { $rows } 行之内
    }
diag-roster-column-twice = { $file } 中有两列名为“{ $heading }”
    .label = 用户数未知
    .help = 请改名其中一列，或用 `roster-column` 指明
diag-roster-empty = { $file } 中没有用户
    .label = 计为 0 人
    .help = 请检查文件和列是否正确
diag-roster-long-ids = { $file } 中有 { $count } 个用户 id 超过 { $most } 字节：{ $places }
    .label = 用户数未知
    .help = 企业微信用户 id 长 1 至 { $most } 字节；请用 `roster-column` 指明 id 所在列，或更正这些 id
diag-roster-blank-ids = { $file } 中有 { $count } 行没有用户 id：{ $places }
    .label = 未计入
    .help = 请补全 id，或删除不是用户的行
diag-roster-odd-ids = { $file } 中有 { $count } 个用户 id 不符合企业微信的规则：{ $places }
    .label = 按原样计入
    .help = 用户 id 只能由字母、数字和 _ - @ . 组成；请检查是否一格多人、是否为合计行、长数字是否已被表格软件舍入
diag-roster-duplicates = { $file } 中有 { $count } 行重复列出用户：{ $places }
    .label = 只计一次
    .help = 用户数不受影响；删除重复行即可消除本警告

diag-toml-syntax = TOML 语法错误：{ $reason }
    .help = { $help }
diag-too-many-problems = { $file } 的问题超过 { $most } 个，其余不再列出
    .help = 请确认文件是否正确；先改正前面的问题，再重新检查
diag-unknown-key = { $table } 中有未知的键 `{ $key }`
    .label = 此处没有这个键
    .help = { $suggestion ->
        [at-the-top] 键属于其上方最近的表头：要让 `{ $key }` 用于整个文件，请写在文件开头、第一个表头之前
        [none] 可用的键：{ $known }
       *[other] 是否想写 `{ $suggestion }`？
    }
diag-missing-key = { $table } 缺少 `{ $key }`
    .label = 此处缺少 `{ $key }`
    .help = 请加上，例如 { $example }
diag-wrong-type = `{ $key }` 是{ $found }，应为{ $expected }
    .label = { $found }
    .help = { $fix }
diag-unknown-word = `{ $key }` 不能是 `{ $value }`
    .label = 不是 `{ $key }` 可取的值
    .help = { $suggestion ->
        [no-word] 可取的值：{ $known }
       *[other] 是否想写 `{ $suggestion }`？可取的值：{ $known }
    }
diag-number-out-of-range = `{ $key }` 为 { $value }，应在 { $least } 至 { $most } 之间
    .label = 超出范围
    .help = 请填 { $least } 至 { $most } 之间的整数
diag-money-as-float = `{ $key }` 是不带引号的小数，无法精确表示
    .label = 二进制浮点数
    .help = 请加上引号："{ $value }"
diag-bad-money = `{ $key }`：{ $reason }
    .label = 不是以元为单位的价格
    .help = 请以元为单位，最多四位小数，并加引号："0.80"
diag-bad-date = `{ $key }` 不是日期
    .label = { $reason }
    .help = { $fix }
diag-empty-string = `{ $key }` 为空
    .label = 没有内容
    .help = 请填写；若非必填，也可删去此键

diag-unknown-rate-card = 没有价目表 `{ $id }`
    .label = 不是内置价目表
    .help = { $suggestion ->
        [none] 内置价目表：{ $known }；自备的价目表请给出以 .toml 结尾的路径
       *[other] 是否想写 `{ $suggestion }`？自备的价目表请给出以 .toml 结尾的路径
    }
diag-no-rate-card-in-force = { $date } 没有生效的价目表
    .label = 早于第一份价目表
    .help = 第一份价目表 { $id } 自 { $from } 起生效；请改用更晚的日期，或指定价目表
diag-rate-card-not-yet-in-force = 价目表 { $id } 自 { $from } 起才生效，晚于计价日 { $date }
    .label = 计价时尚未生效
    .help = 不指定价目表，即采用计价日生效的那一份
diag-no-tiers = 价目表没有任何阶梯
    .label = 没有 [[tier]]
    .help = 请至少加上一个 [[tier]]，写明 from、to、basic 和 interop
diag-tier-start = 第一阶梯从第 { $from } 个账号开始
    .label = 第 { $from } 个之前的账号没有价格
    .help = 第一阶梯应写 from = 1
diag-tier-descending = 阶梯止于 { $to }，却始于 { $from }
    .label = 在 { $from } 之前
    .help = 请对调 from 和 to，或更正其中之一
diag-tier-overlap = 此阶梯始于 { $from }，落在前一个阶梯之内
    .label = 第 { $from } 至 { $to } 个账号有两个价格
    .help = 此阶梯应写 from = { $expected }
diag-tier-gap = 此阶梯始于 { $from }，而前一个阶梯止于 { $end }
    .label = 第 { $expected } 至 { $last } 个账号没有价格
    .help = 此阶梯应写 from = { $expected }
diag-tier-open = 没有 `to` 的阶梯包含其后所有账号，后面却还有阶梯
    .label = 没有终点
    .help = 请补上 `to`，或删去后面的阶梯
diag-tiers-end = 第 { $end } 个之后的账号都没有价格
    .label = 最后一个阶梯止于此
    .help = 最后一个阶梯不写 `to`，或加上 [negotiated] 并写 from = { $expected }
diag-negotiated-start = 面议账号始于 { $from }，而阶梯止于 { $end }
    .label = 必须紧接最后一个阶梯
    .help = 请写 from = { $expected }，并给最后一个阶梯写上 `to`
diag-unknown-fact = 此价目表中没有依据 `{ $id }`
    .label = 未定义
    .help = { $suggestion ->
        [none] 请加上以此为 id 的 [[fact]]，写明可信度和来源
       *[other] 是否想写 `{ $suggestion }`？否则请加上以此为 id 的 [[fact]]，写明可信度和来源
    }
diag-duplicate-fact = 依据 `{ $id }` 定义了两次
    .label = 此处重复
    .help = 每条依据须有各自的 id
diag-alternative-of-another-rule = 可取 `{ $value }` 的规则并不以 `{ $id }` 为依据
    .label = 不在该规则的依据之中
    .help = 请写 `{ $key }` 中的依据，或将此依据加入其中
diag-duplicate-alternative = `{ $value }` 不是另一种可能：它已在使用，或已列出
    .label = 没有新内容
    .help = 规则的其他取值各列一次
diag-duplicate-waiver = `{ $kind }` 有两条减免规则
    .label = 此处重复
    .help = 每种客户只保留一条规则
diag-range-reversed = `{ $last }` 在 `{ $first }` 之前
    .label = 尚未开始就已结束
    .help = 请对调两者，或更正其中之一

diag-no-cheapest-plan = { $payer }没有可行方案：{ $reason }
    .help = { $fix }
diag-no-accounts = 没有账号：基础账号和互通账号均为 0
    .label = 没有可购买的账号
    .help = 请将 basic、interop 或两者设为至少 1
diag-too-many-accounts = { $count } 个{ $type }超过了一个订单的上限
    .label = 最多 { $most } 个
    .help = 一个订单每类账号最多 { $most } 个；请分开购买
diag-term-out-of-range = 无法购买 { $days } 天的时长
    .label = 须为 { $least } 至 { $most } 天
    .help = 时长为月与天之和，须为 { $least } 至 { $most } 天
diag-test-enterprise-term = 测试企业的购买时长固定为 { $months } 个月
    .label = 时长不符
    .help = 请写 term = { "{" } months = { $months } { "}" }
diag-no-test-enterprise = 价目表没有测试企业的规则
    .label = 没有此规则
    .help = 请改用含 [test-enterprise] 的价目表，或按普通企业计价
diag-price-overflow = 价格过大，无法计算
    .help = 请检查价目表的价格和账号数

diag-no-schools = 方案中没有学校
    .label = 没有 [[school]]
    .help = 请加上 [[school]]，写明 code、name，以及 basic 或 interop
diag-duplicate-school = 两所学校的 { $key } 同为 `{ $value }`
    .label = 此处重复
    .help = 每所学校须有各自的编码；若是同一所，请合并
diag-duplicate-corp-id = 两所学校的 { $key } 同为 `{ $value }`，企业微信会将其账号合并累进
    .label = 此处重复
    .help = 请更正其中一个；若确是同一企业，请将账号数合并到一个 [[school]]，因为阶梯按企业累进
diag-unknown-upstream = 没有编码为 `{ $code }` 的学校
    .label = 不在本方案中
    .help = { $suggestion ->
        [none] 请加上以此为编码的 [[school]]；若该校自行付费，请删去 `upstream`
       *[other] 是否想写 "{ $suggestion }"？否则请加上编码为 "{ $code }" 的 [[school]]
    }
diag-upstream-is-itself = 学校 `{ $code }` 以自己为上游
    .label = 这是它自己的编码
    .help = 请写为该校付费的学校；若自行付费，请删去 `upstream`
diag-upstream-is-downstream = 上游 `{ $code }` 本身也有上游：`{ $upstream }`
    .label = 不为任何学校付费
    .help = 上下游只有一层：请写 upstream = "{ $upstream }"，或删去 `{ $code }` 的 `upstream`
diag-group-terms-differ = 时长为 { $months } 个月 { $days } 天，而其上游为 { $wanted-months } 个月 { $wanted-days } 天
    .label = 与上游的时长不同
    .help = 上下游是一个订单，时长须一致：请写 term = { "{" } months = { $wanted-months }, days = { $wanted-days } { "}" }，或将该校移出上下游
diag-group-too-many-accounts = 此上下游的 { $members } 所学校共需 { $count } 个{ $type }，超过了一个订单的上限
    .label = 由它统一付费
    .help = 一个订单每类账号最多 { $most } 个；请让一部分学校自行付费
diag-test-enterprise-in-group = 测试企业不能加入上下游
    .label = 只能单独下单
    .help = 请删去相关学校的 `upstream`，或删去 `test-enterprise`
diag-negotiated-on-downstream = 下游的面议价不起作用
    .label = 未被采用
    .help = 订单由上游下单：请将价格移到学校 `{ $upstream }`
diag-bad-industry = `{ $value }` 不是行业
    .label = 不是“一级行业/二级行业”的形式
    .help = 请按企业微信所示写出两级，中间用一个斜杠："教育/高等教育"
diag-industry-near-miss = 行业 { $given } 不能减免；是否想写 { $primary }/{ $meant }？
    .label = 不是可减免的行业
    .help = 若企业微信显示为{ $meant }，请写 industry = "{ $primary }/{ $meant }"；若确为{ $secondary }，则写法无误，但不能减免
diag-certification-missing = 未写 `certification`，因此不适用 { $industry } 的减免（{ $kind }）
    .label = 减免还取决于认证状态
    .help = 请在企业微信中查明后写 certification = "none"、"verified" 或 "certified"；减免至少需要 "{ $needs }"
diag-undated-plan = 方案没有日期，却写了 `{ $key }`：缺多少账号取决于是哪一天
    .label = 此处有日期，方案却没有
    .help = 请在方案开头加上计价日：date = 2022-11-18；或用 --date 给出
diag-held-expired = 到 { $date } 这些已有账号已经到期
    .label = 已不再持有
    .help = 请删去此项，或更正到期日
diag-held-from-conflicts = `from` 旁又写了 `{ $key }`：账号以文件为准
    .label = 请删去此项
    .help = 只保留 `from`，或只保留 type、count 和 expires；两者可以分写为列表中的两项
diag-roster-counts-differ = 方案写明 { $stated } 个{ $type }用户，名单中有 { $listed } 个
    .label = 与名单不符
    .help = 请删去这个数字，以名单为准；或更正名单
diag-roster-missing = 应用 `{ $app }` 没有名单，而本校其他应用有
    .label = 视其用户均已在其他名单中
    .help = 请为它补上 `roster`，以免遗漏用户
diag-orders-of-others = { $orders } 个订单属于方案中没有的 { $enterprises } 家企业
    .label = 未计入
    .help = 请在方案中补上这些客户及其 `corp-id`，或只引用本方案客户的订单文件
diag-orders-without-accounts = 没有账号列表说明{ $school }的哪些激活码已激活
    .label = 其订单的激活码均视为未激活
    .help = 请为学校 { $code } 加上 `held = [{ "{" } from = "accounts.json" { "}" }]`，内容为 list_actived_account 的返回结果
diag-renewal-unexplained = { $school }的订单 { $order } 将账号续期到某一天，但没有资料说明这些账号原来何时到期
    .label = 在这些订单中
    .help = 请用 `held` 给出该校的账号列表，或将这次续期写成带时长的购买记录
diag-duplicate-app = 应用 `{ $value }` 在此学校中出现两次（{ $key } 相同）
    .label = 此处重复
    .help = 请删去其中之一；一个账号可用于该用户的所有应用
diag-interop-app-without-accounts = 有应用需要互通账号，但该校未购买
    .label = 需要互通账号
    .help = 请为此应用的用户加上 interop = …；若不读取客户信息，请写 needs = "basic"
diag-activated-before-paid = 激活日 { $activated } 早于付款日 { $paid }
    .label = 过早
    .help = 请对调两个日期，或更正其中之一
diag-activated-conflicts = { $with ->
        [activations] `activated` 与 `activations` 同时出现：前者指全部激活码，后者指其中一部分
        [renewal] 续期没有激活：付款当天即延长有效期
       *[payment] 续期在付款当天延长有效期，不是其他日期
    }
    .label = { $with ->
        [payment] 不是付款日
       *[other] 请删去
    }
    .help = { $with ->
        [activations] 请只保留其中之一
        [renewal] 请删去 `activated`；用 `activations` 及 `extends` 说明续期的是哪些账号
       *[payment] 请改为付款日，或不写 `activations`：此时延长最早到期的账号
    }
diag-activations-exceed-purchase = 激活了 { $activated } 个{ $type }激活码，但只购买了 { $bought } 个
    .label = 多于购买数
    .help = 请更正 `activations` 或购买的账号数
diag-nothing-to-prolong = { $named ->
        [no] { $date } 要延长 { $wanted } 个{ $type }，但已激活的只有 { $found } 个
       *[other] { $date } 要延长 { $wanted } 个 { $extends } 到期的{ $type }，但只有 { $found } 个
    }
    .label = 在此延长
    .help = { $upstream ->
        [yes] 若为下游学校的账号，请为其写明账号列表（`held = [{"{"} from = … {"}"}]`），或把续期记在该校；否则请用 `held` 写明这些账号，或更正账号数和日期
       *[no] 请用 `held` 或带激活日的购买记录写明这些账号，或更正账号数和日期
    }
diag-activated-after-deadline = { $paid } 付款的账号须在 { $last-day } 及之前激活，而激活日为 { $activated }
    .label = 过晚
    .help = 请更正付款日或激活日；若账号从未激活，请删去 `activated`
diag-headcounts-out-of-order = { $before } 起的人数之后是 { $from } 起的人数
    .label = 不在其后
    .help = 请按日期先后排列人数，每个日期只写一条
diag-duplicate-name = 两所学校的名称同为 `{ $value }`
    .label = 此处重复
    .help = 若是两所，请用名称加以区分（例如写明校区）；若是同一所，请合并
diag-no-negotiated-price = 第 { $from } 个起的{ $type }没有价格，需要 { $count } 个{ $day ->
        [none] { "" }
       *[other] （{ $day } 起）
    }
    .label = 超出有标准价的账号数
    .help = 请与企业微信商定价格后写入 negotiated = { "{" } { $key } = "…" { "}" }；在此之前，所有合计都不含这些账号
diag-app-authorized-later = 应用于 { $authorized } 授权，晚于方案日期 { $date }
    .label = 尚未授权
    .help = 请更正其中一个日期；若只是计划授权，试用期可能从另一天开始
diag-interop-without-app = { $count } 个用户需要互通账号，而该校没有应用需要，企业微信不会出售（{ $facts }）
    .label = 没有对应的应用
    .help = 请在具备“客户联系”或“微信客服”权限的应用写上 needs = "interop"；若没有这样的应用，这些用户只需基础账号
diag-industry-barred-from-groups = 行业为“{ $industry }”的企业不能创建或加入上下游（{ $facts }）
    .label = 该校属于上下游
    .help = 请确认各校在企业微信中的关联方式：以局校互联关联的，同样可以分享激活码
diag-app-order-expired = 客户的应用订单已于 { $last-day } 到期：{ $date } 企业微信不出售许可（{ $facts }）
    .label = 已到期
    .help = 请先续订应用再购买许可，或更正订单日期
diag-term-too-long-for-trial = 时长为 { $days } 天，而应用试用期间，对没有应用订单的客户企业微信最多出售 { $most } 天（{ $facts }）
    .label = 超出试用期可购时长
    .help = 若客户已购买应用，请在该应用写上 order = { "{" } from = …, until = … { "}" }；否则请在客户购买应用后再下单，或缩短时长
diag-too-many-for-contacts = 需要 { $accounts } 个账号，而时长不超过 { $days } 天时，按此通讯录人数企业微信最多出售 { $most } 个（{ $facts }）
    .label = 最多 { $most } 个账号
    .help = 请更正通讯录人数或用户数，或改用长于 { $days } 天的时长
diag-term-shorter-than-app-order = 时长为 { $days } 天，短于应用订单的 { $least } 天，企业微信不会接受（{ $facts }）
    .label = 过短
    .help = 请写 term = { "{" } months = { $months } { "}" }，或更正应用订单的日期
diag-waived-term = 减免客户每次只能购买 { $months } 个月（{ $facts }）
    .label = 不能按此时长下单
    .help = 请写 term = { "{" } months = { $months } { "}" }；减免期间，订单一律按此时长计价和安排
diag-waived-renewal = { $paid } 该校许可享受减免，而减免期间不能续期（{ $facts }）
    .label = 减免期间不能续期
    .help = 若当时是重新下单，请删去 `kind`；否则请更正日期或减免条件
diag-activation-deadline-near = { $paid } 付款的激活码有 { $count } 个尚未激活，最晚须在 { $last-day } 激活（{ $facts }）
    .label = { $days ->
        [0] 今天到期
       *[other] 还剩 { $days } 天
    }
    .help = 请及时激活，或在方案中记录已激活；逾期失效
diag-unknown-school = 方案中没有编码或名称为 `{ $code }` 的学校
    .help = { $suggestion ->
        [none] 请给出方案中学校的编码、名称或名称的一部分
       *[other] 是否想写 `{ $suggestion }`？
    }
diag-ambiguous-school = `{ $text }` 可能指 { $count } 所学校：{ $schools }{ $more ->
        [0] { "" }
       *[other] 等
    }
    .help = 请改用名称前的编码

diag-school-left-out = { $name }（{ $code }）或同一上下游学校的文件无法读取，因此没有结果
    .help = 请先解决这些文件的问题
diag-bad-usage = { $wrong }
    .help = { $help }
diag-nothing-to-quote = 没有可报价的内容
    .help = 请给出方案文件或账号数：wxlicense quote --basic 8 --interop 20
diag-limit-not-judged = 无法判断是否超出上限 { $limit } 元：目前应付 { $payable } 元，但有 { $basic } 个基础账号和 { $interop } 个互通账号没有价格
    .help = 请给出这些账号的面议价

diag-bad-mix = “{ $text }”不是账号比例
    .help = 请按“基础账号:互通账号”写成两个整数，例如 8:20
diag-empty-mix = 比例“{ $text }”不含任何账号
    .help = 两个数中至少有一个不小于 1
diag-budget-without-start = 预算没有起始日：方案没有日期，也未另行指定
    .help = 请用 --from 2022-11-18 指定，或在方案中写入 date = 2022-11-18
diag-horizon-out-of-range = 预算期不能是 { $years } 年
    .help = 请指定 1 至 { $most } 年
diag-horizon-beyond-calendar = 所求的日期超出了日历的最后一天
    .help = 请提前起始日，或减少年数或天数
diag-growth-out-of-range = 增长率 { $percent }% 会使账号数归零
    .help = 增长率须大于 -100%，例如 5% 或 -10%
diag-fiscal-year-start = 财年不能从 { $month } 月开始
    .help = 请指定 1 至 12 月
diag-order-not-placed = { $payer }{ $on }的订单无法下达：{ $reason }
    .help = 请检查方案中该客户的人数、已有账号和时长
diag-side-not-priced = { $side }没有价格：{ $reason }
    .help = 请单独对该方案报价，并修正所报的问题
diag-budget-order = { $payer }在 { $date } 的订单无法下达：{ $reason }
    .help = 请检查方案中的人数、增长率和年数
diag-due-without-date = 没有日期，无法判断哪些到期或逾期
    .help = 请用 --date 给出日期，或在方案中写明 date

diag-from-after-to = { $from } 至 { $to } 之间没有任何一天
    .help = 请对调两个日期，或改正其中一个

diag-negative-amount = 可用金额为负数
    .help = 请给出不小于 0 的金额
diag-nothing-to-compare = { $plan } 没有可比较的对象
    .help = 请给出第二份方案，或让两侧有所不同：--date-old、--date-new、--rate-card-old、--rate-card-new、--set；加 --budget 时还有 --from-old、--from-new、--growth
diag-increase-not-judged = 无法判断增加额是否超出上限 { $limit } 元：目前相差 { $difference } 元，但{ $left-out ->
        [0] 有账号没有价格（旧：基础账号 { $old-basic } 个、互通账号 { $old-interop } 个；新：基础账号 { $new-basic } 个、互通账号 { $new-interop } 个）
       *[other] 有学校的文件无法读取，未参与比较
    }
    .help = { $left-out ->
        [0] 请在方案中给出这些账号的面议价
       *[other] 请修正这些文件，或用 --school 指定要比较的学校
    }
diag-over-limit = 超出上限：应付 { $payable } 元，上限 { $limit } 元
    .help = 用 --explain 可看金额的由来
diag-cheapest-over-limit = 超出限额：找到的最省方案应付 { $payable } 元{ $proof ->
        [bound] ，任何方案都不少于 { $bound } 元
       *[none] { "" }
    }；限额为 { $limit } 元
    .help = 请放宽方案的限制，或提高限额
diag-year-over-limit = { $year } 年度超出上限：应付 { $payable } 元，上限 { $limit } 元
    .help = 用 --by month 可看哪个月应付
diag-increase-over-limit = 超出上限：应付增加 { $increase } 元，上限 { $limit } 元
    .help = 对比结果列出了增加的原因
diag-orders-without-prices = 这些文件中没有带价格的订单
    .help = 请补上 get_order 或 get_union_order 的返回结果，其中有价格
diag-bills-differ = 账单与应付不一致，合计相差 { $difference } 元
    .help = 请查看不一致的订单
diag-bills-unexplained = 未确认规则的任何组合都不能解释全部账单，未写出价目表
    .help = 请检查任何组合都无法解释的订单，或去掉 --write-card
diag-plan-overdue = { $orders ->
        [0] {""}
       *[other] { $orders } 笔付款已逾期，共 { $payable } 元
    }{ $users ->
        [0] {""}
       *[other] （{ $users } 名用户没有账号）
    }
    .help = 请先付款并激活 `wxlicense status` 列在最前的各项，再记入方案
diag-overdue = 已逾期：{ $date } { $event }（{ $place }）
    .help = 请办理，或在方案中记录已办理
diag-warnings-denied = { $plan } 未通过：不允许有警告，而它有 { $warnings } 个
    .help = 请按警告的提示改正，或去掉 --deny-warnings
diag-order-without-buyer = 方案未指明由谁下单
    .help = 请写 provider = { "{" } buyer = "…" { "}" }：贵司中有权在企业微信购买许可的成员 userid
diag-order-without-corp-id = { $name }（{ $code }）没有企业微信的企业 id，无法为其下单
    .help = 请在该校写上 corp-id = "…"：企业微信中的企业 id
diag-order-without-price = { $payer }{ $on }的订单含没有价格的账号：基础 { $basic } 个、互通 { $interop } 个
    .help = 请与企业微信面议价格，并在该校写上 negotiated = { "{" } basic = "…" { "}" }；只有预期金额明确的订单才会生成请求
diag-renewal-users-unknown = { $name }：{ $expires } 到期的 { $wanted } 个{ $type }需要续期，而方案中的企业微信账号列表只列出 { $listed } 个用户
    .help = 请取得该企业 list_actived_account 的全部分页，并在该校写上 held = [{ "{" } from = "文件" { "}" }]，代替手写的这些账号
diag-order-refused = 企业微信会拒绝 { $payer }{ $on }的订单：{ $reason }
    .help = 请更正方案内容，或用 --school 只为其他学校下单
diag-order-in-doubt = 企业微信可能拒绝 { $payer }{ $on }的订单：{ $reason }
    .help = 请补全方案中该校应用的信息，或以企业微信的答复为准
diag-too-many-shared = { $name }：需分配 { $codes } 个激活码，而企业微信最多允许 { $most } 个，即通讯录人数的两倍（U2）
    .help = 请更正该校的 contacts 或用户数
diag-unknown-format = { $file }：没有哪种格式用这个扩展名
    .help = 文件名以 .txt、.json、.md、.csv、.xlsx、.html 或 .ics 结尾，或用 --format 指定格式
diag-format-contradicted = { $file }：扩展名表示 { $named } 格式，而 --format 要求 { $asked } 格式
    .help = 请去掉 --format（它只用于扩展名不表示格式的文件和标准输出），或改用相应的扩展名
diag-excel-without-csv = --excel 只用于 CSV，而结果写成 { $formats } 格式
    .help = 请去掉 --excel，或输出 CSV：--format csv，或 -o FILE.csv
diag-no-such-format = 这一结果没有 { $format } 格式
    .help = 请用 --format 或文件扩展名换一种格式；可用：{ $known }
diag-parquet-not-built = { $file }：本程序构建时未包含 Parquet
    .help = 请改用 CSV，或重新构建程序：cargo build --release --features parquet
diag-format-not-for-terminal = { $format } 是二进制格式，终端无法显示
    .help = 请写入文件：-o FILE.{ $format }
diag-not-drawn = 无法把结果写成 { $format } 格式：{ $reason }
    .help = 请用 --format 或文件扩展名换一种格式
diag-workbook-too-large = 工作簿将超过 { $cells } 个单元格
    .help = 请用 --school 只选部分客户，或改用行数不限的 CSV：--format csv
diag-file-exists = { $file } 已存在
    .help = 加 --force 可覆盖
diag-file-named-twice = { $file } 被指定了两次
    .help = 每份结果各写一个文件
diag-output-is-input = { $file } 是此次读取的文件，会被结果覆盖
    .help = 请为结果另取一个文件名
diag-file-unwritable = 无法写入 { $file }：{ $reason }
    .help = 请检查目录是否存在、是否有写入权限、磁盘空间是否足够
diag-folder-not-replaced = { $folder } 中有不属于此前结果（{ $manifest }）的文件
    .help = 请换一个新目录，或先移走其他文件
diag-no-such-page = 没有手册页 { $page }
    .help = 现有手册页：{ $known }
