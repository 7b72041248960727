# Documents of WeCom's licence API: where something is, and what is wrong with it.

api-place = { $pointer ->
        [none] { $file }, line { $line }
       *[other] { $file }, line { $line }, { $pointer }
    }

api-file-large = it has more than { $most } MB
api-file-utf16 = it is saved as UTF-16
api-file-not-utf8 = line { $line } is not UTF-8
api-file-empty = it is empty
api-file-xml = it is XML, as the events are that WeCom sends
api-fix-split = save each page of an answer in a file of its own
api-fix-utf8 = save it as UTF-8
api-fix-save-answer = give a file with WeCom's answers in JSON

api-syntax-end = the text ends in the middle of a value
api-syntax-line-end = the line ends in the middle of a value
api-syntax-nul = a NUL byte
api-syntax-sign = “{ $sign }” cannot stand here

api-expected-object = an object
api-expected-list = a list
api-expected-text = a text
api-expected-count = a whole number from 0 to 4294967295
api-expected-fen = a whole number of fen (分), not negative
api-expected-seconds = a time in whole Unix seconds
api-expected-flag = 0 or 1
api-expected-account-type = 1 (basic) or 2 (interop)
api-expected-order-type = 1 (new), 2 (renewal), 5 or 6 (migration) or 8 (several enterprises)
api-expected-order-status = a status from 0 to 7
api-expected-code-status = a status from 1 to 6
api-expected-errcode = a whole number
api-found-object = an object
api-found-list = a list
api-found-text = a text
api-found-number = a number
api-found-bool = true or false
api-found-null = null

api-content-accounts = accounts or codes
api-content-orders = an order
api-foreign-app-order = this is an order of an app, not of licences
api-foreign-advanced-api = this is an order of the advanced API for chat archives (会话内容), not of licences
api-foreign-order-list = this list of orders is of another product: its entries have a status or a time, which those of licences do not
api-other-request = this is a request ({ $api }), not what WeCom answered
api-other-answer = this is an answer ({ $api }) that states no order with its price and no accounts
api-other-plain = this is an answer without any content
