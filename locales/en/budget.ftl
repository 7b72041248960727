# The budget: periods, orders, what to know.

budget-title = Licence budget in CNY · rate card { $card } · { $from } to { $to }
budget-years = Years
budget-quarters = Quarters with orders
budget-months = Months with orders
budget-no-orders = no orders in this time
budget-orders = Orders
budget-to-know = Worth knowing
budget-period = Period
budget-month = Month
budget-order-count = Orders
budget-whole = { $period }
budget-partial = { $period } (in part)
budget-kind = Order
budget-due-since = Due since
budget-starts = Starts
budget-expires = Expires
budget-formula = Formula
budget-chart = Payments over time, in CNY
budget-recorded = recorded
budget-purchase = purchase
budget-top-up = top-up
budget-renewal = renewal
budget-growth = growth
budget-replacement = new in place of expiring
budget-carry-over = shortest term for leavers
budget-first-after-waiver = { $name }: the waiver has ended, so the order of { $date } is the first that is charged, CNY { $priced }
budget-not-charged = { $name } has only internal apps: nothing to budget
budget-gap = { $name }: { $users } users have no { $type } account from { $from } until { $until }, { $days ->
        [one] 1 day
       *[other] { $days } days
    }
budget-lost = { $name }: { $count } { $type } codes were not activated by { $last-day } and are lost, CNY { $worth }

budget-answer = { $unconfirmed ->
        [0] Payable
       *[other] Confirmed total
    }: { $payable } for { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    } from { $from } to { $to }
