# Notes on figures: what a reader must know.

note-reported-fact = reported, not confirmed by WeCom: { $text } (source: { $source })
note-assumed-fact = assumed, stated by nobody: { $text } ({ $source })
note-negotiated-unpriced = { $count } { $type } { $count ->
        [one] account has
       *[other] accounts have
    } no list price: from account { $from } on the price is negotiated with WeCom. The figures leave { $count ->
        [one] it
       *[other] them
    } out; give the negotiated price to complete them
note-waiver-undated = the quote has no date, so the waiver is taken as in force. It ended on { $last-day }: dated later, the list price of CNY { $worth } is charged
note-waiver-ended = the waiver ended on { $last-day }; until then it was worth CNY { $worth }
note-internal-apps-only = only internal apps: nothing is owed
note-member-internal-apps-only = { $name } has only internal apps and needs no accounts
note-downstream-waived-alone = { $name } would be waived with an order of its own; leaving it out of the group saves CNY { $saving }
note-accounts = { $count } { $type }
note-held-expires-with = already held, and running exactly as long as this order: { $held }. { $place ->
        [first] They come first in the tiers; if WeCom counts only accounts that run longer, the list price is CNY { $otherwise }
       *[not-first] Only accounts that run longer come first in the tiers; if WeCom counts these too, the list price is CNY { $otherwise }
    }
note-held-expires-with-unpriced = already held, and running exactly as long as this order: { $held }. { $place ->
        [first] They come first in the tiers; if WeCom counts only accounts that run longer, some of the accounts have no list price
       *[not-first] Only accounts that run longer come first in the tiers; if WeCom counts these too, some of the accounts have no list price
    }
note-unconfirmed = unconfirmed: kept out of the firm total
note-member-unconfirmed = { $name } is unconfirmed: its share of CNY { $share } is kept out of the confirmed total
note-waived-term = a waived customer orders exactly 12 months, not the { $own } of the plan
note-shared-accounts = users of several apps share an account: { $saved } fewer than if each app had its own{ $saving }
note-off-roster = accounts of people who are on no roster ({ $accounts })
note-unneeded = accounts that their users do not need ({ $accounts })
note-off-roster-and-unneeded = { $off-roster } and { $unneeded }
note-transfers-first = { $accounts } can serve { $transfers } of the { $users } users without one: transfer them before you buy { $to-buy }{ $saving }
note-transfers-alone = { $accounts } can serve { $transfers } of the { $users } users without one: transfer them and buy nothing{ $saving }
note-saves = , which saves CNY { $saving }
note-test-enterprise = a test enterprise pays nothing; by list it would be CNY { $worth }
note-billed = the amount is WeCom's bill; by the rate card it would be CNY { $by-card }
note-billed-unpriced = the amount is WeCom's bill; some accounts have no price on the rate card
