# Syntax errors of TOML, and how to fix them. A reason follows "not valid TOML:".

toml-wide = `{ $found }` is a full-width or typographic sign
toml-fix-wide = switch the input method to English and write { $meant }
toml-fix-delete = delete the `{ $found }`
toml-fix-write = write { $text }
toml-bad-header = this is not a valid header
toml-fix-header = a header is a name in brackets on a line of its own: [[school]] or [[school.app]]; its keys are checked once it can be read
toml-unclosed = this `{ $open }` is never closed
toml-fix-unclosed = write `{ $close }` where it ends
toml-no-comma = a comma is missing here
toml-fix-no-comma = separate the items by commas
toml-no-equals = `{ $key }` has no `=` after it
toml-fix-no-equals = write { $key } = and a value; a text stands in "quotes"
toml-no-value = a value is missing after `{ $key }`
toml-fix-no-value = write the value, or delete the line; a text stands in "quotes"
toml-after-value = `{ $found }` follows the value
toml-fix-after-value = a line has one key and one value; a " within a text is written \"
toml-bad-key = `{ $key }` is not a key
toml-fix-bad-key = a key is made of letters a to z, digits, `-` and `_`
toml-no-quotes = quotes are missing around `{ $text }`
toml-fix-yes-or-no = for yes or no write { $meant }; a text takes quotes: { $string }
toml-no-closing-quote = the text has no closing quote
toml-fix-closing-quote = write { $quote } where the text ends
toml-bad-number = `{ $text }` is not a number
toml-fix-bad-number = a number is made of digits alone: 1200; anything else is a text and stands in quotes: { $string }
toml-fix-leading-zero = write { $number }, or { $string } where it is a code
toml-bad-date = `{ $text }` is not a date
toml-fix-date = a date is a day that exists, written 2022-11-18; a moment is written 2022-11-18T10:36:18
toml-bad-escape = a \ begins an escape sequence that does not exist
toml-fix-escape = write \\ for a plain \, or the whole text in 'single quotes'
toml-key-twice = `{ $name }` stands twice in one table
toml-fix-key-twice = keep one of them; a new [[header]] begins the next school or app
toml-table-twice = `{ $name }` is defined already
toml-fix-table-twice = write { $list } before each where there are several, else put all keys below one header
toml-below-no-list = this header stands before the first { $list }
toml-fix-below-no-list = write { $list } above it, and see that its name is spelt right
toml-other = invalid TOML here
toml-fix-other = a line is a header such as [[school]], a key with its value such as basic = 150, or a comment after a #; all rules are at toml.io
