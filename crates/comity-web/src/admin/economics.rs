//! What a program costs and brings, its guard, and the cost ledger.

use axum::extract::State;
use axum::response::Response;
use comity_app::kpi::{self, Economics as Report, NewCost, NewGuard, Period};
use comity_app::{AppError, FieldError, partner, program};
use comity_domain::kpi::{AllowableCac, CacAction, CacGuard, CostKind};
use comity_domain::{Bps, CostId, Currency, Money, Permission, ProgramId};
use comity_ui::admin::economics::{
    Alert, CostPage, Economics, Entry, HistoryLine, Ledger, Line, cost_page, page,
};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::admin_shell;
use super::csv::Sheet;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Most rows of an export: a spreadsheet opens them, and one answer carries them.
const EXPORT_ROWS: i64 = 50_000;
/// Partners offered for a cost; a longer list is not chosen from.
const CHOICES: i64 = 200;

/// Routes of economics and costs.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let money = Audience::Team(Permission::ManageCommissions);
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/programs/{id}/economics", view, show)
        .post("/admin/programs/{id}/economics", manage, set_guard)
        .post("/admin/programs/{id}/costs", money, enter)
        .get("/admin/programs/{id}/costs.csv", view, export)
        .get("/admin/costs/{id}", view, cost)
        .post("/admin/costs/{id}", money, change)
        .post("/admin/costs/{id}/remove", money, remove)
        .post("/admin/costs/{id}/restore", money, restore)
}

