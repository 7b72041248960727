use super::Lang;

/// The texts whose ids begin with one word, in both languages: a file of each folder of `locales/`.
pub(super) struct TextFile {
    /// The first word of the ids.
    pub prefix: &'static str,
    /// The English texts.
    pub en: Texts,
    /// The Chinese texts.
    pub zh: Texts,
}

/// A Fluent file. `build/texts.rs` finds its entries, so that none is searched for.
pub(super) struct Texts {
    /// The whole file.
    pub text: &'static str,
    /// Byte offsets at which an entry begins, its id ends, and the entry ends, in the order of the ids.
    entries: &'static [(u32, u32, u32)],
}

/// All files of texts, by prefix.
pub(super) static FILES: &[TextFile] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Returns what defines an id in Fluent; `None` if there is no such text.
pub(super) fn entry(lang: Lang, id: &str) -> Option<&'static str> {
    let prefix = id.split('-').next()?;
    let index = FILES.binary_search_by(|file| file.prefix.cmp(prefix)).ok()?;
    FILES[index].texts(lang).entry(id)
}

impl TextFile {
    /// Returns the texts of a language.
    pub fn texts(&self, lang: Lang) -> &Texts {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

impl Texts {
    fn entry(&self, id: &str) -> Option<&'static str> {
        let found =
            self.entries.binary_search_by(|(start, id_end, _)| self.part(*start, *id_end).cmp(id)).ok()?;
        let (start, _, end) = self.entries[found];
        Some(self.part(start, end))
    }

    fn part(&self, start: u32, end: u32) -> &'static str {
        &self.text[start as usize..end as usize]
    }
}
