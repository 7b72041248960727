# How many accounts an amount of money buys.

fit-stop-amount = the next account is { $type } and adds CNY { $costs }: CNY { $short } is missing
fit-stop-no-price = the next { $type } account, number { $ordinal }, has no price until one is negotiated
fit-stop-order-limit = one order takes at most { $most } { $type } accounts

fit-title-dated = What CNY { $amount } buys · rate card { $card } · { $date }
fit-title-undated = What CNY { $amount } buys · rate card { $card } · undated
fit-accounts = Accounts
fit-counted = { $count } { $type }
fit-counted-mix = { $list } ({ $total } in all, as close to { $basic }:{ $interop } as whole accounts can be)
fit-free-up-to = none: the accounts are free, and one order takes at most { $most } { $type } accounts
fit-left-over = Left over
fit-average = Average
fit-average-exact = { $price } an account, for the term
fit-average-rounded = { $price } an account, for the term (rounded to the fen)
fit-next = Next account
fit-next-price = Marginal price
fit-next-costs = { $type }: { $costs } for the term ({ $year } a year)
fit-next-costs-alone = { $type }: { $costs } for the term
fit-short = Missing for it
fit-chart-of-type = Payable in CNY against the number of { $type } accounts
fit-chart-of-mix = Payable in CNY against the number of basic and interop accounts, { $basic }:{ $interop }

fit-answer = CNY { $amount } buys { $accounts }; CNY { $left-over } is left over
