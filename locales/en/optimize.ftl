# The cheapest purchases: plan, proof, reasons, limits.

optimize-title = Cheapest purchases in CNY · rate card { $card } · { $from } to { $to }
optimize-answer = Pay CNY { $payable } in { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    } from { $from } to { $to }; { $compared }
optimize-answer-nothing = Nothing has to be bought from { $from } to { $to }
optimize-counted = { $how ->
        [placing] with the placing of orders
        [rest] less what is left after the horizon
       *[both] with the placing of orders and less what is left after the horizon
    } they cost CNY { $cost }; { $compared }
optimize-saves = CNY { $saving } ({ $percent }%) less than CNY { $baseline }, the cost of renewing yearly
optimize-saves-nothing = renewing yearly costs the same
optimize-no-baseline = the limits do not allow yearly renewals
optimize-sure = { $sure }
optimize-sure-and-leaning = { $sure }; without these unconfirmed rules the same orders cost more: { $leanings }
optimize-leaning = { $fact }, up to CNY { $cost }
optimize-optimal = optimal
optimize-within = within { $percent }%
optimize-proven = Proven: no plan is cheaper
optimize-sure-of-worst = At most CNY { $worst } whatever P10, P12 and P13 turn out to be: the least worst case that was found
optimize-gap = At most { $percent }% above the optimum
optimize-no-bound = No bound
optimize-besides-unconfirmed = Besides, CNY { $payable } for { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    } of unconfirmed schools
optimize-besides-left-out = Not in these figures: { $names }
optimize-besides-both = { $unconfirmed }. { $left-out }

optimize-payers = Who pays what
optimize-order-count = Orders
optimize-cost = Cost
optimize-worst = At most
optimize-yearly = Yearly
optimize-co-terminated = Common expiry
optimize-change = Change
optimize-proof = Proof
optimize-outcome = { $outcome ->
        [not-charged] not charged
        [test-enterprise] test enterprise
        [waived] waived
        [waived-until] waived for now
       *[other] no plan
    }
optimize-orders = Orders
optimize-activations = Activations
optimize-activation = activation
optimize-why = Why, and the price by hand
optimize-type = Type
optimize-event = Event
optimize-price = Price
optimize-after-basic = After basic
optimize-after-interop = After interop
optimize-of-order = Paid
optimize-extends = Extends
optimize-order-reason-of = { $name }: { $reasons }. { $formula } = { $price }
optimize-order-reason = { $reasons }. { $formula } = { $price }
optimize-reasons = { $before }; { $reason }
optimize-reason-bigger-batch = a bigger batch, since { $later } are activated later: one order costs CNY { $saving } less than two
optimize-reason-riding = rides on running accounts: { $after } that run longer than its term come first in the tiers (P12), which saves CNY { $saving }
optimize-reason-codes-ahead = codes bought ahead, { $days ->
        [one] 1 day
       *[other] { $days } days
    } before the first is activated
optimize-reason-common-expiry = a common expiry: all its accounts expire with others on { $expires }
optimize-reason-left-to-expire = not renewing what falls away: { $left } expire on { $expires } and are not needed any more
optimize-reason-needed = bought when needed

optimize-coverage = { $name }: { $type } accounts over time
optimize-coverage-order = { $date }: { $count } for { $term }, CNY { $price }
optimize-coverage-of = { $type } accounts that run, and users who need one
optimize-coverage-months = Accounts over time
optimize-month = On the day
optimize-need-basic = Need basic
optimize-active-basic = Have basic
optimize-need-interop = Need interop
optimize-active-interop = Have interop
optimize-order-basic = Order: basic
optimize-order-interop = Order: interop
optimize-paid-since = Paid in the month

optimize-under-rules = If an unconfirmed rule is another: what the same orders cost
optimize-rule = Rule
optimize-alternative = If instead
optimize-under-nothing = { $count ->
        [one] 1 other alternative changes
       *[other] { $count } other alternatives change
    } nothing
optimize-under-same = { $count ->
        [one] 1 other alternative changes
       *[other] { $count } other alternatives change
    } the cost by at most CNY { $most }

optimize-frontier = Cost against orders a year
optimize-frontier-chart = Least cost in CNY with at most so many orders of a payer a year
optimize-lower-bound = Bound
optimize-against-fewest = Change
optimize-not-for-all = too few for a payer
optimize-trust = Cost against trust
optimize-trusted = Trusted
optimize-trusted-without = without { $facts }
optimize-trusted-as-confirmed = the rules of the rate card
optimize-trusted-nothing-text = { $purchases ->
        [first] whole months; no account comes before a new purchase in the tiers
       *[as-confirmed] whole months
    }
