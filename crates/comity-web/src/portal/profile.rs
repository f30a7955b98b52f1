//! The partner's own data, choices, and everything to take away (X15).

use axum::extract::State as Web;
use axum::response::Response;
use comity_app::AppError;
use comity_app::partner::{self, ProfileChange, update_profile};
use comity_app::portal::{self, Choices, MailChoices};
use comity_ui::component::{FormState, Tone};
use comity_ui::i18n::Lang;
use comity_ui::portal::leave as leaving_page;
use comity_ui::portal::profile::{self as pages, Profile};
use comity_ui::{route, t};

use super::frame::Frame;
use crate::error::{WebError, WebResult};
use crate::extract::Fields;
use crate::form::form_state;
use crate::page::{Page, download, refused, see_with};
use crate::state::WebState;

fn view(frame: &Frame, form: FormState) -> Profile {
    Profile {
        shell: frame.shell.clone(),
        email: frame.here.partner.email.clone(),
        form,
    }
}

/// `GET /portal/profile`.
pub(super) async fn page(Web(web): Web<WebState>, frame: Frame) -> WebResult<Page> {
    let choices = portal::choices(&web.app, frame.actor()).await?;
    let partner = &frame.here.partner;
    let mut form = FormState::default()
        .with("name", &partner.name)
        .with("company", &partner.company)
        .with("website", &partner.website)
        .with("country", &partner.country)
        .with("lang", frame.cx.lang.code())
        .with("channels", &choices.channels);
    let checked = [
        ("mail_click", choices.mail.click),
        ("mail_sale", choices.mail.sale),
        ("mail_payout", choices.mail.payout),
        ("mail_news", choices.mail.news),
        ("public_name", choices.public_name),
    ];
    for (name, _) in checked.into_iter().filter(|(_, on)| *on) {
        form = form.with(name, "1");
    }
    Ok(Page(pages::page(&frame.cx, &view(&frame, form))))
}

/// `POST /portal/profile`.
pub(super) async fn save(
    Web(web): Web<WebState>,
    frame: Frame,
    fields: Fields,
) -> WebResult<Response> {
    let change = ProfileChange {
        name: fields.text("name"),
        email: frame.here.partner.email.clone(),
        company: fields.text("company"),
        country: fields.text("country"),
        website: fields.text("website"),
        lang: Lang::parse(&fields.text("lang")).unwrap_or(frame.cx.lang),
    };
    let lang = change.lang;
    let choices = Choices {
        mail: MailChoices {
            click: fields.checked("mail_click"),
            sale: fields.checked("mail_sale"),
            payout: fields.checked("mail_payout"),
            news: fields.checked("mail_news"),
        },
        channels: fields.text("channels"),
        public_name: fields.checked("public_name"),
    };
    let mut done = update_profile(&web.app, frame.actor(), frame.partner.id, change)
        .await
        .map(drop);
    if done.is_ok() {
        done = portal::set_choices(&web.app, frame.actor(), &choices).await;
    }
    match done {
        Ok(()) => {
            let mut cx = frame.cx.clone();
            cx.lang = lang;
            let text = t!(cx, "portal-profile-saved");
            Ok(see_with(route::PORTAL_PROFILE, Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&frame.cx, &fields, &errors);
            Ok(refused(pages::page(&frame.cx, &view(&frame, form))))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /portal/close`: what leaving does.
pub(super) async fn leaving(frame: Frame) -> Page {
    let can_leave = frame.in_person();
    Page(leaving_page::page(&frame.cx, &frame.shell, can_leave))
}

/// `POST /portal/close`: leaves every program; this session ends too.
pub(super) async fn leave(Web(web): Web<WebState>, frame: Frame) -> WebResult<Response> {
    partner::leave(&web.app, frame.actor()).await?;
    let text = t!(frame.cx, "portal-close-done");
    Ok(see_with(route::SIGN_IN, Tone::Ok, &text))
}

/// `GET /portal/export`.
pub(super) async fn export(Web(web): Web<WebState>, frame: Frame) -> WebResult<Response> {
    let data = portal::export(&web.app, frame.actor()).await?;
    let text = serde_json::to_string_pretty(&data)
        .map_err(|_| WebError::internal("an export could not be written"))?;
    Ok(download("my-data.json", "application/json", text))
}