async fn show(
    State(web): State<WebState>,
    mut team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Page> {
    let forms = (None, None);
    Ok(Page(render(&web, &mut team, id, &paging, forms).await?))
}

/// The page; with the guard's form or the form of a cost when one was refused.
async fn render(
    web: &WebState,
    team: &mut Team,
    id: ProgramId,
    paging: &Paging,
    (guard, cost): (Option<FormState>, Option<FormState>),
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let period = Period::from_code(&paging.query.text("period"));
    let report = kpi::economics(app, actor, id, period).await?;
    let kind = paging.query.text("kind");
    let query = paging.query.text("q");
    let find = query.to_lowercase();
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = kpi::costs(app, actor, id, (&kind, &find), after, limit).await?;
    let listed = paging.listed(rows, |row| row.cost.id.to_string(), |row| entry(&row));
    let today = app.now().date_in(&report.program.zone).to_string();
    let ledger = Ledger {
        rows: listed.data,
        kind,
        query,
        next: listed.next_cursor,
        partners: members(web, team, id).await?,
        can_manage: actor.may(Permission::ManageCommissions),
        form: cost.unwrap_or_else(|| FormState::default().with("starts_on", today)),
    };
    let guard = guard.unwrap_or_else(|| guard_form(&report));
    let can_guard = actor.may(Permission::ManagePrograms);
    let shell = admin_shell(web, team).await?;
    team.cx.zone = report.program.zone.clone();
    let view = view(report, ledger, guard, can_guard);
    Ok(page(&team.cx, &shell, &view))
}

/// Memberships a cost may be for, with their names.
async fn members(web: &WebState, team: &Team, id: ProgramId) -> WebResult<Vec<(String, String)>> {
    let filter = partner::Filter {
        program: Some(id),
        ..partner::Filter::default()
    };
    let rows = partner::list(&web.app, &team.actor, &filter, None, CHOICES).await?;
    let named = rows
        .into_iter()
        .map(|row| (row.enrollment.id.to_string(), row.name));
    Ok(named.collect())
}

fn view(report: Report, ledger: Ledger, guard: FormState, can_guard: bool) -> Economics {
    let alert = |alert: &kpi::Alert| Alert {
        above: alert.level == "above",
        cac: Money::new(alert.cac_minor, alert.currency),
        allowable: Money::new(alert.allowable_minor, alert.currency),
        at: alert.at,
    };
    Economics {
        program: report.program.id,
        period: report.period.code().to_owned(),
        customers: report.state.new_customers,
        cac: report.state.cac(),
        costs: report.state.costs,
        revenue: report.revenue,
        roi_bps: report.roi_bps,
        forecast: report.forecast.filter(|_| report.period == Period::Month),
        allowable: report.allowable,
        warn_at: report.guard.map_or(Bps::ONE, |guard| guard.warn_at),
        alerts: report.alerts.iter().map(alert).collect(),
        partners: report
            .partners
            .iter()
            .map(|row| {
                let (enrollment, partner) = row.id;
                line(
                    row,
                    enrollment.to_string(),
                    format!("/admin/partners/{partner}"),
                )
            })
            .collect(),
        groups: report
            .groups
            .iter()
            .map(|row| line(row, row.id.to_string(), String::new()))
            .collect(),
        name: report.program.name,
        ledger,
        can_guard,
        guard,
    }
}

fn line<T>(row: &kpi::Line<T>, id: String, href: String) -> Line {
    Line {
        id,
        href,
        name: row.name.clone(),
        commissions: row.commissions,
        own: row.own,
        customers: row.customers,
        cac: row.cac,
    }
}

fn entry(row: &kpi::ListedCost) -> Entry {
    let cost = &row.cost;
    Entry {
        id: cost.id,
        kind: cost.kind,
        amount: cost.amount,
        days: (cost.starts_on.clone(), cost.ends_on.clone()),
        note: cost.note.clone(),
        partner: row.partner_name.clone(),
    }
}

/// The form as the guard in force fills it.
fn guard_form(report: &Report) -> FormState {
    let settings = &report.program.settings;
    let money = |minor| Money::new(minor, report.program.currency).decimal();
    let form = FormState::default()
        .with("platform", money(settings.platform_cost_minor))
        .with("management", money(settings.management_cost_minor));
    let Some(guard) = &report.guard else {
        return form
            .with("above", "off")
            .with("warn_at", "80")
            .with("min_customers", "10");
    };
    let above = match guard.above {
        CacAction::Warn => "warn",
        CacAction::Approve => "approve",
        CacAction::Clamp => "clamp",
    };
    form.with("above", above)
        .with("ltv", guard.allowable.ltv.decimal())
        .with("margin", percent(guard.allowable.margin))
        .with("share", percent(guard.allowable.share))
        .with("warn_at", percent(guard.warn_at))
        .with("min_customers", guard.min_customers.to_string())
}

/// Hundredths of a percent as the field shows them.
fn percent(rate: Bps) -> String {
    let text = format!("{}.{:02}", rate.0 / 100, rate.0 % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A percentage as typed, in hundredths of a percent.
fn typed_percent(text: &str) -> Option<Bps> {
    // Any currency of two digits reads two places after the point.
    let parsed = Money::parse(&text.replace(',', "."), Currency::EUR).ok()?;
    u32::try_from(parsed.minor).ok().map(Bps)
}

fn typed_money(fields: &Fields, name: &str, currency: Currency) -> Result<i64, FieldError> {
    let text = fields
        .text(name)
        .replace([' ', '\u{a0}'], "")
        .replace(',', ".");
    if text.is_empty() {
        return Ok(0);
    }
    Money::parse(&text, currency)
        .map(|money| money.minor)
        .map_err(|_| FieldError::new(name, "not_a_number"))
}

/// Takes a value, or keeps what is wrong with it for the form.
fn taken<T: Default>(errors: &mut Vec<FieldError>, value: Result<T, FieldError>) -> T {
    value.unwrap_or_else(|error| {
        errors.push(error);
        T::default()
    })
}

fn guard_of(fields: &Fields, currency: Currency) -> Result<NewGuard, AppError> {
    let mut errors = Vec::new();
    let platform_minor = taken(&mut errors, typed_money(fields, "platform", currency));
    let management_minor = taken(&mut errors, typed_money(fields, "management", currency));
    let above = match fields.text("above").as_str() {
        "off" => None,
        "warn" => Some(CacAction::Warn),
        "approve" => Some(CacAction::Approve),
        "clamp" => Some(CacAction::Clamp),
        _ => return Err(AppError::field("above", "not_a_choice")),
    };
    let rate = |name: &str| {
        typed_percent(&fields.text(name)).ok_or_else(|| FieldError::new(name, "not_a_number"))
    };
    let guard = above.map(|above| CacGuard {
        allowable: AllowableCac {
            ltv: Money::new(
                taken(&mut errors, typed_money(fields, "ltv", currency)),
                currency,
            ),
            margin: Bps(taken(&mut errors, rate("margin").map(|rate| rate.0))),
            share: Bps(taken(&mut errors, rate("share").map(|rate| rate.0))),
        },
        warn_at: Bps(taken(&mut errors, rate("warn_at").map(|rate| rate.0))),
        above,
        min_customers: taken(
            &mut errors,
            fields
                .read("min_customers")
                .ok_or_else(|| FieldError::new("min_customers", "not_a_number")),
        ),
    });
    if errors.is_empty() {
        Ok(NewGuard {
            guard,
            platform_minor,
            management_minor,
        })
    } else {
        Err(AppError::Invalid(errors))
    }
}

async fn set_guard(
    State(web): State<WebState>,
    mut team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let currency = program::get(&web.app, &team.actor, id).await?.currency;
    let done = match guard_of(&fields, currency) {
        Ok(new) => kpi::set_guard(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_with(
            &format!("/admin/programs/{id}/economics"),
            Tone::Ok,
            &t!(team.cx, "economics-guard-saved"),
        )),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            let paging = first_page();
            let page = render(&web, &mut team, id, &paging, (Some(form), None)).await?;
            Ok(refused(page))
        }
        Err(error) => Err(error.into()),
    }
}

/// The first page of the ledger without filters.
fn first_page() -> Paging {
    Paging {
        limit: 50,
        ..Paging::default()
    }
}

fn cost_of(fields: &Fields, currency: Currency) -> Result<NewCost, AppError> {
    let mut errors = Vec::new();
    let amount_minor = taken(&mut errors, typed_money(fields, "amount", currency));
    let kind = CostKind::from_code(&fields.text("kind"));
    let kind = kind.ok_or_else(|| AppError::field("kind", "not_a_choice"))?;
    let enrollment = match fields.filled("partner") {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|_| AppError::field("partner", "not_a_choice"))?,
        ),
    };
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    Ok(NewCost {
        kind,
        amount_minor,
        enrollment,
        starts_on: fields.text("starts_on"),
        ends_on: fields.text("ends_on"),
        note: fields.text("note"),
    })
}

