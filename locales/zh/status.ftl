# 方案现状。

status-title = 许可现状（元） · 价目表 { $card } · { $date }
status-answer = { $overdue }；{ $days } 天内应付 { $due }{ $orders ->
        [0] {""}
       *[other] （{ $orders } 笔）
    }
status-answer-overdue = 已逾期 { $payable }{ $orders ->
        [0] {""}
       *[other] （{ $orders } 笔）
    }{ $users ->
        [0] {""}
       *[other] ，{ $users } 名用户无法进入应用
    }
status-answer-locked-out = { $users } 名用户没有账号
status-answer-fine = 没有逾期
status-next = 下一笔付款：{ $date }，{ $name }，{ $kind }，{ $payable } 元
status-next-overdue = 请先付款：{ $name }，{ $kind }，{ $payable } 元，{ $date } 起已逾期
status-schools = 各校用户与账号（基础 + 互通）
status-need = 用户
status-active = 已激活
status-expiring = 将到期
status-unactivated = 待激活码
status-in-trial = 试用中
status-to-activate = 应激活
status-uncovered = 无账号
status-since = 自
status-of-type = { $title } { $type }
status-both = { $basic } + { $interop }
status-lost = 已失效的激活码
