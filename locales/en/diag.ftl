# Diagnostics: the message, `.label` under the underlined source, `.help` on how to fix it.

diag-file-unreadable = cannot read { $file }: { $reason }
    .help = check the path and that you may read the file
diag-file-too-large = { $file } is larger than { $most } MB
    .help = is it really a plan or a rate card? Split a larger plan by customer
diag-file-binary = { $file } is a binary file, not text
    .help = give a text file in TOML; a workbook must be saved as text first
diag-file-utf16 = { $file } is saved as UTF-16
    .help = save the file as UTF-8; an editor of Windows calls UTF-16 "Unicode"; or convert it: iconv -f UTF-16 -t UTF-8 { $file } > converted.toml
diag-file-not-utf8 = line { $line } of { $file } is not UTF-8
    .help = save the file as UTF-8; a file in GB18030 or GBK can be converted: iconv -f GB18030 -t UTF-8 { $file } > converted.toml
diag-file-is-spreadsheet = { $file } is a spreadsheet, not a plan
    .help = import it first: wxlicense import { $argument } -o plan.toml

diag-sheet-unreadable = cannot read { $file } as a spreadsheet: { $reason }
    .help = { $fix }
diag-sheet-too-large = { $file } is too large: { $what }
    .help = is it really a table of customers? Save the rows and columns that you need as a file of its own
diag-sheet-not-found = { $file } has no sheet “{ $sheet }”
    .help = { $suggestion ->
        [none] its sheets: { $known }
       *[other] did you mean “{ $suggestion }”? Its sheets: { $known }
    }
diag-sheet-of-csv = { $file } is CSV, which has no sheet “{ $sheet }”
    .help = leave out --sheet, or give the workbook
diag-no-headings = no row of { $file } has known headings
    .help = name the columns in one row above the schools, such as 学校, 编码, 基础账号, 互通账号 (school, code, basic, interop), or say what yours hold: --map COLUMN=KEY; wxlicense init --template xlsx writes an empty spreadsheet
diag-no-rows = there is no school below the headings
    .label = the last row with a content
    .help = fill in a row for each school
diag-column-missing = no column holds the { $key ->
        [code] code
       *[name] name
    } of each school
    .label = not among these headings
    .help = add a column “{ $chinese }” ({ $english }), or say which one it is: --map { $example }={ $key }
diag-column-twice = two columns hold `{ $key }`
    .label = again here
    .help = say which one is meant: --map COLUMN={ $key }, by its heading or its letter
diag-unknown-column = no column is called “{ $column }”
    .help = { $suggestion ->
        [none] give a heading or a letter; the headings: { $known }
       *[other] did you mean “{ $suggestion }”? The headings: { $known }
    }
diag-expiry-column-missing = it is not known when these accounts expire
    .label = active already
    .help = add a column 到期日 (expires) with the day on which they end
diag-cell-not-understood = { $column } “{ $value }” is not understood
    .label = { $reason }
    .help = { $fix }
diag-cell-missing = { $column } is empty
    .label = nothing here
    .help = fill it in, or delete the row if it is no school
diag-cell-merged = one { $column } “{ $value }” for rows { $rows }
    .label = a merged cell
    .help = unmerge the cell and give each school its own
diag-ambiguous-upstream = several schools are called “{ $name }”
    .label = which one?
    .help = type the code of the upstream: { $codes }
diag-upstream-missing = no row has the code or the name “{ $upstream }”
    .label = pays for this school
    .help = add a row for it, or empty the cell if the school pays for itself
diag-example-row = this is the invented example of the template
    .label = an invented school
    .help = replace it with a school of yours

diag-json-unreadable = cannot read { $file } as JSON: { $reason }
    .help = { $fix }
diag-json-syntax = { $place }: not valid JSON: { $reason }
    .help = what is complete was read, the rest is missing; export the file anew
diag-wecom-document-unknown = { $place }: { $count ->
        [one] this is no document of WeCom's licence API
       *[other] { $count } values are no documents of WeCom's licence API, this one first
    }
    .help = give WeCom's answers as it sent them: get_order, get_union_order, list_order_account, list_actived_account, get_active_info_by_code, get_active_info_by_user or get_app_license_info
