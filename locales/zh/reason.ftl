# 为什么在这一天下单、为什么是这个时长。

reason-of-order = { $date } { $name }：{ $reason }
reason-paid-while-outlasted = 趁 { $expires } 到期的账号剩余时长仍大于所购时长时付款，从而累进计价；若在需要当天付款则为 { $otherwise } 元（P12）
reason-shortest-term = 先买最短时长，再与其他账号一同续期，总价更低
reason-next-term = 直接买到其他账号下一期的到期日，比最短时长更省
reason-shorter-than-term = 短于该校时长：若客户的应用订单更长，企业微信将拒绝（O4）；买满时长为 { $full-price } 元
reason-app-order = 买满时长：许可时长不得短于客户的应用订单（O4）
reason-last-day-of-waiver = { $last-day } 及之前免费，故提前下单备用（V5、T4）
reason-codes-in-stock = 方案定于 { $activated } 激活的库存激活码中，届时有 { $count } 个已无人需要；若改在 { $starts } 激活，本单可少买 { $count } 个账号
