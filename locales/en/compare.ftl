# What changed between two plans, and why.

compare-cause-added = added
compare-cause-removed = removed
compare-cause-group = group
compare-cause-apps = charged apps
compare-cause-date = date
compare-cause-headcount = headcount
compare-cause-growth = growth
compare-cause-holdings = holdings
compare-cause-order-kind = kind of order
compare-cause-term = term
compare-cause-negotiated = negotiated price
compare-cause-tiers = tiers and prices
compare-cause-waiver = waiver
compare-cause-status = confirmation

compare-title = Licence comparison in CNY · { $old } → { $new }
compare-side-dated = { $card } on { $date }
compare-side-undated = { $card }, undated
compare-old = Old
compare-new = New
compare-difference = Difference
compare-percent = Percent
compare-cause = Cause
compare-change = Change
compare-schools = Schools
compare-old-basic = Old basic
compare-old-interop = Old interop
compare-new-basic = New basic
compare-new-interop = New interop
compare-old-unconfirmed = Old, unconfirmed
compare-new-unconfirmed = New, unconfirmed
compare-difference-unconfirmed = Difference, unconfirmed
compare-unconfirmed = Unconfirmed, in no total above
compare-why = Why
compare-by-cause = By cause
compare-nothing = Nothing changes.
compare-unchanged = { $count ->
        [one] 1 school without a change
       *[other] { $count } schools without a change
    }
compare-from-to = { $old } → { $new }
compare-type-from-to = { $type } { $old } → { $new }
compare-no-date = undated
compare-no-price = no price
compare-term = { $days ->
        [0] { $months ->
            [one] 1 month
           *[other] { $months } months
        }
       *[other] { $months } months and { $days } days
    }
compare-pays-itself = pays for itself
compare-paid-by = paid by { $name }
compare-free = free
compare-not-free = charged
compare-old-unpriced = Old, without a price
compare-new-unpriced = New, without a price
compare-nothing-known = No known amount changes, but something without a price does.
compare-name-part = { $name } (priced part)
compare-old-complete = Old complete
compare-new-complete = New complete
compare-why-unconfirmed = Why, unconfirmed
compare-by-cause-unconfirmed = By cause, unconfirmed

compare-in-percent = { " " }({ $sign }{ $percent }%)
compare-answer-more = CNY { $difference } more is payable{ $percent }: { $old } → { $new }
compare-answer-less = CNY { $difference } less is payable{ $percent }: { $old } → { $new }
compare-answer-same = The same is payable on both sides: { $new }
compare-answer-why = Why: { $reasons }
compare-reason = { $cause } { $sign }{ $difference }
compare-besides = Besides it: { $besides }
compare-besides-unconfirmed = unconfirmed CNY { $difference }
compare-besides-unpriced = accounts without a price
compare-chart = From the old total to the new one, by cause, in CNY

# Budgets.
compare-budget-title = Budget comparison in CNY · { $card } · { $days }
compare-budget-days = { $from } to { $to }
compare-budget-why = Why: { $reasons }; most at { $schools }{ $more ->
        [0] { "" }
       *[other] { " " }and { $more } more
    }
compare-budget-months = Months
compare-budget-quarters = Quarters
compare-budget-from = From
compare-budget-mainly = Mainly
compare-budget-payers = Payers
compare-budget-payers-unconfirmed = Payers, unconfirmed
compare-budget-orders = { $count ->
        [1] { $kind } ({ $accounts })
       *[other] { $count } × { $kind } ({ $accounts })
    }
compare-budget-no-order = no order
compare-budget-payment-dates = payment dates
compare-budget-growth = { $percent } %
compare-free-in-part = free in part
compare-old-from = Old from
compare-old-to = Old to
compare-new-from = New from
compare-new-to = New to