diag-wecom-document-not-ours = { $place }: { $count ->
        [one] { $reason }
       *[other] { $reason } ({ $count } times, here first)
    }
    .help = leave the file out; orders and accounts of licences are in WeCom's answers to get_order, get_union_order, list_order_account, list_actived_account and get_active_info_by_code
diag-wecom-document-skipped = { $place }: left out: { $count ->
        [one] { $reason }
       *[other] { $reason } ({ $count } times, here first)
    }
    .help = nothing needs to be done if you did not expect anything from it
diag-wecom-errcode = { $place }: WeCom refused, with errcode { $errcode }
    .help = see what it means at https://open.work.weixin.qq.com/devtool/query?e={ $errcode }, then ask again and replace the answer
diag-wecom-partial-failure = { $place }: { $count ->
        [one] one entry
       *[other] { $count } entries
    } of `{ $list }` failed{ $errcodes ->
        [none] {""}
       *[other] {" "}(errcode { $errcodes })
    }
    .help = see why, ask for those again, and put the answer in a file of its own
diag-wecom-page-missing = { $place }: another page follows (`has_more`), but it is missing
    .help = ask for it with this page's `next_cursor`, and put the answer beside this file, in the same pattern
diag-wecom-order-missing = { $place }: the list names { $count ->
        [one] the order { $order }, of which there is no document
       *[other] { $count } orders of which there is no document, { $order } first
    }
    .help = ask for each with get_order, for one of several enterprises with get_union_order, and put the answers beside this file, in the same pattern
diag-wecom-content-missing = no document here states { $what }
    .label = nothing found in these files
    .help = name the files of WeCom's answers: list_actived_account for accounts, get_order for orders
diag-wecom-several-enterprises = these are the accounts of { $enterprises } enterprises
    .label = for one school
    .help = name only the files of this school's own enterprise; a downstream's accounts stand at the downstream
diag-wecom-field-missing = { $place }: `{ $key }` is missing
    .help = export the document anew, as WeCom sent it
diag-wecom-field-invalid = { $place }: expected { $expected }, found { $found }
    .help = export the document anew, as WeCom sent it
diag-wecom-field-twice = { $place }: `{ $key }` stands twice in one object
    .help = export the document anew, as WeCom sent it

diag-files-not-found = no file in { $folder ->
        [current] the current folder
       *[other] { $folder }
    } fits `{ $pattern }`
    .label = nothing found
    .help =
        a path is relative to { $folder ->
            [current] the current folder
           *[other] the plan's folder
        }; in a pattern, * stands for any part of a name and ** for any folders
diag-bad-pattern = `{ $pattern }` is no pattern of files
    .label = not understood
    .help = write a path, or a pattern such as "rosters/1499-*.csv"; ** stands alone between slashes, and [ needs its ]
diag-file-outside = { $file } is not below the plan's folder
    .label = leads out of the folder
    .help = move the file there, or run with --allow-outside if you trust the plan
diag-file-special = { $file } is { $kind ->
        [pipe] a pipe
        [device] a device
       *[other] no regular file
    }, not a file that can be read
    .label = not a file
    .help = name a regular file
diag-roster-column-missing = { $column ->
        [none] no column of { $file } has a heading of user ids
       *[other] no column of { $file } is called “{ $column }”
    }
    .label = users unknown
    .help = { $column ->
        [none] write `userid` above the ids, or name their heading with `roster-column`; it must stand in the first { $rows } rows
       *[other] copy the heading from the file; it must stand in the first { $rows } rows
    }
diag-roster-column-twice = two columns of { $file } are called “{ $heading }”
    .label = users unknown
    .help = rename one of them, or name the right one with `roster-column`
diag-roster-empty = { $file } has no users
    .label = counts nobody
    .help = is it the right file, with the right column?
diag-roster-long-ids = { $count ->
        [one] 1 user id
       *[other] { $count } user ids
    } of { $file } { $count ->
        [one] is
       *[other] are
    } longer than { $most } bytes: { $places }
    .label = users unknown
    .help = a user id of WeCom has 1 to { $most } bytes; name the column with the ids with `roster-column`, or correct these
