//! Partners who stopped selling: found by a job, reminded once per silence (E12, H9).

use comity_domain::commission::RuleSet;
use comity_domain::program::Program;
use comity_domain::time::DAY;
use comity_domain::{Actor, EnrollmentId, Permission, ProgramId, RawId, TenantId, Timestamp};
use comity_store::nudge::{self as store, Dormant, Filter};
use comity_store::{Tx, link, partner, program as programs};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail;
use serde_json::json;

use crate::commission::idle_bonus;
use crate::event::{Happened, emit};
use crate::message::{self, Draft, unsubscribe_address};
use crate::portal::{MailChoice, choices_of};
use crate::{App, AppError, audit, authorise, program};

/// Programs and members looked at per read.
const BATCH: i64 = 100;
/// Days without a sale that count where the program has not said.
const USUAL_DAYS: u16 = 60;
/// Fewest and most days that may be set.
const DAYS: std::ops::RangeInclusive<u16> = 7..=730;

/// After how many days without a sale a partner of the program counts as dormant.
#[must_use]
pub const fn silence(of: &Program) -> u16 {
    match of.settings.nudge_after_days {
        0 => USUAL_DAYS,
        days => days,
    }
}

fn silent_since(of: &Program, now: Timestamp) -> Timestamp {
    now.plus_days(-i64::from(silence(of)))
}

/// Members of a program who sold before and not for as long as it says (60 days otherwise).
pub async fn dormant(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    find: &str,
    before: Option<EnrollmentId>,
    limit: i64,
) -> Result<Vec<Dormant>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let of = program::load(&mut tx, tenant, id).await?;
    let filter = Filter {
        since: silent_since(&of, app.now()),
        find: find.to_lowercase(),
    };
    Ok(store::dormant(&mut tx, (tenant, id), &filter, before, limit).await?)
}

/// Sets after how many days without a sale partners are reminded; 0 for never.
pub async fn set_nudge(app: &App, actor: &Actor, id: ProgramId, days: u16) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    if days != 0 && !DAYS.contains(&days) {
        return Err(AppError::field("days", "out_of_range"));
    }
    let mut tx = app.store.write().await?;
    let mut of = program::load(&mut tx, tenant, id).await?;
    of.settings.nudge_after_days = days;
    of.updated_at = app.now();
    programs::update(&mut tx, &of).await?;
    let label = id.to_string();
    let entry = audit::Entry {
        action: "program.changed",
        object_kind: "program",
        object_id: &label,
        detail: json!({ "nudge_after_days": days }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    app.announce(tenant, "program");
    Ok(())
}

/// Reminds whoever fell silent, in every program that wants it; answers how many. Runs as
/// often as one likes: one reminder per silence. Without a mail server it does nothing.
pub async fn nudge_dormant(app: &App) -> Result<usize, AppError> {
    let mut reminded = 0;
    if !app.mailer.is_configured() {
        return Ok(reminded);
    }
    let mut after = ProgramId(RawId([0; 16]));
    loop {
        let mut tx = app.store.read().await?;
        let page = store::programs(&mut tx, after, BATCH).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(reminded);
        };
        after = last.1;
        for (tenant, id) in page {
            reminded += nudge_in(app, tenant, id).await?;
        }
    }
}

async fn nudge_in(app: &App, tenant: TenantId, id: ProgramId) -> Result<usize, AppError> {
    let mut tx = app.store.read().await?;
    let of = program::load(&mut tx, tenant, id).await?;
    let set = rules(&mut tx, &of).await?;
    drop(tx);
    if of.settings.nudge_after_days == 0 {
        return Ok(0);
    }
    let filter = Filter {
        since: silent_since(&of, app.now()),
        find: String::new(),
    };
    let (mut before, mut reminded) = (None, 0);
    loop {
        let mut tx = app.store.read().await?;
        let page = store::dormant(&mut tx, (tenant, id), &filter, before, BATCH).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(reminded);
        };
        before = Some(last.enrollment);
        for one in page.iter().filter(|one| one.nudged_at.is_none()) {
            let mut tx = app.store.write().await?;
            if remind(&mut tx, app, (&of, &set), one).await? {
                reminded += 1;
            }
            tx.commit().await?;
        }
    }
}

async fn rules(tx: &mut Tx, of: &Program) -> Result<RuleSet, AppError> {
    let policy = programs::current_policy(tx, of.tenant, of.id, "commission").await?;
    Ok(policy
        .and_then(|policy| serde_json::from_str(&policy.body_json).ok())
        .unwrap_or_default())
}

/// Writes the reminder, unless it was written before or is not wanted.
async fn remind(
    tx: &mut Tx,
    app: &App,
    (of, set): (&Program, &RuleSet),
    one: &Dormant,
) -> Result<bool, AppError> {
    let (tenant, now) = (of.tenant, app.now());
    if !store::nudge(tx, (tenant, one.enrollment), one.last_at, now).await? {
        return Ok(false);
    }
    let days = now.since(one.last_at) / DAY;
    let happened = Happened {
        tenant,
        program: Some(of.id),
        partner: Some(one.partner),
        kind: "partner.dormant",
        body: json!({
            "partner": one.partner, "enrollment": one.enrollment, "days": days,
            "last_sale_at": one.last_at.to_string(),
        }),
    };
    emit(tx, app, &happened).await?;
    let Some(to) = partner::get(tx, tenant, one.partner).await? else {
        return Ok(false);
    };
    if !choices_of(tx, tenant, to.id)
        .await?
        .mail
        .wants(MailChoice::News)
    {
        return Ok(false);
    }
    let mut cx = Cx::new(Lang::parse(&to.lang).unwrap_or_default(), "", now);
    cx.zone = of.zone.clone();
    let mut from = message::program_sender(tx, app, of).await?;
    from.unsubscribe_url = unsubscribe_address(app, tenant, to.id, MailChoice::News);
    let view = mail::Nudge {
        name: to.name,
        days,
        link: newest_link(tx, app, tenant, one.enrollment).await?,
        bonus: idle_bonus(set, days),
    };
    let written = mail::nudge(&cx, &from, &view);
    let draft = Draft::new("nudge", to.email, written);
    message::queue(tx, app, tenant, draft).await?;
    Ok(true)
}

async fn newest_link(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<String, AppError> {
    let filter = link::Filter {
        enrollment: Some(id),
        ..link::Filter::default()
    };
    let rows = link::page(tx, tenant, &filter, None, 1).await?;
    let first = rows.first();
    Ok(first.map_or_else(String::new, |row| crate::link::url(app, &row.link)))
}
