# Where a plan stands.

status-title = Licence status in CNY · rate card { $card } · { $date }
status-answer = { $overdue }; due within { $days ->
        [one] 1 day
       *[other] { $days } days
    }: { $due }{ $orders ->
        [0] {""}
        [one] {" "}in 1 order
       *[other] {" "}in { $orders } orders
    }
status-answer-overdue = Overdue: { $payable }{ $orders ->
        [0] {""}
        [one] {" "}in 1 order
       *[other] {" "}in { $orders } orders
    }{ $users ->
        [0] {""}
        [one] ; 1 user is locked out
       *[other] ; { $users } users are locked out
    }
status-answer-locked-out = { $users ->
        [one] 1 user has
       *[other] { $users } users have
    } no account
status-answer-fine = Nothing is overdue
status-next = Next payment: { $date }, { $name }, { $kind }, CNY { $payable }
status-next-overdue = Pay first: { $name }, { $kind }, CNY { $payable }, due since { $date }
status-schools = Schools: users and accounts (basic + interop)
status-need = Users
status-active = Active
status-expiring = Expiring
status-unactivated = Codes
status-in-trial = In trial
status-to-activate = Activate now
status-uncovered = No account
status-since = Since
status-of-type = { $title }, { $type }
status-both = { $basic } + { $interop }
status-lost = Lost codes
