//! The cost ledger: entering, changing and taking back costs, and the export.

use axum::extract::State;
use axum::response::Response;
use comity_app::kpi::{self, NewCost};
use comity_app::{AppError, program};
use comity_domain::kpi::CostKind;
use comity_domain::{CostId, Currency, Money, Permission, ProgramId};
use comity_ui::admin::economics::{CostPage, HistoryLine, cost_page};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::{admin_shell, entry, first_page, members, render, taken, typed_money};
use crate::admin::csv::{self, Sheet};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_undo, see_with};
use crate::state::WebState;

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

pub(super) async fn enter(
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

pub(super) async fn export(
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
    let rows = kpi::costs(&web.app, &team.actor, id, filter, None, csv::ROWS).await?;
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

pub(super) async fn cost(
    State(web): State<WebState>,
    mut team: Team,
    Id(id): Id<CostId>,
) -> WebResult<Page> {
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

pub(super) async fn change(
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

pub(super) async fn remove(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<CostId>,
) -> WebResult {
    let cost = kpi::remove_cost(&web.app, &team.actor, id, true).await?;
    let path = format!("/admin/programs/{}/economics", cost.program);
    let text = t!(team.cx, "economics-removed-done");
    Ok(see_undo(
        &path,
        &text,
        &format!("/admin/costs/{id}/restore"),
    ))
}

pub(super) async fn restore(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<CostId>,
) -> WebResult {
    kpi::remove_cost(&web.app, &team.actor, id, false).await?;
    let text = t!(team.cx, "economics-restored-done");
    Ok(see_with(&format!("/admin/costs/{id}"), Tone::Ok, &text))
}
