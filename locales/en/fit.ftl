# How many accounts an amount of money buys.

fit-stop-amount = the next account is { $type } and adds { $costs } yuan: { $short } yuan are missing
fit-stop-no-price = the next { $type } account, number { $ordinal }, has no price until one is negotiated
fit-stop-order-limit = one order takes at most { $most } { $type } accounts
