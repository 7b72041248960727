# Help, as it stands in the code: UPDATE_GOLDENS=1 cargo test --bin wxlicense writes this file anew.

help-about-batch = What do millions of rows cost, row by row?
help-about-budget = What will it cost, month by month, in the coming years?
help-about-calendar = Which dates must we not miss?
help-about-check = Is this plan valid, and what in it is risky?
help-about-compare = What changed between two plans, and why does it cost more?
help-about-completions = A completion script for a shell
help-about-fit = How many accounts does this money buy?
help-about-help = Help for a command
help-about-import = How does our spreadsheet of customers become a plan?
help-about-init = Write a commented starter plan, or an empty spreadsheet to import
help-about-man = Manual pages
help-about-optimize = What is the cheapest way to buy what we need, with proof?
help-about-order = Which API requests place these orders?
help-about-program = What WeCom (企业微信) interface-call licences cost, why, and when to buy them
help-about-quote = What does it cost, item by item?
help-about-reconcile = Does WeCom's bill match?
help-about-schema = JSON Schemas of the plan file, the rate card file and every JSON output
help-about-status = Where do we stand: overdue, due, next, who is not covered?
help-about-tiers = Which prices are in force, since when, and who says so?
help-about-tiers-check = Is this rate card valid?
help-about-tiers-list = The rate cards that are built in
help-about-tiers-show = One rate card with its rules and the standing of every fact [default: the newest]
help-about-tiers-sql = The same prices inside a database, from one rate card [default: the newest]
help-after-batch =
    The first row has the headings; columns in any order: basic, interop (one of them at least), months, days, held_basic, held_interop, renewal, industry, certification, nonprofit_proof, date. Other columns are copied. Each row gets basic_annual, interop_annual, list_price, waived, payable, complete.
    
    Examples:
      wxlicense batch customers.csv -o priced.csv --rejects rejects.csv
      wxlicense batch customers.csv --items -o items.csv
      zcat customers.csv.gz | wxlicense batch - > priced.csv
help-after-budget =
    Examples:
      wxlicense budget plan.toml --years 5
      wxlicense budget plan.toml --month 2023-02
      wxlicense budget plan.toml --school 沈阳 --set 沈阳.basic=1300
      wxlicense budget plan.toml --years 3 --growth 5% --by quarter --fiscal-year-start 4
      wxlicense budget plan.toml --years 3 --fail-over 50000 --format json
help-after-calendar =
    Examples:
      wxlicense calendar plan.toml
      wxlicense calendar plan.toml --date today --within 1m
      wxlicense calendar plan.toml --month 2023-02
      wxlicense calendar plan.toml --kind expiry --kind last-refund-day --school 沈阳
      wxlicense calendar plan.toml --date 2023-02-01 --fail-if-overdue
help-after-compare =
    Examples:
      wxlicense compare old.toml new.toml --fail-over 5000
      wxlicense compare plan.toml --date-old 2023-03-31 --date-new 2023-04-01
      wxlicense compare plan.toml --rate-card-new card.toml
      wxlicense compare plan.toml --set 1499.basic=1300
      wxlicense compare 2023.toml 2024.toml --budget
      wxlicense compare plan.toml --budget --from-old 2023-01-01 --from-new 2024-01-01
      wxlicense compare plan.toml --budget --years 3 --growth 5%
help-after-completions =
    Examples:
      wxlicense completions bash > ~/.local/share/bash-completion/completions/wxlicense
      wxlicense completions zsh > ~/.zfunc/_wxlicense
      wxlicense completions fish > ~/.config/fish/completions/wxlicense.fish
      wxlicense completions powershell >> $PROFILE
help-after-fit =
    Examples:
      wxlicense fit --amount 10000 --interop
      wxlicense fit --amount 5000 --mix 8:20 --months 6 --chart
      wxlicense fit --amount 300 --basic --held-basic 180
help-after-import =
    Headings in Chinese and English are recognised, such as 学校, 编码, 企业ID, 行业, 认证, 状态, 基础账号, 互通账号, 时长, 上级. CSV may be UTF-8, UTF-16 or GB18030.
    
    Examples:
      wxlicense import customers.xlsx -o plan.toml
      wxlicense import customers.csv --map 人数=basic --map 备注=skip -o plan.toml
      wxlicense init --template xlsx customers.xlsx
help-after-init =
    Examples:
      wxlicense init plan.toml
      wxlicense init --template xlsx -o customers.xlsx
help-after-man =
    Examples:
      wxlicense man | man -l -
      wxlicense man tiers show | man -l -
      wxlicense man -o ~/.local/share/man/man1
