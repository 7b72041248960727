# Spreadsheets as plans: why something is not understood, what to type, and the report.

import-not-in-an-encoding = line { $line } is neither UTF-8 nor GB18030
import-binary = it is a binary file
import-quote-open = the quotation mark on line { $line } is not closed
import-old-workbook = it is a workbook of Excel 97–2003 (.xls), or it has a password
import-no-workbook = it is no workbook (.xlsx)
import-no-sheets = it has no sheet with cells
import-damaged = it is damaged: { $reason }
import-fix-save-as-csv = save it as a workbook (.xlsx) or as “CSV UTF-8”
import-fix-save-as-xlsx = save it as a workbook (.xlsx) without a password, or as “CSV UTF-8”
import-fix-quote = close it with a second quotation mark, or remove it
import-cells = more than { $most } cells
import-rows = more than { $most } rows
import-text = more than { $most } MB of text
import-unpacked = more than { $most } MB when unpacked
import-rows-and-columns = cells beyond row { $rows } or column { $columns }

import-formula-error = its formula has an error
import-code-became-date = the spreadsheet has turned it into a date
import-code-lost-digits = the spreadsheet has turned it into a number and lost its last digits
import-not-an-industry = it does not name a primary and a secondary industry
import-not-a-word = it is none of the known words
import-not-a-term = it is no length of time
import-term-without-unit = years, months or days?
import-not-a-date = it is no day of the calendar

import-type-code = format the cell as text and type the code anew
import-type-text = type the text anew
import-type-industry = type both with a slash between them, as WeCom shows them, such as 教育/高等教育
import-type-count = type a whole number, such as 1200, or 0
import-number-ambiguous = it can be misread
import-type-one-of = type { $readings }
import-type-certification = type 已认证, 已验证 or 未认证 (certified, verified, none)
import-type-status = type 已确认 or 待确认 (confirmed, unconfirmed); if the column means something else, leave it out: --map COLUMN=skip
import-type-answer = type 是 or 否 (yes, no)
import-type-term = type the number with its unit, such as 1年, 6个月 or 93天 (1 year, 6 months, 93 days)
import-type-date = type a date, such as 2023-06-30

import-heading =
    { $from }, made into a plan by wxlicense import.
    Check it: wxlicense check plan.toml. Bring in new counts: wxlicense import FILE --into plan.toml.
import-from-sheet = { $file }, sheet { $sheet }
import-from-csv = { $file } ({ $encoding }, { $delimiter })
import-comma = commas
import-semicolon = semicolons
import-tab = tabs
import-read = { $from }: { $schools ->
        [one] 1 school
       *[other] { $schools } schools
    } below the headings of row { $row }
import-columns-left-out = columns left out: { $columns }; --map COLUMN=KEY says what one holds
import-rows-left-out = rows left out: { $rows }
import-row-total = { $row } (a total)
import-row-remark = { $row } (a remark)
import-row-headings = { $row } (headings again)
import-row-nothing-known = { $row } (nothing in the columns above)
import-row-example = { $row } (the template's example)
import-and-more = { $count } more
import-mapping = write COLUMN=KEY; the keys: { $known }
import-written = { $file } written; next: wxlicense check { $file }

import-school = { $code } { $name }
import-count-changed = { $school }: { $key } { $old } → { $new }
import-added = { $count ->
        [one] 1 new school
       *[other] { $count } new schools
    }: { $schools }
import-absent = not in the spreadsheet, left as { $count ->
        [one] it is
       *[other] they are
    }: { $schools }
import-with-headcounts = a later [[school.headcount]] replaces the new counts of: { $schools }
import-kept = { $school }: { $key } stays { $plan }, the spreadsheet says { $sheet }
import-nothing = unset
import-unchanged = no count changes

# The empty spreadsheet.

import-template-title = Customers
import-template-sheet = Customers
import-template-help = How to fill it in
import-template-intro =
    One row a school on the sheet “Customers”. Only the columns with a star are needed; others may stay empty or be deleted.
    Replace the invented example. Then run: wxlicense import customers.xlsx -o plan.toml
    New numbers later: wxlicense import customers.xlsx --into plan.toml --force
import-template-column = Column
import-template-about = What it holds, and what to type
import-template-key = Key for --map
import-column-name = School
import-column-code = Code
import-column-corp-id = Corp ID
import-column-industry = Industry
import-column-certification = Certification
import-column-nonprofit = Nonprofit proof
import-column-status = Status
import-column-basic = Basic accounts
import-column-interop = Interop accounts
import-column-contacts = Contacts
import-column-term = Term
import-column-upstream = Upstream
import-column-held-basic = Held basic
import-column-held-interop = Held interop
import-column-expires = Expires
import-about-name = Name of the school, as reports show it.
import-about-code = A code of your own for the school, unique in the sheet. Counts are updated by it later, so it must not change. The column is formatted as text, so that zeros in front stay.
import-about-corp-id = WeCom's id of the enterprise (企业ID). Needed to place orders and to compare bills.
import-about-industry = Primary and secondary industry as WeCom shows them, with a slash between them: 教育/高等教育. They decide on a waiver.
import-about-certification = How far WeCom has checked the enterprise: certified (已认证), verified (已验证) or none (未认证). It decides on a waiver.
import-about-nonprofit = yes if WeCom has accepted the proof of a non-profit (公益证明), otherwise no.
import-about-status = confirmed, or unconfirmed: priced, but kept out of the confirmed total.
import-about-basic = Users who need a basic account (基础账号), all apps together, each counted once. 1200, 1,200 and 1.2万 are understood.
import-about-interop = Users who need an interop account (互通账号): their apps read customers. It covers the basic interfaces too.
import-about-contacts = Headcount of the school's contacts (通讯录人数), where known. WeCom limits short orders by it.
import-about-term = Length of the licences with its unit: 1 year (372 days), 6 months, 93 days. A school that pays for others has the same term as they.
import-about-upstream = Code or name of the school that pays for this one (上游). Empty if it pays for itself.
import-about-held = Accounts of this type that are active already. The column Expires says until when.
import-about-expires = The first day without the accounts that are active already, such as 2023-06-30. A plan with such accounts needs a date: import --date 2022-11-18.
import-example-name = Example college (invented, replace it)
import-example-code = EXAMPLE
import-example-industry = 教育/高等教育
import-example-term = 1 year
import-word-certified = certified
import-word-verified = verified
import-word-none = none
import-word-confirmed = confirmed
import-word-unconfirmed = unconfirmed
import-word-yes = yes
import-word-no = no
import-template-written = { $file } written; fill it in, then run: wxlicense import { $file } -o plan.toml
