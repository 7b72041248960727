use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use super::*;

/// Returns every text of the help in English, by id.
fn english() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut args = Vec::new();
    gather(&Cli::command(), ROOT, &mut texts, &mut args);
    for (path, id, text) in &args {
        let is_shared = args.iter().all(|(_, other, other_text)| other != id || other_text == text);
        let key = if is_shared { text_id(&["arg", id]) } else { text_id(&[path, "arg", id]) };
        texts.insert(key, text.clone());
    }
    texts
}

/// Argument with its command and its text.
type ArgText = (String, String, String);

fn gather(command: &Command, path: &str, texts: &mut BTreeMap<String, String>, args: &mut Vec<ArgText>) {
    let mut put = |id: String, text: Option<String>| {
        texts.extend(text.filter(|text| !text.is_empty()).map(|text| (id, text)));
    };
    let about = command.get_about().map(ToString::to_string);
    let long_about = command.get_long_about().map(ToString::to_string);
    put(text_id(&["long-about", path]), long_about.filter(|long| Some(long) != about.as_ref()));
    put(text_id(&["about", path]), about);
    put(text_id(&["after", path]), command.get_after_help().map(ToString::to_string));
    for arg in command.get_arguments() {
        let id = arg.get_id().as_str();
        put(
            text_id(&["heading", arg.get_help_heading().unwrap_or_default()]),
            arg.get_help_heading().map(str::to_owned),
        );
        let names = arg.get_value_names().filter(|_| arg.get_action().takes_values());
        for name in names.unwrap_or_default() {
            put(text_id(&["name", name]), Some(name.to_string()));
        }
        put(text_id(&["long-arg", id]), arg.get_long_help().map(ToString::to_string));
        for value in arg.get_possible_values() {
            put(text_id(&["value", id, value.get_name()]), value.get_help().map(ToString::to_string));
        }
    }
    for arg in command.get_arguments() {
        let text = arg.get_help().map(ToString::to_string).unwrap_or_default();
        assert!(!text.is_empty(), "{path}: {} has no help", arg.get_id());
        args.push((path.to_owned(), arg.get_id().to_string(), text));
    }
    for subcommand in command.get_subcommands() {
        gather(subcommand, &subpath(path, subcommand.get_name()), texts, args);
    }
}

fn as_fluent(texts: &BTreeMap<String, String>) -> String {
    let mut file = String::from(
        "# Help, as it stands in the code: UPDATE_GOLDENS=1 cargo test --bin wxlicense writes this file anew.\n\n",
    );
    for (id, text) in texts {
        let text = text.replace('{', "{ \"{\" }").replace('\n', "\n    ");
        let gap = if text.contains('\n') { "\n    " } else { " " };
        let _ = writeln!(file, "{id} ={gap}{text}");
    }
    file
}

#[test]
fn the_english_texts_are_those_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en/help.ftl");
    let expected = as_fluent(&english());
    if env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert!(found == expected, "UPDATE_GOLDENS=1 cargo test --bin wxlicense writes locales/en/help.ftl anew");
}

#[test]
fn every_text_is_there_in_every_language() {
    for lang in Lang::ALL {
        let catalog = Catalog::new(lang);
        for id in english().keys() {
            assert!(catalog.text_of(id).is_some(), "locales/{}/help.ftl has no {id}", lang.as_str());
        }
    }
    let catalog = Catalog::new(Lang::En);
    for (id, text) in english() {
        assert_eq!(catalog.text_of(&id), Some(text), "{id}");
    }
}

/// Untranslated texts would appear in Chinese help.
#[test]
fn chinese_help_is_chinese() {
    fn walk(command: &Command, path: &str) {
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(chinese(&about), "{path}: {about}");
        for arg in command.get_arguments() {
            let text = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(chinese(&text), "{path} {}: {text}", arg.get_id());
            assert!(arg.get_help_heading().is_some_and(chinese), "{path} {}", arg.get_id());
        }
        let page = command.clone().render_long_help().to_string();
        for english in ["Usage", "OPTIONS", "COMMAND", "default", "possible", "Print"] {
            assert!(!page.contains(english), "{path}: {english} in\n{page}");
        }
        let usage = command.clone().render_usage().to_string();
        assert!(
            page.contains(usage.trim_start_matches("Usage: ").lines().next().unwrap()),
            "{path}: {usage}"
        );
        command.get_subcommands().for_each(|sub| walk(sub, &subpath(path, sub.get_name())));
    }
    walk(&command(&Catalog::new(Lang::Zh)), ROOT);
}

/// Arguments are the same in Chinese and in English, in the same order.
#[test]
fn pages_name_the_same_arguments_in_every_language() {
    fn options(command: &Command) -> Vec<String> {
        let page = command.clone().render_help().to_string();
        let lines = page.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
        let lines = lines.filter(|line| !line.starts_with("-2.5%"));
        lines.map(|line| line.split([' ', ',']).next().unwrap_or_default().to_owned()).collect()
    }
    fn walk(chinese: &Command, english: &Command) {
        assert_eq!(options(chinese), options(english), "{}", english.get_name());
        assert!(!options(english).is_empty());
        chinese.get_subcommands().zip(english.get_subcommands()).for_each(|(one, other)| walk(one, other));
    }
    let mut english = command(&Catalog::new(Lang::En));
    english.build();
    walk(&command(&Catalog::new(Lang::Zh)), &english);
}

#[test]
fn pages_keep_to_their_width() {
    let catalog = Catalog::new(Lang::Zh);
    let program = command(&catalog);
    for width in [40, 60, 80, 100] {
        for command in std::iter::once(&program).chain(program.get_subcommands()) {
            let page = page::page(command, &catalog, width).to_string();
            let (before, _) = page.split_once("示例：").unwrap_or((&page, ""));
            for line in before.lines().filter(|line| !line.contains("wxlicense ")) {
                assert!(textwrap::core::display_width(line) <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn the_command_line_is_valid_in_every_language() {
    for lang in Lang::ALL {
        command(&Catalog::new(lang)).debug_assert();
    }
}
