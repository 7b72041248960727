# Words of the field, used in tables and inside other messages.
term-basic = basic
term-interop = interop
term-error = error
term-warning = warning
term-help = help
term-on-day = { " " }on { $date }
term-old-side = the old side
term-new-side = the new side
term-expiry-beyond-calendar = its accounts would expire beyond the calendar
term-first-here = first here
term-a-string = a string
term-blanks-around = a string with blanks at its ends
term-no-blanks-around = one without them
term-odd-id = another text
term-plain-id = an id of at most 64 letters (a–z), digits, `.`, `_` and `-`, with a letter or digit first
term-a-list-of-strings = a list of strings
term-a-whole-number = a whole number
term-a-decimal-number = a decimal number
term-true-or-false = true or false
term-a-price = a price in yuan
term-a-date = a date
term-a-moment = a date with a time
term-a-list = a list
term-a-table = a table
term-a-list-of-tables = a list of tables
term-write = write { $example }
term-write-such-as = write a value of this kind, such as { $example }
term-write-date = write a date as year-month-day, without quotes, such as { $example }
term-not-year-month-day = not of the form year-month-day
term-no-such-day = no such day
term-money-not-a-number = it is not an amount in yuan
term-money-negative = an amount cannot be negative
term-money-decimals = it has more than { $allowed } decimals
term-money-too-large = the amount is too large
term-number-not-a-number = it is not a number, such as 1200, 1,200 or 1.2万
term-number-negative = it cannot be negative
term-number-fraction = it is not a whole number
term-number-ambiguous = it can be misread; type { $second ->
        [none] { $first }
       *[other] { $first } or { $second }
    }
term-number-too-large = it is too large
term-the-plan = the plan
term-the-rate-card = the rate card
term-counted-in = counted in
term-its-upstream = its own upstream
term-the-upstream-term = the upstream's term
term-paid-here = paid here
term-the-one-before = the one before
term-no-files-here = files that a plan names are not opened here
term-years = { $years ->
        [one] 1 year
       *[other] { $years } years
    } ({ $total } days)
term-months = { $months ->
        [one] 1 month
       *[other] { $months } months
    } ({ $total } days)
term-days = { $total } days
term-months-days = { $months } months and { $days } days ({ $total } days)
term-k12 = K12 school
term-government = government
term-nonprofit = non-profit
term-not-certified = not verified
term-verified = verified
term-certified = certified
term-third-party = third-party
term-agency = agency-developed
term-internal = internal

term-io-not-found = no such file or folder
term-io-permission = permission denied
term-io-folder = it is a folder
term-io-not-a-folder = a part of the path is not a folder
term-io-full = no space left
term-io-read-only = the file system is read-only
term-io-bad-name = the name is too long, or has signs that it cannot have
term-io-too-large = the file would be too large
term-the-app-order = the order of the app
