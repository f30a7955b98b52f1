//! `comity verify`: reads the books back and says whether they are right.

use clap::Args;
use comity_app::ledger::{Checked, verify_all};
use comity_store::Store;
use serde_json::json;

use super::Failure;
use super::place::Place;
use super::serve::runtime;
use crate::process::reading;

/// Check the ledger's chain, every balance and the audit log.
#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    place: Place,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Reads every book of a database back.
pub async fn check(store: &Store) -> Result<Checked, Failure> {
    let app = reading(store.clone())?;
    let checked = verify_all(&app).await;
    checked.map_err(|error| Failure::new("could not read the books", &error))
}

impl Verify {
    /// Fails when anything is wrong, and names the places.
    pub fn run(self) -> Result<(), Failure> {
        runtime()?.block_on(async {
            let app = self.place.app().await?;
            let checked = check(&app.store).await?;
            let findings: Vec<_> = checked
                .findings
                .iter()
                .map(|f| json!({ "organisation": f.tenant, "place": f.place, "what": f.what }))
                .collect();
            if self.json {
                let report = json!({
                    "organisations": checked.tenants, "journals": checked.journals,
                    "balances": checked.balances, "audit_lines": checked.audit_lines, "findings": findings,
                });
                say!("{report}");
            } else {
                say!(
                    "{} organisations, {} journals, {} balances, {} audit lines read",
                    checked.tenants, checked.journals, checked.balances, checked.audit_lines
                );
                for finding in &checked.findings {
                    say!("{}: {}: {}", finding.tenant, finding.place, finding.what);
                }
            }
            match checked.findings.len() {
                0 => Ok(()),
                wrong => Err(Failure::text(format!("{wrong} places are wrong"))),
            }
        })
    }
}
