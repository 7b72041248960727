# Reports: titles, columns, labels.

report-unknown = ?
report-phrase = { $phrase }
report-list = { $items }
report-markdown-field = **{ $label }:** { $value }
report-in-brackets = { " " }({ $text })

report-quote-title-dated = Licence quote in CNY · rate card { $card } · { $date }
report-quote-title-undated = Licence quote in CNY · rate card { $card } · undated
report-order-heading = { $number }. { $name } ({ $code })
report-account = Account
report-tier = Tier
report-ordinals = Numbers
report-accounts = Accounts
report-folded = Basic + interop
report-unit-price = CNY/year
report-amount = Amount
report-amount-a-year = Amount/year
report-a-year = A year
report-code = Code
report-member = Member
report-school = School
report-basic = Basic
report-interop = Interop
report-share = Share
report-term = Term
report-list-price = List price
report-waiver = Waiver
report-payable = Payable
report-waived = waived, { $kind }: { $reason }
report-not-waived = none, { $kind }: { $reason }
report-priced-part = { $priced } + to be negotiated
report-status = Status
report-first = First
report-last = Last
report-months = Months
report-days = Days
report-summary = Summary
report-total = Total
report-total-waived = Waived
report-total-unconfirmed = Unconfirmed
report-total-unpriced = Without a price
report-unconfirmed-amount = { $amount }, not in the total ({ $orders ->
        [one] 1 order
       *[other] { $orders } orders
    })
report-unpriced-accounts = { $basic } basic and { $interop } interop accounts, in none of the sums
report-incomplete = incomplete
report-confirmed = confirmed
report-unconfirmed = unconfirmed
report-name-unconfirmed = { $name } (unconfirmed)
report-not-in-total = Not in the total
report-unconfirmed-payments = Unconfirmed, not in the total
report-reason = Why
report-reason-unconfirmed = unconfirmed
report-reason-unpriced = no price yet
report-name-group = { $name } (group)
report-rests-on = What the figures rest on

report-chart-curve = List price of { $type } accounts by their number · { $term }
report-chart-payable = Payable by school, confirmed orders
report-chart-largest = Payable by school: the { $shown } largest of { $all } confirmed orders

report-cards-title = Rate cards
report-card-title = Rate card { $card } · { $name } · in force from { $from }
report-card = Rate card
report-name = Name
report-in-force-from = In force from
report-surest-to-least = Facts
report-standing-count = { $count } { $standing }
report-standing-of = { $standing }: { $facts }
report-prices = Prices
report-rule-prices = CNY for one account and one year
report-standing = Standing
report-official = official
report-billed = billed
report-brief = brief
report-reported = reported
report-assumed = assumed
report-by-days = Price of a day
report-rounding = Rounding
report-new-purchase = New purchase
report-renewal = Renewal
report-group = Group
report-beyond-list = Beyond the list
report-order = Order
report-app-orders = App orders
report-test-enterprise = Test enterprise
report-rule-term = months of { $month } days, years of { $year }; from { $least } to { $most } days{ $standing }
report-rule-by-days = the price of a year / { $rule }{ $standing }
report-rule-rounding = { $per ->
        [item] each account type in each tier apart
        [type] each account type apart
       *[order] once an order
    }, to the fen, { $mode ->
        [down] always down
        [half-even] a half to the even fen
       *[half-up] a half up
    }{ $standing }
report-rule-new-purchase = { $rule ->
        [at-least] priced after the held accounts that last at least as long as the term
        [none] priced from the first account
        [longer-unactivated] priced after the held accounts that outlast the term, and after codes not activated
        [at-least-unactivated] priced after the held accounts that last at least as long as the term, and after codes not activated
        [none-unactivated] priced after codes not activated
       *[longer] priced after the held accounts that outlast the term
    }{ $standing }
report-rule-renewal = { $rule ->
        [after-held] priced after the accounts that it does not renew, by the rule of a new purchase
       *[from-zero] priced from the first account
    }{ $standing }
report-rule-group = { $rule ->
        [member] the tiers run over each member on its own
       *[group] the tiers run over all members together
    }{ $standing }
report-rule-beyond-list = { $rule ->
        [all] once an order reaches account { $from }, all its accounts of the type are negotiated
       *[excess] the accounts from { $from } on are negotiated
    }{ $standing }
report-rule-app-orders = the customer's are checked before licences are sold, since { $from }{ $standing }
report-rule-order = at most { $most } accounts of a type{ $standing }
report-rule-test-enterprise = free: at most { $most } accounts of a type, for { $months ->
        [one] one month
       *[other] { $months } months
    }{ $standing }
report-app-order = App order's term
report-trial-order = Order in the trial
report-short-term = Short term
report-waived-order = Waived order
report-rule-app-order = not expired, and no longer than the licence term{ $standing }
report-rule-trial-order = without an app order for at most { $days } days{ $standing }
report-rule-short-term = up to { $days } days: at most { $most ->
        [one] one account
       *[other] { $most } accounts
    } for each of the customer's contacts{ $standing }