diag-roster-blank-ids = { $count ->
        [one] 1 row of { $file } has
       *[other] { $count } rows of { $file } have
    } no user id: { $places }
    .label = not counted
    .help = fill in the ids, or delete rows that are no users
diag-roster-odd-ids = { $count ->
        [one] 1 user id of { $file } is
       *[other] { $count } user ids of { $file } are
    } none that WeCom gives: { $places }
    .label = counted as they stand
    .help = WeCom's user ids have letters, digits and _ - @ . alone; look for several ids in one cell, totals, and long numbers that a spreadsheet has rounded
diag-roster-duplicates = { $count ->
        [one] 1 row of { $file } repeats
       *[other] { $count } rows of { $file } repeat
    } a user: { $places }
    .label = counted once
    .help = nothing is wrong with the count; delete the rows to be rid of this warning

diag-toml-syntax = not valid TOML: { $reason }
    .help = { $help }
diag-too-many-problems = { $file } has more than { $most } problems; the others are not shown
    .help = see whether it is the right file; fix the first problems, and check again
diag-unknown-key = unknown key `{ $key }` in { $table }
    .label = not known here
    .help = { $suggestion ->
        [at-the-top] a key belongs to the header above it: to set `{ $key }` for the whole file, write it at the top, above the first header
        [none] known keys: { $known }
       *[other] did you mean `{ $suggestion }`?
    }
diag-missing-key = { $table } has no `{ $key }`
    .label = `{ $key }` is missing here
    .help = add it, such as { $example }
diag-wrong-type = `{ $key }` is { $found }, not { $expected }
    .label = { $found }
    .help = { $fix }
diag-unknown-word = `{ $key }` cannot be `{ $value }`
    .label = not one of the words that `{ $key }` takes
    .help = { $suggestion ->
        [no-word] it takes: { $known }
       *[other] did you mean `{ $suggestion }`? It takes: { $known }
    }
diag-number-out-of-range = `{ $key }` is { $value }; it must be from { $least } to { $most }
    .label = out of range
    .help = give a whole number from { $least } to { $most }
diag-money-as-float = `{ $key }` is a bare decimal number, which is not exact
    .label = a binary float
    .help = put it in quotes: "{ $value }"
diag-bad-money = `{ $key }`: { $reason }
    .label = not a price in yuan
    .help = write yuan with at most four decimals, in quotes: "0.80"
diag-bad-date = `{ $key }` is not a date
    .label = { $reason }
    .help = { $fix }
diag-empty-string = `{ $key }` is empty
    .label = nothing in here
    .help = fill it in, or remove the key where it is optional

diag-unknown-rate-card = there is no rate card `{ $id }`
    .label = not an embedded card
    .help = { $suggestion ->
        [none] embedded cards: { $known }; a card of your own is given by its path, ending in .toml
       *[other] did you mean `{ $suggestion }`? A card of your own is given by its path, ending in .toml
    }
diag-no-rate-card-in-force = no rate card is in force on { $date }
    .label = before the first card
    .help = the first card, { $id }, is in force from { $from }; give a later date, or name a card
diag-rate-card-not-yet-in-force = rate card { $id } is in force only from { $from }, after the pricing date { $date }
    .label = priced before it is in force
    .help = leave the card out to take the one in force on the date
diag-no-tiers = the rate card has no tier
    .label = no [[tier]]
    .help = add at least one [[tier]] with from, to, basic and interop
diag-tier-start = the first tier begins at account { $from }
    .label = accounts before { $from } have no price
    .help = let the first tier begin with from = 1
diag-tier-descending = the tier ends at { $to }, before it begins at { $from }
    .label = before { $from }
    .help = exchange from and to, or correct one of them
diag-tier-overlap = this tier begins at { $from }, inside the tier before it
    .label = accounts { $from } to { $to } have two prices
    .help = let it begin with from = { $expected }
diag-tier-gap = this tier begins at { $from }, but the tier before it ends at { $end }
    .label = accounts { $expected } to { $last } have no price
    .help = let it begin with from = { $expected }
