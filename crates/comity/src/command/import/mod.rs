//! `comity import`: partners, links and past events of another system, from a file (Y11, X18).

mod columns;
mod report;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use comity_app::App;
use comity_app::integration::import::{self as cases, NewImport, Plan, Work, read_file};
use comity_domain::Actor;
use comity_domain::Zone;
use comity_domain::integration::import::{DateOrder, DecimalMark, ImportKind, Table, rows};
use comity_domain::program::Program;

use super::place::{Place, program};
use super::progress::Progress;
use super::serve::{runtime, until_signal};
use super::{Failure, written};

/// Bring partners, links or past events over from a CSV file.
///
/// A row that cannot be imported is named with its line and a code, and the others go on. The same
/// file again goes on where it stopped and doubles nothing.
#[derive(Args)]
pub struct Import {
    /// What the rows are.
    kind: Rows,
    /// The file: CSV with a header, in UTF-8 or UTF-16.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Short name of the program; needed only where there are several.
    #[arg(long, value_name = "SLUG")]
    program: Option<String>,
    /// A column and the field it holds, as in `--map "Promo Code=coupon"`; `COLUMN=` leaves it out.
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// Currency of rows without one; the program's if not given.
    #[arg(long)]
    currency: Option<String>,
    /// Zone of times without one, as in `Europe/Berlin`; the program's if not given.
    #[arg(long)]
    zone: Option<String>,
    /// Which sign parts the decimals.
    #[arg(long, value_parser = ["point", "comma"])]
    decimal_mark: Option<String>,
    /// Which comes first in dates of three numbers.
    #[arg(long, value_parser = ["day-first", "month-first"])]
    date_order: Option<String>,
    /// Show what would happen and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the rows that were refused to this file, with line and code in front.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Rows {
    /// Partners with their memberships.
    Partners,
    /// Links and coupon codes.
    Links,
    /// Sales, refunds and leads of the past.
    Events,
}

impl From<Rows> for ImportKind {
    fn from(rows: Rows) -> Self {
        match rows {
            Rows::Partners => Self::Partners,
            Rows::Links => Self::Links,
            Rows::Events => Self::Events,
        }
    }
}

impl Import {
    /// Shows the columns, then imports.
    pub fn run(self) -> Result<(), Failure> {
        let bytes =
            std::fs::read(&self.file).map_err(|error| Failure::new(self.file.display(), &error))?;
        let table =
            read_file(&bytes).map_err(|error| Failure::refused(self.file.display(), &error))?;
        runtime()?.block_on(async {
            let app = self.place.app().await?;
            let program = program(&app, self.program.as_deref()).await?;
            let plan = self.plan(&table, &program)?;
            columns::show(&table, self.kind.into(), &plan.mapping);
            columns::check(&table, self.kind.into(), &plan.mapping)?;
            if self.dry_run {
                let rows = rows(&table, self.kind.into(), &plan.mapping, &plan.settings);
                return report::dry(&self, &table, &plan, &rows);
            }
            self.bring(&app, &program, &table, bytes, &plan).await
        })
    }

    /// The guess about the columns, corrected by the flags.
    fn plan(&self, table: &Table, program: &Program) -> Result<Plan, Failure> {
        let kind = self.kind.into();
        let mut plan = Plan::guess(kind, table, program);
        for pair in &self.map {
            columns::correct(&mut plan.mapping, kind, table, pair)?;
        }
        if let Some(code) = &self.currency {
            let currency = code.parse();
            let wrong =
                |_| Failure::usage(format!("--currency: `{code}` is not a currency in use"));
            plan.settings.currency = Some(currency.map_err(wrong)?);
        }
        if let Some(name) = &self.zone {
            let wrong = || Failure::usage(format!("--zone: no time zone `{name}`"));
            plan.settings.zone = Zone::named(name).ok_or_else(wrong)?;
        }
        plan.settings.decimal_mark = self
            .decimal_mark
            .as_deref()
            .and_then(DecimalMark::from_code);
        let order = self
            .date_order
            .as_deref()
            .map(|order| order.replace('-', "_"));
        plan.settings.date_order = order.as_deref().and_then(DateOrder::from_code);
        Ok(plan)
    }

    async fn bring(
        &self,
        app: &App,
        program: &Program,
        table: &Table,
        bytes: Vec<u8>,
        plan: &Plan,
    ) -> Result<(), Failure> {
        let failed = |error| Failure::refused("could not import", &error);
        let actor = Actor::System {
            tenant: program.tenant,
        };
        let input = NewImport {
            program: program.id,
            kind: ImportKind::from(self.kind).code().to_owned(),
            file_name: name_of(&self.file),
            bytes,
        };
        let (import, goes_on) = cases::take_up(app, &actor, &input, plan)
            .await
            .map_err(failed)?;
        if goes_on {
            eprintln!("goes on after row {}", import.rows_done);
        }
        let stop = until_signal();
        let mut work = Work::open(app, &actor, import.id).await.map_err(failed)?;
        let mut progress = Progress::new("rows");
        while work.import().status == "running" && !*stop.borrow() {
            work.step(app, &actor).await.map_err(failed)?;
            let now = work.import();
            let note = match now.rows_failed {
                0 => String::new(),
                refused => format!(", {refused} refused"),
            };
            progress.step(
                now.rows_done.unsigned_abs(),
                now.rows_total.unsigned_abs(),
                &note,
            );
        }
        progress.end();
        if work.import().status == "running" {
            cases::stop(app, &actor, import.id).await.map_err(failed)?;
        }
        if let Some(path) = &self.errors {
            let text = cases::error_report(app, &actor, import.id)
                .await
                .map_err(failed)?;
            written(path, text.as_bytes())?;
        }
        report::done(self, table, plan, &work, goes_on)
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
