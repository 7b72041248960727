# 以接口请求下单。

request-title = 许可下单（元） · 价目表 { $card } · { $date }
request-title-undated = 许可下单（元） · 价目表 { $card } · 未指定日期
request-answer-due = 截至 { $until } 应下单 { $orders } 笔，共 { $expected } 元，{ $calls } 次请求
request-answer-quote = 应下单 { $orders } 笔，共 { $expected } 元，{ $calls } 次请求
request-answer-nothing-due = 截至 { $until } 无须下单{ $calls ->
        [0] {""}
       *[other] ；{ $calls } 次请求用于分配激活码
    }
request-answer-nothing = 无须下单：每名用户都有账号
request-answer-late = { $orders } 笔已逾期，最早自 { $since } 起
request-besides-left-out = 未含待确认学校的订单 { $orders } 笔，{ $expected } 元
request-besides-later = 暂不能请求的订单 { $orders } 笔，{ $expected } 元
request-besides-both = { $left-out }；{ $later }
request-orders = 订单
request-shares = 现在可分配的激活码
request-later = 后续事项
request-calls = 请求
request-file = 文件
request-api = 接口
request-corp-id = 企业 id
request-to = 分配给
request-after = 前置请求
request-job-from = jobid 来自
request-expected = 预期金额
request-what = 事项
request-from-to = { $from } → { $to }
request-share = 分配 { $accounts }
request-order = 下单 { $accounts }
request-codes-unknown = 订单付款后才有激活码，列入方案后即可分配：用 list_order_account 取得激活码，再用 batch_get_active_info_by_code 查询，并在上游学校写明其应答文件（held = [{"{"} from = … {"}"}]）。
request-not-active-yet = 账号激活之前，不知道为谁续期。
request-follows-later = 排在上述订单之后的订单也须等待：企业微信一次只接受一笔（O5）。
request-one-after-the-other = 同一客户须先付清上一笔订单，再发送下一笔：此前企业微信不接受新订单（O5）。
request-quote-stock = 报价按库存激活码均未激活计算。请在其他日期或订单付款之后再激活：当天先于订单激活的，企业微信可能计入，从而少收（P12）。
request-renewal-of-several = 一组学校的续期把多家企业的账号放入同一任务，从而按合计数累进计价（U3）；企业微信文档未说明是否允许。
request-written = 已将 { $calls } 次请求写入 { $folder }：{ $orders } 笔订单，共 { $expected } 元
request-name = { $name }