help-after-optimize =
    Examples:
      wxlicense optimize plan.toml --years 5
      wxlicense optimize plan.toml --years 3 --order-days 03-01,09-01 --whole-months
      wxlicense optimize plan.toml --years 5 --hold-codes 0 --order-cost 200
      wxlicense optimize plan.toml --years 5 --frontier --trust
      wxlicense optimize plan.toml --years 5 --what-if growth=10% --what-if growth=-5%
      wxlicense optimize plan.toml --years 5 --robust
      wxlicense optimize plan.toml --years 5 --apply -o cheapest.toml
      wxlicense optimize plan.toml --school 沈阳 --set 沈阳.basic=1300 --format json
help-after-order =
    Examples:
      wxlicense order plan.toml --date today
      wxlicense order plan.toml --until 2023-12-31 -o orders
      wxlicense order plan.toml --quote --school 1499 --format ndjson
      wxlicense order plan.toml --jobs --no-auto-activation -o orders
help-after-program = Exit status: 0, fine; 1, the answer is no: a limit passed, a check failed; 2, the question could not be answered, or not in full: bad usage, bad input, or a file that cannot be read or written.
help-after-quote =
    Examples:
      wxlicense quote --basic 8 --interop 20
      wxlicense quote --basic 50 --months 6 --held-basic 180
      wxlicense quote plan.toml --school 1499 --explain
      wxlicense quote plan.toml --fail-over 10000 --format json
help-after-reconcile =
    Examples:
      wxlicense reconcile plan.toml --orders orders.json
      wxlicense reconcile plan.toml --orders orders-2023-06.json --orders accounts-O1.json -o bills.xlsx
      wxlicense reconcile plan.toml --orders orders.json --rules --write-card as-billed.toml
      wxlicense reconcile plan.toml --orders orders.json --format json
    
    The files hold answers of WeCom's licence API: get_order, get_union_order, list_order_account.
help-after-schema =
    Editors with TOML support check and complete a plan that begins with `#:schema ./plan.schema.json`, once the schema lies beside it.
    
    A JSON output names its schema in its field `schema`: `wxlicense/quote/1` is that of `quote`. Money is a string in yuan with two decimals, and days are Beijing time; each field's description says what it is, and what null means there. A later version may add fields and words; a change or removal gets a new number.
    
    Examples:
      wxlicense schema
      wxlicense schema plan -o plan.schema.json
      wxlicense schema quote -o quote.schema.json
help-after-status =
    Examples:
      wxlicense status plan.toml --date today
      wxlicense status plan.toml --date today --within 2m --school 1499
      wxlicense status plan.toml --date today --fail-if-overdue
      wxlicense status plan.toml --date today --format markdown
help-after-tiers-sql =
    The table has basic and interop, the accounts to buy, and the columns that --columns names. Each row gets basic_annual, interop_annual and list_price, with --waivers also waived and payable; what has no price is NULL.
    
    Examples:
      wxlicense tiers sql --dialect duckdb --table customers --columns months
      wxlicense tiers sql --dialect postgres --function --columns months,days,renewal
