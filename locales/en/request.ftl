# Orders as requests.

request-title = Licence orders in CNY · rate card { $card } · { $date }
request-title-undated = Licence orders in CNY · rate card { $card } · undated
request-answer-due = To order by { $until }: CNY { $expected } for { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    }, in { $calls ->
        [one] 1 request
       *[other] { $calls } requests
    }
request-answer-quote = To order: CNY { $expected } for { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    }, in { $calls ->
        [one] 1 request
       *[other] { $calls } requests
    }
request-answer-nothing-due = Nothing to order by { $until }{ $calls ->
        [0] {""}
        [one] ; 1 request shares codes
       *[other] ; { $calls } requests share codes
    }
request-answer-nothing = Nothing to order: every user has an account
request-answer-late = { $orders ->
        [one] 1 order is late, since { $since }
       *[other] { $orders } orders are late, the first since { $since }
    }
request-besides-left-out = Left out: { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    } of unconfirmed schools, CNY { $expected }
request-besides-later = Not to be requested yet: { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    }, CNY { $expected }
request-besides-both = { $left-out }; { $later }
request-orders = Orders
request-shares = Codes to share now
request-later = Later
request-calls = Requests
request-file = File
request-api = API
request-corp-id = WeCom id
request-to = Shared with
request-after = After
request-job-from = Job id from
request-expected = Expected
request-what = What
request-from-to = { $from } → { $to }
request-share = share { $accounts }
request-order = order { $accounts }
request-codes-unknown = Codes exist once their order is paid, and are shared once the plan lists them: get them with list_order_account, and what they are with batch_get_active_info_by_code, and name its answer at the upstream (held = [{"{"} from = … {"}"}]).
request-not-active-yet = Whose accounts are renewed is not known before they are activated.
request-follows-later = An order that follows one of these waits for it: WeCom takes one after the other (O5).
request-one-after-the-other = An order must be paid before the next one of the same customer is sent: WeCom takes no other before (O5).
request-quote-stock = The quote counts the codes in stock as not activated. Activate them on another day or after the order is paid: WeCom may count those that are activated before it on its day, and charge less (P12).
request-renewal-of-several = A renewal of a group takes accounts of several enterprises into one job, so that the tiers run over all of them (U3); WeCom's documentation does not say that it takes this.
request-written = { $calls ->
        [one] 1 request
       *[other] { $calls } requests
    } written to { $folder }, for { $orders ->
        [one] 1 order
       *[other] { $orders } orders
    } of CNY { $expected }
request-name = { $name }
