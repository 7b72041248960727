# Why an order is placed on its day and for its term.

reason-of-order = { $date } { $name }: { $reason }
reason-paid-while-outlasted = paid while the accounts until { $expires } still outlast it, so that they come first in the tiers; on the day on which it is needed it would cost CNY { $otherwise } (P12)
reason-shortest-term = for the shortest term, to be renewed together with the others, which costs less
reason-next-term = to the end of the next term of the others, which costs less than the shortest term
reason-shorter-than-term = shorter than the school's term: WeCom refuses it if the customer's order of the app is longer (O4); the full term would cost CNY { $full-price }
reason-app-order = for the whole term: no licence may be shorter than the customer's order of the app (O4)
reason-last-day-of-waiver = free of charge up to { $last-day }, so it is ordered now for later (V5, T4)
reason-codes-in-stock = the plan activates codes in stock on { $activated }, when nobody needs { $count } of them any more; activated on { $starts } instead, these would save as many accounts of this order
