# 两份方案之间的变化及其原因。

compare-cause-added = 新增
compare-cause-removed = 移除
compare-cause-group = 上下游
compare-cause-apps = 收费应用
compare-cause-date = 日期
compare-cause-headcount = 人数
compare-cause-growth = 增长
compare-cause-holdings = 已有账号
compare-cause-order-kind = 订单类型
compare-cause-term = 时长
compare-cause-negotiated = 面议价
compare-cause-tiers = 阶梯与单价
compare-cause-waiver = 减免
compare-cause-status = 确认状态

compare-title = 许可费用比较（元） · { $old } → { $new }
compare-side-dated = { $card }（{ $date }）
compare-side-undated = { $card }（未指定日期）
compare-old = 旧
compare-new = 新
compare-difference = 差额
compare-percent = 百分比
compare-cause = 原因
compare-change = 变化
compare-schools = 学校数
compare-old-basic = 旧 基础账号
compare-old-interop = 旧 互通账号
compare-new-basic = 新 基础账号
compare-new-interop = 新 互通账号
compare-old-unconfirmed = 旧，待确认
compare-new-unconfirmed = 新，待确认
compare-difference-unconfirmed = 差额，待确认
compare-unconfirmed = 待确认，不计入以上合计
compare-why = 原因明细
compare-by-cause = 按原因汇总
compare-nothing = 没有变化。
compare-unchanged = 无变化的学校 { $count } 所
compare-from-to = { $old } → { $new }
compare-type-from-to = { $type } { $old } → { $new }
compare-no-date = 未指定日期
compare-no-price = 无价格
compare-term = { $days ->
        [0] { $months } 个月
       *[other] { $months } 个月 { $days } 天
    }
compare-pays-itself = 自行付费
compare-paid-by = 由{ $name }付费
compare-free = 免费
compare-not-free = 收费
compare-old-unpriced = 旧，无价格
compare-new-unpriced = 新，无价格
compare-nothing-known = 已知金额没有变化，但无价格的部分有变化。
compare-name-part = { $name }（已定价部分）
compare-old-complete = 旧金额完整
compare-new-complete = 新金额完整
compare-why-unconfirmed = 原因明细（待确认）
compare-by-cause-unconfirmed = 按原因汇总（待确认）

compare-in-percent = （{ $sign }{ $percent }%）
compare-answer-more = 应付增加 { $difference } 元{ $percent }：{ $old } → { $new }
compare-answer-less = 应付减少 { $difference } 元{ $percent }：{ $old } → { $new }
compare-answer-same = 两边应付相同：{ $new }
compare-answer-why = 原因：{ $reasons }
compare-reason = { $cause } { $sign }{ $difference }
compare-besides = 另有：{ $besides }
compare-besides-unconfirmed = 待确认部分变动 { $difference } 元
compare-besides-unpriced = 价格面议的账号
compare-chart = 从旧合计到新合计，按原因（元）

# 预算。
compare-budget-title = 预算比较（元） · { $card } · { $days }
compare-budget-days = { $from } 至 { $to }
compare-budget-why = 原因：{ $reasons }；主要涉及{ $schools }{ $more ->
        [0] { "" }
       *[other] ，另有 { $more } 所
    }
compare-budget-months = 月份
compare-budget-quarters = 季度
compare-budget-from = 起始日
compare-budget-mainly = 主要原因
compare-budget-payers = 付费方
compare-budget-payers-unconfirmed = 付费方（待确认）
compare-budget-orders = { $count ->
        [1] { $kind }（{ $accounts }）
       *[other] { $kind } { $count } 次（{ $accounts }）
    }
compare-budget-no-order = 无订单
compare-budget-payment-dates = 付款时间
compare-budget-growth = { $percent }%
compare-free-in-part = 部分免费
compare-old-from = 旧，起
compare-old-to = 旧，止
compare-new-from = 新，起
compare-new-to = 新，止
