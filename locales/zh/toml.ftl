# TOML 语法错误的原因及修正办法。原因接在“TOML 语法错误：”之后。

toml-header-brackets = 表头 { $header } 的方括号不配对
toml-fix-header-brackets = 请写成 { $header }
toml-bad-header = 此处应为表头
toml-fix-bad-header = 表头是方括号中的名称，单独占一行：[[school]] 或 [[school.app]]；表头可读后才检查其下的键
toml-after-header = 表头之后还有内容
toml-fix-after-header = { $header } 应单独占一行，请在其后换行
toml-unclosed = 此处的 `{ $open }` 没有闭合
toml-fix-unclosed = 请在结束处加上 `{ $close }`
toml-no-equals = `{ $key }` 之后没有 `=`
toml-fix-no-equals = 请写成 { $key } = 值；文字须加英文双引号 "…"
toml-colon = 应为 `=`，却写了 `:`
toml-fix-colon = 请写成 { $key } = 值
toml-no-value = `{ $key }` 之后没有值
toml-fix-no-value = 请填写值，或删去此行；文字须加英文双引号 "…"
toml-two-equals = 连写了两个 `=`
toml-extra-comma = 逗号之前没有值
toml-fix-delete = 请删去 `{ $found }`
toml-no-comma = 此处缺少逗号
toml-fix-no-comma = 各项之间请用英文逗号隔开
toml-equals-in-list = 列表中出现了 `=`
toml-fix-equals-in-list = 键和值须写在花括号中，其列表再加方括号：{ "[{ type = \"basic\", count = 180 }]" }
toml-closes-nothing = `{ $found }` 不应出现在此处
toml-fix-closes-nothing = `[` 与 `]`、`{"{"}` 与 `{"}"}` 须一一配对，先闭合里层，再闭合外层
toml-no-pair = 此处应为“键 = 值”
toml-fix-no-pair = 花括号中各“键 = 值”之间用英文逗号隔开：{ "{ months = 12, days = 0 }" }
toml-after-value = 值之后还有 `{ $found }`
toml-fix-after-value = 每行只写一个键和一个值；文字中的 " 写作 \"
toml-comma-in-number = 数字中有逗号
toml-fix-number = 请写成 { $number }
toml-too-deep = 括号嵌套过深
toml-fix-too-deep = 所有的键都只需两三层括号
toml-no-key = 此处应为键
toml-fix-no-key = 每行是表头（如 [[school]]）、键和值（如 basic = 150），或 # 之后的注释
toml-bad-key = `{ $key }` 不能作为键
toml-fix-bad-key = 键由英文字母、数字、`-` 和 `_` 组成
toml-key-twice = 同一个表中有两个 `{ $key }`
toml-fix-key-twice = 请只保留一个；下一个学校或应用须以新的 [[表头]] 开始
toml-table-twice = { $header } 出现了两次
toml-fix-table-twice = 如有多个，请在每个之前写 { $list }，否则请把所有的键写在同一个表头之下
toml-is-list = `{ $key }` 是表的列表
toml-fix-is-list = 请写成 { $list }
toml-below-no-list = 此表头位于第一个 { $list } 之前
toml-fix-below-no-list = 请在其上方写 { $list }，并检查名称有无拼错
toml-not-a-table = `{ $key }` 已有值，不能再有下级的键
toml-fix-not-a-table = 请只给它一个值，或只给它下级的键
toml-no-quotes = `{ $text }` 没有加引号
toml-fix-yes-or-no = 表示是否，请写 { $meant }；文字须加引号："{ $text }"
toml-fix-quotes = 请写成 "{ $text }"
toml-no-opening-quote = 缺少前引号
toml-bad-boolean = `{ $text }` 既不是 true，也不是 false
toml-fix-boolean = 请写成 { $meant }，全部小写，不加引号
toml-no-value-word = `{ $text }` 既不是数字，也不是加引号的文字
toml-fix-value-word = 数字只由阿拉伯数字组成：1200；文字须加英文双引号："{ $text }"
toml-blank-in-number = 数字中有空格
toml-blank-in-key = 键 `{ $key }` 中有空格
toml-no-closing-quote = 文字缺少后引号
toml-fix-closing-quote = 请在文字结束处加上 { $quote }
toml-bad-number = `{ $text }` 不是数字
toml-fix-bad-number = 数字只由阿拉伯数字组成：1200；其他都是文字，须加英文双引号："{ $text }"
toml-leading-zero = 数字 `{ $text }` 以 0 开头
toml-fix-leading-zero = 请写成 { $number }；如是编号，请写成 "{ $text }"
toml-bad-date = `{ $text }` 不是日期
toml-fix-meant = 请写成 { $meant }
toml-fix-date = 日期写作 2022-11-18，时间写作 2022-11-18T10:36:18
toml-bad-escape = \ 之后不是可用的转义符
toml-fix-escape = 单个 \ 写作 \\，或将整段文字放入英文单引号 '…'
toml-control-character = 文字中有控制字符
toml-fix-control = 请删去；编辑器中可能看不见
toml-lone-return = 回车符之后没有换行符
toml-fix-lone-return = 保存文件时请选用 Windows 或 Unix 的换行方式
toml-wide = `{ $found }` 是全角或排版符号
toml-fix-wide = 请切换到英文输入法，写 { $meant }
toml-odd-blank = 此处有特殊的空白字符（{ $code }）
toml-fix-odd-blank = 请删去，或改用普通空格
toml-other = { $reason }
toml-fix-other = 完整语法见 toml.io
