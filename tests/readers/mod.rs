//! Readers of the formats of a quote, for tests.

mod data;
mod figures;
mod printed;

pub use data::{read_csv, read_json, read_xlsx};
pub use figures::Figures;
pub use printed::{read_html, read_markdown, read_text, rows_of};
