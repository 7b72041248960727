# What breaks the grammar of TOML, and how to fix it. A reason follows "not valid TOML:".

toml-header-brackets = the brackets of { $header } do not match
toml-fix-header-brackets = write { $header }
toml-bad-header = a header is expected here
toml-fix-bad-header = a header is a name in brackets on a line of its own: [[school]] or [[school.app]]; its keys are checked once it can be read
toml-after-header = something follows the header
toml-fix-after-header = { $header } stands on a line of its own; begin a new line after it
toml-unclosed = this `{ $open }` is never closed
toml-fix-unclosed = write `{ $close }` where it ends
toml-no-equals = `{ $key }` has no `=` after it
toml-fix-no-equals = write { $key } = and a value; a text stands in "quotes"
toml-colon = `:` stands where `=` should
toml-fix-colon = write { $key } = and the value
toml-no-value = a value is missing after `{ $key }`
toml-fix-no-value = write the value, or delete the line; a text stands in "quotes"
toml-two-equals = a second `=` follows the first
toml-extra-comma = a comma without a value before it
toml-fix-delete = delete the `{ $found }`
toml-no-comma = a comma is missing here
toml-fix-no-comma = separate the items by commas
toml-equals-in-list = `=` stands in a list
toml-fix-equals-in-list = pairs of key and value stand in braces, a list of them in both: { "[{ type = \"basic\", count = 180 }]" }
toml-closes-nothing = `{ $found }` does not belong here
toml-fix-closes-nothing = give each `[` its `]` and each `{"{"}` its `{"}"}`, the inner before the outer
toml-no-pair = a pair of key and value is expected here
toml-fix-no-pair = within braces stand pairs with commas between them: { "{ months = 12, days = 0 }" }
toml-after-value = `{ $found }` follows the value
toml-fix-after-value = a line has one key and one value; a " within a text is written \"
toml-comma-in-number = a comma within a number
toml-fix-number = write { $number }
toml-too-deep = too many brackets within brackets
toml-fix-too-deep = no key needs more than two or three
toml-no-key = a key is expected here
toml-fix-no-key = a line is a header such as [[school]], a key with its value such as basic = 150, or a comment after a #
toml-bad-key = `{ $key }` is no key
toml-fix-bad-key = a key is made of letters a to z, digits, `-` and `_`
toml-key-twice = `{ $key }` stands twice in one table
toml-fix-key-twice = keep one of them; a new [[header]] begins the next school or app
toml-table-twice = { $header } stands twice
toml-fix-table-twice = write { $list } before each where there are several, else put all keys below one header
toml-is-list = `{ $key }` is a list of tables
toml-fix-is-list = write { $list }
toml-below-no-list = this header stands before the first { $list }
toml-fix-below-no-list = write { $list } above it, and see that its name is spelt right
toml-not-a-table = `{ $key }` has a value already, and nothing can be put below it
toml-fix-not-a-table = give it one value, or keys of its own, but not both
toml-no-quotes = `{ $text }` stands without quotes
toml-fix-yes-or-no = for yes or no write { $meant }; a text takes quotes: "{ $text }"
toml-fix-quotes = write "{ $text }"
toml-no-opening-quote = the opening quote is missing
toml-bad-boolean = `{ $text }` is neither true nor false
toml-fix-boolean = write { $meant }, in small letters and without quotes
toml-no-value-word = `{ $text }` is neither a number nor a text in quotes
toml-fix-value-word = a number is made of digits alone: 1200; a text stands in quotes: "{ $text }"
toml-blank-in-number = a blank within a number
toml-blank-in-key = a blank within the key `{ $key }`
toml-no-closing-quote = the text has no closing quote
toml-fix-closing-quote = write { $quote } where the text ends
toml-bad-number = `{ $text }` is no number
toml-fix-bad-number = a number is made of digits alone: 1200; anything else is a text and stands in quotes: "{ $text }"
toml-leading-zero = the number `{ $text }` begins with 0
toml-fix-leading-zero = write { $number }, or "{ $text }" where it is a code
toml-bad-date = `{ $text }` is no date
toml-fix-meant = write { $meant }
toml-fix-date = a date is written 2022-11-18, a moment 2022-11-18T10:36:18
toml-bad-escape = a \ begins a special sign that does not exist
toml-fix-escape = write \\ for a plain \, or the whole text in 'single quotes'
toml-control-character = a control character stands in the text
toml-fix-control = delete it; it may be invisible in an editor
toml-lone-return = a carriage return without a line feed
toml-fix-lone-return = save the file with the usual line ends of Windows or Unix
toml-wide = `{ $found }` is a full-width or typographic sign
toml-fix-wide = switch the input method to English and write { $meant }
toml-odd-blank = an unusual blank ({ $code }) stands here
toml-fix-odd-blank = delete it, or write a plain space
toml-other = { $reason }
toml-fix-other = all rules are at toml.io
