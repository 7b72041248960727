# What the commands report on standard error.

cli-errors = { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }
cli-warnings = { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }
cli-errors-and-warnings = { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }
cli-more-problems = { $count ->
        [one] 1 more problem is not shown
       *[other] { $count } more problems are not shown
    }; --message-format short lists all
cli-over-limit-if-confirmed = within the limit of CNY { $limit }, but over it if the unconfirmed CNY { $unconfirmed } comes to be paid
cli-plan-invalid = { $plan } is not valid: { $problems }
cli-plan-valid = { $plan } { $warnings ->
        [0] is valid
       *[other] can be used, but see the warnings
    }: { $schools ->
        [one] 1 school
       *[other] { $schools } schools
    }, { $apps ->
        [one] 1 app
       *[other] { $apps } apps
    }
cli-card-valid = rate card { $card } is valid: { $tiers ->
        [one] 1 tier
       *[other] { $tiers } tiers
    }
cli-starter-plan =
    A starter plan for wxlicense. Change it, then run: wxlicense quote plan.toml
    Names and numbers below are invented.
    An editor that knows JSON Schema checks and completes the plan after:
    wxlicense schema plan -o plan.schema.json
cli-plan-written = { $file } written; next: wxlicense quote { $file }
cli-overdue = { $count ->
        [one] 1 date is overdue
       *[other] { $count } dates are overdue
    }
cli-no-entries = the calendar file has no entry: there is no such date to miss
cli-increase-over-limit-if-confirmed = within the limit of CNY { $limit } more, but over it if what is unconfirmed comes to be paid: CNY { $unconfirmed } more on top
cli-reading-plan = reading the plan and its files …
cli-at-work = working it out …
cli-drawing = drawing the result …

# Around the help.

cli-help-usage = Usage:{ " " }
cli-help-heading = { $heading }:
cli-help-arguments = Arguments
cli-help-options = Options
cli-help-commands = Commands
cli-help-help = Print help
cli-help-version = Print version
cli-help-values = { " " }[possible values: { $values }]
cli-help-default = { " " }[default: { $value }]

# Headings of the manual pages.

cli-man-name = NAME
cli-man-synopsis = SYNOPSIS
cli-man-description = DESCRIPTION
cli-man-examples = EXAMPLES
cli-man-notes = NOTES
cli-man-manual = wxlicense manual
cli-man-exit-status = EXIT STATUS
cli-man-environment = ENVIRONMENT
cli-man-see-also = SEE ALSO

# What stands under them.

cli-man-status-fine = Fine.
cli-man-status-no = The answer is no: a limit passed, a check failed.
cli-man-status-unanswered = The question could not be answered: bad usage, bad input, or a file that cannot be read or written.
cli-man-env-lang = The language of what is shown, en or zh, unless --lang sets it.
cli-man-env-today = The day that `today` in a date means, such as 2022-11-18, in place of the current day in Beijing.
cli-man-env-locale = The locale: the first of them that is set chooses the language, unless WXLICENSE_LANG does.
cli-man-env-no-color = If it is set to anything, nothing is coloured unless --color asks for it.
cli-man-env-columns = The width of tables and help where the output is no terminal.

# Arguments that do not fit.

cli-usage-no-value = { $argument } needs a value
cli-usage-no-value-of = { $argument } needs one of these values: { $known }
cli-usage-bad-value = invalid value { $value } for { $argument }: { $reason }
cli-usage-value-not-taken = { $argument } takes no value, but { $value } was given
cli-usage-unknown-argument = unexpected argument { $argument }
cli-usage-unknown-command = there is no command { $command }
cli-usage-no-command = a command is missing; there are { $commands }
cli-usage-twice = { $argument } cannot be given more than once
cli-usage-conflict = { $argument } cannot be used with { $others }
cli-usage-missing-argument = required arguments are missing: { $argument }
cli-usage-not-utf8 = an argument is not UTF-8
cli-usage-is = usage: { $usage }; see --help
cli-usage-in-help = --help lists the arguments and their values
cli-usage-did-you-mean = did you mean { $meant }? { $usage }

# Why the value of an argument does not fit.

cli-value-known = there are { $known }
cli-value-not-taken = it is not among those that the argument takes
cli-value-whole-number = not a whole number from 0 to { $most }
cli-value-date = not a day of the calendar, such as 2022-11-18, nor `today`
cli-value-today = the variable { $variable } is not a day such as 2022-11-18: { $value }
cli-value-month = not a month of the calendar, such as 2022-12
cli-value-users = not a number of users of a school, such as 1499.basic=1300 or 1499.interop=20
cli-value-money = not an amount in yuan, such as 0.80
cli-value-industry = an industry is written primary/secondary, such as 教育/高等教育
cli-value-days = not a span of days, such as 30d, 2w or 1m
cli-value-term = not a term, such as 12m, 400d or 12m5d
cli-value-day-of-year = not a day of the year, such as 03-01
cli-value-duration = not a time, such as 10s or 2min
cli-value-growth = not a growth, such as growth=10%
cli-value-percent = not a percentage, such as 5%
cli-held-of-renewal = `--held-basic` and `--held-interop` cannot be used with `--renewal`
cli-held-of-renewal-help = rate card { $card } prices a renewal from the first account, whatever is held

# Prices inside a database.

cli-sql-too-large = an order on this rate card can cost more than a database's 18 digits hold
cli-sql-too-large-help = lower the card's limit of accounts or its prices
cli-sql-no-functions = { $dialect } has no functions written in SQL
cli-sql-no-functions-help = leave out --function, and use the query as a view
