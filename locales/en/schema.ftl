# What each JSON Schema describes.

schema-plan = the plan file
schema-rate-card = the rate card file
schema-quote = the JSON of quote
schema-tiers-list = the JSON of tiers list
schema-tiers-show = the JSON of tiers show
schema-reconcile = the JSON of reconcile
schema-status = the JSON of status
schema-calendar = the JSON of calendar
schema-budget = the JSON of budget
schema-compare = the JSON of compare
schema-compare-budget = the JSON of compare --budget
schema-fit = the JSON of fit
schema-optimize = the JSON of optimize
schema-order = the JSON of order
schema-diagnostic = a line of --message-format json