help-arg-allow-outside = Let a plan name files that are not below its folder
help-arg-amount = The money to spend, in yuan
help-arg-apply = Write the plan with these orders as purchases to the file of `-o` that ends in .toml, or to standard output; comments and order stay
help-arg-budget = Compare what is payable in a period in place of what is missing on a day
help-arg-by = Step of the totals: month, quarter or year
help-arg-card = The id of an embedded card, or a .toml file
help-arg-certification = How far WeCom has checked the customer: none, verified or certified
help-arg-changes = Suppose that a school has so many users, such as 1499.basic=1300 or 1499.interop=20, from the plan's date until its next headcount; repeatable
help-arg-chart = Draw the price against the number of accounts, with the ends of the tiers
help-arg-color = When to use colours: auto (on a terminal, unless NO_COLOR is set), always or never [default: auto]
help-arg-columns = Which columns it has besides: months, days, held_basic, held_interop, renewal, industry, certification, nonprofit_proof, date
help-arg-date-new = Pricing date of the new side, Beijing time; instead of its plan's
help-arg-date-old = Pricing date of the old side, Beijing time; instead of its plan's
help-arg-days = Term in days
help-arg-deny-warnings = Take warnings as errors
help-arg-dialect = The database: duckdb, postgres, clickhouse, spark or sqlite
help-arg-excel = Begin CSV with a byte-order mark, so that Excel shows Chinese
help-arg-explain = Show the reasoning in sentences, with the facts behind it
help-arg-files = Write the result to this file, in the format that its ending names; `-` is standard output; repeatable
help-arg-fiscal-year-start = Month in which the fiscal year begins
help-arg-folder = Write the bodies into this folder, a numbered file each, with manifest.json; `-` is standard output
help-arg-format = Format of the result: table, json, markdown, csv, xlsx, html or, of a calendar, ics [default: table]
help-arg-from-new = The first day of the new side, Beijing time
help-arg-from-old = The first day of the old side, Beijing time
help-arg-frontier = Show also what 1, 2, 3, 4, 6 and 12 orders a year cost at least
help-arg-function = Print functions or macros in place of a query
help-arg-held-basic = Basic accounts already active that outlast the term
help-arg-held-interop = Interop accounts already active that outlast the term
help-arg-hold-codes = The longest that a paid code may lie unactivated, in days; 0 forbids a stock [default: WeCom's year]
help-arg-industry = Industry as WeCom shows it, such as 教育/初等教育
help-arg-into = Update the counts of this plan by the codes of its schools, and add new schools; comments and order stay
help-arg-items = Write a row for each item: the accounts of a type in a tier
help-arg-jobs = Order new accounts of several customers together: fewer requests, and one price for all
help-arg-kinds = Only this kind of event; repeatable
help-arg-lang = Language of what is shown: en or zh [default: from WXLICENSE_LANG, else the locale]
help-arg-least-term = The shortest term of an order, such as 12m or 400d [default: the term of each school, since WeCom wants at least that of the app's order]
help-arg-link = How codes are shared in a group: upstream-downstream (上下游) or interconnection (企业互联, 局校互联) [default: by the industries]
help-arg-list-users = List users by their ids: without an account, with one but on no roster, or with one that they do not need
help-arg-mappings = What a column holds, by its heading or letter, such as 人数=basic or F=skip; repeatable
help-arg-message-format = How problems are shown: human, short (a line each), json (a line each) or github (annotations) [default: human]
help-arg-mix = Buy both in this ratio, such as 8:20, as closely as whole accounts can
help-arg-months = Term in months
help-arg-most-term = The longest term of an order, such as 36m or 1000d [default: 60m]
help-arg-name = Which schema; without it, their names are listed
help-arg-negotiated-basic = Yuan a year for each basic account without a list price
help-arg-negotiated-interop = Yuan a year for each interop account without a list price
help-arg-new = Plan file to compare it to; without one, OLD is used for both sides
help-arg-no-auto-activation = Codes of a job are not activated by WeCom itself
help-arg-nonprofit-proof = WeCom has accepted the proof that the customer is a non-profit
help-arg-old = Plan file; `-` reads standard input
help-arg-order-cost = What placing an order costs in staff time, in yuan
help-arg-order-days = Place orders on these days of each year only, such as 03-01,09-01 [default: on any day]
help-arg-orders = Order documents of WeCom: JSON, an array, or one a line; a path or a pattern, repeatable
help-arg-orders-per-year = The most orders of a payer in a year
help-arg-quote = Place the orders of `quote` in place of those of the schedule
help-arg-rate-card-new = Rate card of the new side: the id of an embedded one, or a .toml file; instead of its plan's
help-arg-rate-card-old = Rate card of the old side: the id of an embedded one, or a .toml file; instead of its plan's
help-arg-rejects = Write the rows without a price to this file, each with its line and the reason
help-arg-renewal = A renewal (续期): priced from the first account
help-arg-robust = Find the plan that costs least in its worst case: under any combination of what the unconfirmed rules P10, P12 and P13 may be
help-arg-round-to = Buy accounts in multiples of this number
help-arg-rules = Say which readings of the unconfirmed rules explain the bills, also if none differs
help-arg-schools = Only this school: its code, its name, or a part of its name that no other has; repeatable
help-arg-sheet = Sheet of the workbook [default: the first that is not hidden]
help-arg-shell = The shell
help-arg-sources = Show in full which facts the figures rest on, and who says so
help-arg-stdout = Format on standard output: table, ndjson (a request with its body a line), json (the manifest), markdown, csv, xlsx or html [default: table on a terminal, else ndjson; none beside a folder]
help-arg-strict = Stop at the first row without a price
help-arg-table = The table or view with the rows
help-arg-template = What to write: toml, a plan, or xlsx, a spreadsheet of customers
help-arg-test-enterprise = The provider's own test enterprise: free
help-arg-threads = Number of threads, which changes no result [default: one a core]
help-arg-time-limit = Stop the search after this time, such as 10s, and show the best plan found with its bound
help-arg-to = Only dates up to this day, included
help-arg-trust = Show also the cheapest plan under each set of unconfirmed rules that one may trust, and what trusting one more is worth
help-arg-until = Place what is due up to this day, included, and what is overdue [default: the date]
help-arg-value = What counts as value: rest is what is left after the horizon, at its average price, and lowers the cost
help-arg-waivers = Give what is waived and payable too, from the industry, the certification, the proof and the date
help-arg-what-if = Show also what this plan costs if the users grow otherwise, such as growth=10%, and which plan is regretted least; may be repeated
help-arg-whole-months = Terms of whole months only, whose price does not rest on how days are priced (P8)
help-arg-with-unconfirmed = Order for unconfirmed schools too
help-arg-write-card = Write the rate card as far as the bills leave its rules: proven facts name the orders, and what is ruled out is gone
help-arg-year-budget = The most that may be paid in a year of the horizon, in yuan
help-batch-arg-date = Pricing date, Beijing time
help-batch-arg-file = Rows to price, in CSV: UTF-8, GB18030 or UTF-16; `-` reads standard input. Parquet if the name ends in .parquet and the program was built with it
help-batch-arg-force = Replace files that exist
help-batch-arg-output = Where to write the priced rows, as Parquet if the name ends in .parquet; `-` is standard output [default: standard output]
help-batch-arg-rate-card = Rate card: the id of an embedded one, or a .toml file
help-budget-arg-date = The plan's date, Beijing time; instead of the one it states
help-budget-arg-fail-over = Exit with status 1 when more than this many yuan are payable in any fiscal year
help-budget-arg-force = Replace files that exist
help-budget-arg-from = The first day, Beijing time [default: the plan's date]
help-budget-arg-growth = Suppose that the heads grow by this much at each renewal, such as 5% or -2.5%
help-budget-arg-month = One month, such as 2022-12, in place of years
help-budget-arg-plan = Plan file; `-` reads standard input
help-budget-arg-rate-card = Rate card: the id of an embedded one, or a .toml file; instead of the plan's
help-budget-arg-years = How many years, from 1 to 50
help-calendar-arg-date = Today, Beijing time: what is open before it is overdue; instead of the plan's date
help-calendar-arg-fail-if-overdue = Exit with status 1 when something shown is overdue
help-calendar-arg-force = Replace files that exist
help-calendar-arg-from = Only dates from this day on, included
help-calendar-arg-month = Only dates of this month, such as 2022-12
help-calendar-arg-plan = Plan file; `-` reads standard input
help-calendar-arg-rate-card = Rate card: the id of an embedded one, or a .toml file; instead of the plan's
help-calendar-arg-within = Only what is due within a time of the date, such as 30d, 2w or 1m, and what is overdue
help-check-arg-date = Pricing date, Beijing time; instead of the plan's
help-check-arg-plan = Plan file; `-` reads standard input
help-check-arg-rate-card = Rate card: the id of an embedded one, or a .toml file; instead of the plan's
help-compare-arg-fail-over = Exit with status 1 when the payable total grows by more than this many yuan
help-compare-arg-force = Replace files that exist
help-compare-arg-from = The first day of both sides, Beijing time [default: the date of each plan]
help-compare-arg-growth = Suppose on the new side that the heads grow by this much at each renewal, such as 5% or -2.5%
help-compare-arg-years = How many years, from 1 to 50
help-fit-arg-basic = Buy basic accounts (基础账号)
help-fit-arg-date = Pricing date, Beijing time
help-fit-arg-force = Replace files that exist
help-fit-arg-interop = Buy interop accounts (互通账号)
help-fit-arg-rate-card = Rate card: the id of an embedded one, or a .toml file
help-fit-arg-years = Term in years of 12 months; adds to months and days [default: 1]
help-heading-budgets = Budgets
help-heading-limits = Limits
help-heading-one-customer-without-a-plan = One customer, without a plan
help-heading-the-customer = The customer
help-heading-trade-offs = Trade-offs
help-help-arg-command = The command; without it, the program
help-import-arg-date = Pricing date to write into a new plan, Beijing time
help-import-arg-file = Spreadsheet of customers: .xlsx or CSV; `-` reads standard input
help-import-arg-force = Replace the file if it exists
help-import-arg-output = Where to write the plan; `-` is standard output [default: standard output, or the plan that is updated]
help-init-arg-file = Where to write it; `-` is standard output [default: plan.toml or customers.xlsx]
help-init-arg-force = Replace the file if it exists
help-init-arg-output = Where to write it, as FILE
help-man-arg-command = The command whose page goes to standard output; without it, the program's
help-man-arg-force = Replace pages that exist
help-man-arg-output = Write all pages to this folder; `-` is standard output
help-name-amount = AMOUNT
help-name-column-key = COLUMN=KEY
help-name-columns = COLUMNS
help-name-command = COMMAND
help-name-days = DAYS
help-name-dir = DIR
help-name-file = FILE
help-name-folder = FOLDER
help-name-format = FORMAT
help-name-growth-percent = growth=PERCENT
help-name-id-file = ID|FILE
help-name-kind = KIND
help-name-lang = LANG
help-name-link = LINK
help-name-mm = MM
help-name-mm-dd = MM-DD,…
help-name-n = N
help-name-name = NAME
help-name-new = NEW
help-name-old = OLD
help-name-percent = PERCENT
help-name-plan = PLAN
help-name-price = PRICE
help-name-primary-secondary = PRIMARY/SECONDARY
help-name-ratio = RATIO
help-name-school = SCHOOL
help-name-school-type-n = SCHOOL.TYPE=N
help-name-shell = SHELL
help-name-state = STATE
help-name-step = STEP
help-name-table = TABLE
help-name-term = TERM
help-name-time = TIME
help-name-value = VALUE
help-name-when = WHEN
help-name-yuan = YUAN
help-name-yyyy-mm = YYYY-MM
help-name-yyyy-mm-dd-today = YYYY-MM-DD|today
help-optimize-arg-date = The plan's date, Beijing time; instead of the one it states
help-optimize-arg-fail-over = Exit with status 1 when more than this many yuan is payable for the cheapest plan
help-optimize-arg-force = Replace files that exist
help-optimize-arg-growth = Suppose that the heads grow by this much at each yearly renewal, such as 5% or -2.5%
help-optimize-arg-plan = Plan file; `-` reads standard input
help-optimize-arg-rate-card = Rate card: the id of an embedded one, or a .toml file; instead of the plan's
help-optimize-arg-years = How many years, from 1 to 50
help-order-arg-date = Today, Beijing time: what is open before it is overdue; instead of the plan's date
help-order-arg-force = Replace a folder of an earlier run
help-order-arg-plan = Plan file; `-` reads standard input
help-order-arg-rate-card = Rate card: the id of an embedded one, or a .toml file; instead of the plan's
help-quote-arg-basic = Basic accounts (基础账号) to buy
help-quote-arg-date = Pricing date, Beijing time
help-quote-arg-fail-over = Exit with status 1 when the payable total is above this many yuan
help-quote-arg-force = Replace files that exist
help-quote-arg-interop = Interop accounts (互通账号) to buy
help-quote-arg-plan = Plan file; `-` reads standard input. --date and --rate-card override its own
help-quote-arg-rate-card = Rate card: the id of an embedded one, or a .toml file
help-quote-arg-years = Term in years of 12 months; adds to months and days [default: 1]
help-reconcile-arg-date = Today, Beijing time; instead of the plan's date
help-reconcile-arg-force = Replace files that exist
help-reconcile-arg-plan = Plan file; `-` reads standard input
help-reconcile-arg-rate-card = Rate card: the id of an embedded one, or a .toml file; instead of the plan's
help-schema-arg-force = Replace the file if it exists
help-schema-arg-output = Write the schema to this file; `-` is standard output
help-status-arg-date = Today, Beijing time: what is open before it is overdue; instead of the plan's date
help-status-arg-fail-if-overdue = Exit with status 1 while a payment is late or a user has no account
help-status-arg-force = Replace files that exist
help-status-arg-month = Look ahead to the end of this month, such as 2022-12
help-status-arg-plan = Plan file; `-` reads standard input
help-status-arg-rate-card = Rate card: the id of an embedded one, or a .toml file; instead of the plan's
help-status-arg-within = How far ahead to look, such as 30d, 2w or 1m
help-tiers-arg-force = Replace files that exist
help-tiers-check-arg-file = Rate card file; `-` reads standard input
help-tiers-list-arg-force = Replace files that exist
help-tiers-show-arg-date = The card in force on this day, Beijing time
help-tiers-show-arg-force = Replace files that exist
help-tiers-sql-arg-date = The card in force on this day, Beijing time
help-tiers-sql-arg-force = Replace a file that exists
help-tiers-sql-arg-output = Where to write it; `-` is standard output [default: standard output]
help-tiers-sql-arg-rate-card = Rate card: the id of an embedded one, or a .toml file; the same as the argument
help-value-color-always = Always
help-value-color-auto = On a terminal, unless NO_COLOR is set
help-value-color-never = Never
