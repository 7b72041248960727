# Bills compared with what they should be.

reconcile-title = Bills of WeCom in CNY · rate card { $card } · { $date }
reconcile-answer-none = No order could be checked
reconcile-answer-matched = { $orders ->
        [one] The order is billed as expected
       *[other] All { $orders } orders are billed as expected
    }: CNY { $billed }
reconcile-answer-mismatched = { $wrong } of { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    } { $wrong ->
        [one] differs
       *[other] differ
    }: billed CNY { $billed }, expected CNY { $expected }, { $difference }
reconcile-more = CNY { $amount } too much
reconcile-less = CNY { $amount } too little
reconcile-largest = Largest difference: { $name }, order { $order }: billed { $billed }, expected { $expected }, { $difference }
reconcile-besides = Besides: { $parts }
reconcile-orders-unread = { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    } could not be read
reconcile-files-incomplete = { $files ->
        [one] 1 file has errors
       *[other] { $files } files have errors
    } and may have more orders
reconcile-unchecked = { $orders ->
        [one] 1 paid order
       *[other] { $orders } paid orders
    } of CNY { $billed } could not be checked
reconcile-checked = Checked orders
reconcile-not-checked = Not checked, or not charged
reconcile-not-ordered = Needed and not ordered
reconcile-unactivated = Paid and not activated
reconcile-statement = By month
reconcile-may-be-ordered = perhaps in an order that could not be read
reconcile-order = Order
reconcile-corp-id = Enterprise
reconcile-type = Type
reconcile-state = State
reconcile-paid = Paid
reconcile-verdict = Verdict
reconcile-billed = Billed
reconcile-expected = Expected
reconcile-difference = Difference
reconcile-reason = Reason
reconcile-refundable = Refund until
reconcile-last-day = Activate by
reconcile-worth = Worth
reconcile-month = Month
reconcile-planned = Planned
reconcile-renewed-until = Renewed until
reconcile-until = until { $date }
reconcile-several = several payers
reconcile-others = not in the plan
reconcile-left-out = schools left out
reconcile-matched = matched
reconcile-mismatched = differs
reconcile-not-in-plan = not in the plan
reconcile-not-charged = not charged
reconcile-unreadable = unreadable
reconcile-if-activated = if earlier codes were activated when paid
reconcile-if-activated-long = { $orders }: matched if the codes of earlier orders were activated on the day of payment; the plan has no account list that says so
reconcile-if-activated-after = if codes of that day were activated after payment
reconcile-if-activated-after-long = { $orders }: matched if the codes that were activated on the day of payment were activated after it
reconcile-migration = follows a former contract
reconcile-unknown-enterprise = no school has its corp-id
reconcile-school-left-out = files of the school could not be read
reconcile-no-price = no negotiated price in the plan
reconcile-unknown-expiry = unknown when its accounts expired
reconcile-unknown-holdings = unknown when accounts before it expired
reconcile-unknown-activations = unknown which earlier codes were activated
reconcile-incomplete = states no accounts, term or time
reconcile-unreadable-document = the document cannot be read
reconcile-unpaid = to be paid
reconcile-cancelled = cancelled
reconcile-expired = expired before payment
reconcile-refund-asked = refund asked for
reconcile-refunded = refunded
reconcile-refund-refused = refund refused
reconcile-void = void
reconcile-rules = Which rules explain the bills
reconcile-rules-left = { $left } of { $all } combinations of the unconfirmed rules explain every order that was checked: of { $before } bits of doubt { $bits } are left
reconcile-rules-left-at-prices = None of the { $all } combinations of the unconfirmed rules explains every order that was checked at the unit prices of the rate card; { $left } do at others: of { $before } bits of doubt { $bits } are left
reconcile-rules-other-prices = Besides, { $count } combinations explain every order at other unit prices, such as { $prices } yuan a year; --format json lists them
reconcile-rules-linked = Not every mix of the possible variants explains the bills: { $left } of { $all } do; --format json lists them
reconcile-rules-none = None of the { $all } combinations of the unconfirmed rules explains every order that was checked
reconcile-rules-nearly = Without { $orders }, { $count ->
        [one] 1 combination explains
       *[other] { $count } combinations explain
    } all others{ $decided ->
        [some] : { $variants }
       *[none] { "" }
    }
reconcile-rules-unexplained = { $orders }: explained by no combination
reconcile-rule = Rule
reconcile-rule-remaining = Possible
reconcile-rule-at-prices = At other unit prices
reconcile-rule-out = Ruled out (by)
reconcile-telling = The cheapest order that would tell most
reconcile-telling-planned = The next planned order tells most
reconcile-telling-none = None of the orders that were tried tells the { $left } combinations apart
reconcile-telling-none-at-prices = No order is named that would tell the { $left } combinations apart, since the bills leave several unit prices
reconcile-telling-purchase = { $school }: { $accounts } for { $term }, paid on { $date }, for at most CNY { $most }
reconcile-telling-renewal = { $school }: renew { $accounts } by { $term }, paid on { $date }, for at most CNY { $most }
reconcile-telling-all = It splits the { $left } combinations into { $classes } classes; no other order that was tried tells more
reconcile-telling-some = It splits the { $left } combinations into { $classes } classes, of { $separable } that several orders can tell apart
reconcile-telling-billed = If billed
reconcile-telling-then = Then possible
reconcile-telling-left = Combinations
reconcile-telling-range = { $least } to { $most }
reconcile-accounts-basic = { $basic } basic
reconcile-accounts-interop = { $interop } interop
reconcile-accounts-both = { $basic } basic and { $interop } interop
reconcile-telling-hidden = The table leaves out { $hidden } further prices, which are in --format json
reconcile-prices = Unit prices that nobody has confirmed
reconcile-prices-open = No order says anything about the unit prices that nobody has confirmed
reconcile-prices-price = Price
reconcile-prices-bills = The bills
reconcile-prices-by = Orders
reconcile-price-open = say nothing
reconcile-price-confirmed = confirm it
reconcile-price-narrowed = leave { $lowest } to { $highest }
reconcile-price-contradicted = would fit at { $prices }
reconcile-price-contradicted-more = would fit at { $prices } or others
reconcile-price-at = { $type } { $from }–{ $to } at { $lowest }
reconcile-price-within = { $type } { $from }–{ $to } at { $lowest } to { $highest }
