//! `comity copy`: from SQLite to PostgreSQL or back, with proof that nothing is missing (DESIGN 5).

use clap::Args;
use comity_adapters::clock::SystemClock;
use comity_app::port::Clock;
use comity_store::Store;
use serde_json::json;

use super::Failure;
use super::serve::{runtime, until_signal};
use super::transfer::{must_be_current, must_be_empty, open, prepare, transfer};
use super::verify::check;

/// Copy everything from one database into another, empty one: SQLite or PostgreSQL, either way.
///
/// The source may be in use; what comes after the start of the copy is not in it, so stop the
/// servers for the move itself. Clicks that are not shipped yet and the key stay in the data
/// directory: keep it.
#[derive(Args)]
pub struct Copy {
    /// Where from: a data directory, a SQLite file, postgres://…, or @FILE that holds the address.
    #[arg(long)]
    from: String,
    /// Where to; must be empty.
    #[arg(long)]
    to: String,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Copy {
    /// Copies, compares both sides, checks both books.
    pub fn run(self) -> Result<(), Failure> {
        runtime()?.block_on(async {
            let from = open(&self.from, false).await?;
            must_be_current(&from, "the source").await?;
            let to = open(&self.to, true).await?;
            prepare(&to, SystemClock.now()).await?;
            must_be_empty(&to).await?;
            let rows = transfer(&from, &to, &until_signal()).await?;
            let journals = [both(&from, "source").await?, both(&to, "target").await?];
            if journals[0] > journals[1] {
                return Err(Failure::text(
                    "the target has fewer journals than the source",
                ));
            }
            if self.json {
                let report = json!({
                    "from": from.engine(), "to": to.engine(), "rows": rows, "journals": journals[1],
                    "verified": true,
                });
                say!("{report}");
            } else {
                let (from, to) = (from.engine(), to.engine());
                say!(
                    "{rows} rows from {from} to {to}, {} journals verified on both sides",
                    journals[1]
                );
            }
            from.close().await;
            to.close().await;
            Ok(())
        })
    }
}

async fn both(store: &Store, side: &str) -> Result<u64, Failure> {
    let checked = check(store).await?;
    match checked.findings.first() {
        None => Ok(checked.journals),
        Some(finding) => Err(Failure::text(format!(
            "the books of the {side} are wrong at {}: {}",
            finding.place, finding.what
        ))),
    }
}
