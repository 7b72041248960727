# What the commands tell on standard error.

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
    }; --message-format short tells all
cli-over-limit = over the limit: { $payable } yuan are payable, the limit is { $limit }
cli-over-limit-if-confirmed = within the limit of { $limit } yuan, but over it if the unconfirmed { $unconfirmed } yuan come to be paid
cli-plan-sound = { $plan } is sound: { $schools ->
        [one] 1 school
       *[other] { $schools } schools
    }, { $apps ->
        [one] 1 app
       *[other] { $apps } apps
    }
cli-card-sound = rate card { $card } is sound: { $bands ->
        [one] 1 band
       *[other] { $bands } bands
    }
cli-plan-written = { $file } written; next: wxlicense quote { $file }
cli-overdue = { $count ->
        [one] 1 date is overdue
       *[other] { $count } dates are overdue
    }
cli-year-over-limit = over the limit in { $year }: { $payable } yuan are payable, the limit is { $limit }
cli-increase-over-limit = over the limit: { $increase } yuan more are payable, the limit is { $limit }
cli-increase-over-limit-if-confirmed = within the limit of { $limit } yuan more, but over it if what is unconfirmed comes to be paid: { $unconfirmed } yuan more on top
cli-reading-plan = reading the plan …
cli-at-work = working it out …
cli-drawing = drawing the result …

# Around the help.

cli-help-usage = Usage:
cli-help-arguments = Arguments
cli-help-options = Options
cli-help-commands = Commands
cli-help-help = Print help
cli-help-version = Print version
cli-help-values = { " " }[possible values: { $values }]
cli-help-default = { " " }[default: { $value }]
