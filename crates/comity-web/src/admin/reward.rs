//! Rewards beside commissions: perks to hand over, promises to customers, catalogue, badges.

use axum::extract::State;
use axum::response::Response;
use comity_app::commission::{self, RefereeAct, RefereeFilter, RefereeListed};
use comity_app::recognition::{self, Act, Badge, Filter, Listed, NewBadge, NewPerk, Perk};
use comity_app::{AppError, FieldError, partner, program};
use comity_domain::ledger::perk::PerkPlace;
use comity_domain::program::Program;
use comity_domain::{
    BadgeId, Currency, EnrollmentId, Money, PerkGrantId, PerkId, Permission, RefereeRewardId,
};
use comity_ui::admin::reward::{
    BadgeRow, GrantPage, GrantRow, MoveLine, PerkRow, PromiseRow, Rewards, Section, grant_page,
    page,
};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::{Cx, fmt, t};
use maud::Markup;

use super::admin_shell;
use super::csv::Sheet;
use super::partner::named;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Most rows of an export: a spreadsheet opens them, and one answer carries them.
const EXPORT_ROWS: i64 = 50_000;
/// Partners offered to be given something.
const CHOICES: i64 = 200;

/// Routes of rewards.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let give = Audience::Team(Permission::ManagePartners);
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/rewards", view, show)
        .get("/admin/rewards.csv", view, export)
        .post("/admin/rewards/grants", give, give_by_hand)
        .get("/admin/rewards/grants/{id}", view, grant)
        .post("/admin/rewards/grants/{id}", give, act)
        .post("/admin/rewards/promises/{id}", give, promise)
        .post("/admin/rewards/perks", manage, new_perk)
        .post("/admin/rewards/perks/{id}", manage, change_perk)
        .post("/admin/rewards/badges", manage, new_badge)
        .post("/admin/rewards/badges/{id}", manage, change_badge)
}

async fn show(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let tab = paging.query.text("tab");
    Ok(Page(render(&web, &team, &tab, &paging, None).await?))
}

fn queue_filter(query: &Fields) -> Filter {
    Filter {
        program: query.read("program"),
        enrollment: None,
        status: query.text("status"),
        find: query.text("q").to_lowercase(),
    }
}

fn promise_filter(query: &Fields) -> RefereeFilter {
    RefereeFilter {
        program: query.read("program"),
        status: query.text("status"),
        find: query.text("q").to_lowercase(),
    }
}

/// A tab; with a form when one was refused.
async fn render(
    web: &WebState,
    team: &Team,
    tab: &str,
    paging: &Paging,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let programs = program::list(app, actor).await?;
    let chosen = paging.query.read("program");
    let perks = recognition::perks(app, actor, chosen).await?;
    let (section, next) = section(web, team, tab, paging, &programs, &perks).await?;
    let of = programs
        .iter()
        .find(|program| Some(program.id) == chosen)
        .or(programs.first());
    let active = perks.iter().filter(|perk| perk.active);
    let view = Rewards {
        section,
        program: paging.query.text("program"),
        status: paging.query.text("status"),
        query: paging.query.text("q"),
        next,
        members: members(web, team, chosen, &programs).await?,
        units: active
            .map(|perk| (perk.unit.as_str().to_owned(), perk.name.clone()))
            .collect(),
        currency: of.map_or(Currency::EUR, |program| program.currency),
        programs: named(&programs),
        can_give: actor.may(Permission::ManagePartners),
        can_manage: actor.may(Permission::ManagePrograms),
        form: form.unwrap_or_else(|| FormState::default().with("quantity", "1")),
    };
    let shell = admin_shell(web, team).await?;
    Ok(page(&team.cx, &shell, &view))
}

