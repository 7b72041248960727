# Prices of many rows: why a file or a row has none, and the summary.

batch-empty = it is empty
batch-workbook = it is a workbook
batch-fix-headings = the first row has the headings, such as code,basic,interop,months
batch-too-many-columns = it has more than { $most } columns on line { $line }
batch-column-twice = “{ $first }” and “{ $second }” on line { $line } both hold { $key }
batch-fix-column-twice = rename the heading of the one that is not meant; its column is then copied
batch-terms = the headings of line { $line } state the term twice, in months or days and with its unit
batch-no-accounts = no heading of line { $line } means accounts to buy: neither basic nor interop
batch-row-too-long = the row that begins on line { $line } is longer than { $most } MB
batch-fix-row-too-long = is a quotation mark not closed, or is it no CSV?

batch-fields = { $fields } fields, but { $columns } headings
batch-stray-line-end = a carriage return within the row
batch-not-understood = { $column } “{ $value }” is not understood: { $reason }; { $fix }
batch-line = { $file }, line { $line }: { $reason }
batch-line-heading = line
batch-reason-heading = reason
batch-more-rejected = { $count } more rows without a price; --rejects FILE writes all of them
batch-rejects-written = { $count ->
        [0] no row was left without a price; { $file } has the headings alone
        [one] 1 row without a price is in { $file }
       *[other] { $figure } rows without a price are in { $file }
    }
batch-stopped = stopped at the first row without a price, because of --strict; no file was written
batch-copied = no price depends on these columns, which are copied: { $columns }
batch-progress = { $rows } rows, { $rate } a second

batch-title = Batch in CNY · { $file }
batch-answer = { $count ->
        [one] 1 row
       *[other] { $rows } rows
    }: CNY { $payable } payable
batch-answer-rejected = CNY { $payable } payable for { $priced } of { $rows } rows; { $rejected } without a price
batch-answer-incomplete = accounts without a list price, which are in no sum: { $basic } basic, { $interop } interop, in { $count ->
        [one] 1 row
       *[other] { $rows } rows
    }
batch-rows = Rows
batch-priced = With a price
batch-rejected = Without a price
batch-waived-rows = Waived, { $kind } (rows: { $rows })
batch-tiers-of = By tier, on rate card { $card }
batch-basic-annual = Basic/year
batch-interop-annual = Interop/year
