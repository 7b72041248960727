# 关于金额的说明：读者必须知道的事项。

note-reported-fact = 来自第三方，未经企业微信确认：{ $text }（来源：{ $source }）
note-assumed-fact = 本工具的假定，尚无明确出处：{ $text }（{ $source }）
note-negotiated-unpriced = { $count } 个{ $type }没有标准价：自第 { $from } 个账号起价格与企业微信面议。金额未包含这些账号；请给出面议价以补全
note-waiver-undated = 本报价未指定日期，减免视为有效。减免已于 { $last-day } 结束：若日期更晚，须按标准价 { $worth } 元付费
note-waiver-ended = 减免已于 { $last-day } 结束；此前可减免 { $worth } 元
note-internal-apps-only = 仅有自建应用：无须付费
note-member-internal-apps-only = { $name }仅有自建应用，无须账号
note-downstream-waived-alone = { $name }若单独下单可获减免；将其移出上下游合并订单可节省 { $saving } 元
note-accounts = { $count } 个{ $type }
note-held-expires-with = 已有 { $held }的剩余时长与所购时长恰好相等。{ $place ->
        [first] 这些账号排在前面；若企业微信只计入剩余时长更长的账号，标准价为 { $otherwise } 元
       *[not-first] 只有剩余时长更长的账号才排在前面；若企业微信将其计入，标准价为 { $otherwise } 元
    }
note-held-expires-with-unpriced = 已有 { $held }的剩余时长与所购时长恰好相等。{ $place ->
        [first] 这些账号排在前面；若企业微信只计入剩余时长更长的账号，部分账号没有标准价
       *[not-first] 只有剩余时长更长的账号才排在前面；若企业微信将其计入，部分账号没有标准价
    }
note-unconfirmed = 待确认：不计入合计
note-member-unconfirmed = { $name }待确认：其分摊的 { $share } 元不计入已确认合计
note-waived-term = 减免客户每次只能下单 12 个月，而不是方案中的 { $own }
note-shared-accounts = 多个应用的用户共用一个账号：比各应用分别购买少 { $saved }{ $saving }
note-off-roster = 不在名单上的人员所持的账号（{ $accounts }）
note-unneeded = 使用者多余的账号（{ $accounts }）
note-off-roster-and-unneeded = { $off-roster }和{ $unneeded }
note-transfers-first = { $accounts }可供 { $users } 名无账号用户中的 { $transfers } 名使用：请先转移，再购买 { $to-buy }{ $saving }
note-transfers-alone = { $accounts }可供 { $users } 名无账号用户中的 { $transfers } 名使用：转移即可，无须购买{ $saving }
note-saves = ，可省 { $saving } 元
note-test-enterprise = 测试企业免费；按标准价为 { $worth } 元
note-billed = 金额以企业微信账单为准；按价目表应为 { $by-card } 元
note-billed-unpriced = 金额以企业微信账单为准；部分账号在价目表中没有价格
