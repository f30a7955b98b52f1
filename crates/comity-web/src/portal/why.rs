//! Why a commission has its amount and state, and asking about it.

use axum::extract::State as Web;
use axum::response::Response;
use comity_app::AppError;
use comity_app::fraud::{self, NewFile, PartnerCase};
use comity_app::portal::{self, EarningDetail};
use comity_domain::fraud::CaseState;
use comity_domain::{CommissionId, FraudFileId};
use comity_ui::component::{FeedItem, FormState, Tone};
use comity_ui::fraud::FileRow;
use comity_ui::icon::Icon;
use comity_ui::portal::State;
use comity_ui::portal::why::{self as pages, Question, Review, Why};
use comity_ui::{Cx, explain, route, t};
use maud::{Markup, html};

use super::frame::Frame;
use super::present;
use crate::error::WebResult;
use crate::extract::{Attached, Fields, Id};
use crate::form::form_state;
use crate::page::{Page, hand_out, refused, see_with};
use crate::state::WebState;

fn view(frame: &Frame, found: &EarningDetail, case: Option<PartnerCase>, form: FormState) -> Why {
    let cx = &frame.cx;
    let commission = &found.commission;
    let order = found.event.as_ref().map_or("", |event| &event.external_id);
    let rule = (commission.rule.as_str(), found.rules_version);
    let asked = found.inquiries.iter().map(|one| Question {
        text: one.question.clone(),
        at: one.created_at,
        answer: one
            .answered_at
            .map(|at| (one.answered_by.clone(), at, one.answer.clone())),
    });
    let rate = found.conversion.as_ref();
    let amount = explain::amount(cx, found.explanation.as_ref(), rule, &commission.book);
    Why {
        shell: frame.shell.clone(),
        earning: present::earning(cx, commission, order),
        amount: rate
            .map(|known| explain::conversion(cx, known))
            .into_iter()
            .chain(amount)
            .collect(),
        passed: found
            .explanation
            .as_ref()
            .map_or_else(Vec::new, |known| explain::passed_over(cx, known)),
        credit: found
            .trace
            .as_ref()
            .map_or_else(Vec::new, |trace| explain::credit(cx, trace)),
        history: history(cx, found),
        can_appeal: matches!(present::state(commission), State::Held | State::Declined),
        review: case.map(|found| Review {
            state: found.case.standing.state,
            appeal: found.case.standing.appeal,
            due_at: found.case.due_at,
            files: found
                .files
                .into_iter()
                .map(|file| FileRow {
                    href: route::portal_case_file(commission.id, file.id),
                    name: file.name,
                    size: file.size,
                    at: file.created_at,
                })
                .collect(),
            said: found
                .entries
                .into_iter()
                .map(|entry| (entry.kind, entry.author, entry.body, entry.at))
                .collect(),
        }),
        questions: asked.collect(),
        can_ask: frame.in_person(),
        form,
    }
}

/// What happened: the event, refunds, and where it stands now.
fn history(cx: &Cx, found: &EarningDetail) -> Vec<FeedItem> {
    let item = |icon, tone, text: String, detail: String, at| FeedItem {
        icon,
        tone,
        text: html! { (text) },
        detail,
        at,
    };
    let commission = &found.commission;
    let what = present::what(cx, commission, "");
    let mut items = vec![item(
        Icon::ShoppingBag,
        Tone::Ok,
        t!(cx, "portal-happened", what = what),
        String::new(),
        commission.occurred_at,
    )];
    for event in &found.followed_by {
        let text = explain::word(cx, explain::matter(&event.kind), &event.kind);
        let none = String::new();
        items.push(item(
            Icon::RefreshCw,
            Tone::Warn,
            text,
            none,
            event.occurred_at,
        ));
    }
    let state = present::state(commission);
    let (icon, tone) = match state {
        State::Pending => return items,
        State::Held => (Icon::Pause, Tone::Warn),
        State::Approved => (Icon::Check, Tone::Ok),
        State::Paid => (Icon::Wallet, Tone::Ok),
        State::Declined | State::Reversed => (Icon::X, Tone::Bad),
    };
    let reason = present::reason(cx, commission);
    items.push(item(
        icon,
        tone,
        state.text(cx),
        reason,
        commission.updated_at,
    ));
    items
}

