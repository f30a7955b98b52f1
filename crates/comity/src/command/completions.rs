//! `comity completions`: what a shell offers behind the tabulator key.

use clap::Args;
use clap_complete::Shell;

use super::Failure;

/// Print completions for a shell, to be kept where it looks for them.
#[derive(Args)]
pub struct Completions {
    /// Which shell.
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(self) -> Result<(), Failure> {
        let mut line = crate::Cli::plain();
        clap_complete::generate(self.shell, &mut line, "comity", &mut std::io::stdout());
        Ok(())
    }
}