diag-tier-open = a tier without `to` takes all further accounts, but another tier follows
    .label = has no end
    .help = give it a `to`, or remove the tiers after it
diag-tiers-end = no account after { $end } has a price
    .label = the last tier ends here
    .help = leave `to` out of the last tier, or add [negotiated] with from = { $expected }
diag-negotiated-start = negotiated accounts begin at { $from }, but the tiers end at { $end }
    .label = must follow the last tier
    .help = write from = { $expected }, and give the last tier its `to`
diag-unknown-fact = there is no fact `{ $id }` in this card
    .label = not defined
    .help = { $suggestion ->
        [none] add a [[fact]] with this id, its standing and its source
       *[other] did you mean `{ $suggestion }`? Otherwise add a [[fact]] with this id, its standing and its source
    }
diag-duplicate-fact = fact `{ $id }` is defined twice
    .label = again here
    .help = give each fact an id of its own
diag-alternative-of-another-rule = the rule that can be `{ $value }` does not rest on fact `{ $id }`
    .label = not among the facts of the rule
    .help = name a fact of `{ $key }`, or add this one there
diag-duplicate-alternative = `{ $value }` is no alternative: it is in force, or listed already
    .label = nothing new
    .help = list each other value of the rule once
diag-duplicate-waiver = there are two waiver rules for `{ $kind }`
    .label = again here
    .help = keep one rule for each kind
diag-range-reversed = `{ $last }` lies before `{ $first }`
    .label = ends before it begins
    .help = exchange the two, or correct one of them

diag-no-cheapest-plan = { $payer } has no plan: { $reason }
    .help = { $fix }
diag-no-accounts = no accounts: both basic and interop are zero
    .label = nothing to buy
    .help = give basic, interop, or both a count of at least 1
diag-too-many-accounts = { $count } { $type } accounts are more than one order can have
    .label = at most { $most }
    .help = one order takes at most { $most } accounts of a type; split the purchase
diag-term-out-of-range = a term of { $days } days cannot be bought
    .label = must be from { $least } to { $most } days
    .help = a term is months and days together, from { $least } to { $most } days
diag-test-enterprise-term = a test enterprise buys for exactly { $months ->
        [one] one month
       *[other] { $months } months
    }
    .label = another term
    .help = write term = { "{" } months = { $months } { "}" }
diag-no-test-enterprise = the rate card has no rule for test enterprises
    .label = no such rule
    .help = use a card with [test-enterprise], or price the customer as an ordinary one
diag-price-overflow = the price is too large to be computed
    .help = check the prices of the rate card and the counts

diag-bad-usage = { $wrong }
    .help = { $help }
diag-nothing-to-quote = nothing to quote
    .help = give a plan file, or counts: wxlicense quote --basic 8 --interop 20
diag-limit-not-judged = the limit of CNY { $limit } cannot be judged: CNY { $payable } is payable so far, but { $basic } basic and { $interop } interop accounts have no price
    .help = give the negotiated price of these accounts
diag-no-schools = the plan has no school
    .label = no [[school]]
    .help = add a [[school]] with code, name and basic or interop
diag-duplicate-school = two schools have the { $key } `{ $value }`
    .label = again here
    .help = give each school a code of its own, or put the two together
diag-duplicate-corp-id = two schools have the { $key } `{ $value }`; WeCom would count their accounts together
    .label = again here
    .help = correct one of the ids; if both are one enterprise, put their counts into one [[school]], since the tiers run over the whole enterprise
diag-unknown-upstream = no school has the code `{ $code }`
    .label = not in this plan
    .help = { $suggestion ->
        [none] add a [[school]] with this code, or remove `upstream` where the school pays for itself
       *[other] did you mean "{ $suggestion }"? Otherwise add a [[school]] with the code "{ $code }"
    }
diag-upstream-is-itself = school `{ $code }` is its own upstream
    .label = its own code
    .help = name the school that pays for this one, or remove `upstream` where it pays for itself
diag-upstream-is-downstream = the upstream `{ $code }` has an upstream itself: `{ $upstream }`
    .label = pays for nobody
    .help = a group has one level: write upstream = "{ $upstream }", or remove the `upstream` of `{ $code }`