async fn enter(
    State(web): State<WebState>,
    mut team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let currency = program::get(&web.app, &team.actor, id).await?.currency;
    let done = match cost_of(&fields, currency) {
        Ok(new) => kpi::enter_cost(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(see_with(
            &format!("/admin/programs/{id}/economics"),
            Tone::Ok,
            &t!(team.cx, "economics-entered"),
        )),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            let paging = first_page();
            let page = render(&web, &mut team, id, &paging, (None, Some(form))).await?;
            Ok(refused(page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn export(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Response> {
    let (kind, find) = (
        paging.query.text("kind"),
        paging.query.text("q").to_lowercase(),
    );
    let filter = (kind.as_str(), find.as_str());
    let rows = kpi::costs(&web.app, &team.actor, id, filter, None, EXPORT_ROWS).await?;
    let mut sheet = Sheet::new(&[
        "cost_id",
        "kind",
        "note",
        "partner",
        "amount",
        "currency",
        "starts_on",
        "ends_on",
        "entered_at",
    ]);
    for row in rows {
        let cost = &row.cost;
        sheet.row(&[
            &cost.id.to_string(),
            cost.kind.code(),
            &cost.note,
            &row.partner_name,
            &cost.amount.decimal(),
            cost.amount.currency.code(),
            &cost.starts_on,
            &cost.ends_on,
            &cost.created_at.to_string(),
        ]);
    }
    Ok(sheet.download("costs.csv"))
}

async fn cost(State(web): State<WebState>, mut team: Team, Id(id): Id<CostId>) -> WebResult<Page> {
    Ok(Page(render_cost(&web, &mut team, id, None).await?))
}

async fn render_cost(
    web: &WebState,
    team: &mut Team,
    id: CostId,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let found = kpi::cost(&web.app, &team.actor, id).await?;
    let cost = &found.cost;
    let filled = FormState::default()
        .with("note", &cost.note)
        .with("kind", cost.kind.code())
        .with("amount", cost.amount.decimal())
        .with("starts_on", &cost.starts_on)
        .with("ends_on", &cost.ends_on)
        .with(
            "partner",
            cost.enrollment.map(|id| id.to_string()).unwrap_or_default(),
        );
    let listed = kpi::ListedCost {
        cost: cost.clone(),
        partner_name: found.partner_name.clone(),
    };
    let view = CostPage {
        entry: entry(&listed),
        removed: cost.removed,
        program: found.program.id,
        program_name: found.program.name.clone(),
        partners: members(web, team, found.program.id).await?,
        history: found.history.iter().map(history_line).collect(),
        can_manage: team.actor.may(Permission::ManageCommissions),
        form: form.unwrap_or(filled),
    };
    let shell = admin_shell(web, team).await?;
    team.cx.zone = found.program.zone;
    Ok(cost_page(&team.cx, &shell, &view))
}

fn history_line(version: &kpi::CostVersion) -> HistoryLine {
    let body: serde_json::Value = serde_json::from_str(&version.body_json).unwrap_or_default();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let currency: Option<Currency> = text("currency").parse().ok();
    let amount = body["amount_minor"].as_i64().zip(currency);
    let (first, last) = (text("starts_on"), text("ends_on"));
    HistoryLine {
        version: version.version,
        amount: amount.map(|(minor, currency)| Money::new(minor, currency)),
        days: if first == last {
            first
        } else {
            format!("{first} – {last}")
        },
        note: text("note"),
        removed: body["removed"].as_bool().unwrap_or(false),
        at: version.changed_at,
    }
}

async fn change(
    State(web): State<WebState>,
    mut team: Team,
    Id(id): Id<CostId>,
    fields: Fields,
) -> WebResult {
    let found = kpi::cost(&web.app, &team.actor, id).await?;
    let done = match cost_of(&fields, found.program.currency) {
        Ok(new) => kpi::change_cost(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(see_with(
            &format!("/admin/costs/{id}"),
            Tone::Ok,
            &t!(team.cx, "economics-changed"),
        )),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render_cost(&web, &mut team, id, Some(form)).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn remove(State(web): State<WebState>, team: Team, Id(id): Id<CostId>) -> WebResult {
    let cost = kpi::remove_cost(&web.app, &team.actor, id, true).await?;
    let path = format!("/admin/programs/{}/economics", cost.program);
    let text = t!(team.cx, "economics-removed-done");
    Ok(crate::page::see_undo(
        &path,
        &text,
        &format!("/admin/costs/{id}/restore"),
    ))
}

async fn restore(State(web): State<WebState>, team: Team, Id(id): Id<CostId>) -> WebResult {
    kpi::remove_cost(&web.app, &team.actor, id, false).await?;
    let text = t!(team.cx, "economics-restored-done");
    Ok(see_with(&format!("/admin/costs/{id}"), Tone::Ok, &text))
}
