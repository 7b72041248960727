//! Every diagnostic has a folder in `tests/diagnostics/`, named after its code, with an input that provokes
//! it: `plan.toml`, which may name the `card.toml` and rosters beside it, a `card.toml` alone, a `customers.csv` to
//! import, or a `documents.json` of WeCom's API. `expected.txt` and
//! `expected.zh.txt` are the rendered problems. `UPDATE_GOLDENS=1 cargo test --test tests diagnostics`
//! updates them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use strum::VariantArray;

use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::diagnostic::{Code, Diagnostic, RenderStyle, SourceFile, render};
use wxlicense::import::{self, ImportOptions, NewPlan};
use wxlicense::plan::{self, ReadOptions};
use wxlicense::rates::{RateCards, read_card};
use wxlicense::wecom::documents::{self, missing_pages};
use wxlicense::wecom::purchases;
use wxlicense::wecom::roster::Content;
use wxlicense::wecom::{Documents, FoundFile};

/// Codes that no input of the library can provoke, each with the reason.
const WITHOUT_FOLDER: &[(Code, &str)] = &[
    (Code::FileTooLarge, "a file of more than 16 MB does not belong into a repository"),
    (Code::TooManyProblems, "a file with half a million problems does not belong into a repository"),
    (Code::FileIsSpreadsheet, "only the program opens a file by its name"),
    (Code::FilesNotFound, "only the program looks for files"),
    (Code::BadPattern, "only the program looks for files"),
    (Code::FileOutside, "only the program looks for files"),
    (Code::FileSpecial, "only the program looks for files"),
    (Code::SheetTooLarge, "a spreadsheet of a million cells does not belong into a repository"),
    (Code::SheetNotFound, "only a flag asks for a sheet"),
    (Code::SheetOfCsv, "only a flag asks for a sheet"),
    (Code::UnknownColumn, "only a flag names a column"),
    (Code::CellMerged, "only a workbook has merged cells; `tests/import.rs` makes one"),
    (Code::DueWithoutDate, "only `calendar` asks what is due"),
    (Code::BadUsage, "only a command line has arguments"),
    (Code::FromAfterTo, "only flags give a range of days"),
    (Code::NothingToQuote, "only a command line without a plan and without counts is empty"),
    (Code::LimitNotJudged, "only a flag sets a limit"),
    (Code::BadMix, "only a flag gives a ratio"),
    (Code::EmptyMix, "only a flag gives a ratio"),
    (Code::BudgetWithoutStart, "only a budget needs a first day"),
    (Code::HorizonOutOfRange, "only a flag gives a horizon"),
    (Code::HorizonBeyondCalendar, "only a flag gives a horizon"),
    (Code::GrowthOutOfRange, "only a flag gives a growth"),
    (Code::FiscalYearStart, "only a flag gives a fiscal year"),
    (Code::OrderNotPlaced, "a plan's orders are checked as it is read"),
    (Code::SideNotPriced, "a plan's orders are checked as it is read"),
    (Code::BudgetOrder, "only a budget places orders that the plan does not"),
    (Code::NegativeAmount, "only a caller of the library can give such an amount"),
    (Code::NothingToCompare, "only a command line names the sides of a comparison"),
    (Code::IncreaseNotJudged, "only a flag sets a limit"),
    (Code::UnknownSchool, "only a flag asks for a school"),
    (Code::SchoolLeftOut, "only a flag asks for a school"),
    (Code::AmbiguousSchool, "only a flag asks for a school"),
    (Code::OverLimit, "only a flag sets a limit"),
    (Code::CheapestOverLimit, "only a flag sets a limit"),
    (Code::NoCheapestPlan, "only `optimize` looks for a plan"),
    (Code::YearOverLimit, "only a flag sets a limit"),
    (Code::IncreaseOverLimit, "only a flag sets a limit"),
    (Code::BillsDiffer, "only `reconcile` compares bills"),
    (Code::BillsUnexplained, "only `reconcile` compares bills"),
    (Code::OrdersWithoutPrices, "only `reconcile` reads bills"),
    (Code::PlanOverdue, "only a flag asks whether something is overdue"),
    (Code::Overdue, "only a flag asks whether something is overdue"),
    (Code::WarningsDenied, "only a flag denies warnings"),
    (Code::OrderWithoutBuyer, "only `order` places orders"),
    (Code::OrderWithoutCorpId, "only `order` places orders"),
    (Code::OrderWithoutPrice, "only `order` places orders"),
    (Code::RenewalUsersUnknown, "only `order` places orders"),
    (Code::OrderRefused, "only `order` places orders"),
    (Code::OrderInDoubt, "only `order` places orders"),
    (Code::TooManyShared, "only `order` places orders"),
    (Code::UnknownFormat, "only a flag names an output file"),
    (Code::FormatContradicted, "only a flag asks for a format"),
    (Code::ExcelWithoutCsv, "only a flag asks for the mark"),
    (Code::NoSuchFormat, "only a flag asks for a format"),
    (Code::ParquetNotBuilt, "only `batch` reads and writes Parquet"),
    (Code::FormatNotForTerminal, "only the program knows a terminal"),
    (Code::NotDrawn, "only an output has a format"),
    (Code::WorkbookTooLarge, "only an output is a workbook"),
    (Code::FileExists, "only a flag names an output file"),
    (Code::FileNamedTwice, "only a flag names an output file"),
    (Code::OutputIsInput, "only a flag names an output file"),
    (Code::FileUnwritable, "only a flag names an output file"),
    (Code::FolderNotReplaced, "only a flag names an output folder"),
    (Code::NoSuchPage, "only the manual has pages"),
];

