//! What is done while the program is built: `cards` parses the rate cards, `texts` finds the texts of each
//! language, `link` has the program linked for a quick start.

mod cards;
mod link;
mod texts;

fn main() -> anyhow::Result<()> {
    println!("cargo::rerun-if-changed=build");
    cards::embed_cards()?;
    texts::index_texts()?;
    link::link_for_quick_start()
}