/// `GET /portal/earnings/{id}`.
pub(super) async fn page(
    Web(web): Web<WebState>,
    frame: Frame,
    Id(id): Id<CommissionId>,
) -> WebResult<Page> {
    Ok(Page(render(&web, &frame, id, FormState::default()).await?))
}

/// `POST /portal/earnings/{id}/inquiry`.
pub(super) async fn ask(
    Web(web): Web<WebState>,
    frame: Frame,
    Id(id): Id<CommissionId>,
    fields: Fields,
) -> WebResult<Response> {
    let cx = &frame.cx;
    let (tone, text) = match portal::ask(&web.app, frame.actor(), id, fields.raw("text")).await {
        Ok(_) => (Tone::Ok, t!(cx, "portal-question-sent")),
        Err(AppError::Conflict("already_asked")) => (Tone::Warn, t!(cx, "portal-already-asked")),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(cx, &fields, &errors);
            return Ok(refused(render(&web, &frame, id, form).await?));
        }
        Err(error) => return Err(error.into()),
    };
    Ok(see_with(&route::portal_earning(id), tone, &text))
}

async fn render(
    web: &WebState,
    frame: &Frame,
    id: CommissionId,
    form: FormState,
) -> WebResult<Markup> {
    let found = portal::earning(&web.app, frame.actor(), id).await?;
    let case = fraud::of_partner(&web.app, frame.actor(), id).await?;
    Ok(pages::page(&frame.cx, &view(frame, &found, case, form)))
}

/// `POST /portal/earnings/{id}/appeal`: an answer while the team asks, an appeal otherwise.
pub(super) async fn appeal(
    Web(web): Web<WebState>,
    frame: Frame,
    Id(id): Id<CommissionId>,
    sent: Attached,
) -> WebResult<Response> {
    let (app, actor, cx) = (&web.app, frame.actor(), &frame.cx);
    let fields = sent.fields;
    let text = fields.raw("appeal");
    let files = sent.files.into_iter();
    let files: Vec<NewFile> = files
        .map(|(name, content)| NewFile { name, content })
        .collect();
    let known = fraud::of_partner(app, actor, id).await?;
    let asked = known.is_some_and(|found| found.case.standing.state == CaseState::Waiting);
    let done = if asked {
        fraud::reply(app, actor, id, text, &files).await
    } else {
        fraud::appeal(app, actor, id, text, &files).await
    };
    let (tone, text) = match done {
        Ok(_) if asked => (Tone::Ok, t!(cx, "portal-reply-sent")),
        Ok(_) => (Tone::Ok, t!(cx, "portal-appeal-sent")),
        Err(AppError::Conflict(_)) => (Tone::Warn, t!(cx, "portal-appeal-over")),
        Err(AppError::Invalid(mut errors)) => {
            for error in errors.iter_mut().filter(|error| error.field == "text") {
                "appeal".clone_into(&mut error.field);
            }
            let form = form_state(cx, &fields, &errors);
            return Ok(refused(render(&web, &frame, id, form).await?));
        }
        Err(error) => return Err(error.into()),
    };
    Ok(see_with(&route::portal_earning(id), tone, &text))
}

/// `GET /portal/earnings/{id}/files/{file}`: what the partner handed in.
pub(super) async fn file(
    Web(web): Web<WebState>,
    frame: Frame,
    Id((id, file)): Id<(CommissionId, FraudFileId)>,
) -> WebResult<Response> {
    let found = fraud::file_of_partner(&web.app, frame.actor(), id, file).await?;
    Ok(hand_out(&found.name, found.media_type, found.content))
}
