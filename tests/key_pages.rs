//! `docs/plan.md`, `docs/rate-card.md` and their Chinese versions are generated from the declared keys.
//! `UPDATE_GOLDENS=1 cargo test --test tests key_pages` updates them.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, ptr};

use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::document::{Key, Shape, TableKeys};
use wxlicense::{plan, rates};

/// Texts of a page that do not come from a key.
struct Page {
    file: &'static str,
    lang: Lang,
    keys: &'static TableKeys,
    title: &'static str,
    head: &'static str,
    columns: [&'static str; 5],
    at_the_top: &'static str,
    yes: &'static str,
    or: &'static str,
    range: fn(u32, u32) -> String,
}

const PAGES: [Page; 4] = [
    Page {
        file: "docs/plan.md",
        lang: Lang::En,
        keys: plan::KEYS,
        title: "The plan file",
        head: "\
A plan is a TOML file that names the customers and says what they have and need. `wxlicense init` writes one to start
from, `wxlicense check` reports every problem of one, and `wxlicense schema plan` writes the JSON Schema by which an
editor checks and completes it. [Needs, holdings and the schedule](schedule.md) has an example of each part and what the rules make of it.
Days and moments are Beijing time.",
        ..ENGLISH
    },
    Page {
        file: "docs/rate-card.md",
        lang: Lang::En,
        keys: rates::KEYS,
        title: "The rate card file",
        head: "\
A rate card is a TOML file with prices and rules, each with the facts that it rests on. The built-in cards stand in
`tiers/`; a plan names another by `rate-card`, a command by `--rate-card`. `wxlicense schema rate-card` writes the JSON
Schema by which an editor checks and completes it. Days are Beijing time.",
        ..ENGLISH
    },
    Page {
        file: "docs/plan.zh-CN.md",
        lang: Lang::Zh,
        keys: plan::KEYS,
        title: "方案文件",
        head: "\
方案是一份 TOML 文件，写明客户、已有账号和所需账号。`wxlicense init --lang zh` 写出一份示例方案，`wxlicense check` 一次\
列出全部问题，`wxlicense schema plan` 写出 JSON Schema，供编辑器校验和补全。各部分的示例及其计算结果见\
[需求、已有账号与采购计划](schedule.zh-CN.md)。日期和时刻均为北京时间。",
        ..CHINESE
    },
    Page {
        file: "docs/rate-card.zh-CN.md",
        lang: Lang::Zh,
        keys: rates::KEYS,
        title: "价目表文件",
        head: "\
价目表是一份 TOML 文件，写明价格和规则以及各自依据的事实。内置价目表位于 `tiers/`；方案用 `rate-card`、命令用 \
`--rate-card` 指定其他价目表。`wxlicense schema rate-card` 写出 JSON Schema，供编辑器校验和补全。日期均为北京时间。",
        ..CHINESE
    },
];

const ENGLISH: Page = Page {
    file: "",
    lang: Lang::En,
    keys: plan::KEYS,
    title: "",
    head: "",
    columns: ["key", "required", "value", "example", "meaning"],
    at_the_top: "At the top",
    yes: "yes",
    or: " or ",
    range: |least, most| format!(", {least} to {most}"),
};

const CHINESE: Page = Page {
    columns: ["键", "必填", "值", "示例", "含义"],
    at_the_top: "顶层",
    yes: "是",
    or: "或",
    range: |least, most| format!("，{least} 至 {most}"),
    ..ENGLISH
};

#[test]
fn the_pages_are_what_the_keys_say() {
    for page in PAGES {
        let drawn = page.draw();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page.file);
        if env::var_os("UPDATE_GOLDENS").is_some() {
            fs::write(&path, &drawn).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), drawn, "{} is out of date", page.file);
    }
}

impl Page {
    fn draw(&self) -> String {
        let mut text = format!("# {}\n\n{}\n\n## {}\n\n", self.title, self.head, self.at_the_top);
        text += &self.table(self.keys);
        let mut sections = Vec::new();
        add_sections(&mut sections, self.keys, "");
        for (headings, key, table) in sections {
            let headings: Vec<String> = headings.iter().map(|heading| format!("`{heading}`")).collect();
            write!(text, "\n## {}\n\n", headings.join(", ")).unwrap();
            if headings.len() == 1 {
                write!(text, "{}\n\n", key.about(self.lang)).unwrap();
            }
            text += &self.table(table);
        }
        text
    }

    fn table(&self, table: &TableKeys) -> String {
        let mut text = format!("| {} |\n|{}\n", self.columns.join(" | "), "---|".repeat(self.columns.len()));
        for key in table.keys {
            let required =
                if key.required || matches!(key.shape, Shape::Tables(1.., _)) { self.yes } else { "" };
            let (name, value, about) = (key.name, self.value(&key.shape), key.about(self.lang));
            writeln!(text, "| `{name}` | {required} | {value} | {} | {about} |", example(key)).unwrap();
        }
        text
    }

    fn value(&self, shape: &Shape) -> String {
        let catalog = Catalog::new(self.lang);
        let words = |words: Vec<&str>| {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            catalog.list(&words)
        };
        let noun = |shape: &Shape| catalog.text(&shape.noun());
        match shape {
            Shape::Word(list) => words(list()),
            Shape::Words(list) => format!("{}: {}", noun(shape), words(list())),
            Shape::Integer(least, most) => format!("{}{}", noun(shape), (self.range)(*least, *most)),
            Shape::Either(one, other) => format!("{}{}{}", self.value(one), self.or, self.value(other)),
            _ => noun(shape),
        }
    }
}

/// Returns the nested tables, each with its headings, and the key that describes it.
type Sections = Vec<(Vec<String>, &'static Key, &'static TableKeys)>;

fn add_sections(sections: &mut Sections, keys: &'static TableKeys, before: &str) {
    for key in keys.keys {
        let Some(table) = key.shape.table() else { continue };
        let path = format!("{before}{}", key.name);
        let heading = if table.header.is_empty() { path.clone() } else { table.header.to_owned() };
        match sections.iter_mut().find(|(_, _, other)| ptr::eq(*other, table)) {
            Some((headings, ..)) => headings.push(heading),
            None => {
                sections.push((vec![heading], key, table));
                add_sections(sections, table, &format!("{path}."));
            }
        }
    }
}

/// Returns the example of a key; a table with a header has a section of its own instead.
fn example(key: &Key) -> String {
    match key.shape.table() {
        Some(table) if !table.header.is_empty() => format!("`{}`", table.header),
        _ => format!("`{}`", key.example_value()),
    }
}
