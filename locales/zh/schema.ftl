# 各 JSON Schema 描述的内容。

schema-plan = 方案文件
schema-rate-card = 价目表文件
schema-quote = quote 输出的 JSON
schema-tiers-list = tiers list 输出的 JSON
schema-tiers-show = tiers show 输出的 JSON
schema-reconcile = reconcile 输出的 JSON
schema-status = status 输出的 JSON
schema-calendar = calendar 输出的 JSON
schema-budget = budget 输出的 JSON
schema-compare = compare 输出的 JSON
schema-compare-budget = compare --budget 输出的 JSON
schema-fit = fit 输出的 JSON
schema-optimize = optimize 输出的 JSON
schema-order = order 输出的 JSON
schema-diagnostic = --message-format json 的每一行
