//! `comity payout`: a run from the plan to the bank's report, in the name of a member of the team.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use comity_app::payout::{self as cases, Batch};
use comity_app::{App, AppError};
use comity_domain::{Actor, PayoutBatchId};
use serde_json::{Value, json};

use super::place::{Place, program};
use super::serve::runtime;
use super::{Failure, written};
use crate::process::offline;

/// Runs that are listed.
const LISTED: i64 = 200;

/// Payout runs.
#[derive(Subcommand)]
pub enum Payout {
    /// The latest runs.
    List(OfProgram),
    /// Who would be paid, who would not, and why; writes nothing.
    Preview(OfProgram),
    /// Plan a run: one batch per rail, waiting for approval.
    Create(OfProgram),
    /// Approve a batch and freeze its file. Large ones need another person than the planner.
    Approve(OfBatch),
    /// Write a batch's file for the bank.
    File(FileOf),
    /// Note that the file was given to the bank.
    Sent(OfBatch),
    /// Take a bank's report in: what arrived, what failed.
    Reconcile(Reconcile),
}

/// Whose name stands in the audit log, and where the data is.
#[derive(Args)]
pub struct By {
    /// Mail address of the member of the team who does this; their role decides what they may.
    #[arg(long = "as", env = "COMITY_ACTOR", value_name = "EMAIL")]
    actor: String,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// A program's runs.
#[derive(Args)]
pub struct OfProgram {
    /// Short name of the program; needed only where there are several.
    #[arg(long, value_name = "SLUG")]
    program: Option<String>,
    #[command(flatten)]
    by: By,
}

/// One batch.
#[derive(Args)]
pub struct OfBatch {
    /// Its id, as in `pbt_…`.
    batch: PayoutBatchId,
    #[command(flatten)]
    by: By,
}

/// One batch's file.
#[derive(Args)]
pub struct FileOf {
    /// Its id, as in `pbt_…`.
    batch: PayoutBatchId,
    /// File to write; its own name in this directory if not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    by: By,
}

/// One batch's report.
#[derive(Args)]
pub struct Reconcile {
    /// Its id, as in `pbt_…`.
    batch: PayoutBatchId,
    /// The bank's report.
    #[arg(long, value_name = "FILE")]
    report: PathBuf,
    #[command(flatten)]
    by: By,
}

fn refused(error: AppError) -> Failure {
    Failure::refused("not done", &error)
}

impl Payout {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        runtime()?.block_on(async {
            match self {
                Self::List(of) => of.list().await,
                Self::Preview(of) => of.preview().await,
                Self::Create(of) => of.create().await,
                Self::Approve(of) => {
                    let (app, actor) = of.by.open().await?;
                    let batch = cases::approve(&app, &actor, of.batch).await;
                    of.by.tell(&[batch.map_err(refused)?]);
                    Ok(())
                }
                Self::File(of) => of.write().await,
                Self::Sent(of) => {
                    let (app, actor) = of.by.open().await?;
                    let batch = cases::mark_sent(&app, &actor, of.batch).await;
                    of.by.tell(&[batch.map_err(refused)?]);
                    Ok(())
                }
                Self::Reconcile(of) => of.take().await,
            }
        })
    }
}

impl By {
    /// The application and the member, with their own rights.
    async fn open(&self) -> Result<(App, Actor), Failure> {
        let app = offline(&self.place.settings()).await?;
        let failed = |error| Failure::new("could not read the team", &error);
        let email = comity_app::session::normalise_email(&self.actor);
        let mut tx = app.store.read().await.map_err(failed)?;
        let found = comity_store::user::by_email(&mut tx, &email)
            .await
            .map_err(failed)?;
        drop(tx);
        let member = found
            .filter(|member| member.status == "active")
            .ok_or_else(|| Failure::text("--as: no active member of the team has this address"))?;
        let actor = Actor::User {
            tenant: member.tenant,
            id: member.id,
            role: member.role,
            name: member.name,
        };
        Ok((app, actor))
    }

    fn tell(&self, batches: &[Batch]) {
        if self.json {
            let rows: Vec<Value> = batches.iter().map(object).collect();
            say!("{}", json!({ "batches": rows }));
            return;
        }
        for b in batches {
            let (total, currency) = (b.total.decimal(), b.total.currency);
            let (rail, status) = (b.rail.code(), &b.status);
            say!(
                "{}  {status}  {rail}  {} payouts  {total} {currency}",
                b.id,
                b.payouts
            );
        }
    }
}

