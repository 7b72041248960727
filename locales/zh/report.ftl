# 报表：标题、列名、标签。

report-unknown = 面议
report-phrase = { $phrase }
report-list = { $items }
report-markdown-field = **{ $label }：** { $value }
report-in-brackets = （{ $text }）

report-quote-title-dated = 许可报价（元） · 价目表 { $card } · { $date }
report-quote-title-undated = 许可报价（元） · 价目表 { $card } · 未指定日期
report-order-heading = { $number }. { $name }（{ $code }）
report-account = 账号类型
report-tier = 阶梯
report-ordinals = 序号
report-accounts = 账号数
report-folded = 基础 + 互通
report-unit-price = 元/年
report-amount = 金额
report-amount-a-year = 金额/年
report-a-year = 一年合计
report-code = 编码
report-member = 成员
report-school = 学校
report-basic = 基础账号
report-interop = 互通账号
report-share = 分摊
report-term = 时长
report-list-price = 标准价
report-waiver = 减免
report-payable = 应付
report-waived = 已减免，{ $kind }：{ $reason }
report-not-waived = 无，{ $kind }：{ $reason }
report-priced-part = { $priced } + 面议
report-status = 状态
report-first = 起
report-last = 止
report-months = 月数
report-days = 天数
report-summary = 汇总
report-total = 合计
report-total-waived = 减免额
report-total-unconfirmed = 待确认
report-total-unpriced = 无价格
report-unconfirmed-amount = { $amount }，不计入合计（{ $orders } 个订单）
report-unpriced-accounts = { $basic } 个基础账号和 { $interop } 个互通账号，未计入任何金额
report-incomplete = 不完整
report-confirmed = 已确认
report-unconfirmed = 待确认
report-name-unconfirmed = { $name }（待确认）
report-not-in-total = 未计入合计
report-unconfirmed-payments = 待确认（未计入合计）
report-reason = 原因
report-reason-unconfirmed = 待确认
report-reason-unpriced = 价格面议
report-name-group = { $name }（上下游）
report-rests-on = 金额的依据

report-chart-curve = { $type }标准价与账号数的关系 · { $term }
report-chart-payable = 各学校应付（已确认的订单）
report-chart-largest = 各学校应付：{ $all } 个已确认的订单中金额最大的 { $shown } 个

report-cards-title = 价目表
report-card-title = 价目表 { $card } · { $name } · { $from } 起生效
report-card = 价目表
report-name = 名称
report-in-force-from = 生效日
report-surest-to-least = 依据
report-standing-count = { $standing } { $count } 条
report-standing-of = { $standing }：{ $facts }
report-prices = 价格
report-rule-prices = 元/账号/年
report-standing = 可信度
report-official = 官方
report-billed = 账单证实
report-brief = 内部文档
report-reported = 第三方
report-assumed = 假定
report-by-days = 按天价格
report-rounding = 舍入
report-new-purchase = 新购
report-renewal = 续期
report-group = 上下游
report-beyond-list = 超出价目表
report-order = 订单
report-app-orders = 应用订单
report-test-enterprise = 测试企业
report-rule-term = 每月 { $month } 天，每年 { $year } 天；{ $least } 至 { $most } 天{ $standing }
report-rule-by-days = 年价 / { $rule }{ $standing }
report-rule-rounding = { $per ->
        [item] 每种账号在每一阶梯的金额分别取整
        [type] 每种账号分别取整
       *[order] 每个订单一次
    }，{ $mode ->
        [down] 舍去不足一分的部分
        [half-even] 四舍六入五成双到分
       *[half-up] 四舍五入到分
    }{ $standing }
report-rule-new-purchase = { $rule ->
        [at-least] 排在剩余时长不短于所购时长的已有账号之后
        [none] 从第一个账号起算
        [longer-unactivated] 排在剩余时长大于所购时长的已有账号和未激活的激活码之后
        [at-least-unactivated] 排在剩余时长不短于所购时长的已有账号和未激活的激活码之后
        [none-unactivated] 排在未激活的激活码之后
       *[longer] 排在剩余时长大于所购时长的已有账号之后
    }{ $standing }
report-rule-renewal = { $rule ->
        [after-held] 按新购规则排在不由该订单续期的账号之后
       *[from-zero] 从第一个账号起算
    }{ $standing }
report-rule-group = { $rule ->
        [member] 阶梯按每个成员各自累进
       *[group] 阶梯按全部成员合并累进
    }{ $standing }
report-rule-beyond-list = { $rule ->
        [all] 订单达到第 { $from } 个账号时，该类型的全部账号面议
       *[excess] 第 { $from } 个账号起面议
    }{ $standing }