diag-group-terms-differ = a term of { $months } months and { $days } days in a group whose upstream has { $wanted-months } months and { $wanted-days } days
    .label = another term than the upstream's
    .help = a group is one order with one term: write term = { "{" } months = { $wanted-months }, days = { $wanted-days } { "}" }, or take the school out of the group
diag-group-too-many-accounts = the { $members } schools of this group need { $count } { $type } accounts together, more than one order can have
    .label = pays for them all
    .help = one order takes at most { $most } accounts of a type; let a part of the group pay for itself
diag-test-enterprise-in-group = a test enterprise cannot be in a group
    .label = places an order of its own
    .help = remove `upstream` from the group's schools, or remove `test-enterprise`
diag-negotiated-on-downstream = a negotiated price has no effect at a downstream
    .label = not used
    .help = the upstream places the order: move the price to the school `{ $upstream }`
diag-bad-industry = `{ $value }` is not an industry
    .label = not of the form primary/secondary
    .help = write both parts as WeCom shows them, with one slash: "教育/高等教育"
diag-industry-near-miss = the industry { $given } gives no waiver; was { $primary }/{ $meant } meant?
    .label = not the industry of a waiver
    .help = where WeCom shows { $meant }, write industry = "{ $primary }/{ $meant }"; where it does show { $secondary }, nothing is wrong but nothing is waived
diag-certification-missing = without `certification`, the waiver for { $industry } ({ $kind }) is not applied
    .label = the waiver needs a certification too
    .help = look the enterprise up in WeCom and write certification = "none", "verified" or "certified"; the waiver needs at least "{ $needs }"
diag-undated-plan = `{ $key }` in a plan without a date: what is missing depends on the day
    .label = has days, the plan has none
    .help = add the pricing date at the top of the plan: date = 2022-11-18; or give it with --date
diag-held-expired = these held accounts have expired by { $date }
    .label = not held any more
    .help = remove the entry, or correct the day on which they expire
diag-held-from-conflicts = `{ $key }` beside `from`: the files say which accounts there are
    .label = leave this out
    .help = keep `from`, or keep type, count and expires; a second entry of the list can have the other
diag-roster-counts-differ = { $stated } { $type } users are stated, the rosters have { $listed }
    .label = not what the rosters say
    .help = leave the number out, so that the rosters count; or correct the rosters
diag-roster-missing = the app `{ $app }` has no roster, while other apps of the school have one
    .label = its users are taken to be on the other rosters
    .help = add its `roster`, so that nobody is left out
diag-orders-of-others = { $orders ->
        [one] 1 order is
       *[other] { $orders } orders are
    } of { $enterprises ->
        [one] an enterprise
       *[other] { $enterprises } enterprises
    } that the plan does not have
    .label = left out
    .help = add these customers with their `corp-id`, or name only the files of the plan's customers
diag-orders-without-accounts = no account list says which codes of { $school } are activated
    .label = all codes of its orders count as not activated
    .help = add `held = [{ "{" } from = "accounts.json" { "}" }]` to school { $code }, with its list_actived_account responses
diag-renewal-unexplained = order { $order } of { $school } renews accounts to a day, and nothing says when they expired
    .label = among these orders
    .help = add the school's account list with `held`, or record the renewal as a purchase with its term
diag-duplicate-app = the app `{ $value }` stands twice in this school (same { $key })
    .label = again here
    .help = remove one of the two; an account serves all of a user's apps
diag-interop-app-without-accounts = an app needs interop accounts, but the school buys none
    .label = needs interop
    .help = add interop = … for the users of this app, or write needs = "basic" if it reads no customers
diag-activated-before-paid = activated on { $activated }, before it was paid on { $paid }
    .label = too early
    .help = exchange the two days, or correct one of them
diag-activated-conflicts = { $with ->
        [activations] `activated` stands beside `activations`: it is about all codes, they about some
        [renewal] a renewal has no activation: it prolongs on the day of payment
       *[payment] a renewal prolongs on the day of payment, not on another
    }
    .label = { $with ->
        [payment] not the day of payment
       *[other] remove this
    }
    .help = { $with ->
        [activations] keep one of the two
        [renewal] remove `activated`; `activations` with `extends` says which accounts it prolongs
       *[payment] give the day of payment, or leave `activations` out: then the accounts that expire first are prolonged
    }