fn object(batch: &Batch) -> Value {
    json!({
        "id": batch.id.to_string(), "program_id": batch.program.to_string(), "period": batch.period,
        "rail": batch.rail.code(), "status": batch.status, "payouts": batch.payouts,
        "total_minor": batch.total.minor, "currency": batch.total.currency.to_string(),
        "file_name": batch.file_name,
    })
}

impl OfProgram {
    async fn list(self) -> Result<(), Failure> {
        let (app, actor) = self.by.open().await?;
        let program = match &self.program {
            Some(slug) => Some(program(&app, Some(slug)).await?.id),
            None => None,
        };
        let rows = cases::batches(&app, &actor, program, "", None, LISTED).await;
        self.by.tell(&rows.map_err(refused)?);
        Ok(())
    }

    async fn preview(self) -> Result<(), Failure> {
        let (app, actor) = self.by.open().await?;
        let program = program(&app, self.program.as_deref()).await?;
        let preview = cases::preview(&app, &actor, program.id, None)
            .await
            .map_err(refused)?;
        let name = |id| preview.names.get(&id).cloned().unwrap_or_default();
        let mut rows = Vec::new();
        for planned in &preview.plan.payable {
            rows.push(json!({
                "partner_id": planned.partner.to_string(), "partner_name": name(planned.partner), "pays": true,
                "rail": planned.rail.code(), "amount_minor": planned.net.minor,
                "currency": planned.net.currency.to_string(),
            }));
        }
        for skipped in &preview.plan.skipped {
            let Some((partner, available)) = preview.balances.get(&skipped.enrollment) else {
                continue;
            };
            rows.push(json!({
                "partner_id": partner.to_string(), "partner_name": name(*partner), "pays": false,
                "reason": skipped.reason.code(), "amount_minor": available.minor,
                "currency": available.currency.to_string(),
            }));
        }
        if self.by.json {
            say!(
                "{}",
                json!({ "program_id": program.id.to_string(), "partners": rows })
            );
            return Ok(());
        }
        for row in &rows {
            let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let minor = row["amount_minor"].as_i64().unwrap_or(0);
            let amount = comity_domain::Money::new(minor, program.currency).decimal();
            let what = if row["pays"] == true {
                text("rail")
            } else {
                format!("not paid: {}", text("reason"))
            };
            say!(
                "{amount} {}  {what}  {}",
                program.currency,
                text("partner_name")
            );
        }
        Ok(())
    }

    async fn create(self) -> Result<(), Failure> {
        let (app, actor) = self.by.open().await?;
        let program = program(&app, self.program.as_deref()).await?;
        let made = cases::create(&app, &actor, program.id, None).await;
        self.by.tell(&made.map_err(refused)?);
        Ok(())
    }
}

impl FileOf {
    async fn write(self) -> Result<(), Failure> {
        let (app, actor) = self.by.open().await?;
        let (batch, _) = cases::batch(&app, &actor, self.batch)
            .await
            .map_err(refused)?;
        if batch.file_name.is_empty() {
            return Err(Failure::text(
                "this batch has no file yet: approve it first",
            ));
        }
        let own = PathBuf::from(&batch.file_name);
        let path = self.out.clone().unwrap_or(own);
        written(&path, batch.file_body.as_bytes())?;
        if self.by.json {
            say!(
                "{}",
                json!({ "file": path, "bytes": batch.file_body.len() })
            );
        } else {
            say!("{}", path.display());
        }
        Ok(())
    }
}

impl Reconcile {
    async fn take(self) -> Result<(), Failure> {
        let (app, actor) = self.by.open().await?;
        let body = std::fs::read(&self.report)
            .map_err(|error| Failure::new(self.report.display(), &error))?;
        let found = cases::reconcile(&app, &actor, self.batch, &body)
            .await
            .map_err(refused)?;
        if self.by.json {
            let report = json!({
                "paid": found.paid, "failed": found.failed, "known": found.known, "missing": found.missing,
            });
            say!("{}", report);
        } else {
            say!(
                "{} arrived, {} failed, {} known before, {} not mentioned",
                found.paid,
                found.failed,
                found.known,
                found.missing
            );
        }
        match found.missing {
            0 => Ok(()),
            missing => Err(Failure::partly(format!(
                "the report says nothing of {missing} payments"
            ))),
        }
    }
}
