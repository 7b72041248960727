# Prices of many rows: why a file or a row has none, and the summary.

batch-empty = it is empty
batch-workbook = it is a workbook
batch-fix-headings = the first row has the headings, such as code,basic,interop,months
batch-too-many-columns = { $line ->
        [none] it has more than { $most } columns
       *[other] it has more than { $most } columns on line { $line }
    }
batch-column-twice = { $line ->
        [none] the columns “{ $first }” and “{ $second }” both hold { $key }
       *[other] “{ $first }” and “{ $second }” on line { $line } both hold { $key }
    }
batch-fix-column-twice = rename the heading of the one that is not meant; its column is then copied
batch-terms = { $line ->
        [none] two columns state the term, one in months or days and one with its unit
       *[other] the headings of line { $line } state the term twice, in months or days and with its unit
    }
batch-no-accounts = { $line ->
        [none] no column has accounts to buy: neither basic nor interop
       *[other] no heading of line { $line } means accounts to buy: neither basic nor interop
    }
batch-row-too-long = the row that begins on line { $line } is longer than { $most } MB
batch-fix-row-too-long = is a quotation mark not closed, or is it no CSV?

batch-parquet = it is a Parquet file
batch-fix-parquet-ending = give it as a file whose name ends in .parquet; from standard input it cannot be read, since its description is at its end
batch-parquet-stream = it is no regular file
batch-fix-parquet-stream = save it as a file: the description of a Parquet file is at its end, which a stream does not reach first
batch-not-parquet = it is no Parquet file
batch-parquet-cut = its end is missing, as of a file that was not written or copied whole
batch-parquet-damaged = it is damaged, or uses what cannot be read here: { $error }
batch-parquet-undecoded = it is damaged: its columns cannot be decoded
batch-fix-parquet = write it again, or convert it to CSV
batch-parquet-type = the column “{ $column }” has the type { $type }
batch-fix-parquet-number = convert the column to a whole number, such as INTEGER: floats are not exact
batch-fix-parquet-answer = convert the column to BOOLEAN, a whole number or a text
batch-fix-parquet-date = convert the column to DATE, to a timestamp without a time zone, or to a text
batch-fix-parquet-text = convert the column to a text, such as VARCHAR
batch-parquet-nested = the column “{ $column }” has more than one value a row, which CSV cannot hold
batch-fix-parquet-nested = write Parquet with -o FILE.parquet, or leave the column out
batch-parquet-twice = the column “{ $column }” would be twice in the Parquet file
batch-fix-parquet-twice = rename or leave out the column of the input; the six columns of prices are added behind it

batch-fields = { $fields ->
        [one] 1 field
       *[other] { $fields } fields
    }, but { $columns ->
        [one] 1 heading
       *[other] { $columns } headings
    }
batch-stray-line-end = a carriage return within the row
batch-not-understood = { $column } “{ $value }” is not understood: { $reason }; { $fix }
batch-line = { $file }, line { $line }: { $reason }
batch-row = { $file }, row { $line }: { $reason }
batch-line-heading = line
batch-row-heading = row
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
