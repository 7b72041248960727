# 价格的由来，逐句说明。

explain-facts = （{ $ids }）
explain-card-dated = 按 { $from } 起生效的价目表 { $card } 计价，计价日为 { $date }。
explain-card-undated = 本报价未指定日期，采用最新的价目表 { $card }（{ $from } 起生效）。
explain-charged = 第三方应用和代开发自建应用需要许可，每位用户无论使用几个应用，都只需一个账号{ $facts }。
explain-internal-apps-only = 该企业仅有自建应用，无须许可{ $facts }。
explain-group = { $members } 家企业组成上下游：以上游名义下一个订单，阶梯按{ $tiers ->
        [member] 各企业的账号各自累进
       *[group] 全部账号合并累进
    }{ $facts }。
explain-of-member = { $name }：
explain-renewal = { $rule ->
        [after-held] 续期排在不由其续期、且依新购规则应在前面的账号之后
       *[from-zero] 续期从第一个账号起算，与其他账号不累计
    }{ $facts }。
explain-held = { $who }已有 { $held } 个{ $type }{ $rule ->
        [at-least] 的剩余时长不短于所购时长
        [longer-unactivated] 的剩余时长大于所购时长，或尚未激活
        [at-least-unactivated] 的剩余时长不短于所购时长，或尚未激活
        [none-unactivated] 尚未激活
       *[longer] 的剩余时长大于所购时长
    }，排在前面，本次购买从第 { $next } 个账号起算{ $facts }。
explain-line = { $who }第 { $from } 至 { $to } 个{ $type }共 { $count } 个，每个每年 { $unit-price } 元，计 { $annual } 元{ $facts }。
explain-line-negotiated = { $who }第 { $from } 至 { $to } 个{ $type }共 { $count } 个，面议价每个每年 { $unit-price } 元，计 { $annual } 元{ $facts }。
explain-line-unpriced = { $who }第 { $from } 至 { $to } 个{ $type }共 { $count } 个，面议之前没有价格{ $facts }。
explain-by-days = ，整月以外每天的价格为年价 / { $divisor }
explain-by-days-alone = ，每天的价格为年价 / { $divisor }
explain-term = 时长为 { $term }，一年以 { $year-days } 天计{ $by-days }：{ $formula } = { $priced } 元{ $facts }。
explain-rounded = { $per ->
        [item] 每种账号在每一阶梯的金额分别舍入，合计
        [type] 每种账号分别舍入，合计
       *[order] 整个订单只舍入一次，
    }为 { $priced } 元{ $facts }。
explain-test-enterprise = 该企业为测试企业，免费{ $facts }。
explain-waived = 许可费已减免（{ $kind }）：{ $reason }{ $facts }。
explain-not-waived = 许可费不减免（{ $kind }）：{ $reason }{ $facts }。
explain-waiver-in-force = { $date } 符合条件
explain-waiver-taken-as-in-force = 符合条件；因未指定日期，已于 { $last-day } 结束的规则视为有效
explain-waiver-open-ended = 符合条件
explain-waiver-secondary-industry = 行业为 { $industry }，二级行业须为以下之一：{ $wanted }
explain-waiver-certification = 认证状态为 { $has }，至少须为 { $needs }
explain-waiver-not-yet = 规则自 { $from } 起生效
explain-waiver-ended = 规则已于 { $last-day } 结束
explain-payable = 应付：{ $payable } 元。
explain-payable-incomplete = 应付：{ $priced } 元，另加价格未知的面议账号。