diag-activations-exceed-purchase = { $activated } { $type } codes are activated, but { $bought } were bought
    .label = more than were bought
    .help = correct the counts of `activations` or of the purchase
diag-nothing-to-prolong = { $named ->
        [no] { $wanted } { $type } accounts are prolonged on { $date }, but { $found } are active
       *[other] { $wanted } { $type } accounts that expire on { $extends } are prolonged on { $date }, but there are { $found }
    }
    .label = prolongs them
    .help = { $upstream ->
        [yes] for accounts of a downstream, give its account list (`held = [{"{"} from = … {"}"}]`) or record the renewal there; else add the accounts as `held`, or correct the counts and days
       *[no] add the accounts as `held` or as a purchase with its day of activation, or correct the counts and days
    }
diag-activated-after-deadline = activated on { $activated }, but accounts paid on { $paid } are lost after { $last-day }
    .label = too late
    .help = correct the day of payment or of activation; if the accounts were never activated, leave `activated` out
diag-headcounts-out-of-order = a headcount from { $from } on follows one from { $before } on
    .label = not later
    .help = put the headcounts in the order of their days, one for each day
diag-duplicate-name = two schools have the name `{ $value }`
    .label = repeated here
    .help = if they are two, tell them apart by their names, such as with the campus; if they are one, put them together
diag-no-negotiated-price = { $type } accounts from number { $from } on have no price: { $count ->
        [one] one is
       *[other] { $count } are
    } needed{ $day ->
        [none] { "" }
       *[other] { " " }from { $day } on
    }
    .label = more than the list has prices for
    .help = agree on a price with WeCom, and write it as negotiated = { "{" } { $key } = "…" { "}" }; until then every total is without these accounts
diag-app-authorized-later = the app is authorised on { $authorized }, after the plan's date { $date }
    .label = still to come
    .help = correct one of the two days; if the authorisation is only intended, the trial may begin on another day
diag-interop-without-app = { $count ->
        [one] one user needs
       *[other] { $count } users need
    } an interop account, but no app of the school does; WeCom refuses to sell it ({ $facts })
    .label = of no app
    .help = write needs = "interop" at the app that has the permission 客户联系 or 微信客服; if there is none, the users need basic accounts
diag-industry-barred-from-groups = WeCom lets no enterprise of { $industry } create or join a group of upstream and downstreams ({ $facts })
    .label = of a group
    .help = check how the schools are linked in WeCom: linked as 局校互联 they can share codes too
diag-app-order-expired = the customer's order of the app ended on { $last-day }: on { $date } WeCom sells no licence ({ $facts })
    .label = has ended
    .help = renew the order of the app before the licences, or correct its days
diag-term-too-long-for-trial = the term is { $days } days, but in the trial of an app WeCom sells at most { $most } days to a customer without an order of it ({ $facts })
    .label = too long for the trial
    .help = if the customer has ordered the app, write it as order = { "{" } from = …, until = … { "}" } at the app; otherwise order after that, or for a shorter term
diag-too-many-for-contacts = { $accounts } accounts are needed, but for a term of at most { $days } days WeCom sells at most { $most } to so many contacts ({ $facts })
    .label = allow { $most } accounts
    .help = correct the number of contacts or of users, or choose a term longer than { $days } days
diag-term-shorter-than-app-order = the term is { $days } days, shorter than the { $least } days of the app order: WeCom refuses it ({ $facts })
    .label = too short
    .help = write term = { "{" } months = { $months } { "}" }, or correct the days of the app order
diag-waived-term = a customer whose licences are waived can order { $months } months, no other term ({ $facts })
    .label = not to be ordered
    .help = write term = { "{" } months = { $months } { "}" }; orders are priced and planned for that term as long as the waiver holds
diag-waived-renewal = on { $paid } the licences were waived, and WeCom renews none that are ({ $facts })
    .label = not possible while waived
    .help = if it was a new order, leave `kind` out; otherwise correct the day, or the facts of the waiver
