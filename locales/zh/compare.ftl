# 两份计划之间的变化及其原因。

compare-cause-added = 新增
compare-cause-removed = 移除
compare-cause-group = 上下游
compare-cause-apps = 收费应用
compare-cause-count = 账号数
compare-cause-held = 已有账号
compare-cause-order-kind = 订单类型
compare-cause-term = 时长
compare-cause-negotiated = 面议价
compare-cause-bands = 区间与单价
compare-cause-waiver = 减免
compare-cause-status = 确认状态