report-rule-waived-order = for { $months ->
        [one] one month
       *[other] { $months } months
    }, always a new order{ $standing }
report-waivers = Waivers
report-conditions = Conditions
report-from = From
report-last-day = Last day
report-at-least = certification at least { $certification }
report-proof = accepted proof
report-alternatives = What else the rules may be
report-fact-id = Fact
report-alternative = Alternative
report-what-holds = What then holds
report-facts = Facts
report-fact = { $standing }: { $text } ({ $source })

report-curve-legend = ● { $accounts } accounts, CNY { $payable } · ┊ end of a tier
report-basic-price = Basic CNY/year
report-interop-price = Interop CNY/year
report-trial = Free trial
report-trial-reminder = Trial reminder
report-refund = Refund
report-activation = Activation
report-stacking = Prolonging
report-latest-expiry = Latest expiry
report-rule-trial = { $days ->
        [one] 1 day
       *[other] { $days } days
    } from the authorisation of an app, which must not be before { $first }{ $standing }
report-rule-trial-reminder = in the app from { $days ->
        [one] 1 day
       *[other] { $days } days
    } before the trial ends{ $standing }
report-rule-refund = can be asked for until { $days ->
        [one] 1 day
       *[other] { $days } days
    } after payment{ $standing }
report-rule-activation = within { $months ->
        [one] 1 month
       *[other] { $months } months
    } of payment, or the account is lost{ $standing }
report-rule-stacking = by a new code of the same type when { $days ->
        [one] 1 day or less remains
       *[other] { $days } days or fewer remain
    }; by the automatic activation at { $automatic }{ $standing }
report-rule-latest-expiry = no more than { $days ->
        [one] 1 day
       *[other] { $days } days
    } ahead of the day of prolonging{ $standing }

# The first sentences.
report-money = CNY { $amount }
report-money-and-open = CNY { $amount } + to be negotiated
report-answer = { $unconfirmed ->
        [0] Payable
       *[other] Confirmed total
    }: { $payable } for { $what }{ $date }{ $waived }
report-answer-one = { $accounts }, { $term }
report-answer-orders = { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    }
report-answer-tiers = By tiers, a year: { $types }
report-answer-tiers-of-type = { $type } { $terms }
report-answer-waiver = Waived, { $kind }: { $reason }
report-answer-none = Nothing has to be bought: no account is missing
report-answer-date = , priced for { $date }
report-answer-waived = , after CNY { $waived } waived
report-besides = Besides it: { $besides }
report-besides-both = { $unconfirmed }; { $unpriced }
report-besides-unconfirmed = CNY { $amount } unconfirmed ({ $orders ->
        [one] 1 order
       *[other] { $orders } orders
    })
report-besides-unpriced = { $accounts } accounts at a price to be negotiated
report-card-answer = In force from { $from }: { $prices }{ $negotiated }
report-card-prices = { $type } CNY { $most } falling to { $least } a year
report-card-negotiated = ; negotiated from account { $from } on
report-cards-newest = The newest rate card is { $card }, in force from { $from }
report-cards-none = There is no rate card

# What figures assume.
report-assumes-undated = Assumed: no date, so waivers are taken as in force
report-assumes-date = { $side ->
        [old] Assumed on the old side
        [new] Assumed on the new side
       *[none] Assumed
    }: the date { $date }, given in place of the plan's
report-assumes-recorded = { $side ->
        [old] Assumed on the old side
        [new] Assumed on the new side
       *[none] Assumed
    }: the plan records every purchase before { $before }, its date
report-assumes-only = Only { $schools }{ $groups ->
        [yes] { " " }and the rest of their groups
       *[no] { "" }
    }, in the totals too
report-assumes-left-out = Incomplete, without { $schools }{ $more ->
        [0] { "" }
       *[other] { " " }and { $more } more
    }: { $count ->
        [one] files of it or its group could not be read, so that it is in no total
       *[other] files of them or their groups could not be read, so that they are in no total
    }
report-school-with-code = { $name } ({ $code })
report-assumes-growth = { $side ->
        [old] Assumed on the old side
        [new] Assumed on the new side
       *[none] Assumed
    }: { $percent } % more users at each renewal
report-assumes-what-if = Assumed: { $users } { $type } users at { $name } ({ $code }), in place of the plan's { $planned }
report-assumes-facts = Not confirmed by WeCom: { $facts }{ $more }
report-see-sources = { " " }(in full with --sources)
report-assumes-fact = { $fact }: { $text }
report-users = Users
report-have = Have
report-to-buy = To buy
report-until = Until
report-next-payment = Next payment
report-from-to = { $from } – { $to }
report-nothing-to-buy = Nothing to buy
report-answer-nothing-to-buy = Nothing to buy: every user has an account{ $codes ->
    [some] {" "}or a code in stock
   *[none] {""}
}
report-answer-covered = { $count ->
        [one] 1 customer has
       *[other] { $count } customers have
    } nothing to buy
report-scheduled-instead = to expire with the other accounts on { $expires }, the calendar and the budget buy { $term } on this day: CNY { $payable }
