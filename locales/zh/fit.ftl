# 一笔金额能买多少账号。

fit-stop-amount = 下一个账号为{ $type }，需再付 { $costs } 元，还差 { $short } 元
fit-stop-no-price = 下一个{ $type }为第 { $ordinal } 个，价格面议，面议之前没有价格
fit-stop-order-limit = 一个订单最多包含 { $most } 个{ $type }