async fn section(
    web: &WebState,
    team: &Team,
    tab: &str,
    paging: &Paging,
    programs: &[Program],
    perks: &[Perk],
) -> WebResult<(Section, Option<String>)> {
    let (app, actor) = (&web.app, &team.actor);
    let name = |id| {
        let found = programs.iter().find(|program| program.id == id);
        found.map_or_else(String::new, |program| program.name.clone())
    };
    Ok(match tab {
        "customers" => {
            let (filter, after) = (promise_filter(&paging.query), paging.after()?);
            let limit = paging.limit + 1;
            let rows = commission::referee_rewards(app, actor, &filter, after, limit).await?;
            let listed = paging.listed(rows, |row| row.reward.id.to_string(), promise_row);
            (Section::Promises(listed.data), listed.next_cursor)
        }
        "catalogue" => {
            let rows = perks.iter().map(|perk| PerkRow {
                id: perk.id,
                unit: perk.unit.as_str().to_owned(),
                name: perk.name.clone(),
                description: perk.description.clone(),
                cost: perk.cost,
                active: perk.active,
                program: name(perk.program),
            });
            (Section::Catalogue(rows.collect()), None)
        }
        "badges" => {
            let rows = recognition::badges(app, actor, paging.query.read("program")).await?;
            let rows = rows.into_iter().map(|badge| {
                let of = programs.iter().find(|program| program.id == badge.program);
                let currency = of.map_or(Currency::EUR, |program| program.currency);
                badge_row(&team.cx, badge, currency, &name)
            });
            (Section::Badges(rows.collect()), None)
        }
        _ => {
            let (filter, after) = (queue_filter(&paging.query), paging.after()?);
            let rows = recognition::grants(app, actor, &filter, after, paging.limit + 1).await?;
            let counts = recognition::status_counts(app, actor, filter.program).await?;
            let counts = counts.into_iter();
            let counts = counts.map(|(status, n)| (status, u64::try_from(n).unwrap_or(0)));
            let listed = paging.listed(rows, |row| row.grant.id.to_string(), |row| grant_row(&row));
            (
                Section::Queue(listed.data, counts.collect()),
                listed.next_cursor,
            )
        }
    })
}

/// Memberships who can be given something, with their program when there are several.
async fn members(
    web: &WebState,
    team: &Team,
    chosen: Option<comity_domain::ProgramId>,
    programs: &[Program],
) -> WebResult<Vec<(String, String)>> {
    let filter = partner::Filter {
        program: chosen,
        ..partner::Filter::default()
    };
    let rows = partner::list(&web.app, &team.actor, &filter, None, CHOICES).await?;
    let several = programs.len() > 1 && chosen.is_none();
    let named = rows.into_iter().map(|row| {
        let of = programs
            .iter()
            .find(|program| program.id == row.enrollment.program);
        let name = match of.filter(|_| several) {
            Some(program) => format!("{} · {}", row.name, program.name),
            None => row.name,
        };
        (row.enrollment.id.to_string(), name)
    });
    Ok(named.collect())
}

fn grant_row(row: &Listed) -> GrantRow {
    let grant = &row.grant;
    GrantRow {
        id: grant.id,
        partner: grant.partner,
        name: row.partner_name.clone(),
        perk: row.perk_name.clone(),
        quantity: grant.quantity,
        status: grant.status.clone(),
        source: grant.source.clone(),
        note: grant.note.clone(),
        at: grant.occurred_at,
    }
}

fn promise_row(row: RefereeListed) -> PromiseRow {
    let customer = if row.customer_email.is_empty() {
        row.customer_ref
    } else {
        row.customer_email
    };
    let reward = row.reward;
    PromiseRow {
        id: reward.id,
        code: reward.code,
        customer,
        order: row.external_id,
        partner: row.partner_name,
        amount: reward.amount,
        perk: if reward.unit.is_empty() {
            String::new()
        } else {
            format!("{} × {}", reward.quantity, reward.unit)
        },
        status: reward.status,
        note: reward.note,
        at: reward.occurred_at,
    }
}

/// What a badge asks for, in words.
pub(crate) fn goal(cx: &Cx, badge: &Badge, currency: Currency) -> String {
    let n = badge.threshold;
    let money = || fmt::money(cx, Money::new(n, currency));
    match badge.measure.as_str() {
        "revenue" => t!(cx, "reward-goal-revenue", amount = money()),
        "commission" => t!(cx, "reward-goal-commission", amount = money()),
        "new_customers" => t!(cx, "reward-goal-new", n = n),
        _ => t!(cx, "reward-goal-count", n = n),
    }
}