diag-activation-deadline-near = { $count ->
        [one] one code paid on { $paid } is
       *[other] { $count } codes paid on { $paid } are
    } not activated; the last day for it is { $last-day } ({ $facts })
    .label = { $days ->
        [0] ends today
        [one] one day left
       *[other] { $days } days left
    }
    .help = activate them in time, or record the activation; later they are lost
diag-unknown-school = no school of the plan has the code or the name `{ $code }`
    .help = { $suggestion ->
        [none] give a code, a name, or a part of a name of the plan's schools
       *[other] did you mean `{ $suggestion }`?
    }
diag-ambiguous-school = `{ $text }` may be any of { $count } schools: { $schools }{ $more ->
        [0] { "" }
       *[other] { " " }and { $more } more
    }
    .help = give the code, which stands before each name
diag-school-left-out = { $name } ({ $code }) has no figures, since files of it or its group could not be read
    .help = fix the problems of these files
diag-bad-mix = `{ $text }` is not a mix of accounts
    .help = write basic:interop in whole numbers, such as 8:20
diag-empty-mix = `{ $text }` is a mix without any account
    .help = let at least one of the two numbers be 1 or more

diag-budget-without-start = the budget has no first day: the plan has no date, and none is given
    .help = give --from 2022-11-18, or write date = 2022-11-18 in the plan
diag-horizon-out-of-range = a horizon of { $years } years is not possible
    .help = give from 1 to { $most } years
diag-horizon-beyond-calendar = the days asked for reach beyond the last day of the calendar
    .help = begin earlier, or take fewer years or days
diag-growth-out-of-range = a growth of { $percent } % leaves nobody
    .help = give a growth above -100 %, such as 5 % or -10 %
diag-fiscal-year-start = a fiscal year cannot begin in month { $month }
    .help = give a month from 1 to 12
diag-order-not-placed = the order of { $payer }{ $on } cannot be placed: { $reason }
    .help = check the users, the held accounts and the term that the plan states for this customer
diag-side-not-priced = { $side } has no price: { $reason }
    .help = quote that side by itself, and fix what it reports
diag-budget-order = the order of { $payer } on { $date } cannot be placed: { $reason }
    .help = check the headcounts of the plan, the growth, and the number of years
diag-due-without-date = what is due or overdue is unknown without a date
    .help = give the day with --date, or state date in the plan
diag-from-after-to = no day is from { $from } to { $to }
    .help = exchange the two days, or correct one of them
diag-negative-amount = the amount to spend is negative
    .help = give an amount of zero or more
diag-nothing-to-compare = { $plan } has nothing to be compared to
    .help = give a second plan, or let the two sides differ: --date-old, --date-new, --rate-card-old, --rate-card-new, --set; with --budget also --from-old, --from-new, --growth
diag-increase-not-judged = an increase limit of CNY { $limit } cannot be judged: the difference is CNY { $difference } so far, but { $left-out ->
        [0] accounts have no price (old side: { $old-basic } basic, { $old-interop } interop; new side: { $new-basic } basic, { $new-interop } interop)
       *[other] schools are left out whose files could not be read
    }
    .help = { $left-out ->
        [0] give the negotiated prices of these accounts in the plans
       *[other] fix these files, or name the schools to compare with --school
    }
diag-over-limit = over the limit: CNY { $payable } is payable, the limit is CNY { $limit }
    .help = --explain shows how the amount comes about
diag-cheapest-over-limit = over the limit: CNY { $payable } is payable for the cheapest plan found{ $proof ->
        [bound] , and no plan costs less than CNY { $bound }
       *[none] { "" }
    }; the limit is CNY { $limit }
    .help = loosen a limit of the plan, or raise this one
diag-year-over-limit = over the limit in { $year }: CNY { $payable } is payable, the limit is CNY { $limit }
    .help = --by month shows when it becomes payable
diag-increase-over-limit = over the limit: CNY { $increase } more is payable, the limit is CNY { $limit }
    .help = the comparison names the causes of the increase
diag-orders-without-prices = no order with a price is in these files
    .help = add the answers of get_order, or get_union_order, which have the price
