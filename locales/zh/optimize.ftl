# 最省的购买方案：订单、证明、理由、限制。

optimize-title = 最省的购买方案（元） · 价目表 { $card } · { $from } 至 { $to }
optimize-answer = { $from } 至 { $to } 应付 { $payable } 元，{ $orders } 个订单；{ $compared }
optimize-answer-nothing = { $from } 至 { $to } 无须购买
optimize-counted = { $how ->
        [placing] 计入人工成本
        [rest] 抵减期间结束后的剩余部分
       *[both] 计入人工成本并抵减期间结束后的剩余部分
    }后为 { $cost } 元，{ $compared }
optimize-saves = 比逐年续期的 { $baseline } 元少 { $saving } 元（{ $percent }%）
optimize-saves-nothing = 与逐年续期相同
optimize-no-baseline = 所设限制不允许逐年续期
optimize-sure = { $sure }
optimize-sure-and-leaning = { $sure }；若以下未确认的规则不成立，同样的订单会更贵：{ $leanings }
optimize-leaning = { $fact }，最多 { $cost } 元
optimize-optimal = 已是最优
optimize-within = 相差 { $percent }% 以内
optimize-proven = 已证明没有更省的方案
optimize-sure-of-worst = 无论 P10、P12、P13 实际如何，最多 { $worst } 元：这是找到的最坏情况下最省的方案
optimize-gap = 最多比最优高 { $percent }%
optimize-no-bound = 没有下界
optimize-besides-unconfirmed = 另有待确认学校的 { $orders } 个订单，{ $payable } 元
optimize-besides-left-out = 以上金额不含：{ $names }
optimize-besides-both = { $unconfirmed }。{ $left-out }

optimize-payers = 各付款方金额
optimize-order-count = 订单数
optimize-cost = 金额
optimize-worst = 最多
optimize-yearly = 逐年续期
optimize-co-terminated = 统一到期
optimize-change = 变化
optimize-proof = 证明
optimize-outcome = { $outcome ->
        [not-charged] 不收费
        [test-enterprise] 测试企业
        [waived] 已减免
        [waived-until] 暂时减免
       *[other] 无方案
    }
optimize-orders = 订单
optimize-activations = 激活
optimize-activation = 激活
optimize-why = 理由与价格验算
optimize-type = 类型
optimize-event = 事项
optimize-price = 价格
optimize-after-basic = 之前的基础账号
optimize-after-interop = 之前的互通账号
optimize-of-order = 付款日
optimize-extends = 延长自
optimize-order-reason-of = { $name }：{ $reasons }。{ $formula } = { $price }
optimize-order-reason = { $reasons }。{ $formula } = { $price }
optimize-reasons = { $before }；{ $reason }
optimize-reason-bigger-batch = 合并购买：其中 { $later }稍后激活，合成一单比分成两单省 { $saving } 元
optimize-reason-riding = 接在已激活账号之后：{ $after }的剩余时长长于所购时长，在阶梯中排在前面（P12），省 { $saving } 元
optimize-reason-codes-ahead = 提前购买激活码：付款 { $days } 天后才首次激活
optimize-reason-common-expiry = 统一到期：全部账号与其他账号同在 { $expires } 到期
optimize-reason-left-to-expire = 不再续期：{ $left }于 { $expires } 到期，且不再需要
optimize-reason-needed = 按需要的时间购买

optimize-coverage = { $name }：{ $type }的数量变化
optimize-coverage-order = { $date }：{ $count } 个，{ $term }，{ $price } 元
optimize-coverage-of = { $type }：生效中的账号与需要的用户
optimize-coverage-months = 账号数量变化
optimize-month = 日期
optimize-need-basic = 需要基础账号
optimize-active-basic = 已有基础账号
optimize-need-interop = 需要互通账号
optimize-active-interop = 已有互通账号
optimize-order-basic = 基础账号下单
optimize-order-interop = 互通账号下单
optimize-paid-since = 当月付款

optimize-under-rules = 若未确认的规则另有规定：同样的订单需要多少
optimize-rule = 规则
optimize-alternative = 若改为
optimize-under-nothing = 其余 { $count } 种说法不影响金额
optimize-under-same = 其余 { $count } 种说法，金额最多相差 { $most } 元

optimize-frontier = 订单数与金额
optimize-frontier-chart = 每个付款方每年最多若干个订单时的最少金额（元）
optimize-lower-bound = 下界
optimize-against-fewest = 变化
optimize-not-for-all = 有付款方不够
optimize-trust = 采信规则与金额
optimize-trusted = 采信
optimize-trusted-without = 不采信 { $facts }
optimize-trusted-as-confirmed = 价目表的规则
optimize-trusted-nothing-text = { $purchases ->
        [first] 只买整月，新购一律从第 1 个账号起计价
       *[as-confirmed] 只买整月
    }
