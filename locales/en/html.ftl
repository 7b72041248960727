# The page: what only it says.

html-items = Details
html-currency = CNY
html-see-note = see note
html-colophon = Amounts in yuan (CNY). Written by wxlicense.
html-bar = { $name }: { $amount }
html-point = { $count } accounts: { $price } yuan
html-place = here: { $count } accounts, { $price } yuan
html-edges = a tier ends at { $counts }
