//! Arguments that every command with a plan takes. Read [`SchoolArgs`] first.

use clap::Args;
use wxlicense::diagnostic::Diagnostic;
use wxlicense::plan::Plan;

/// Schools that a command is about.
#[derive(Args, Debug, Default)]
pub struct SchoolArgs {
    /// Only this school: its code, its name, or a part of its name that no other has; repeatable
    #[arg(long = "school", value_name = "SCHOOL")]
    schools: Vec<String>,
}

impl SchoolArgs {
    /// Returns the codes of the schools in a plan; none for all schools.
    pub fn codes(&self, plan: &Plan) -> Result<Vec<String>, Vec<Diagnostic>> {
        let schools = plan.find_schools(&self.schools)?;
        Ok(schools.into_iter().map(|school| school.code.clone()).collect())
    }
}
