# Rosters: where a problem stands, and limits.

users-line = line { $places }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
users-lines = lines { $places }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
users-cells = { $places }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
users-bytes = more than { $most } MB

# Users and accounts by name.

users-heading = Rosters and account lists: users and accounts (basic + interop)
users-no-account = No account
users-off-roster = Off roster
users-unneeded = Not needed
users-transfers = Transfer
users-to-buy = Then buy
users-of-payer = { $name }: { $text }
users-list = Users
users-reason = Reason
users-user = User id
users-has-no-account = on a roster, no account
users-is-off-roster = has an account, on no roster
users-has-unneeded = has an account that is not needed
