# 批量计价：文件或行为何没有价格，以及汇总。

batch-empty = 文件为空
batch-workbook = 这是工作簿
batch-fix-headings = 第一行须为表头，例如 code,basic,interop,months
batch-too-many-columns = { $line ->
        [none] 超过 { $most } 列
       *[other] 第 { $line } 行超过 { $most } 列
    }
batch-column-twice = { $line ->
        [none] 列“{ $first }”与“{ $second }”都表示 { $key }
       *[other] 第 { $line } 行的“{ $first }”与“{ $second }”都表示 { $key }
    }
batch-fix-column-twice = 请给不需要的那一列改名，该列将原样保留
batch-terms = { $line ->
        [none] 有两列表示时长：既有月数或天数，又有带单位的时长
       *[other] 第 { $line } 行的表头重复表示时长：既有月数或天数，又有带单位的时长
    }
batch-no-accounts = { $line ->
        [none] 没有购买账号数的列：既无 basic（基础账号）也无 interop（互通账号）
       *[other] 第 { $line } 行的表头没有购买账号数：既无 basic（基础账号）也无 interop（互通账号）
    }
batch-row-too-long = 自第 { $line } 行起的一行超过 { $most } MB
batch-fix-row-too-long = 是否有引号未闭合，或文件不是 CSV？

batch-parquet = 这是 Parquet 文件
batch-fix-parquet-ending = 请以文件形式给出，文件名以 .parquet 结尾；Parquet 的说明在文件末尾，无法从标准输入读取
batch-parquet-stream = 不是普通文件
batch-fix-parquet-stream = 请先保存为文件：Parquet 的说明在文件末尾，数据流无法先读到末尾
batch-not-parquet = 不是 Parquet 文件
batch-parquet-cut = 缺少文件末尾，可能没有写完或没有复制完整
batch-parquet-damaged = 文件已损坏，或含有本程序无法读取的内容：{ $error }
batch-parquet-undecoded = 文件已损坏，列的内容无法解码
batch-fix-parquet = 请重新写出该文件，或转换为 CSV
batch-parquet-type = 列“{ $column }”的类型为 { $type }
batch-fix-parquet-number = 请把该列转换为整数，例如 INTEGER；浮点数不精确
batch-fix-parquet-answer = 请把该列转换为 BOOLEAN、整数或文本
batch-fix-parquet-date = 请把该列转换为 DATE、不带时区的时间戳或文本
batch-fix-parquet-text = 请把该列转换为文本，例如 VARCHAR
batch-parquet-nested = 列“{ $column }”每行有多个值，CSV 无法保存
batch-fix-parquet-nested = 请用 -o FILE.parquet 写成 Parquet，或去掉该列
batch-parquet-twice = 列“{ $column }”会在 Parquet 文件中出现两次
batch-fix-parquet-twice = 请给输入中的该列改名，或去掉该列；六个价格列加在其后

batch-fields = 有 { $fields } 个字段，而表头有 { $columns } 列
batch-stray-line-end = 行内有回车符
batch-not-understood = 无法识别 { $column }“{ $value }”：{ $reason }；{ $fix }
batch-line = { $file } 第 { $line } 行：{ $reason }
batch-row = { $file } 第 { $line } 行数据：{ $reason }
batch-line-heading = 行号
batch-row-heading = 数据行号
batch-reason-heading = 原因
batch-more-rejected = 另有 { $count } 行没有价格；用 --rejects FILE 可全部写出
batch-rejects-written = { $count ->
        [0] 所有行都有价格，{ $file } 只有表头
       *[other] { $figure } 行没有价格，已写入 { $file }
    }
batch-stopped = 因 --strict，遇到第一个没有价格的行即停止；未写文件
batch-copied = 以下各列不影响价格，原样保留：{ $columns }
batch-progress = { $rows } 行，每秒 { $rate } 行

batch-title = 批量计价（元） · { $file }
batch-answer = { $count ->
       *[other] 共 { $rows } 行，应付 { $payable } 元
    }
batch-answer-rejected = 共 { $rows } 行，有价格的 { $priced } 行应付 { $payable } 元；{ $rejected } 行没有价格
batch-answer-incomplete = { $count ->
       *[other] { $rows } 行含无标准价的账号，未计入合计：基础 { $basic } 个、互通 { $interop } 个
    }
batch-rows = 行数
batch-priced = 有价格
batch-rejected = 没有价格
batch-waived-rows = 减免：{ $kind }（{ $rows } 行）
batch-tiers-of = 按阶梯汇总，价目表 { $card }
batch-basic-annual = 基础年价
batch-interop-annual = 互通年价
