//! `/portal/leads`: people the partner names before they buy.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::AppError;
use comity_app::tracking::{self, NewLead, SubmittedLead};
use comity_domain::SubmittedLeadId;
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::portal::lead::{self as pages, LeadRow, Leads};
use comity_ui::{route, t};

use super::frame::Frame;
use crate::admin::csv::Sheet;
use crate::error::WebResult;
use crate::extract::{Fields, Paging};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

/// Rows read at once for a file, and at most in one.
const BATCH: i64 = 500;
const MAX_ROWS: usize = 50_000;

/// `GET /portal/leads`.
pub(super) async fn list(
    State(web): State<WebState>,
    frame: Frame,
    paging: Paging,
) -> WebResult<Response> {
    if let Some(response) = frame.terms_first() {
        return Ok(response);
    }
    let view = view(&web, &frame, &paging, FormState::default()).await?;
    Ok(Page(pages::page(&frame.cx, &view)).into_response())
}

async fn view(web: &WebState, frame: &Frame, paging: &Paging, form: FormState) -> WebResult<Leads> {
    let (enrollment, query) = (frame.here.enrollment.id, paging.query.text("q"));
    let limit = paging.limit + 1;
    let (actor, after) = (frame.actor(), paging.after()?);
    let found =
        tracking::submitted_leads(&web.app, actor, enrollment, after, &query, limit).await?;
    let listed = paging.listed(found, |lead| lead.id.to_string(), row);
    Ok(Leads {
        shell: frame.shell.clone(),
        rows: listed.data,
        next: listed.next_cursor,
        query,
        can_submit: frame.in_person() && frame.here.enrollment.status.earns(),
        form,
    })
}

fn row(lead: SubmittedLead) -> LeadRow {
    let who = [lead.name, lead.company];
    let who: Vec<String> = who.into_iter().filter(|text| !text.is_empty()).collect();
    LeadRow {
        email: lead.email,
        who: who.join(", "),
        at: lead.created_at,
        reason: lead.reason,
    }
}

/// `POST /portal/leads`.
pub(super) async fn submit(
    State(web): State<WebState>,
    frame: Frame,
    paging: Paging,
    fields: Fields,
) -> WebResult<Response> {
    if let Some(response) = frame.terms_first() {
        return Ok(response);
    }
    let new = NewLead {
        enrollment: frame.here.enrollment.id,
        email: fields.text("email"),
        name: fields.text("name"),
        company: fields.text("company"),
        note: fields.text("note"),
    };
    let cx = &frame.cx;
    let form = match tracking::submit_lead(&web.app, frame.actor(), new).await {
        Ok(lead) if lead.reason.is_empty() => {
            let text = t!(cx, "portal-lead-sent");
            return Ok(see_with(route::PORTAL_LEADS, Tone::Ok, &text));
        }
        Ok(lead) => {
            let text = pages::reason(cx, &lead.reason);
            return Ok(see_with(route::PORTAL_LEADS, Tone::Warn, &text));
        }
        Err(AppError::Invalid(errors)) => form_state(cx, &fields, &errors),
        Err(AppError::Conflict(code)) => fields.state().error("", problem(cx, code)),
        Err(error) => return Err(error.into()),
    };
    let view = view(&web, &frame, &paging, form).await?;
    Ok(refused(pages::page(cx, &view)))
}

/// `GET /portal/leads.csv`.
pub(super) async fn sheet(State(web): State<WebState>, frame: Frame) -> WebResult<Response> {
    let cx = &frame.cx;
    let columns = [
        t!(cx, "portal-col-date"),
        t!(cx, "portal-lead-email"),
        t!(cx, "portal-lead-name"),
        t!(cx, "portal-lead-company"),
        t!(cx, "portal-col-state"),
        t!(cx, "portal-col-reason"),
    ];
    let mut sheet = Sheet::new(&columns.each_ref().map(String::as_str));
    let (actor, enrollment) = (frame.actor(), frame.here.enrollment.id);
    let mut before: Option<SubmittedLeadId> = None;
    let mut written = 0;
    while written < MAX_ROWS {
        let rows =
            tracking::submitted_leads(&web.app, actor, enrollment, before, "", BATCH).await?;
        let Some(last) = rows.last() else { break };
        before = Some(last.id);
        written += rows.len();
        for lead in &rows {
            let day = lead.created_at.date_in(&cx.zone).to_string();
            let (state, reason) = (
                pages::state(cx, &lead.reason),
                pages::reason(cx, &lead.reason),
            );
            sheet.row(&[
                &day,
                &lead.email,
                &lead.name,
                &lead.company,
                &state,
                &reason,
            ]);
        }
    }
    Ok(sheet.download("leads.csv"))
}
