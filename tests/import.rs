//! Spreadsheets as plans: workbooks as Excel and people make them, and files that are to use up memory.

use std::io::Write;

use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use strum::VariantArray;
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::diagnostic::{Code, Diagnostic, MessageFormat, RenderStyle, SourceFile};
use wxlicense::import::{self, Customers, ImportOptions, Imported, Key, LeftOutReason, NewPlan, SheetFormat};
use wxlicense::plan::{Plan, ReadOptions};
use wxlicense::rates::RateCards;

use crate::targets::workbook::archive;

fn saved(sheets: Vec<Worksheet>) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().unwrap()
}

/// A sheet of texts, from A1 on.
fn sheet(rows: &[&[&str]]) -> Worksheet {
    let mut sheet = Worksheet::new();
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*texts) {
            sheet.write(row, column, *text).unwrap();
        }
    }
    sheet
}

fn read(bytes: Vec<u8>) -> Customers {
    import::read("customers.xlsx", bytes, &ImportOptions::default()).unwrap()
}

fn imported(customers: &Customers) -> Imported {
    let cards = RateCards::embedded().unwrap();
    let about = NewPlan { heading: "Invented.", lang: Lang::En, date: Some(date(2022, 11, 18)) };
    customers.new_plan(&about, &ReadOptions::new(&cards))
}

fn plan(customers: &Customers) -> Plan {
    let imported = imported(customers);
    assert_eq!(imported.diagnostics, [], "{}", imported.text);
    let cards = RateCards::embedded().unwrap();
    let source = SourceFile::new("plan.toml", imported.text).into();
    wxlicense::plan::read(&source, &ReadOptions::new(&cards)).plan.unwrap()
}

fn lines(problems: &[Diagnostic]) -> Vec<String> {
    let style = RenderStyle { width: 80, color: false };
    let catalog = Catalog::new(Lang::En);
    problems.iter().map(|problem| MessageFormat::Short.render(problem, &catalog, style)).collect()
}

#[test]
fn a_sheet_as_people_make_it_becomes_a_plan() {
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let mut sheet = Worksheet::new();
    sheet.merge_range(0, 1, 0, 9, "2023 年客户表（虚构）", &bold).unwrap();
    let upper = ["学校", "编码", "行业", "", "认证", "账号数", "", "已有基础账号", "到期日"];
    let lower = ["学校", "编码", "一级行业", "二级行业", "认证", "基础", "互通", "已有基础账号", "到期日"];
    for (column, (above, below)) in (1..).zip(upper.into_iter().zip(lower)) {
        if above == below {
            sheet.merge_range(2, column, 3, column, above, &bold).unwrap();
            continue;
        }
        if !above.is_empty() {
            sheet.merge_range(2, column, 2, column + 1, above, &bold).unwrap();
        }
        sheet.write(3, column, below).unwrap();
    }
    sheet.write(4, 1, "示例学院").unwrap().write(4, 2, 1001).unwrap();
    sheet.merge_range(4, 3, 5, 3, "教育", &bold).unwrap();
    sheet.merge_range(4, 4, 5, 4, "高等教育", &bold).unwrap();
    sheet.write(4, 5, "已认证").unwrap().write(4, 6, "1,200").unwrap().write(4, 7, 20).unwrap();
    sheet.write(4, 8, 100.0).unwrap();
    sheet.write_with_format(4, 9, ExcelDateTime::from_ymd(2023, 6, 30).unwrap(), &day).unwrap();
    sheet.write(5, 1, " 示例职业学院\n").unwrap().write(5, 2, "0102").unwrap();
    sheet.write(5, 5, "已验证").unwrap().write(5, 6, Formula::new("=100*3").set_result("300")).unwrap();
    sheet.write(5, 8, 7).unwrap().write(5, 9, 45_107).unwrap();
    sheet.write(7, 1, "合计").unwrap().write(7, 6, 1500).unwrap();
    let customers = read(saved(vec![sheet]));
    assert_eq!((customers.len(), customers.heading_row()), (2, 4));
    assert_eq!(customers.left_out_rows().iter().map(|row| row.number).collect::<Vec<_>>(), [8]);
    assert_eq!(customers.left_out_columns(), []);
    let plan = plan(&customers);
    let [college, vocational] = plan.schools.as_slice() else { panic!("{plan:?}") };
    assert_eq!((college.code.as_str(), college.counts.basic, college.counts.interop), ("1001", 1200, 20));
    assert_eq!((college.held[0].count, college.held[0].expires), (100, date(2023, 6, 30)));
    assert_eq!((vocational.code.as_str(), vocational.name.as_str()), ("0102", "示例职业学院"));
    assert_eq!((vocational.counts.basic, vocational.held[0].expires), (300, date(2023, 6, 30)));
    assert_eq!(vocational.customer.industry.as_ref().unwrap().to_string(), "教育/高等教育");
}

