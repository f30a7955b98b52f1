//! A person's own account, for team members and partners alike.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::session::{self, Subject};
use comity_app::{AppError, team};
use comity_domain::SessionId;
use comity_ui::component::{FormState, Tone};
use comity_ui::layout::portal::PortalShell;
use comity_ui::session::account::{self as pages, Account, SessionRow};
use comity_ui::session::second_step::{self, Enrol};
use comity_ui::session::{Frame, device};
use comity_ui::{route, t};

use crate::admin::admin_shell;
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Id, Person, Team};
use crate::form::form_state;
use crate::limit::Class;
use crate::page::{Page, refused, see, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(route::ACCOUNT, Audience::Person, page)
        .post(route::ACCOUNT_PASSWORD, Audience::Person, password)
        .get(route::ACCOUNT_TOTP, Audience::Person, enrol)
        .post(route::ACCOUNT_TOTP, Audience::Person, switch_on)
        .post(route::ACCOUNT_TOTP_OFF, Audience::Person, switch_off)
        .post("/account/sessions/{id}/end", Audience::Person, end)
        .post(route::ACCOUNT_END_OTHERS, Audience::Person, end_others)
}

async fn page(State(web): State<WebState>, person: Person) -> WebResult {
    Ok(Page(view(&web, &person, FormState::default()).await?).into_response())
}

pub(super) async fn view(
    web: &WebState,
    person: &Person,
    form: FormState,
) -> WebResult<maud::Markup> {
    let signed = &person.signed;
    let sessions = session::list(&web.app, signed).await?;
    let row = |other: session::Session| SessionRow {
        current: other.id == signed.session.id,
        id: other.id,
        device: device(&other.user_agent),
        ip: other.ip,
        seen_at: other.last_seen_at,
    };
    let mut sessions: Vec<SessionRow> = sessions.into_iter().map(row).collect();
    sessions.sort_by_key(|row| !row.current);
    let view = Account {
        frame: frame(web, person).await?,
        email: signed.email.clone(),
        can_change_email: matches!(signed.session.subject, Subject::Partner(_)),
        has_password: signed.has_password,
        // Whoever looks through a partner's eyes does not change how the partner signs in.
        second_step: signed
            .session
            .impersonator
            .is_none()
            .then_some(signed.has_second_step),
        sessions,
        form,
    };
    Ok(pages::page(&person.cx, &view))
}

async fn frame(web: &WebState, person: &Person) -> WebResult<Frame> {
    match person.signed.session.subject {
        Subject::User(_) => {
            let team = Team::of(person).ok_or_else(|| WebError::internal("nobody is in"))?;
            Ok(Frame::Team(admin_shell(web, &team).await?))
        }
        Subject::Partner(_) => Ok(Frame::Partner(PortalShell {
            brand: person.signed.tenant.name.clone(),
            program: person.signed.tenant.name.clone(),
            partner: person.signed.name.clone(),
            others: Vec::new(),
            flash: person.flash.clone(),
            viewed_by: None,
            waiting: 0,
        })),
    }
}

/// The present password is the proof of presence; without one the session's age is.
async fn password(State(web): State<WebState>, person: Person, fields: Fields) -> WebResult {
    let signed = &person.signed;
    web.limiter
        .check(Class::Account, &signed.email, web.app.now())?;
    let changed = change(&web, &person, &fields).await;
    match changed {
        Ok(()) => {
            let done = t!(person.cx, "session-password-changed");
            Ok(see_with(route::ACCOUNT, Tone::Ok, &done))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&person.cx, &fields, &errors);
            Ok(refused(view(&web, &person, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn change(web: &WebState, person: &Person, fields: &Fields) -> Result<(), AppError> {
    let mut signed = person.signed.clone();
    if signed.has_password {
        let typed = fields.raw("current");
        session::reauthenticate(&web.app, &signed, typed)
            .await
            .map_err(|error| match error {
                AppError::Invalid(_) => AppError::field("current", "wrong"),
                other => other,
            })?;
        signed.session.reauth_at = web.app.now();
    }
    team::change_password(&web.app, &signed, fields.raw("password")).await
}

/// Begins the second step, with a fresh secret.
async fn enrol(State(web): State<WebState>, person: Person) -> WebResult {
    session::require_recent(&person.signed, web.app.now())?;
    let secret = session::new_secret(&web.app);
    let page = enrolment(&web, &person, secret, FormState::default()).await?;
    Ok(Page(page).into_response())
}

async fn enrolment(
    web: &WebState,
    person: &Person,
    secret: String,
    form: FormState,
) -> WebResult<maud::Markup> {
    let signed = &person.signed;
    let view = Enrol {
        frame: frame(web, person).await?,
        uri: session::provisioning_uri(&secret, &signed.tenant.name, &signed.email),
        secret,
        form,
    };
    Ok(second_step::enrol(&person.cx, &view))
}

async fn switch_on(State(web): State<WebState>, person: Person, fields: Fields) -> WebResult {
    let signed = &person.signed;
    web.limiter
        .check(Class::Account, &signed.email, web.app.now())?;
    let secret = fields.text("secret");
    match team::second_step_on(&web.app, signed, &secret, &fields.text("code")).await {
        Ok(codes) => {
            let frame = frame(&web, &person).await?;
            Ok(Page(second_step::recovery(&person.cx, &frame, &codes)).into_response())
        }
        Err(AppError::Invalid(_)) => {
            let error = t!(person.cx, "session-wrong-code");
            let form = FormState::default().error("code", error);
            Ok(refused(enrolment(&web, &person, secret, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn switch_off(State(web): State<WebState>, person: Person) -> WebResult<Response> {
    team::second_step_off(&web.app, &person.signed).await?;
    Ok(see(route::ACCOUNT))
}

async fn end(
    State(web): State<WebState>,
    person: Person,
    Id(id): Id<SessionId>,
) -> WebResult<Response> {
    session::end_own(&web.app, &person.signed, id).await?;
    Ok(see(route::ACCOUNT))
}

async fn end_others(State(web): State<WebState>, person: Person) -> WebResult<Response> {
    session::end_others(&web.app, &person.signed).await?;
    Ok(see(route::ACCOUNT))
}
