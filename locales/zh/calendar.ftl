# 日历：事项种类、列名、说明。

calendar-title-dated = 许可日历（元） · 价目表 { $card } · { $date }
calendar-title-undated = 许可日历（元） · 价目表 { $card } · 未指定日期
calendar-no-events = 没有可显示的日期
calendar-dates = 日期一览
calendar-overdue-dates = 已逾期
calendar-date = 日期
calendar-event = 事项
calendar-app = 应用
calendar-host = 宿主
calendar-app-id = 应用标识
calendar-kind = 类型
calendar-trial = 免费试用
calendar-trials = 应用及其免费试用
calendar-latest = 最晚到期日
calendar-price-facts = 金额依据
calendar-trial-start = 试用开始
calendar-payment = 付款
calendar-trial-reminder = 应用内开始提示
calendar-trial-end = 试用结束
calendar-paid = 已付款
calendar-uncovered = 用户没有账号
calendar-activation = 激活
calendar-last-refund-day = 最后可退款日
calendar-last-activation-day = 最后可激活日
calendar-first-stacking-day = 可用新激活码延长
calendar-automatic-stacking-day = 自动激活延长
calendar-expiry = 账号到期
calendar-information = 供参考
calendar-open = 待办
calendar-done = 已完成
calendar-lost = 已失效
calendar-overdue = 已逾期
calendar-accounts = { $count } 个{ $type }
calendar-in-a-row = { $before }，{ $next }
calendar-payable = { $payable } 元
calendar-payable-incomplete = { $priced } 元 + 面议
calendar-payable-part = { $priced } + ?
calendar-latest-expiry = 最晚至 { $latest }
calendar-trial-until = 至 { $end }
calendar-not-charged = 无须试用：不收费
calendar-authorized-earlier = 无：授权早于 { $first }，由企业微信决定日期
calendar-authorization-unknown = 未知：方案中没有 `authorized`
calendar-no-trial-rule = 未知：价目表没有规则
calendar-app-on-host = { $name }（{ $host }）
calendar-app-alone = { $name }
calendar-entry = { $event }：{ $subject }
calendar-entry-overdue = 已逾期，{ $event }：{ $subject }
calendar-entry-done = 已完成，{ $event }：{ $subject }
calendar-entry-subject = { $school } · { $app }
calendar-entry-school = 学校：{ $name }（{ $code }）
calendar-entry-unconfirmed = 该学校在方案中待确认。
calendar-entry-app = 应用：{ $name }，标识 { $id }
calendar-entry-moment = 准确时间：北京时间 { $moment }
calendar-entry-details = 账号：{ $details }
calendar-entry-state = 状态：{ $state }
calendar-entry-fact = { $fact }：{ $note }
calendar-means-payment = 在这一天下单并付款。
calendar-means-uncovered = 从这一天起，这些用户没有有效账号，无法进入应用。
calendar-means-activation = 在这一天激活这些激活码：用户从这一天起需要它们。
calendar-means-trial-reminder = 从这一天起，应用会向用户提示免费试用即将结束。
calendar-means-trial-end = 免费试用结束：此后没有许可账号的用户无法进入应用。
calendar-means-last-refund-day = 这笔订单可申请退款的最后一天；退款由企业微信审核。
calendar-means-last-activation-day = 已购账号可激活的最后一天；逾期未激活的账号失效。
calendar-means-first-stacking-day = 从这一天起，可用同类型的新激活码延长这些账号。
calendar-means-automatic-stacking-day = 从这一天起，若已购买新账号，自动激活会延长这些账号。
calendar-means-expiry = 账号到期：若不续期，这些用户从这一天起无法进入应用。
calendar-answer = 待付 { $payable }{ $count ->
        [0] {""}
       *[other] （{ $count } 笔）
    }{ $overdue ->
        [0] {""}
       *[other] ，其中已逾期 { $late }
    }
calendar-overdue-since = { $since } 起逾期
calendar-payment-of = 付款：{ $kind }
calendar-past = 已略去 { $count } 个过去的日期；用 --from 可查看