#[test]
fn a_problem_is_reported_at_the_address_of_its_cell() {
    let mut sheet =
        sheet(&[&["学校", "编码", "行业", "基础账号"], &["示例学院"], &["示例大学", "1002", "", "许多"]]);
    sheet.write(1, 3, Formula::new("=A1+1").set_result("#VALUE!")).unwrap();
    let found = imported(&read(saved(vec![sheet]))).diagnostics;
    let lines = lines(&found);
    let begins =
        |address: &str| lines.iter().any(|line| line.starts_with(&format!("customers.xlsx:{address}: ")));
    assert!(begins("B2") && begins("D2") && begins("D3") && lines.len() == 3, "{lines:#?}");
}

#[test]
fn one_number_for_several_schools_is_refused() {
    let mut sheet = sheet(&[&["学校", "编码", "基础账号"], &["示例学院", "1001"], &["示例大学", "1002"]]);
    sheet.merge_range(1, 2, 2, 2, "300", &Format::new()).unwrap();
    let found = imported(&read(saved(vec![sheet]))).diagnostics;
    assert_eq!(found.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::CellMerged]);
    let line = &lines(&found)[0];
    assert!(line.starts_with("customers.xlsx:C2: ") && line.contains("rows 2–3"), "{line}");
}

#[test]
fn the_first_sheet_that_is_shown_is_read_or_the_one_that_is_named() {
    let mut hidden = sheet(&[&["nothing"]]);
    hidden.set_name("hidden").unwrap().set_hidden(true);
    let mut first = sheet(&[&["学校", "编码", "基础账号"], &["示例学院", "1001", "150"]]);
    first.set_name("客户").unwrap().set_active(true);
    let mut second = sheet(&[&["学校", "编码", "基础账号"], &["示例大学", "1002", "150"]]);
    second.set_name("去年").unwrap();
    let bytes = saved(vec![hidden, first, second]);
    let sheet_of = |name: Option<&str>| {
        let options = ImportOptions { sheet: name, ..ImportOptions::default() };
        import::read("customers.xlsx", bytes.clone(), &options).map(|customers| customers.format().clone())
    };
    let named = |name: &str| SheetFormat::Workbook { sheet: name.to_owned() };
    assert_eq!(sheet_of(None), Ok(named("客户")));
    assert_eq!(sheet_of(Some("去年")), Ok(named("去年")));
    let problem = &sheet_of(Some("客戶")).unwrap_err()[0];
    assert_eq!(problem.code, Code::SheetNotFound);
    assert!(format!("{problem:?}").contains("去年"));
}

#[test]
fn a_long_code_that_lost_its_digits_is_reported() {
    let mut sheet = sheet(&[&["学校", "编码", "基础账号"], &["示例学院", "", "150"]]);
    sheet.write(1, 1, 912_100_001_234_567_890_i64).unwrap();
    let found = imported(&read(saved(vec![sheet]))).diagnostics;
    assert_eq!(found[0].code, Code::CellNotUnderstood, "{found:?}");
}

#[test]
fn a_workbook_of_libreoffice_is_read() {
    let plan = plan(&read(include_bytes!("import/libreoffice.xlsx").to_vec()));
    let counts: Vec<u32> = plan.schools.iter().map(|school| school.counts.basic).collect();
    assert_eq!(counts, [1200, 10_000, 300]);
}

