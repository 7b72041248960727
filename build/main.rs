//! What is done while the program is built: `cards` parses the rate cards, `link` links the C library into the program.

mod cards;
mod link;

fn main() -> anyhow::Result<()> {
    println!("cargo::rerun-if-changed=build");
    cards::embed_cards()?;
    link::link_statically()
}
