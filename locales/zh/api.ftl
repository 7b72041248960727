# 企业微信接口许可 API 的数据：位置与问题。

api-place = { $pointer ->
        [none] { $file } 第 { $line } 行
       *[other] { $file } 第 { $line } 行 { $pointer }
    }

api-file-large = 超过 { $most } MB
api-file-utf16 = 编码为 UTF-16
api-file-not-utf8 = 第 { $line } 行不是 UTF-8 编码
api-file-empty = 文件为空
api-file-xml = 内容是 XML，即企业微信推送的事件
api-fix-split = 请将返回的每一页各存为一个文件
api-fix-utf8 = 请另存为 UTF-8
api-fix-save-answer = 请提供企业微信返回的 JSON

api-syntax-end = 内容不完整，在某个值中间结束
api-syntax-line-end = 该行在某个值中间结束
api-syntax-nul = 含有 NUL 字节
api-syntax-sign = 此处不能出现“{ $sign }”

api-expected-object = 对象
api-expected-list = 数组
api-expected-text = 字符串
api-expected-count = 0 至 4294967295 的整数
api-expected-fen = 以分为单位的非负整数
api-expected-seconds = 以整秒为单位的 Unix 时间
api-expected-flag = 0 或 1
api-expected-account-type = 1（基础账号）或 2（互通账号）
api-expected-order-type = 1（新购）、2（续期）、5 或 6（迁移）或 8（多企业新购）
api-expected-order-status = 0 至 7 的状态
api-expected-code-status = 1 至 6 的状态
api-expected-errcode = 整数
api-found-object = 对象
api-found-list = 数组
api-found-text = 字符串
api-found-number = 数字
api-found-bool = 布尔值
api-found-null = null

api-content-accounts = 账号或激活码
api-content-orders = 订单
api-foreign-app-order = 这是应用的订单，不是许可订单
api-foreign-advanced-api = 这是会话内容等高级接口的订单，不是许可订单
api-foreign-order-list = 这是其他产品的订单列表：各项带有状态或时间，而许可订单列表没有
api-other-request = 这是请求（{ $api }），不是企业微信的返回
api-other-answer = 这是 { $api } 的返回，其中没有带价格的订单，也没有账号
api-other-plain = 这是没有内容的返回