report-rule-app-orders = 自 { $from } 起，出售许可前校验企业的应用订单{ $standing }
report-rule-order = 每类账号最多 { $most } 个{ $standing }
report-rule-test-enterprise = 免费：每类账号最多 { $most } 个，时长 { $months } 个月{ $standing }
report-app-order = 应用订单期限
report-trial-order = 试用期下单
report-short-term = 短期许可
report-waived-order = 减免订单
report-rule-app-order = 须未过期，且不长于许可时长{ $standing }
report-rule-trial-order = 没有应用订单时，时长最多 { $days } 天{ $standing }
report-rule-short-term = 时长不超过 { $days } 天时，账号数最多为企业通讯录人数的 { $most } 倍{ $standing }
report-rule-waived-order = 每次 { $months } 个月，只能重新下单{ $standing }
report-waivers = 减免
report-conditions = 条件
report-from = 起始日
report-last-day = 截止日
report-at-least = 认证状态至少为 { $certification }
report-proof = 证明已获确认
report-alternatives = 规则的其他可能
report-fact-id = 依据
report-alternative = 另一取值
report-what-holds = 此时的规则
report-facts = 依据
report-fact = { $standing }：{ $text }（{ $source }）

report-curve-legend = ● { $accounts } 个账号，{ $payable } 元 · ┊ 阶梯的终点
report-basic-price = 基础账号 元/年
report-interop-price = 互通账号 元/年
report-trial = 免费试用
report-trial-reminder = 试用提示
report-refund = 退款
report-activation = 激活
report-stacking = 延长
report-latest-expiry = 最晚到期
report-rule-trial = 自应用授权起 { $days } 天；授权不得早于 { $first }{ $standing }
report-rule-trial-reminder = 试用结束前 { $days } 天起在应用内提示{ $standing }
report-rule-refund = 付款后 { $days } 天内可申请{ $standing }
report-rule-activation = 付款后 { $months } 个月内须激活，逾期失效{ $standing }
report-rule-stacking = 剩余不超过 { $days } 天时可用同类型的新激活码；剩余不超过 { $automatic } 天时自动激活{ $standing }
report-rule-latest-expiry = 不晚于延长之日起 { $days } 天{ $standing }

# 开头的结论。
report-money = { $amount } 元
report-money-and-open = { $amount } 元 + 面议
report-answer = { $unconfirmed ->
        [0] 应付
       *[other] 已确认合计
    } { $payable }：{ $what }{ $date }{ $waived }
report-answer-one = { $accounts }，{ $term }
report-answer-orders = { $orders } 个订单
report-answer-tiers = 按阶梯（每年）：{ $types }
report-answer-tiers-of-type = { $type } { $terms }
report-answer-waiver = 减免依据：{ $kind }，{ $reason }
report-answer-none = 无需购买：没有缺少的账号
report-answer-date = ，计价日 { $date }
report-answer-waived = ，已减免 { $waived } 元
report-besides = { $besides }
report-besides-both = { $unconfirmed }；{ $unpriced }
report-besides-unconfirmed = 待确认 { $amount } 元（{ $orders } 个订单）
report-besides-unpriced = 另有 { $accounts }面议
report-card-answer = { $from } 起生效：{ $prices }{ $negotiated }
report-card-prices = { $type }每年 { $most } 元起，递减至 { $least } 元
report-card-negotiated = ；第 { $from } 个起面议
report-cards-newest = 最新的价目表为 { $card }，{ $from } 起生效
report-cards-none = 没有价目表

# 前提。
report-assumes-undated = 前提：未指定日期，减免视为有效
report-assumes-date = { $side ->
        [old] 旧侧前提
        [new] 新侧前提
       *[none] 前提
    }：日期 { $date } 由命令指定，非方案所载
report-assumes-recorded = { $side ->
        [old] 旧侧前提
        [new] 新侧前提
       *[none] 前提
    }：方案日期 { $before } 之前的采购均已记入方案
report-assumes-only = 仅含{ $schools }{ $groups ->
        [yes] 及同一上下游的学校
       *[no] { "" }
    }，合计亦然
report-assumes-left-out = 结果不完整，不含{ $schools }{ $more ->
        [0] { "" }
       *[other] 等 { $count } 所学校
    }：其自身或同一上下游学校的文件无法读取，未计入任何合计
report-school-with-code = { $name }（{ $code }）
report-assumes-growth = { $side ->
        [old] 旧侧前提
        [new] 新侧前提
       *[none] 前提
    }：每次续期时用户增长 { $percent }%
report-assumes-what-if = 前提：{ $name }（{ $code }）的{ $type }用户为 { $users } 人，方案中为 { $planned } 人
report-assumes-facts = 未经企业微信确认：{ $facts }{ $more }
report-see-sources = （加 --sources 查看详情）
report-assumes-fact = { $fact }：{ $text }
report-users = 用户
report-have = 已有
report-to-buy = 应购
report-until = 有效至
report-next-payment = 下次付款
report-from-to = { $from } 至 { $to }
report-nothing-to-buy = 无须购买
report-answer-nothing-to-buy = 无须购买：所有用户都有账号{ $codes ->
    [some] 或待激活码
   *[none] {""}
}
report-answer-covered = 另有 { $count } 个客户无须购买
report-scheduled-instead = 若与其他账号同在 { $expires } 到期，日历与预算在这一天购买 { $term }：{ $payable } 元
