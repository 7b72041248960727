# TOML 语法错误的原因及修正办法。原因接在“TOML 语法错误：”之后。

toml-wide = `{ $found }` 是全角或排版符号
toml-fix-wide = 请切换到英文输入法，写 { $meant }
toml-fix-delete = 请删去 `{ $found }`
toml-fix-write = 请写成 { $text }
toml-bad-header = 表头书写有误
toml-fix-header = 表头是方括号中的名称，单独占一行：[[school]] 或 [[school.app]]；表头可读后才检查其下的键
toml-unclosed = 此处的 `{ $open }` 没有闭合
toml-fix-unclosed = 请在结束处加上 `{ $close }`
toml-no-comma = 此处缺少逗号
toml-fix-no-comma = 各项之间请用英文逗号隔开
toml-no-equals = `{ $key }` 之后没有 `=`
toml-fix-no-equals = 请写成 { $key } = 值；文字须加英文双引号 "…"
toml-no-value = `{ $key }` 之后没有值
toml-fix-no-value = 请填写值，或删去此行；文字须加英文双引号 "…"
toml-after-value = 值之后还有 `{ $found }`
toml-fix-after-value = 每行只写一个键和一个值；文字中的 " 写作 \"
toml-bad-key = `{ $key }` 不能作为键
toml-fix-bad-key = 键由英文字母、数字、`-` 和 `_` 组成
toml-no-quotes = `{ $text }` 缺少引号
toml-fix-yes-or-no = 表示是否，请写 { $meant }；文字须加引号：{ $string }
toml-no-closing-quote = 文字缺少后引号
toml-fix-closing-quote = 请在文字结束处加上 { $quote }
toml-bad-number = `{ $text }` 不是数字
toml-fix-bad-number = 数字只由阿拉伯数字组成：1200；其他都是文字，须加英文引号：{ $string }
toml-fix-leading-zero = 请写成 { $number }；如是编号，请写成 { $string }
toml-bad-date = `{ $text }` 不是日期
toml-fix-date = 日期须真实存在，写作 2022-11-18；时间写作 2022-11-18T10:36:18
toml-bad-escape = \ 之后不是可用的转义符
toml-fix-escape = 单个 \ 写作 \\，或将整段文字放入英文单引号 '…'
toml-key-twice = 同一个表中有两个 `{ $name }`
toml-fix-key-twice = 请只保留一个；下一个学校或应用须以新的 [[表头]] 开始
toml-table-twice = `{ $name }` 已有定义
toml-fix-table-twice = 如有多个，请在每个之前写 { $list }，否则请把所有的键写在同一个表头之下
toml-below-no-list = 此表头位于第一个 { $list } 之前
toml-fix-below-no-list = 请在其上方写 { $list }，并检查名称有无拼错
toml-other = 此处不符合 TOML 语法
toml-fix-other = 每行是表头（如 [[school]]）、键和值（如 basic = 150），或 # 之后的注释；完整语法见 toml.io
