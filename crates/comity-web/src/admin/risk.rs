//! Risk: the queue, its export, one case and the acts on it.

use axum::extract::State;
use axum::response::Response;
use comity_app::fraud::{self, Deed, Filter, Listed};
use comity_app::{AppError, program};
use comity_domain::fraud::{SignalKind, Verdict};
use comity_domain::ledger::ReversalReason;
use comity_domain::{FraudCaseId, FraudFileId, Permission};
use comity_ui::admin::risk::{self as pages, Detail, Entry, Line, List, Seen};
use comity_ui::commission::reason_of;
use comity_ui::component::{FormState, Tone};
use comity_ui::fraud::FileRow;
use comity_ui::t;
use maud::Markup;

use super::partner::named;
use super::{admin_shell, csv, risk_policy};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, hand_out, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of risk.
pub fn routes() -> Routes {
    let (view, manage, settings) = (
        Audience::Team(Permission::View),
        Audience::Team(Permission::ManageCommissions),
        Audience::Team(Permission::View),
    );
    Routes::new()
        .get("/admin/risk", view, list)
        .get("/admin/risk.csv", view, export)
        .post("/admin/risk/bulk", manage, bulk)
        .get("/admin/risk/policy/{id}", settings, risk_policy::show)
        .post("/admin/risk/policy/{id}", settings, risk_policy::submit)
        .get("/admin/risk/{id}", view, show)
        .post("/admin/risk/{id}/act", manage, act)
        .get("/admin/risk/{id}/files/{file}", view, file)
}

fn filter(team: &Team, query: &Fields) -> Filter {
    let partner = query.read("partner");
    let state = query.text("state");
    Filter {
        program: query.read("program"),
        // The queue opens with what waits; a partner's cases with all of them.
        state: match state.as_str() {
            "" if partner.is_none() => "undecided".to_owned(),
            "all" => String::new(),
            _ => state,
        },
        partner,
        signal: query.text("signal"),
        assignee: query.checked("mine").then_some(team.id),
        find: query.text("q").to_lowercase(),
    }
}

fn signals(text: &str) -> Vec<SignalKind> {
    text.split(' ').filter_map(SignalKind::from_code).collect()
}

