# 用户名单：问题所在位置与上限。

users-line = 第 { $places } 行{ $more ->
        [0] {""}
       *[other] ，另有 { $more } 处
    }
users-lines = 第 { $places } 行{ $more ->
        [0] {""}
       *[other] ，另有 { $more } 处
    }
users-cells = { $places }{ $more ->
        [0] {""}
       *[other] ，另有 { $more } 处
    }
users-bytes = 超过 { $most } MB

# 按用户核对账号。

users-heading = 用户名单与账号清单核对（基础 + 互通）
users-no-account = 无账号
users-off-roster = 不在名单
users-unneeded = 多余账号
users-transfers = 可转移
users-to-buy = 还需购买
users-of-payer = { $name }：{ $text }
users-list = 用户
users-reason = 原因
users-user = 用户 id
users-has-no-account = 在名单上，没有账号
users-is-off-roster = 有账号，不在名单上
users-has-unneeded = 持有多余的账号