/// Returns the code of the only problem of a file that is refused.
fn refusal(bytes: Vec<u8>) -> Code {
    let problems = import::read("customers.xlsx", bytes, &ImportOptions::default()).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].code
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let rows = |writer: &mut dyn Write| {
        writer.write_all(b"<worksheet><sheetData>").unwrap();
        let row = b"<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>".repeat(1000);
        (0..1400).for_each(|_| writer.write_all(&row).unwrap());
    };
    assert_eq!(refusal(archive(rows)), Code::SheetTooLarge);
}

#[test]
fn a_cell_in_the_last_corner_takes_no_memory() {
    let sheet = |writer: &mut dyn Write| {
        let cell = |address: &str, text: &str| {
            format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        };
        let rows = [
            format!("<row r=\"1\">{}{}{}</row>", cell("A1", "学校"), cell("B1", "编码"), cell("C1", "基础")),
            format!("<row r=\"2\">{}{}{}</row>", cell("A2", "示例"), cell("B2", "1"), cell("C2", "150")),
            format!("<row r=\"1048576\">{}</row>", cell("XFD1048576", "x")),
        ];
        let merged =
            "<mergeCells><mergeCell ref=\"A5:XFD1048576\"/><mergeCell ref=\"XFD5:XFD9\"/></mergeCells>";
        let text = format!("<worksheet><sheetData>{}</sheetData>{merged}</worksheet>", rows.concat());
        writer.write_all(text.as_bytes()).unwrap();
    };
    let customers = read(archive(sheet));
    assert_eq!(customers.len(), 1);
    assert_eq!(customers.left_out_rows()[0].number, 1_048_576);
}

#[test]
fn a_text_that_many_cells_share_is_counted_each_time() {
    let sheet = |writer: &mut dyn Write| {
        let text = "x".repeat(30_000);
        let cell = format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let rows = format!("<row>{}</row>", cell.repeat(600));
        writer.write_all(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes()).unwrap();
    };
    assert_eq!(refusal(archive(sheet)), Code::SheetTooLarge);
}

#[test]
fn a_merged_cell_of_a_whole_sheet_is_bounded() {
    let sheet = |writer: &mut dyn Write| {
        let cell = |address: &str| format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>x</t></is></c>");
        let rows =
            format!("<row r=\"1\">{}</row><row r=\"1048576\">{}</row>", cell("A1"), cell("XFD1048576"));
        let merged = "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
        let text = format!("<worksheet><sheetData>{rows}</sheetData>{merged}</worksheet>");
        writer.write_all(text.as_bytes()).unwrap();
    };
    assert_eq!(refusal(archive(sheet)), Code::SheetTooLarge);
}

#[test]
fn what_is_no_workbook_is_refused() {
    assert_eq!(refusal(b"PK\x03\x04 and then nothing".to_vec()), Code::SheetUnreadable);
    assert_eq!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()), Code::SheetUnreadable);
    assert_eq!(
        refusal(archive(|writer| writer.write_all(b"<worksheet><she").unwrap())),
        Code::SheetUnreadable
    );
}

#[test]
fn a_plan_is_updated_in_its_file_once_it_may_be_replaced() {
    let folder = tempfile::TempDir::new().unwrap();
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let plan = folder.path().join("plan.toml");
    std::fs::copy(examples.join("customers.toml"), &plan).unwrap();
    let before = std::fs::read_to_string(&plan).unwrap();
    let run = |flags: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_wxlicense"))
            .arg("import")
            .arg(examples.join("customers-2023.csv"))
            .args(["--into", "plan.toml", "--lang", "en"])
            .args(flags)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    assert_eq!(run(&[]).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&plan).unwrap(), before);
    assert!(run(&["--force"]).status.success());
    let after = std::fs::read_to_string(&plan).unwrap();
    assert_eq!(after, before.replace("1200 ", "1350 ").replacen("interop = 20\n", "interop = 25\n", 1).replace(
        "basic = 10_000 # the whole campus\n",
        "basic = 10_000 # the whole campus\ninterop = 30\n",
    ).replace("\n# The end", "\n[[school]]\ncode = \"1004\"\nname = \"示例大学\"\ncertification = \"none\"\nstatus = \"unconfirmed\"\nbasic = 80\nupstream = \"1001\"\n\n# The end"));
    let again = run(&[]);
    assert!(again.status.success() && String::from_utf8_lossy(&again.stderr).contains("no count changes"));
    assert_eq!(std::fs::read_to_string(&plan).unwrap(), after);
}

