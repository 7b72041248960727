# The calendar: kinds of event, columns, details.

calendar-title-dated = Licence calendar in CNY · rate card { $card } · { $date }
calendar-title-undated = Licence calendar in CNY · rate card { $card } · undated
calendar-no-events = no dates to show
calendar-dates = Dates
calendar-overdue-dates = Overdue
calendar-date = Date
calendar-event = Event
calendar-app = App
calendar-host = Host
calendar-app-id = App id
calendar-kind = Kind
calendar-trial = Free trial
calendar-trials = Apps and their trials
calendar-latest = Latest expiry
calendar-price-facts = Facts of the price
calendar-trial-start = trial begins
calendar-payment = pay
calendar-trial-reminder = app reminds users
calendar-trial-end = trial ends
calendar-paid = paid
calendar-uncovered = users locked out
calendar-activation = activation
calendar-last-refund-day = last day for a refund
calendar-last-activation-day = last day to activate
calendar-first-stacking-day = a new code can prolong
calendar-automatic-stacking-day = automatic prolongation
calendar-expiry = accounts expire
calendar-information = for information
calendar-open = open
calendar-done = done
calendar-lost = lost
calendar-overdue = overdue
calendar-accounts = { $count } { $type }
calendar-in-a-row = { $before }, { $next }
calendar-payable = CNY { $payable }
calendar-payable-incomplete = CNY { $priced } + to be negotiated
calendar-payable-part = { $priced } + ?
calendar-latest-expiry = until { $latest } at the latest
calendar-trial-until = until { $end }
calendar-not-charged = none needed: never charged
calendar-authorized-earlier = none: authorised before { $first }; WeCom sets the day
calendar-authorization-unknown = not known: no `authorized` in the plan
calendar-no-trial-rule = not known: the rate card has no rule
calendar-app-on-host = { $name } ({ $host })
calendar-app-alone = { $name }
calendar-entry = { $event }: { $subject }
calendar-entry-overdue = overdue, { $event }: { $subject }
calendar-entry-done = done, { $event }: { $subject }
calendar-entry-subject = { $school }, { $app }
calendar-entry-school = School: { $name } ({ $code })
calendar-entry-unconfirmed = The school is unconfirmed in the plan.
calendar-entry-app = App: { $name }, id { $id }
calendar-entry-moment = Exact time: { $moment }, Beijing time
calendar-entry-details = Accounts: { $details }
calendar-entry-state = Status: { $state }
calendar-entry-fact = { $fact }: { $note }
calendar-means-payment = Place and pay this order on this day.
calendar-means-uncovered = From this day on these users cannot enter the apps, since no account is active for them.
calendar-means-activation = Activate these codes on this day: their users need them from then on.
calendar-means-trial-reminder = From this day on the app reminds its users that its free trial ends.
calendar-means-trial-end = The free trial ends: from then on users without an account cannot enter the app.
calendar-means-last-refund-day = The last day on which a refund of this purchase can be asked for; WeCom reviews it.
calendar-means-last-activation-day = The last day on which the bought accounts can be activated; after it they are lost.
calendar-means-first-stacking-day = From this day on a new code of the same type can prolong these accounts.
calendar-means-automatic-stacking-day = From this day on the automatic activation prolongs these accounts, if new ones have been bought.
calendar-means-expiry = The accounts expire: unless they are renewed, their users cannot enter the apps from this day on.
calendar-answer = To be paid: { $payable }{ $count ->
        [0] {""}
        [one] {" "}in 1 payment
       *[other] {" "}in { $count } payments
    }{ $overdue ->
        [0] {""}
       *[other] ; overdue: { $late } of it
    }
calendar-overdue-since = overdue since { $since }
calendar-payment-of = pay: { $kind }
calendar-past = { $count ->
        [one] 1 past date is
       *[other] { $count } past dates are
    } left out; --from shows them