diag-bills-differ = bills differ from what they should be, by CNY { $difference } in all
    .help = look at the orders that differ
diag-bills-unexplained = no combination of the unconfirmed rules explains all bills: no rate card was written
    .help = look at the orders that no combination explains; leave out --write-card
diag-plan-overdue = { $orders ->
        [0] {""}
        [one] 1 payment is late, CNY { $payable }
       *[other] { $orders } payments are late, CNY { $payable }
    }{ $users ->
        [0] {""}
        [one] {" "}(1 user has no account)
       *[other] {" "}({ $users } users have no account)
    }
    .help = pay and activate what `wxlicense status` lists first, and record it in the plan
diag-overdue = overdue: { $event }, due on { $date } ({ $place })
    .help = do it, or record in the plan that it is done
diag-warnings-denied = { $plan } is refused: warnings are denied, and it has { $warnings ->
        [one] one
       *[other] { $warnings }
    }
    .help = fix what the warnings report, or leave out --deny-warnings
diag-order-without-buyer = the plan names nobody who places the orders
    .help = write provider = { "{" } buyer = "…" { "}" }: the userid of a member of yours who may order licences at WeCom
diag-order-without-corp-id = { $name } ({ $code }) has no WeCom id, without which nothing can be ordered for it
    .help = write corp-id = "…" at the school: WeCom's id of the enterprise
diag-order-without-price = the order of { $payer }{ $on } has accounts without a price: { $basic } basic, { $interop } interop
    .help = agree on a price with WeCom, and write it at the school as negotiated = { "{" } basic = "…" { "}" }; an order is sent with an expected price only
diag-renewal-users-unknown = { $name }: { $wanted } { $type } accounts that expire on { $expires } are to be renewed, but WeCom's account lists in the plan name the users of { $listed }
    .help = get all pages of list_actived_account for the enterprise, and write held = [{ "{" } from = "FILE" { "}" }] at the school in place of these accounts
diag-order-refused = WeCom refuses the order of { $payer }{ $on }: { $reason }
    .help = correct what the plan states, or order for other schools alone with --school
diag-order-in-doubt = WeCom may refuse the order of { $payer }{ $on }: { $reason }
    .help = complete what the plan states about the school's apps, or expect WeCom's answer
diag-too-many-shared = { $name }: { $codes } codes are to be shared with it, but WeCom allows { $most }, twice its contacts (U2)
    .help = correct contacts, or the users, of the school
diag-unknown-format = { $file }: no format has this ending
    .help = end the name with .txt, .json, .md, .csv, .xlsx, .html or .ics, or give --format
diag-format-contradicted = { $file }: the ending names { $named }, but --format asks for { $asked }
    .help = leave out --format, which is for names without a known ending and for standard output, or change the ending
diag-excel-without-csv = --excel is for CSV, but the result is written as { $formats }
    .help = leave out --excel, or ask for CSV: --format csv, or -o FILE.csv
diag-no-such-format = this result has no { $format } format
    .help = choose another format with --format, or another ending of the file; there are { $known }
diag-parquet-not-built = { $file }: this program was built without Parquet
    .help = use CSV, or build the program with it: cargo build --release --features parquet
diag-format-not-for-terminal = { $format } is bytes, which a terminal cannot show
    .help = write it to a file: -o FILE.{ $format }
diag-not-drawn = the result cannot be drawn as { $format }: { $reason }
    .help = choose another format with --format, or another ending of the file
diag-workbook-too-large = the workbook would have more than { $cells } cells
    .help = choose some of the customers with --school, or write CSV, which takes any number of them: --format csv
diag-file-exists = { $file } exists
    .help = --force replaces it
diag-file-named-twice = { $file } is to be written twice
    .help = give each result a file of its own
diag-output-is-input = { $file } was read for this result, which would replace it
    .help = give the result another name
diag-file-unwritable = cannot write { $file }: { $reason }
    .help = check that the folder exists, that you may write there, and that there is room
diag-folder-not-replaced = { $folder } has files that no { $manifest } of an earlier run lists
    .help = choose a new folder, or move the other files away
diag-no-such-page = there is no manual page { $page }
    .help = pages: { $known }