#[test]
fn the_template_is_imported_and_its_plan_is_valid() {
    for (lang, code) in [("en", "EXAMPLE"), ("zh", "示例")] {
        let folder = tempfile::TempDir::new().unwrap();
        let run = |line: &str| {
            std::process::Command::new(env!("CARGO_BIN_EXE_wxlicense"))
                .args(line.split(' '))
                .args(["--lang", lang, "--message-format", "short"])
                .current_dir(folder.path())
                .output()
                .unwrap()
        };
        assert!(run("init --template xlsx -o customers.xlsx").status.success());
        let imported = run("import customers.xlsx -o plan.toml");
        let stderr = String::from_utf8(imported.stderr).unwrap();
        assert!(imported.status.success(), "{stderr}");
        let lines: Vec<&str> = stderr.lines().collect();
        assert!(lines.len() == 3 && lines[1].contains("customers.xlsx:B2: warning[example-row]"), "{stderr}");
        let checked = run("check plan.toml --deny-warnings");
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        let plan = std::fs::read_to_string(folder.path().join("plan.toml")).unwrap();
        let expected =
            [&format!("code = \"{code}\""), "certification = \"certified\"", "basic = 150", "interop = 20"];
        assert!(expected.iter().all(|line| plan.contains(*line)), "{plan}");
    }
}

#[test]
fn the_example_of_the_template_is_left_out_beside_a_school() {
    let sheet =
        sheet(&[&["学校", "编码", "基础账号"], &["示例学院", "示例", "150"], &["某大学", "1001", "30"]]);
    let customers = read(saved(vec![sheet]));
    assert_eq!(customers.len(), 1);
    assert_eq!(customers.left_out_rows()[0].reason, LeftOutReason::Example);
}

#[test]
fn the_guides_name_every_key_and_known_headings_only() {
    for page in [include_str!("../docs/import.md"), include_str!("../docs/import.zh-CN.md")] {
        for key in Key::VARIANTS.iter().filter(|key| **key != Key::Skip) {
            let named = format!("`{}`", key.as_str());
            let row = page.lines().find(|line| line.starts_with("| `") && line.contains(&named));
            let row = row.unwrap_or_else(|| panic!("{named} is missing"));
            let headings = row.split('|').nth(2).unwrap().split([',', '、']).map(str::trim);
            // The two parts are known together only.
            let is_part = matches!(key, Key::PrimaryIndustry | Key::SecondaryIndustry);
            for heading in headings.filter(|_| !is_part) {
                let sheet = sheet(&[&[heading, "甲", "乙", "丙"], &["1", "2", "3", "4"]]);
                let others = [("甲", Key::Code), ("乙", Key::Name), ("丙", Key::HeldBasic)];
                let is_needed =
                    |other: Key| other != *key && (other != Key::HeldBasic || *key == Key::Expires);
                let others = others.into_iter().filter(|(_, other)| is_needed(*other));
                let mappings: Vec<_> = others.map(|(name, key)| (name.to_owned(), key)).collect();
                let options = ImportOptions { sheet: None, mappings: &mappings };
                let customers = import::read("customers.xlsx", saved(vec![sheet]), &options).unwrap();
                let left_out = customers.left_out_columns();
                assert!(left_out.iter().all(|column| column.heading != heading), "{heading} is not known");
            }
        }
    }
}

#[test]
fn more_rows_than_a_plan_can_hold_are_refused() {
    let rows: String = (0..50_001).map(|number| format!("某大学,{number},1\n")).collect();
    assert_eq!(refusal(format!("学校,编码,基础账号\n{rows}").into_bytes()), Code::SheetTooLarge);
}

#[test]
fn many_schools_of_one_name_are_ambiguous_upstreams() {
    let rows: String = (0..20_000).map(|number| format!("某大学,{number},1,某大学\n")).collect();
    let found = imported(&read(format!("学校,编码,基础账号,上级\n{rows}").into_bytes())).diagnostics;
    assert_eq!((found.len(), found[0].code), (20_000, Code::AmbiguousUpstream));
}
