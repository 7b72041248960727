# What changed between two plans, and why.

compare-cause-added = added
compare-cause-removed = removed
compare-cause-group = group
compare-cause-apps = charged apps
compare-cause-count = accounts
compare-cause-held = held accounts
compare-cause-order-kind = kind of order
compare-cause-term = term
compare-cause-negotiated = negotiated price
compare-cause-bands = bands and prices
compare-cause-waiver = waiver
compare-cause-status = confirmation
