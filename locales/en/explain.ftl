# The reasoning behind a price, sentence by sentence.

explain-facts = { " " }({ $ids })
explain-card-dated = Rate card { $card }, in force from { $from }, prices the purchase on { $date }.
explain-card-undated = Rate card { $card }, in force from { $from }, is the newest; the quote has no date.
explain-charged = Third-party apps and agency-developed apps need licences, one account for each user of all the apps together{ $facts }.
explain-internal-apps-only = The customer has only internal apps, which need no licence{ $facts }.
explain-group = { $members } enterprises form one group: one order in the upstream's name, with tiers that run over { $tiers ->
        [member] the accounts of each on its own
       *[group] all their accounts
    }{ $facts }.
explain-of-member = { $name }:{ " " }
explain-renewal = { $rule ->
        [after-held] A renewal counts after the accounts that it does not renew and that come before a new purchase
       *[from-zero] A renewal counts from the first account, whatever else is held
    }{ $facts }.
explain-held = { $who }{ $rule ->
        [at-least] { $held } { $type } { $held ->
            [one] account that lasts at least as long as the term comes
           *[other] accounts that last at least as long as the term come
        }
        [longer-unactivated] { $held } { $type } { $held ->
            [one] account that outlasts the term or is not activated yet comes
           *[other] accounts that outlast the term or are not activated yet come
        }
        [at-least-unactivated] { $held } { $type } { $held ->
            [one] account that lasts at least as long as the term or is not activated yet comes
           *[other] accounts that last at least as long as the term or are not activated yet come
        }
        [none-unactivated] { $held } { $type } { $held ->
            [one] account that is not activated yet comes
           *[other] accounts that are not activated yet come
        }
       *[longer] { $held } { $type } { $held ->
            [one] account that outlasts the term comes
           *[other] accounts that outlast the term come
        }
    } first in the tiers, so this purchase begins with account { $next }{ $facts }.
explain-line = { $who }{ $count ->
        [one] One { $type } account, number { $from }, costs
       *[other] { $count } { $type } accounts, numbers { $from } to { $to }, cost
    } CNY { $unit-price } a year each: CNY { $annual }{ $facts }.
explain-line-negotiated = { $who }{ $count ->
        [one] One { $type } account, number { $from }, costs
       *[other] { $count } { $type } accounts, numbers { $from } to { $to }, cost
    } the negotiated CNY { $unit-price } a year each: CNY { $annual }{ $facts }.
explain-line-unpriced = { $who }{ $count ->
        [one] One { $type } account, number { $from }, has
       *[other] { $count } { $type } accounts, numbers { $from } to { $to }, have
    } no price until one is negotiated{ $facts }.
explain-by-days = { " " }and each day beyond whole months costs the price of a year / { $divisor }
explain-by-days-alone = { " " }and each day costs the price of a year / { $divisor }
explain-term = The term is { $term }, where a year is { $year-days } days{ $by-days }: { $formula } = CNY { $priced }{ $facts }.
explain-rounded = { $per ->
        [item] The exact price of each account type in each tier is rounded on its own; together they come
        [type] The exact price of each account type is rounded on its own; together they come
       *[order] The exact price is rounded once for the whole order,
    } to CNY { $priced }{ $facts }.
explain-test-enterprise = The customer is a test enterprise, which pays nothing{ $facts }.
explain-waived = The licence is waived ({ $kind }): { $reason }{ $facts }.
explain-not-waived = The licence is not waived ({ $kind }): { $reason }{ $facts }.
explain-waiver-in-force = the conditions hold on { $date }
explain-waiver-taken-as-in-force = the conditions hold; without a date the rule, which ended on { $last-day }, is taken as in force
explain-waiver-open-ended = the conditions hold
explain-waiver-secondary-industry = the industry is { $industry }; the secondary one would have to be one of: { $wanted }
explain-waiver-certification = the certification is { $has }; it would have to be at least { $needs }
explain-waiver-not-yet = the rule begins on { $from }
explain-waiver-ended = the rule ended on { $last-day }
explain-payable = Payable: CNY { $payable }.
explain-payable-incomplete = Payable: CNY { $priced } and the negotiated accounts, whose price is not known.
