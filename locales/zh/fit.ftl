# 一笔金额能买多少账号。

fit-stop-amount = 下一个账号为{ $type }，需再付 { $costs } 元，还差 { $short } 元
fit-stop-no-price = 下一个{ $type }为第 { $ordinal } 个，价格面议，面议之前没有价格
fit-stop-order-limit = 一个订单最多包含 { $most } 个{ $type }

fit-title-dated = { $amount } 元可购账号 · 价目表 { $card } · { $date }
fit-title-undated = { $amount } 元可购账号 · 价目表 { $card } · 未指定日期
fit-accounts = 账号
fit-counted = { $count } 个{ $type }
fit-counted-mix = { $list }（共 { $total } 个，以整数账号尽量接近 { $basic }:{ $interop }）
fit-free-up-to = 无：账号无须付费，但一个订单最多 { $most } 个{ $type }
fit-left-over = 结余
fit-average = 平均单价
fit-average-exact = 每个账号 { $price }，按所购时长
fit-average-rounded = 每个账号 { $price }，按所购时长（四舍五入到分）
fit-next = 下一个账号
fit-next-price = 边际价格
fit-next-costs = { $type }：按所购时长 { $costs }（每年 { $year }）
fit-next-costs-alone = { $type }：按所购时长 { $costs }
fit-short = 还差
fit-chart-of-type = 应付金额（元）随{ $type }数量的变化
fit-chart-of-mix = 应付金额（元）随账号总数的变化（基础账号:互通账号 = { $basic }:{ $interop }）

fit-answer = { $amount } 元可购 { $accounts }，结余 { $left-over } 元
