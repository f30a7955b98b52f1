//! Keeping the redirect's link table equal to the store.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use comity_app::link::{self, LinkFacts};
use comity_app::{App, AppError};
use comity_domain::link::LinkStatus;
use comity_domain::partner::EnrollmentStatus;
use comity_domain::program::{Program, ProgramStatus};
use comity_domain::time::SECOND;
use comity_domain::{LinkId, ProgramId, RawId, Timestamp};
use comity_tracking::destination::AllowList;
use comity_tracking::link::{
    LinkChange, LinkEntry, LinkKey, LinkState, LinkTable, ProgramEntry, save,
};
use tokio::sync::{mpsc, watch};

use super::stopped;

/// Links read at once.
const PAGE: i64 = 1_000;
/// How often other processes' changes are looked for: within the promised second.
const POLL: Duration = Duration::from_millis(700);
/// Changes are read again for this long, because commits may become visible late.
const OVERLAP: i64 = 10 * SECOND;
/// The snapshot is written at most this often.
const SNAPSHOT_EVERY: Duration = Duration::from_secs(30);

/// Reads every link.
pub async fn load_all(app: &App, table: &LinkTable) -> Result<(), AppError> {
    take_since(app, table, Timestamp::from_micros(0)).await
}

/// Follows changes until told to stop, and writes snapshots.
pub async fn follow(
    app: App,
    table: Arc<LinkTable>,
    snapshot: PathBuf,
    stop: watch::Receiver<bool>,
) {
    let mut seen = 0;
    let mut ticks: u32 = 0;
    let mut read_at = app.now();
    let every = u32::try_from(SNAPSHOT_EVERY.as_millis() / POLL.as_millis()).unwrap_or(40);
    loop {
        if table.changes() != seen && ticks.is_multiple_of(every) {
            seen = table.changes();
            if let Err(error) = save(&table, &snapshot) {
                tracing::warn!("the link snapshot could not be written: {error}");
            }
        }
        ticks = ticks.wrapping_add(1);
        let pause = tokio::time::timeout(POLL, stopped(stop.clone()));
        if pause.await.is_ok() {
            break;
        }
        // The database may be down: the table stays as it is and the next poll tries again.
        let now = app.now();
        match take_since(&app, &table, read_at.plus(-OVERLAP)).await {
            Ok(()) => read_at = now,
            Err(error) => tracing::debug!("links were not refreshed: {error}"),
        }
    }
    if let Err(error) = save(&table, &snapshot) {
        tracing::warn!("the link snapshot could not be written: {error}");
    }
}

/// Takes changes of this process at once.
pub async fn take_changes(app: App, table: Arc<LinkTable>, mut changed: mpsc::Receiver<LinkId>) {
    while let Some(id) = changed.recv().await {
        match link::facts(&app, id).await {
            Ok(facts) => put(&table, &facts),
            Err(error) => tracing::debug!("a changed link was not read: {error}"),
        }
    }
}

async fn take_since(app: &App, table: &LinkTable, since: Timestamp) -> Result<(), AppError> {
    let mut after = ProgramId(RawId([0; 16]));
    loop {
        // Programs without links have pages too.
        let page = link::programs_since(app, since, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for program in &page {
            apply(table, LinkChange::PutProgram(program_entry(program)));
        }
    }
    let mut after = LinkId(RawId([0; 16]));
    loop {
        let page = link::facts_since(app, since, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.link.id;
        put(table, &page);
    }
}

fn put(table: &LinkTable, facts: &[LinkFacts]) {
    let programs: BTreeMap<ProgramId, &Program> =
        facts.iter().map(|f| (f.program.id, &f.program)).collect();
    for program in programs.into_values() {
        apply(table, LinkChange::PutProgram(program_entry(program)));
    }
    for fact in facts {
        let key = if fact.link.host.is_empty() {
            LinkKey::shared(fact.link.slug.as_str())
        } else {
            LinkKey::on(&fact.link.host, fact.link.slug.as_str())
        };
        apply(table, LinkChange::PutLink(key, link_entry(fact)));
    }
}

fn apply(table: &LinkTable, change: LinkChange) {
    if let Err(error) = table.apply(change) {
        tracing::warn!("a link was not taken into the table: {error}");
    }
}

fn program_entry(program: &Program) -> ProgramEntry {
    let sites = link::sites(program);
    let fallback = Some(program.settings.fallback_url.clone()).filter(|url| !url.is_empty());
    ProgramEntry {
        allow: AllowList::parse_lenient(&sites),
        utm: pairs(&program.settings.utm_template),
        fallback,
        parameter: program.settings.click_param.clone(),
        ..ProgramEntry::new(program.id, program.tenant)
    }
}

/// `utm_source={partner}&utm_medium=partner` as pairs.
fn pairs(template: &str) -> Vec<(String, String)> {
    template
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn link_entry(fact: &LinkFacts) -> LinkEntry {
    let member = matches!(
        fact.enrollment,
        EnrollmentStatus::Approved | EnrollmentStatus::Paused
    );
    let state = match (fact.program.status, fact.link.status, member) {
        (ProgramStatus::Closed, ..) => LinkState::Expired,
        // A paused program or partner earns nothing, but visitors still arrive.
        (_, LinkStatus::Active, true) => LinkState::Active,
        _ => LinkState::Paused,
    };
    LinkEntry {
        link: fact.link.id,
        program: fact.program.id,
        partner: fact.link.partner,
        enrollment: fact.link.enrollment,
        destination: fact.link.destination.clone(),
        partner_code: fact.link.slug.to_string(),
        utm: Vec::new(),
        state,
        expires_at: fact.link.expires_at,
    }
}