#[test]
fn every_code_has_a_folder_and_every_folder_a_code() {
    let without: BTreeSet<&str> = WITHOUT_FOLDER.iter().map(|(code, _)| code.as_str()).collect();
    let codes: BTreeSet<&str> =
        Code::VARIANTS.iter().map(|code| code.as_str()).filter(|code| !without.contains(code)).collect();
    let folders: BTreeSet<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(folders.iter().map(String::as_str).collect::<BTreeSet<_>>(), codes);
}

#[test]
fn each_reproducer_reads_as_its_golden() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let folder = entry.unwrap().path();
        let code = folder.file_name().unwrap().to_string_lossy().into_owned();
        let diagnostics = diagnose(&folder);
        assert!(diagnostics.iter().any(|found| found.code.as_str() == code), "{code}: {diagnostics:?}");
        for (lang, golden) in [(Lang::En, "expected.txt"), (Lang::Zh, "expected.zh.txt")] {
            if !agrees(&folder.join(golden), &draw(&diagnostics, lang)) {
                wrong.push(format!("{code}/{golden}"));
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE_GOLDENS=1 writes these anew: {wrong:#?}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn diagnose(folder: &Path) -> Vec<Diagnostic> {
    let spreadsheet = folder.join("customers.csv");
    if spreadsheet.exists() {
        return diagnose_spreadsheet(fs::read(spreadsheet).unwrap());
    }
    let documents = folder.join("documents.json");
    if documents.exists() {
        let mut reading = documents::read("documents.json", &fs::read(documents).unwrap());
        reading.diagnostics.extend(missing_pages(&reading.documents));
        reading.diagnostics.extend(purchases(&reading.documents).diagnostics);
        return reading.diagnostics;
    }
    let plan = folder.join("plan.toml");
    if !plan.exists() {
        return read_card(&Arc::new(open(&folder.join("card.toml")).unwrap())).unwrap_err();
    }
    let cards = RateCards::embedded().unwrap();
    let load = |path: &str| open(&folder.join(path));
    let find = |path: &str| {
        let path = folder.join(path);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let open = move || Ok(Box::new(fs::File::open(path).unwrap()) as Box<dyn Content>);
        Ok(vec![FoundFile { name, open: Box::new(open) }])
    };
    let files = Documents::new(&find);
    let options = ReadOptions { load: &load, attachments: &files, risks: true, ..ReadOptions::new(&cards) };
    plan::read(&Arc::new(open(&plan).unwrap()), &options).diagnostics
}

fn diagnose_spreadsheet(bytes: Vec<u8>) -> Vec<Diagnostic> {
    let cards = RateCards::embedded().unwrap();
    let about = NewPlan { heading: "Invented.", lang: Lang::En, date: Some(jiff::civil::date(2022, 11, 18)) };
    match import::read("customers.csv", bytes, &ImportOptions::default()) {
        Ok(customers) => customers.new_plan(&about, &ReadOptions::new(&cards)).diagnostics,
        Err(problems) => problems,
    }
}

fn open(path: &Path) -> Result<SourceFile, Diagnostic> {
    let name = path.file_name().unwrap().to_string_lossy();
    let unreadable = |_| {
        let reason = "No such file or directory";
        Diagnostic::new(Code::FileUnreadable).with("file", name.as_ref()).with("reason", reason)
    };
    let bytes = fs::read(path).map_err(unreadable)?;
    SourceFile::from_bytes(name.clone(), bytes).map_err(Diagnostic::from)
}

fn draw(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let catalog = Catalog::new(lang);
    let style = RenderStyle { width: 100, color: false };
    let drawn: Vec<String> =
        diagnostics.iter().map(|diagnostic| render(diagnostic, &catalog, style)).collect();
    drawn.join("\n\n") + "\n"
}

fn agrees(golden: &Path, text: &str) -> bool {
    if env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(golden, text).unwrap();
    }
    fs::read_to_string(golden).is_ok_and(|expected| expected == text)
}
