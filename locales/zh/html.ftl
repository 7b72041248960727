# 网页独有的文字。

html-items = 明细
html-currency = 元
html-see-note = 见说明
html-colophon = 金额单位：人民币元。由 wxlicense 生成。
html-bar = { $name }：{ $amount }
html-point = { $count } 个账号 { $price } 元
html-place = 本订单：{ $count } 个账号，{ $price } 元
html-edges = 阶梯终点：{ $counts }
html-contents = 目录
html-prepared = 编制人
html-approved = 审批人
html-date = 日期
html-payments = { $name }：{ $state } { $amount }
html-paid = 已付
html-overdue = 已逾期
html-due = 待付
html-unconfirmed = 待确认（未计入合计）
html-sum = { $state }：{ $amount } 元
html-active = 生效中的账号
html-needed = 需要账号的用户
html-orders = 下单