optimize-trusted-too = 再加 { $fact }
optimize-trusted-text = 内容
optimize-worth = 可省
optimize-scenarios = 若用户增长另有变化
optimize-plan-for = 方案按
optimize-growth = 增长 { $percent }%
optimize-cost-if = { $growth }
optimize-regret = 多付
optimize-worst-regret = 最多多付
optimize-least-regret = 多付最少的方案：按{ $growth }制定，比实际情况下的最省方案最多多付 { $regret } 元
optimize-scenarios-left-out = { $count } 个付款方在某种增长下没有方案，未计入以上合计
optimize-regret-means = 各方案执行到其首个下单日的订单为止，或执行到出现它未覆盖的用户为止，此后按实际用户另行制定；“多付”是由此比实际情况下的最省方案多付的金额

optimize-limits = 当前限制
optimize-limit-least-term = 最短时长
optimize-limit-own-term = 各学校自己的时长
optimize-limit-most-term = 最长时长
optimize-limit-terms = 时长
optimize-limit-any-term = 任意整天数
optimize-limit-whole-months = 整月
optimize-limit-hold-codes = 激活码最多存放
optimize-limit-order-days = 下单日
optimize-limit-any-day = 任意日期
optimize-limit-orders-per-year = 每年最多订单数
optimize-limit-order-cost = 每单人工成本
optimize-limit-round-to = 账号数取整倍数

optimize-limit-year-budget = 每年预算
optimize-limit-rest = 期间结束后的剩余
optimize-limit-rest-counts = 按平均价格抵减金额

optimize-payer-without-plan = { $name }：{ $reason }
optimize-not-charged = 仅有自建应用，不收费
optimize-test-enterprise = 测试企业，不收费
optimize-waived = 已减免，此期间的订单金额为零
optimize-waived-until = 减免到 { $last-day } 为止，其订单仍按 `budget` 的安排，共 { $yearly } 元；不计入此处任何合计
optimize-waived-until-unpriced = 减免到 { $last-day } 为止，其订单仍按 `budget` 的安排；不计入此处任何合计
optimize-group = { $name }：上下游的账号按一个整体计算；账号激活后只能在本校使用
optimize-group-unconfirmed = { $name }：其中 { $share } 元为待确认学校的分摊
optimize-limit-not-judged = 有付款方未计入，无法判断合计是否不超过 { $limit } 元
optimize-applied = 已写出 { $file }，含 { $orders } 个订单
optimize-not-applied-group = 未写出{ $name }的订单：方案按学校记录激活，而上下游的订单没有说明账号归谁
optimize-not-applied-documents = 未写出{ $name }的订单：要激活的激活码记录在企业微信文件中，不在方案里
optimize-not-applied-missing = 未写出{ $name }的订单：方案文件中找不到该学校
optimize-stopped = 搜索因时间限制而中止；时间更长时，可能找到更省的方案

optimize-error-no-term = 最短时长 { $least } 天长于最长时长 { $most } 天
optimize-error-no-term-fix = 请让 --least-term 不长于 --most-term
optimize-error-unpriced = 同时需要 { $users } 个{ $type }，只有 { $priced } 个有价格
optimize-error-unpriced-fix = 请在方案中写明协商价
optimize-error-no-plan = 没有方案符合所设限制
optimize-error-no-plan-fix = 请放宽限制，例如 --order-days 或 --orders-per-year
optimize-error-obstacles = 只要放宽以下任一限制就有方案：{ $obstacles }
optimize-obstacle-least-term = 最短时长（需要 { $days } 天的时长）
optimize-obstacle-most-term = 最长时长（需要 { $days } 天的时长）
optimize-obstacle-hold-codes = 激活码存放天数（需要存放 { $days } 天）
optimize-obstacle-order-days = 下单日（需要在 { $day } 下单）
optimize-obstacle-orders-per-year = 每年订单数（某一年需要 { $orders } 个）
optimize-obstacle-round-to = 账号数的整倍数
optimize-obstacle-whole-months = 整月
optimize-error-no-order-day = { $day } 缺少 { $users } 个{ $type }，而首个下单日是 { $first }
optimize-error-never-order-day = { $day } 缺少 { $users } 个{ $type }，而没有下单日
optimize-error-no-order-day-fix = 请在 --order-days 中加上更早的日期
optimize-error-year-budget = 某一年至少须付 { $least } 元，而每年预算是 { $budget } 元
optimize-error-year-budget-open = 没有找到每年不超过 { $budget } 元的方案；找到的方案在付款最多的一年须付 { $found } 元，任何方案都不少于 { $least } 元
optimize-error-year-budget-fix = 请提高 --year-budget
optimize-error-free = 其订单不收费
optimize-error-free-fix = 请用 --school 排除该学校

optimize-entry-order = 下单 { $accounts }，{ $price } 元：{ $name }
optimize-entry-activation = 激活 { $count } 个{ $type }激活码：{ $name }
optimize-entry-term = 时长 { $term }：{ $formula } = { $price } 元
optimize-entry-codes = 激活码于 { $paid } 付款；账号于 { $expires } 到期
optimize-entry-extends = 叠加在 { $old } 到期的账号上
