//! What a program costs and brings, its guard, and the cost ledger.

mod cost;
mod guard;

use axum::extract::State;
use comity_app::kpi::{self, Economics as Report, Period};
use comity_app::{FieldError, partner};
use comity_domain::{Bps, Currency, Money, Permission, ProgramId};
use comity_ui::admin::economics::{Alert, Economics, Entry, Ledger, Line, page};
use comity_ui::component::FormState;
use maud::Markup;

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::page::Page;
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Partners and groups shown, the dearest first; the API gives more.
const LINES: usize = 12;
/// Partners offered for a cost; a longer list is not chosen from.
const CHOICES: i64 = 200;

/// Routes of economics and costs.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let money = Audience::Team(Permission::ManageCommissions);
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/programs/{id}/economics", view, show)
        .post("/admin/programs/{id}/economics", manage, guard::set_guard)
        .post("/admin/programs/{id}/costs", money, cost::enter)
        .get("/admin/programs/{id}/costs.csv", view, cost::export)
        .get("/admin/costs/{id}", view, cost::cost)
        .post("/admin/costs/{id}", money, cost::change)
        .post("/admin/costs/{id}/remove", money, cost::remove)
        .post("/admin/costs/{id}/restore", money, cost::restore)
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
    let guard = guard.unwrap_or_else(|| guard::filled(&report));
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
            .take(LINES)
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
            .take(LINES)
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

/// The first page of the ledger without filters.
fn first_page() -> Paging {
    Paging {
        limit: 50,
        ..Paging::default()
    }
}