optimize-trusted-too = and { $fact }
optimize-trusted-text = Which says
optimize-worth = Worth
optimize-scenarios = If the users grow otherwise
optimize-plan-for = Plan for
optimize-growth = growth of { $percent }%
optimize-cost-if = { $growth }
optimize-regret = Regret
optimize-worst-regret = Largest regret
optimize-least-regret = Least regret: the plan for a { $growth }, at most CNY { $regret } more than the best for what comes
optimize-scenarios-left-out = { $count ->
        [one] 1 payer has
       *[other] { $count } payers have
    } no plan for one of the growths, and are not in these sums
optimize-regret-means = A plan is followed until it has placed the orders of its first day, or until other users come than it serves; then a new one is made for them. A regret is what that costs more than the cheapest plan for the users that come

optimize-limits = Limits in force
optimize-limit-least-term = Shortest term
optimize-limit-own-term = the term of each school
optimize-limit-most-term = Longest term
optimize-limit-terms = Terms
optimize-limit-any-term = any whole days
optimize-limit-whole-months = whole months
optimize-limit-hold-codes = Codes may lie
optimize-limit-order-days = Order days
optimize-limit-any-day = any day
optimize-limit-orders-per-year = Orders a year, at most
optimize-limit-order-cost = Cost of placing an order
optimize-limit-round-to = Accounts in multiples of

optimize-limit-year-budget = Budget of a year
optimize-limit-rest = Left after the horizon
optimize-limit-rest-counts = lowers the cost, at its average price

optimize-payer-without-plan = { $name }: { $reason }
optimize-not-charged = only internal apps, nothing is charged
optimize-test-enterprise = a test enterprise, nothing is charged
optimize-waived = waived, its orders cost nothing in this time
optimize-waived-until = waived up to { $last-day }, so its orders stay those of `budget`, which cost CNY { $yearly }; they are in no sum here
optimize-waived-until-unpriced = waived up to { $last-day }, so its orders stay those of `budget`; they are in no sum here
optimize-group = { $name }: the accounts of the group are taken as one stock; one that is activated stays with its school
optimize-group-unconfirmed = { $name }: CNY { $share } of it are shares of unconfirmed schools
optimize-limit-not-judged = whether the total is within CNY { $limit } is open, since payers are left out
optimize-applied = wrote { $file } with { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    }
optimize-not-applied-group = the orders of { $name } are not written: a plan records the activations of each school, and those of a group do not say whose they are
optimize-not-applied-documents = the orders of { $name } are not written: codes that they activate stand in WeCom's documents, not in the plan
optimize-not-applied-missing = the orders of { $name } are not written: the school was not found in the text of the plan
optimize-stopped = the time limit ended the search; with more time, a cheaper plan may be found

optimize-error-no-term = the shortest term, { $least } days, is longer than the longest, { $most } days
optimize-error-no-term-fix = give a --least-term of at most --most-term
optimize-error-unpriced = { $users } { $type } accounts are needed at once, and only { $priced } have a price
optimize-error-unpriced-fix = state the negotiated price in the plan
optimize-error-no-plan = no plan keeps to the limits
optimize-error-no-plan-fix = loosen a limit, such as --order-days or --orders-per-year
optimize-error-obstacles = without one of these limits there is a plan: { $obstacles }
optimize-obstacle-least-term = the shortest term (a term of { $days } days)
optimize-obstacle-most-term = the longest term (a term of { $days } days)
optimize-obstacle-hold-codes = how long codes may lie (for { $days } days)
optimize-obstacle-order-days = the order days (an order on { $day })
optimize-obstacle-orders-per-year = the orders a year ({ $orders } in one)
optimize-obstacle-round-to = the multiples of accounts
optimize-obstacle-whole-months = whole months
optimize-error-no-order-day = { $users } { $type } accounts are missing on { $day }, and the first order day is { $first }
optimize-error-never-order-day = { $users } { $type } accounts are missing on { $day }, and there is no order day
optimize-error-no-order-day-fix = give an earlier day in --order-days
optimize-error-year-budget = at least CNY { $least } must be paid in some year, and the budget of a year is CNY { $budget }
optimize-error-year-budget-open = no plan was found within CNY { $budget } a year; one pays CNY { $found } in its dearest year, and none less than CNY { $least }
optimize-error-year-budget-fix = raise --year-budget
optimize-error-free = its orders cost nothing
optimize-error-free-fix = leave it out with --school

optimize-entry-order = Order { $accounts }, CNY { $price }: { $name }
optimize-entry-activation = Activate { $count } { $type } codes: { $name }
optimize-entry-term = For { $term }: { $formula } = CNY { $price }
optimize-entry-codes = Codes paid on { $paid }; the accounts expire on { $expires }
optimize-entry-extends = On accounts that expire on { $old }
