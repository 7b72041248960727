//! Writes the plan with the orders that were found.

use std::path::Path;
use std::sync::Arc;

use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{SourceFile, has_errors};
use wxlicense::plan::Plan;
use wxlicense::planning::optimize::{Applied, NotApplied, OptimizedPlan, apply};
use wxlicense::report::OptimizeView;

use crate::cli::Failure;
use crate::cli::files::{STDOUT, names_stdout, write_file};
use crate::cli::input::{Overrides, quoted, read_plan_source};
use crate::cli::output::OutputArgs;
use crate::cli::session::Session;

/// Writes the plan with its orders into the file of the output that ends in `.toml`, or else to standard output, and the
/// result into the other files; without such a file, the plan alone.
pub(super) fn write(
    output: &OutputArgs,
    (path, source): (&Path, &SourceFile),
    plan: &Plan,
    optimized: &OptimizedPlan,
    view: &OptimizeView<'_>,
    session: &Session,
) -> Result<(), Failure> {
    let applied = apply(source.text(), plan, optimized).map_err(anyhow::Error::from)?;
    check(path, source, &applied, session)?;
    let mut output = output.clone();
    let target = output.take_plan();
    let to = target.as_deref().unwrap_or(Path::new(STDOUT));
    match target.is_some() || output.has_files() {
        true => output.write_beside(session, view, Some((to, applied.text.as_bytes())))?,
        false => write_file(to, applied.text.as_bytes(), false)?,
    }
    report(&applied, to, session);
    Ok(())
}

/// Reads the new plan as the old one was read: what is written is valid.
fn check(path: &Path, source: &SourceFile, applied: &Applied, session: &Session) -> Result<(), Failure> {
    let text = Arc::new(SourceFile::new(source.name(), applied.text.as_str()));
    let reading = read_plan_source(path, &text, &Overrides::default(), session)?;
    let is_new = reading.plan.is_none() && reading.partial.is_none() && has_errors(&reading.diagnostics);
    if is_new { Err(reading.diagnostics.into()) } else { Ok(()) }
}

fn report(applied: &Applied, target: &Path, session: &Session) {
    for (payer, why) in &applied.left_out {
        let id = match why {
            NotApplied::Group => "optimize-not-applied-group",
            NotApplied::Documents => "optimize-not-applied-documents",
            NotApplied::Missing => "optimize-not-applied-missing",
        };
        session.report_note(&Message::new(id).with("name", payer.name.clone().unwrap_or_default()));
    }
    if !names_stdout(target) {
        let written = Message::new("optimize-applied").with("file", quoted(target));
        session.report_success(&written.with("orders", applied.orders));
    }
}
