//! Commissions: the list, its export, one of them, and the acts on them.

use axum::extract::State;
use axum::response::Response;
use comity_app::commission::{self, Act, Filter, Listed};
use comity_app::{AppError, fraud, program};
use comity_domain::ledger::{CommissionStatus, HoldReason, ReversalReason};
use comity_domain::{CommissionId, Permission};
use comity_ui::admin::commission::{self as pages, Detail, Entry, JournalLine, List};
use comity_ui::commission::{account, credit, passed, reason_of, steps};
use comity_ui::component::{FormState, Tone};
use comity_ui::explain::conversion;
use comity_ui::rule::Names;
use comity_ui::t;
use maud::Markup;

use super::admin_shell;
use super::csv::{self, Sheet};
use super::partner::named;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of commissions.
pub fn routes() -> Routes {
    let (view, manage) = (
        Audience::Team(Permission::View),
        Audience::Team(Permission::ManageCommissions),
    );
    Routes::new()
        .get("/admin/commissions", view, list)
        .get("/admin/commissions.csv", view, export)
        .post("/admin/commissions/bulk", manage, bulk)
        .get("/admin/commissions/{id}", view, show)
        .post("/admin/commissions/{id}/act", manage, act)
}

fn filter(query: &Fields) -> Filter {
    Filter {
        program: query.read("program"),
        enrollment: None,
        state: query.text("state"),
        find: query.text("q").to_lowercase(),
    }
}