fn badge_row(
    cx: &Cx,
    badge: Badge,
    currency: Currency,
    name: impl Fn(comity_domain::ProgramId) -> String,
) -> BadgeRow {
    BadgeRow {
        id: badge.id,
        goal: goal(cx, &badge, currency),
        program: name(badge.program),
        name: badge.name,
        description: badge.description,
        unit: badge.unit,
        quantity: badge.quantity,
        awards: u64::try_from(badge.awards).unwrap_or(0),
        active: badge.active,
    }
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let (app, actor, query) = (&web.app, &team.actor, &paging.query);
    if query.text("tab") == "customers" {
        let filter = promise_filter(query);
        let rows = commission::referee_rewards(app, actor, &filter, None, EXPORT_ROWS).await?;
        let mut sheet = Sheet::new(&[
            "id", "code", "customer", "email", "order", "partner", "amount", "currency", "unit",
            "quantity", "status", "note", "at",
        ]);
        for row in rows {
            let one = &row.reward;
            sheet.row(&[
                &one.id.to_string(),
                &one.code,
                &row.customer_ref,
                &row.customer_email,
                &row.external_id,
                &row.partner_name,
                &one.amount.decimal(),
                one.amount.currency.code(),
                &one.unit,
                &one.quantity.to_string(),
                &one.status,
                &one.note,
                &one.occurred_at.to_string(),
            ]);
        }
        return Ok(sheet.download("customer-rewards.csv"));
    }
    let rows = recognition::grants(app, actor, &queue_filter(query), None, EXPORT_ROWS).await?;
    let mut sheet = Sheet::new(&[
        "id",
        "partner_id",
        "partner",
        "perk",
        "unit",
        "quantity",
        "cost",
        "currency",
        "source",
        "status",
        "note",
        "at",
    ]);
    for row in rows {
        let one = &row.grant;
        sheet.row(&[
            &one.id.to_string(),
            &one.partner.to_string(),
            &row.partner_name,
            &row.perk_name,
            one.unit.as_str(),
            &one.quantity.to_string(),
            &one.cost.decimal(),
            one.cost.currency.code(),
            &one.source,
            &one.status,
            &one.note,
            &one.occurred_at.to_string(),
        ]);
    }
    Ok(sheet.download("perks.csv"))
}

/// Back to a tab with a message, or the tab again with what is wrong.
async fn answer<T>(
    web: &WebState,
    team: &Team,
    tab: &str,
    fields: &Fields,
    (done, text): (Result<T, AppError>, String),
) -> WebResult {
    let path = if tab.is_empty() {
        "/admin/rewards".to_owned()
    } else {
        format!("/admin/rewards?tab={tab}")
    };
    match done {
        Ok(_) => Ok(see_with(&path, Tone::Ok, &text)),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, fields, &errors);
            let paging = Paging {
                limit: 50,
                ..Paging::default()
            };
            Ok(refused(render(web, team, tab, &paging, Some(form)).await?))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code))),
        Err(error) => Err(error.into()),
    }
}

/// The same for short forms without fields of their own on the page: the message says it.
fn back<T>(team: &Team, tab: &str, done: Result<T, AppError>, text: &str) -> WebResult {
    let path = format!("/admin/rewards?tab={tab}");
    match done {
        Ok(_) => Ok(see_with(&path, Tone::Ok, text)),
        Err(AppError::Invalid(errors)) => {
            let code = errors.first().map_or("", |error| error.code);
            Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code)))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code))),
        Err(error) => Err(error.into()),
    }
}

async fn give_by_hand(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let to: Option<EnrollmentId> = fields.read("partner");
    let done = match (to, fields.read::<i64>("quantity")) {
        (Some(to), Some(quantity)) => {
            let (unit, note) = (fields.text("unit"), fields.text("note"));
            recognition::give(&web.app, &team.actor, to, (&unit, quantity), &note).await
        }
        (None, _) => Err(AppError::field("partner", "not_a_choice")),
        (_, None) => Err(AppError::field("quantity", "not_a_number")),
    };
    let text = t!(team.cx, "reward-given");
    answer(&web, &team, "", &fields, (done, text)).await
}

async fn grant(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PerkGrantId>,
) -> WebResult<Page> {
    let form = FormState::default();
    Ok(Page(render_grant(&web, &team, id, form).await?))
}

async fn render_grant(
    web: &WebState,
    team: &Team,
    id: PerkGrantId,
    form: FormState,
) -> WebResult<Markup> {
    let found = recognition::grant(&web.app, &team.actor, id).await?;
    let grant = &found.listed.grant;
    let why = serde_json::from_str(&grant.explain_json).ok();
    let why = why.map(|why| {
        let zero = Money::zero(grant.cost.currency);
        let mut steps = comity_ui::commission::steps(&team.cx, &why, &grant.rule, zero);
        // The result of a perk is no amount.
        steps.pop();
        steps
    });
    let place = |place: PerkPlace| match place {
        PerkPlace::Program => "program",
        PerkPlace::Open => "open",
        PerkPlace::Fulfilled => "fulfilled",
    };
    let moves = found.moves.iter().map(|step| MoveLine {
        from: place(step.from),
        to: place(step.to),
        count: step.count,
        at: step.at,
    });
    let view = GrantPage {
        row: grant_row(&found.listed),
        cost: grant.cost,
        why: why.unwrap_or_default(),
        moves: moves.collect(),
        can_act: team.actor.may(Permission::ManagePartners),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(grant_page(&team.cx, &shell, &view))
}

async fn act(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PerkGrantId>,
    fields: Fields,
) -> WebResult {
    let act = Act::from_code(&fields.text("act"));
    let act = act.ok_or_else(|| AppError::field("act", "not_a_choice"))?;
    let path = format!("/admin/rewards/grants/{id}");
    match recognition::act(&web.app, &team.actor, id, act, &fields.text("note")).await {
        Ok(_) => Ok(see_with(&path, Tone::Ok, &t!(team.cx, "reward-done"))),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render_grant(&web, &team, id, form).await?))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code))),
        Err(error) => Err(error.into()),
    }
}

