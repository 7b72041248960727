//! The program: what WeCom interface-call licences cost, why, and when to buy them.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