fn entry(row: &Listed) -> Entry {
    let one = &row.commission;
    Entry {
        id: one.id,
        partner: one.partner,
        name: row.partner_name.clone(),
        order: row.external_id.clone(),
        basis: one.basis,
        net: one.book.net(),
        status: one.book.status(),
        holds: one.book.holds.iter().copied().collect(),
        at: one.occurred_at,
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let filter = filter(&paging.query);
    let rows = commission::list(app, actor, &filter, paging.after()?, paging.limit + 1).await?;
    let counts = commission::counts(app, actor, filter.program).await?;
    let programs = program::list(app, actor).await?;
    let listed = paging.listed(rows, |row| row.commission.id.to_string(), |row| entry(&row));
    let number = |state: CommissionStatus| {
        let same = counts
            .states
            .iter()
            .filter(|(code, _, _)| code == state.code());
        u64::try_from(same.map(|(_, n, _)| n).sum::<i64>()).unwrap_or(0)
    };
    let view = List {
        rows: listed.data,
        counts: CommissionStatus::ALL
            .map(|state| (state, number(state)))
            .to_vec(),
        held: u64::try_from(counts.held).unwrap_or(0),
        state: filter.state,
        query: paging.query.text("q"),
        programs: named(&programs),
        program: paging.query.text("program"),
        next: listed.next_cursor,
        can_manage: actor.may(Permission::ManageCommissions),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let rows = commission::list(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let mut sheet = Sheet::new(&[
        "commission_id",
        "partner_id",
        "partner",
        "order",
        "state",
        "holds",
        "basis",
        "earned",
        "reversed",
        "net",
        "currency",
        "rule",
        "occurred_at",
    ]);
    for row in rows {
        let one = &row.commission;
        let holds: Vec<&str> = one.book.holds.iter().map(|hold| hold.code()).collect();
        sheet.row(&[
            &one.id.to_string(),
            &one.partner.to_string(),
            &row.partner_name,
            &row.external_id,
            one.book.status().code(),
            &holds.join(" "),
            &one.basis.decimal(),
            &one.book.amount.decimal(),
            &one.book.reversed.decimal(),
            &one.book.net().decimal(),
            one.basis.currency.code(),
            &one.rule,
            &one.occurred_at.to_string(),
        ]);
    }
    Ok(sheet.download("commissions.csv"))
}

/// Approves what can be approved and says what could not.
async fn bulk(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let (mut done, mut refused) = (0_usize, 0_usize);
    for id in fields.all("id") {
        let Ok(id) = id.parse() else {
            refused += 1;
            continue;
        };
        match commission::act(&web.app, &team.actor, id, Act::Approve, "").await {
            Ok(_) => done += 1,
            Err(AppError::Conflict(_) | AppError::NotFound(_)) => refused += 1,
            Err(error) => return Err(error.into()),
        }
    }
    let (tone, text) = match (done, refused) {
        (0, 0) => (Tone::Warn, t!(team.cx, "commission-bulk-none")),
        (n, 0) => (Tone::Ok, t!(team.cx, "commission-bulk-done", n = n)),
        (n, refused) => (
            Tone::Warn,
            t!(team.cx, "commission-bulk-partly", n = n, refused = refused),
        ),
    };
    Ok(see_with("/admin/commissions", tone, &text))
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<CommissionId>,
) -> WebResult<Page> {
    Ok(Page(render(&web, &team, id, FormState::default()).await?))
}

async fn render(
    web: &WebState,
    team: &Team,
    id: CommissionId,
    form: FormState,
) -> WebResult<Markup> {
    let found = commission::detail(&web.app, &team.actor, id).await?;
    let case = fraud::case_of(&web.app, &team.actor, id).await?;
    let shell = admin_shell(web, team).await?;
    let view = Detail {
        case: case.map(|case| format!("/admin/risk/{case}")),
        ..view(team, found, form)
    };
    Ok(pages::detail(&team.cx, &shell, &view))
}

fn view(team: &Team, found: commission::Detail, form: FormState) -> Detail {
    let (cx, one) = (&team.cx, &found.commission);
    let listed = Listed {
        commission: one.clone(),
        partner_name: found.partner_name,
        external_id: found
            .event
            .map(|event| event.external_id)
            .unwrap_or_default(),
    };
    let explanation = found.explanation.as_ref();
    let rate = found.conversion.as_ref().map(|known| conversion(cx, known));
    let names = Names::none(one.basis.currency);
    let customer = found.customer.map(|customer| {
        let name = if customer.name.is_empty() {
            customer.external_id
        } else {
            customer.name
        };
        (name, format!("/admin/customers/{}", customer.id))
    });
    Detail {
        entry: entry(&listed),
        program: found.program_name,
        customer: customer.unwrap_or_default(),
        accrued: one.book.amount,
        reversed: one.book.reversed,
        clears_at: one.hold_until,
        reason: (reason_of(cx, &one.reason_code), one.reason_text.clone()),
        case: None,
        batch: found.batch.map(|batch| format!("/admin/payouts/{batch}")),
        rules_version: found.rules_version,
        steps: rate
            .into_iter()
            .chain(
                explanation
                    .map(|why| steps(cx, why, &one.rule, one.book.amount))
                    .unwrap_or_default(),
            )
            .collect(),
        passed: explanation
            .map(|why| {
                let over = why.passed_over.iter();
                over.map(|one| (one.rule.name.clone(), passed(cx, &one.reason, &names)))
                    .collect()
            })
            .unwrap_or_default(),
        credit: found
            .decision
            .map(|decision| credit(cx, &decision, one.enrollment))
            .unwrap_or_default(),
        journal: found
            .booked
            .into_iter()
            .map(|line| JournalLine {
                at: line.at,
                kind: line.kind,
                account: account(cx, &line.account),
                amount: line.amount,
            })
            .collect(),
        can_manage: team.actor.may(Permission::ManageCommissions),
        form,
    }
}

/// Reads the act of a form: what to do and the text for the partner.
fn wanted(fields: &Fields) -> Result<(Act, String), AppError> {
    let invalid = |field| AppError::field(field, "not_a_choice");
    let hold =
        || HoldReason::from_code(&fields.text("hold_reason")).ok_or_else(|| invalid("hold_reason"));
    let act = match fields.text("act").as_str() {
        "approve" => Act::Approve,
        "reinstate" => Act::Reinstate,
        "hold" => Act::Hold(hold()?),
        "release" => Act::Release(hold()?),
        "reject" => {
            let reason = ReversalReason::from_code(&fields.text("reject_reason"));
            Act::Reject(reason.ok_or_else(|| invalid("reject_reason"))?)
        }
        _ => return Err(invalid("act")),
    };
    let text = match act {
        Act::Hold(_) => fields.text("hold_text"),
        Act::Reject(_) => fields.text("reject_text"),
        _ => String::new(),
    };
    Ok((act, text))
}

async fn act(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<CommissionId>,
    fields: Fields,
) -> WebResult {
    let path = format!("/admin/commissions/{id}");
    let done = match wanted(&fields) {
        Ok((act, text)) => commission::act(&web.app, &team.actor, id, act, &text)
            .await
            .map(|_| act),
        Err(error) => Err(error),
    };
    match done {
        Ok(act) => Ok(see_with(&path, Tone::Ok, &said(&team, act))),
        Err(AppError::Conflict(_)) => {
            let text = t!(team.cx, "commission-wrong-state");
            Ok(see_with(&path, Tone::Bad, &text))
        }
        Err(AppError::Invalid(mut errors)) => {
            let field = format!("{}_text", fields.text("act"));
            for error in errors
                .iter_mut()
                .filter(|error| error.field == "reason_text")
            {
                error.field.clone_from(&field);
            }
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, id, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn said(team: &Team, act: Act) -> String {
    match act {
        Act::Approve => t!(team.cx, "commission-done-approve"),
        Act::Hold(_) => t!(team.cx, "commission-done-hold"),
        Act::Release(_) => t!(team.cx, "commission-done-release"),
        Act::Reject(_) => t!(team.cx, "commission-done-reject"),
        Act::Reinstate => t!(team.cx, "commission-done-reinstate"),
    }
}
