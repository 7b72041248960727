# The page: what only it says.

html-items = Details
html-currency = CNY
html-see-note = see note
html-colophon = Amounts in CNY. Written by wxlicense.
html-bar = { $name }: { $amount }
html-point = { $count } accounts: CNY { $price }
html-place = here: { $count } accounts, CNY { $price }
html-edges = a tier ends at { $counts }
html-contents = Contents
html-prepared = Prepared by
html-approved = Approved by
html-date = Date
html-payments = { $name }: { $state } { $amount }
html-paid = paid
html-overdue = overdue
html-due = to pay
html-unconfirmed = unconfirmed, not in the total
html-sum = { $state }: CNY { $amount }
html-active = accounts that run
html-needed = users who need one
html-orders = orders
