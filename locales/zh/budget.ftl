# 预算：期间、订单、注意事项。

budget-title = 许可预算（元） · 价目表 { $card } · { $from } 至 { $to }
budget-years = 年度
budget-quarters = 有订单的季度
budget-months = 有订单的月份
budget-no-orders = 此期间没有订单
budget-orders = 订单
budget-to-know = 注意事项
budget-period = 期间
budget-month = 月份
budget-order-count = 订单数
budget-whole = { $period }
budget-partial = { $period }（部分）
budget-kind = 订单
budget-due-since = 应付日
budget-starts = 起始日
budget-expires = 到期日
budget-formula = 算式
budget-chart = 付款时间表（元）
budget-recorded = 已购
budget-purchase = 新购
budget-top-up = 增购
budget-renewal = 续期
budget-growth = 增长
budget-replacement = 到期后新购
budget-carry-over = 短期过渡
budget-first-after-waiver = { $name }：减免已结束，{ $date } 的订单是首个须付费的订单，{ $priced } 元
budget-not-charged = { $name }仅有自建应用，无须预算
budget-gap = { $name }：{ $from } 至 { $until }（{ $days } 天）有 { $users } 名用户没有{ $type }
budget-lost = { $name }：{ $count } 个{ $type }激活码未在 { $last-day } 及之前激活，已失效，损失 { $worth } 元

budget-answer = { $unconfirmed ->
        [0] 应付
       *[other] 已确认合计
    } { $payable }：{ $from } 至 { $to }，{ $orders } 个订单
