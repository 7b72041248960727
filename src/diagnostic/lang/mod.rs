//! Texts in two languages. A [`Message`], an id with arguments, goes in; a [`Catalog`], which is to be read
//! first, gives its text in one [`Lang`] only where it is shown. The texts are Fluent files under `locales/`,
//! one folder a language.

#[cfg(feature = "reports")]
mod catalog;
#[cfg(feature = "reports")]
mod figures;
#[cfg(feature = "reports")]
pub(crate) mod line;
mod message;
#[cfg(feature = "reports")]
mod texts;
#[cfg(feature = "reports")]
pub(crate) mod visible;
mod words;

#[cfg(feature = "reports")]
pub use catalog::Catalog;
pub use message::{Arg, Message, Phrase};
pub use words::{
    account_type_word, app_kind_word, certification_word, money_error, number_error, term_words,
    waiver_kind_word,
};

use strum::{EnumString, IntoStaticStr, VariantArray};

/// A language of the program's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// Every language, English first.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// Returns the tag that `--lang` takes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the language of a POSIX locale name such as `zh_CN.UTF-8`: Chinese for `zh`, English for all
    /// others.
    ///
    /// ```
    /// use wxlicense::diagnostic::lang::Lang;
    /// assert_eq!(Lang::from_locale("zh_CN.UTF-8"), Lang::Zh);
    /// assert_eq!(Lang::from_locale("C"), Lang::En);
    /// ```
    pub fn from_locale(locale: &str) -> Lang {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") { Lang::Zh } else { Lang::En }
    }
}
