//! Questions of partners: the list, its export, one of them and its answer.

use axum::extract::State;
use axum::response::Response;
use comity_app::portal::{self, InquiryFilter, InquiryListed};
use comity_app::{AppError, commission, partner, program};
use comity_domain::{InquiryId, Permission};
use comity_ui::admin::inquiry::{self as pages, Entry, List, Said, Thread};
use comity_ui::component::{FormState, Tone};
use comity_ui::{route, t};
use maud::Markup;

use super::partner::named;
use super::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of questions.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let answering = Audience::Team(Permission::ManageCommissions);
    Routes::new()
        .get("/admin/inquiries", view, list)
        .get(route::INQUIRIES_CSV, view, export)
        .get("/admin/inquiries/{id}", view, show)
        .post("/admin/inquiries/{id}/answer", answering, answer)
}

fn filter(query: &Fields) -> InquiryFilter {
    InquiryFilter {
        status: query.text("status"),
        program: query.read("program"),
        find: query.text("q").to_lowercase(),
    }
}

fn entry(row: InquiryListed) -> Entry {
    Entry {
        id: row.inquiry.id,
        name: row.partner_name,
        open: row.inquiry.status == "open",
        question: row.inquiry.question,
        order: row.external_id,
        at: row.inquiry.created_at,
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let filter = filter(&paging.query);
    let rows = portal::inquiries(app, actor, &filter, paging.after()?, paging.limit + 1).await?;
    let counts = portal::inquiry_counts(app, actor).await?;
    let number = |status: &str| {
        let found = counts.iter().find(|(code, _)| code == status);
        found.map_or(0, |(_, n)| u64::try_from(*n).unwrap_or(0))
    };
    let programs = program::list(app, actor).await?;
    let listed = paging.listed(rows, |row| row.inquiry.id.to_string(), entry);
    let view = List {
        rows: listed.data,
        counts: (number("open"), number("answered")),
        status: filter.status,
        query: paging.query.text("q"),
        programs: named(&programs),
        program: paging.query.text("program"),
        next: listed.next_cursor,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let rows = portal::inquiries(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let columns = [
        "inquiry_id",
        "partner_id",
        "partner",
        "program_id",
        "commission_id",
        "order",
        "status",
        "question",
        "answer",
        "answered_by",
        "asked_at",
        "answered_at",
    ];
    Ok(csv::file("inquiries.csv", &columns, &rows, |row| {
        let one = &row.inquiry;
        let commission = one.commission.map(|id| id.to_string());
        let answered = one.answered_at.map(|at| at.to_string());
        vec![
            one.id.to_string(),
            one.partner.to_string(),
            row.partner_name.clone(),
            one.program.to_string(),
            commission.unwrap_or_default(),
            row.external_id.clone(),
            one.status.clone(),
            one.question.clone(),
            one.answer.clone(),
            one.answered_by.clone(),
            one.created_at.to_string(),
            answered.unwrap_or_default(),
        ]
    }))
}

async fn show(State(web): State<WebState>, team: Team, Id(id): Id<InquiryId>) -> WebResult<Page> {
    Ok(Page(render(&web, &team, id, FormState::default()).await?))
}

async fn render(web: &WebState, team: &Team, id: InquiryId, form: FormState) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let one = portal::inquiry(app, actor, id).await?;
    let of = program::get(app, actor, one.program).await?;
    let who = partner::detail(app, actor, one.partner).await?;
    let (about, thread) = match one.commission {
        Some(commission) => {
            let found = commission::detail(app, actor, commission).await?;
            let order = found.event.map(|event| event.external_id);
            let amount = found.commission.book.net();
            let about = (commission, order.unwrap_or_default(), amount);
            let thread = portal::of_commission(app, actor, commission).await?;
            (Some(about), thread)
        }
        None => (None, vec![one.clone()]),
    };
    let said = thread.into_iter().map(|one| Said {
        id: one.id,
        question: one.question,
        at: one.created_at,
        answer: one.answered_at.map(|at| (one.answered_by, at, one.answer)),
    });
    let view = Thread {
        partner: (one.partner, who.partner.name),
        program: of.name,
        commission: about,
        said: said.collect(),
        can_answer: actor.may(Permission::ManageCommissions),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::thread(&team.cx, &shell, &view))
}

async fn answer(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<InquiryId>,
    fields: Fields,
) -> WebResult<Response> {
    let path = format!("/admin/inquiries/{id}");
    match portal::answer(&web.app, &team.actor, id, fields.raw("answer")).await {
        Ok(_) => Ok(see_with(&path, Tone::Ok, &t!(team.cx, "inquiry-sent"))),
        Err(AppError::Conflict("already_answered")) => {
            let text = t!(team.cx, "inquiry-was-answered");
            Ok(see_with(&path, Tone::Warn, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, id, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}