async fn promise(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<RefereeRewardId>,
    fields: Fields,
) -> WebResult {
    let act = RefereeAct::from_code(&fields.text("act"));
    let act = act.ok_or_else(|| AppError::field("act", "not_a_choice"))?;
    let note = fields.text("note");
    let done = commission::act_on_referee(&web.app, &team.actor, id, act, &note).await;
    back(&team, "customers", done, &t!(team.cx, "reward-done"))
}

fn perk_of(fields: &Fields, currency: Currency) -> Result<NewPerk, AppError> {
    let cost = fields.text("cost").replace(',', ".");
    let cost_minor = if cost.is_empty() {
        0
    } else {
        Money::parse(&cost, currency)
            .map_err(|_| AppError::field("cost", "not_a_number"))?
            .minor
    };
    Ok(NewPerk {
        name: fields.text("name"),
        unit: fields.text("unit"),
        description: fields.text("description"),
        cost_minor,
        active: fields.checked("active"),
    })
}

/// The program a form is about.
async fn program_of(web: &WebState, team: &Team, fields: &Fields) -> Result<Program, AppError> {
    match fields.read("program") {
        Some(id) => program::get(&web.app, &team.actor, id).await,
        None => Err(AppError::field("program", "required")),
    }
}

async fn new_perk(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let done = match program_of(&web, &team, &fields).await {
        Ok(of) => match perk_of(&fields, of.currency) {
            Ok(new) => recognition::create_perk(&web.app, &team.actor, of.id, new).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    let text = t!(team.cx, "reward-perk-added");
    answer(&web, &team, "catalogue", &fields, (done, text)).await
}

async fn change_perk(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PerkId>,
    fields: Fields,
) -> WebResult {
    let perks = recognition::perks(&web.app, &team.actor, None).await?;
    let known = perks.iter().find(|perk| perk.id == id);
    let currency = known.ok_or(AppError::NotFound("perk"))?.cost.currency;
    let done = match perk_of(&fields, currency) {
        Ok(new) => recognition::change_perk(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    back(&team, "catalogue", done, &t!(team.cx, "segment-changed"))
}

fn badge_of(fields: &Fields, currency: Currency) -> Result<NewBadge, AppError> {
    let measure = fields.text("measure");
    let text = fields
        .text("threshold")
        .replace([' ', '\u{a0}'], "")
        .replace(',', ".");
    let money = matches!(measure.as_str(), "revenue" | "commission");
    let threshold = if money {
        Money::parse(&text, currency).ok().map(|money| money.minor)
    } else {
        text.parse().ok()
    };
    let quantity = fields.read("quantity").unwrap_or(1);
    let threshold = match (threshold, text.is_empty()) {
        (Some(threshold), _) => threshold,
        (None, true) => 0,
        (None, false) => {
            let wrong = FieldError::new("threshold", "not_a_number");
            return Err(AppError::Invalid(vec![wrong]));
        }
    };
    Ok(NewBadge {
        name: fields.text("name"),
        description: fields.text("description"),
        measure,
        threshold,
        unit: fields.text("unit"),
        quantity,
        active: fields.checked("active"),
    })
}

async fn new_badge(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let done = match program_of(&web, &team, &fields).await {
        Ok(of) => match badge_of(&fields, of.currency) {
            Ok(new) => recognition::create_badge(&web.app, &team.actor, of.id, new).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    let text = t!(team.cx, "reward-badge-added");
    answer(&web, &team, "badges", &fields, (done, text)).await
}

async fn change_badge(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<BadgeId>,
    fields: Fields,
) -> WebResult {
    let done = match badge_of(&fields, Currency::EUR) {
        Ok(new) => recognition::change_badge(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    back(&team, "badges", done, &t!(team.cx, "segment-changed"))
}
