use std::cell::RefCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::figures::Reader;
use super::texts::entry;
use super::visible::visible;
use super::{Arg, Lang, Message};

/// Texts of one language. Each is parsed when it is first needed: parsing whole files took a quarter of a quote's time.
pub struct Catalog {
    lang: Lang,
    reader: Reader,
    /// The texts parsed so far.
    bundle: RefCell<FluentBundle<FluentResource>>,
}

impl Catalog {
    /// Returns the texts of this language for people: their numbers have a comma every three digits.
    ///
    /// ```
    /// use wxlicense::diagnostic::lang::{Catalog, Lang};
    /// assert_eq!(Catalog::new(Lang::En).figure("31110.00"), "31,110.00");
    /// assert_eq!(Catalog::for_programs(Lang::En).figure("31110.00"), "31110.00");
    /// ```
    pub fn new(lang: Lang) -> Catalog {
        Catalog::for_reader(lang, Reader::Person)
    }

    /// Returns the texts of this language for what programs read: their numbers are digits alone.
    pub fn for_programs(lang: Lang) -> Catalog {
        Catalog::for_reader(lang, Reader::Program)
    }

    /// Returns the language of the texts.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Returns the message as text. An id without a text gives the id itself, so that nothing is ever lost; a
    /// test sees to it that every id has its text.
    pub fn text(&self, message: &Message) -> String {
        self.texts(message, []).0
    }

    /// Returns the text of an id that takes no argument.
    pub fn word(&self, id: &'static str) -> String {
        self.text(&Message::new(id))
    }

    /// Returns the text of an id made at run time, as those of help texts are; `None` if it has none.
    pub fn text_of(&self, id: &str) -> Option<String> {
        self.format(id, None, &FluentArgs::new())
    }

    /// Formats a message as text, and those of its attributes that exist (such as `help` of a diagnostic), in
    /// their order.
    pub fn texts<const N: usize>(
        &self,
        message: &Message,
        attributes: [&str; N],
    ) -> (String, [Option<String>; N]) {
        let args = self.fluent_args(&message.args);
        let text = self.format(message.id, None, &args).unwrap_or_else(|| message.id.to_owned());
        (text, attributes.map(|attribute| self.format(message.id, Some(attribute), &args)))
    }

    /// Returns a decimal number as the texts write it.
    pub fn figure(&self, digits: &str) -> String {
        self.reader.figure(digits)
    }

    /// Joins texts as this language joins a list.
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let separator = match self.lang {
            Lang::En => ", ",
            Lang::Zh => "、",
        };
        items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(separator)
    }

    fn for_reader(lang: Lang, reader: Reader) -> Catalog {
        let language: Option<LanguageIdentifier> = match lang {
            Lang::En => "en",
            Lang::Zh => "zh-CN",
        }
        .parse()
        .ok();
        let mut bundle = FluentBundle::new(language.into_iter().collect());
        bundle.set_use_isolating(false);
        bundle.set_formatter(reader.formatter());
        Catalog { lang, reader, bundle: RefCell::new(bundle) }
    }

    fn format(&self, id: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> Option<String> {
        let parsed = self.format_parsed(id, attribute, args);
        parsed.or_else(|| self.parse(id).and_then(|()| self.format_parsed(id, attribute, args))).flatten()
    }

    /// Formats a text that is parsed; `None` if it is not yet, `Some(None)` if it has no such attribute.
    #[expect(clippy::option_option, reason = "the outer one is for parsing")]
    fn format_parsed(
        &self,
        id: &str,
        attribute: Option<&str>,
        args: &FluentArgs<'_>,
    ) -> Option<Option<String>> {
        let bundle = self.bundle.borrow();
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
            None => message.value(),
        };
        Some(pattern.map(|pattern| {
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(args), &mut errors);
            debug_assert!(errors.is_empty(), "{id}: {errors:?}");
            text.into_owned()
        }))
    }

    /// Adds a text to the bundle; `None` if there is none of this id.
    fn parse(&self, id: &str) -> Option<()> {
        let source = entry(self.lang, id)?;
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable);
        self.bundle.borrow_mut().add_resource_overriding(resource);
        Some(())
    }

    fn fluent_args(&self, args: &[(&'static str, Arg)]) -> FluentArgs<'static> {
        let mut fluent_args = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            fluent_args.set(*name, self.fluent_value(arg));
        }
        fluent_args
    }

    fn fluent_value(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Number(number) => FluentValue::from(*number),
            other => FluentValue::from(self.arg_text(other)),
        }
    }

    fn arg_text(&self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => visible(text).into_owned(),
            Arg::Number(number) => self.figure(&number.to_string()),
            Arg::Figure(digits) => self.figure(digits),
            Arg::Phrase(phrase) => match self.lang {
                Lang::En => phrase.en.to_string(),
                Lang::Zh => phrase.zh.to_string(),
            },
            Arg::Message(message) => self.text(message),
            Arg::List(items) => self.list(&items.iter().map(|item| self.arg_text(item)).collect::<Vec<_>>()),
        }
    }
}

#[cfg(test)]
mod tests;
