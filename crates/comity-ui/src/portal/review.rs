//! The team's check of a commission: what was said, until when, and the partner's appeal.

use comity_domain::fraud::{AppealState, CaseState};
use maud::{Markup, html};

use super::why::{Review, Why};
use crate::component::{Button, Card, FeedItem, Field, Tone, banner, csrf, files, timeline};
use crate::fraud::{ACCEPTED, done, file_list};
use crate::icon::Icon;
use crate::{Cx, fmt, route, t};

/// The card; nothing for commissions nobody checked and nobody may appeal.
pub(super) fn card(cx: &Cx, view: &Why) -> Markup {
    let form = form(cx, view);
    if view.review.is_none() && form.is_none() {
        return html! {};
    }
    let body = html! {
        div.stack {
            @if let Some(review) = &view.review {
                (standing(cx, review))
                (timeline(cx, &items(cx, review)))
                (file_list(cx, &review.files))
            }
            @if let Some(form) = form { (form) }
        }
    };
    html! { (Card::new(t!(cx, "portal-review-title")).id("review").body(body)) }
}

fn standing(cx: &Cx, review: &Review) -> Markup {
    let date = fmt::date(cx, review.due_at);
    let late = review.due_at < cx.now;
    let (tone, text) = match (review.state, review.appeal) {
        (CaseState::Waiting, _) => (Tone::Warn, t!(cx, "portal-review-waiting", date = date)),
        (CaseState::Open, _) if late => (Tone::Info, t!(cx, "portal-review-late")),
        (CaseState::Open, AppealState::Open) => {
            (Tone::Info, t!(cx, "portal-review-appealed", date = date))
        }
        (CaseState::Open, _) => (Tone::Info, t!(cx, "portal-review-open", date = date)),
        (CaseState::Released, _) => (Tone::Ok, t!(cx, "portal-review-released")),
        (CaseState::Rejected, AppealState::Declined) => {
            (Tone::Bad, t!(cx, "portal-review-appeal-declined"))
        }
        (CaseState::Rejected, _) => (Tone::Bad, t!(cx, "portal-review-rejected")),
    };
    banner(tone, &html! { (text) }, &html! {})
}

fn items(cx: &Cx, review: &Review) -> Vec<FeedItem> {
    let said = review.said.iter();
    said.map(|(kind, author, body, at)| FeedItem {
        icon: match kind.as_str() {
            "released" => Icon::CircleCheck,
            "rejected" => Icon::CircleX,
            "appealed" => Icon::Scale,
            "asked" | "answered" => Icon::MessageSquare,
            "reopened" => Icon::Undo2,
            _ => Icon::ShieldCheck,
        },
        tone: match kind.as_str() {
            "released" => Tone::Ok,
            "rejected" => Tone::Bad,
            _ => Tone::Neutral,
        },
        text: html! {
            @if !author.is_empty() { b { (author) } " — " }
            (done(cx, kind))
        },
        detail: body.clone(),
        at: *at,
    })
    .collect()
}

/// An answer while the team asks; an appeal while it was not heard.
fn form(cx: &Cx, view: &Why) -> Option<Markup> {
    let state = view.review.as_ref().map(|review| review.state);
    let appeal = view
        .review
        .as_ref()
        .map_or(AppealState::None, |review| review.appeal);
    let (label, hint, button) = if state == Some(CaseState::Waiting) {
        (
            t!(cx, "portal-reply-label"),
            t!(cx, "portal-reply-hint"),
            t!(cx, "portal-reply-do"),
        )
    } else if view.can_appeal && appeal == AppealState::None && state != Some(CaseState::Released) {
        (
            t!(cx, "portal-appeal-label"),
            t!(cx, "portal-appeal-hint"),
            t!(cx, "portal-appeal-do"),
        )
    } else {
        return None;
    };
    view.can_ask.then(|| {
        html! {
            form.stack method="post" action=(route::portal_appeal(view.earning.id))
                enctype="multipart/form-data" {
                (csrf(cx))
                (Field::area("appeal", label).bind(&view.form).hint(hint).required().max(4_000))
                (files("files", &t!(cx, "portal-evidence-label"), ACCEPTED, &t!(cx, "portal-evidence-hint"),
                    &view.form))
                div.row { (Button::submit(button).icon(Icon::Scale)) }
            }
        }
    })
}