fn entry(row: Listed) -> Entry {
    let case = row.case;
    Entry {
        id: case.id,
        name: row.partner_name,
        order: row.external_id,
        signals: signals(&case.signals),
        amount: row.amount,
        state: case.standing.state,
        appeal: case.standing.appeal,
        due_at: case.due_at,
        opened_at: case.opened_at,
        assignee: case.assignee_name,
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let filter = filter(&team, &paging.query);
    let rows = fraud::cases(app, actor, &filter, paging.after()?, paging.limit + 1).await?;
    let counts = fraud::counts(app, actor, filter.program).await?;
    let programs = program::list(app, actor).await?;
    let listed = paging.listed(rows, |row| row.case.id.to_string(), entry);
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let view = List {
        rows: listed.data,
        counts: [counts.open, counts.waiting, counts.overdue, counts.appeals].map(number),
        state: if filter.state.is_empty() {
            "all".to_owned()
        } else {
            filter.state
        },
        signal: filter.signal,
        mine: paging.query.text("mine"),
        partner: paging.query.text("partner"),
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
    let filter = filter(&team, &paging.query);
    let rows = fraud::cases(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let columns = [
        "case_id",
        "commission_id",
        "partner_id",
        "partner",
        "program",
        "order",
        "signals",
        "state",
        "appeal",
        "amount",
        "currency",
        "assignee",
        "opened_at",
        "due_at",
        "decided_at",
    ];
    Ok(csv::file("risk.csv", &columns, &rows, |row| {
        let case = &row.case;
        let decided = case.decided_at.map(|at| at.to_string());
        vec![
            case.id.to_string(),
            case.commission.to_string(),
            case.partner.to_string(),
            row.partner_name.clone(),
            row.program_name.clone(),
            row.external_id.clone(),
            case.signals.clone(),
            case.standing.state.code().to_owned(),
            case.standing.appeal.code().to_owned(),
            row.amount.decimal(),
            row.amount.currency.code().to_owned(),
            case.assignee_name.clone(),
            case.opened_at.to_string(),
            case.due_at.to_string(),
            decided.unwrap_or_default(),
        ]
    }))
}

/// Decides what can be decided and says what could not. A declined case gets the reason of
/// its strongest signal.
async fn bulk(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let act = fields.text("act");
    let (mut done, mut refused) = (0_usize, 0_usize);
    for id in fields.all("id") {
        let Ok(id) = id.parse::<FraudCaseId>() else {
            refused += 1;
            continue;
        };
        let found = fraud::detail(&web.app, &team.actor, id).await;
        let deed = found.and_then(|found| {
            let main = found.verdict.as_ref().and_then(Verdict::main);
            bulk_deed(&act, main).ok_or_else(|| AppError::field("act", "not_a_choice"))
        });
        let result = match deed {
            Ok(deed) => fraud::act(&web.app, &team.actor, id, deed, "")
                .await
                .map(drop),
            Err(error) => Err(error),
        };
        match result {
            Ok(()) => done += 1,
            Err(AppError::Conflict(_) | AppError::NotFound(_)) => refused += 1,
            Err(error) => return Err(error.into()),
        }
    }
    let (tone, text) = match (done, refused) {
        (0, 0) => (Tone::Warn, t!(team.cx, "fraud-bulk-none")),
        (n, 0) => (Tone::Ok, t!(team.cx, "fraud-bulk-done", n = n)),
        (n, refused) => (
            Tone::Warn,
            t!(team.cx, "fraud-bulk-partly", n = n, refused = refused),
        ),
    };
    Ok(see_with("/admin/risk?state=undecided", tone, &text))
}

fn bulk_deed(act: &str, main: Option<SignalKind>) -> Option<Deed> {
    let reason = main.map_or(ReversalReason::Rejected, SignalKind::reversal_reason);
    match act {
        "release" => Some(Deed::Release { mute: false }),
        "reject" => Some(Deed::Reject(reason)),
        "take" => Some(Deed::Take),
        _ => None,
    }
}

async fn show(State(web): State<WebState>, team: Team, Id(id): Id<FraudCaseId>) -> WebResult<Page> {
    Ok(Page(render(&web, &team, id, FormState::default()).await?))
}

async fn render(
    web: &WebState,
    team: &Team,
    id: FraudCaseId,
    form: FormState,
) -> WebResult<Markup> {
    let found = fraud::detail(&web.app, &team.actor, id).await?;
    let hold_score = fraud::in_force(&web.app, &team.actor, found.program.id)
        .await?
        .policy
        .hold_score;
    let shell = admin_shell(web, team).await?;
    let view = view(team, found, hold_score, form);
    Ok(pages::detail(&team.cx, &shell, &view))
}

fn view(team: &Team, found: fraud::Detail, hold_score: u16, form: FormState) -> Detail {
    let (cx, case) = (&team.cx, found.case);
    let customer = found.customer.map(|customer| {
        let name = if customer.name.is_empty() {
            customer.external_id
        } else {
            customer.name
        };
        (name, format!("/admin/customers/{}", customer.id))
    });
    let verdict = found.verdict;
    let lines = found.entries.into_iter().map(|entry| Line {
        reason: reason_of(cx, &entry.reason_code),
        kind: entry.kind,
        author: entry.author,
        by_partner: entry.by_partner,
        shared: entry.shared,
        body: entry.body,
        at: entry.at,
    });
    Detail {
        id: case.id,
        state: case.standing.state,
        appeal: case.standing.appeal,
        origin: case.origin,
        partner: (case.partner, found.partner_name),
        commission: (case.commission, found.commission.book.net()),
        basis: found.commission.basis,
        order: found
            .event
            .map(|event| event.external_id)
            .unwrap_or_default(),
        program: (found.program.id.to_string(), found.program.name),
        customer: customer.unwrap_or_default(),
        score: (
            verdict.as_ref().map_or(0, |verdict| verdict.score),
            hold_score,
        ),
        by_score: verdict.as_ref().is_some_and(|verdict| verdict.by_score),
        seen: verdict.map_or_else(Vec::new, |verdict| {
            let all = verdict.contributions.into_iter();
            all.map(|one| Seen {
                evidence: one.evidence,
                weight: one.weight,
                action: one.action,
                would: one.would,
            })
            .collect()
        }),
        lines: lines.collect(),
        files: found
            .files
            .into_iter()
            .map(|file| FileRow {
                href: pages::file_href(case.id, file.id),
                name: file.name,
                size: file.size,
                at: file.created_at,
            })
            .collect(),
        record: (found.record.reviewed, found.record.confirmed),
        mine: case.assignee == Some(team.id),
        assignee: case.assignee_name,
        due_at: case.due_at,
        opened_at: case.opened_at,
        can_manage: team.actor.may(Permission::ManageCommissions),
        form,
    }
}

/// What the partner handed in.
async fn file(
    State(web): State<WebState>,
    team: Team,
    Id((id, file)): Id<(FraudCaseId, FraudFileId)>,
) -> WebResult<Response> {
    let found = fraud::file(&web.app, &team.actor, id, file).await?;
    Ok(hand_out(&found.name, found.media_type, found.content))
}

/// Reads the act of a form, with the text of its own field.
fn wanted(fields: &Fields) -> Result<(Deed, String), AppError> {
    let act = fields.text("act");
    let deed = match act.as_str() {
        "release" => Deed::Release {
            mute: fields.checked("mute"),
        },
        "reject" => {
            let reason = ReversalReason::from_code(&fields.text("reason"));
            Deed::Reject(reason.ok_or_else(|| AppError::field("reason", "not_a_choice"))?)
        }
        "reopen" => Deed::Reopen,
        "ask" => Deed::Ask,
        "note" => Deed::Note,
        "take" => Deed::Take,
        "leave" => Deed::Leave,
        _ => return Err(AppError::field("act", "not_a_choice")),
    };
    Ok((deed, fields.text(&format!("{act}_text"))))
}

async fn act(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<FraudCaseId>,
    fields: Fields,
) -> WebResult {
    let path = format!("/admin/risk/{id}");
    let done = match wanted(&fields) {
        Ok((deed, text)) => fraud::act(&web.app, &team.actor, id, deed, &text)
            .await
            .map(|_| deed),
        Err(error) => Err(error),
    };
    match done {
        Ok(deed) => Ok(see_with(&path, Tone::Ok, &said(&team, deed))),
        Err(AppError::Conflict("commission_in_payout")) => {
            Ok(see_with(&path, Tone::Bad, &t!(team.cx, "fraud-in-payout")))
        }
        Err(AppError::Conflict(_)) => Ok(see_with(
            &path,
            Tone::Bad,
            &t!(team.cx, "fraud-wrong-state"),
        )),
        Err(AppError::Invalid(mut errors)) => {
            let field = format!("{}_text", fields.text("act"));
            for error in errors.iter_mut().filter(|error| error.field == "text") {
                error.field.clone_from(&field);
            }
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, id, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn said(team: &Team, deed: Deed) -> String {
    match deed {
        Deed::Release { .. } => t!(team.cx, "fraud-done-release"),
        Deed::Reject(_) => t!(team.cx, "fraud-done-reject"),
        Deed::Reopen => t!(team.cx, "fraud-done-reopen"),
        Deed::Ask => t!(team.cx, "fraud-done-ask"),
        Deed::Note => t!(team.cx, "fraud-done-note"),
        Deed::Take => t!(team.cx, "fraud-done-take"),
        Deed::Leave => t!(team.cx, "fraud-done-leave"),
    }
}
