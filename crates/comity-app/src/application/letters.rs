//! Mails to applicants and new partners, in the language they chose.

use comity_domain::application::RejectReason;
use comity_domain::partner::Partner;
use comity_domain::program::Program;
use comity_domain::{Actor, LinkId};
use comity_store::application::Application;
use comity_store::session::Subject;
use comity_store::{Tx, link as links};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail::{self, Mail};

use crate::message::{self, Draft};
use crate::session::{LinkPurpose, create_link};
use crate::{App, AppError, link};

fn cx(app: &App, program: &Program, lang: &str) -> Cx {
    let mut cx = Cx::new(Lang::parse(lang).unwrap_or_default(), "", app.now());
    cx.zone = program.zone.clone();
    cx
}

async fn send(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    kind: &'static str,
    to: &str,
    mail: Mail,
) -> Result<(), AppError> {
    let draft = Draft::new(kind, to.to_owned(), mail);
    message::queue(tx, app, program.tenant, draft).await?;
    Ok(())
}

fn view(application: &Application, token: &str, words: String) -> mail::Application {
    mail::Application {
        name: application.name.clone(),
        token: token.to_owned(),
        answer_time: String::new(),
        words,
    }
}

/// The application arrived.
pub(super) async fn received(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    application: &Application,
    token: &str,
) -> Result<(), AppError> {
    let from = message::program_sender(tx, app, program).await?;
    let view = view(application, token, String::new());
    let mail = mail::application_received(&cx(app, program, &application.lang), &from, &view);
    send(
        tx,
        app,
        program,
        "application_received",
        &application.email,
        mail,
    )
    .await
}

/// The team asks something.
pub(super) async fn question(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    application: &Application,
    token: &str,
) -> Result<(), AppError> {
    let from = message::program_sender(tx, app, program).await?;
    let view = view(application, token, application.reason_text.clone());
    let mail = mail::application_question(&cx(app, program, &application.lang), &from, &view);
    send(
        tx,
        app,
        program,
        "application_question",
        &application.email,
        mail,
    )
    .await
}

/// Refused, and why.
pub(super) async fn rejected(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    application: &Application,
    (reason, token): (RejectReason, &str),
) -> Result<(), AppError> {
    let from = message::program_sender(tx, app, program).await?;
    let cx = cx(app, program, &application.lang);
    let words = comity_ui::application::reason(&cx, reason, &application.reason_text);
    let mail = mail::application_declined(&cx, &from, &view(application, token, words));
    send(
        tx,
        app,
        program,
        "application_rejected",
        &application.email,
        mail,
    )
    .await
}

/// In: the first link, and a link to sign in.
pub(super) async fn approved(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    (application, partner): (&Application, &Partner),
    first: Option<LinkId>,
) -> Result<(), AppError> {
    let from = message::program_sender(tx, app, program).await?;
    let shared = match first {
        Some(id) => links::get(tx, program.tenant, id).await?,
        None => None,
    };
    let address = shared
        .map(|shared| link::url(app, &shared))
        .unwrap_or_default();
    let url = welcome(tx, app, partner).await?;
    let cx = cx(app, program, &partner.lang);
    let view = view(application, "", String::new());
    let mail = mail::application_approved(&cx, &from, &view, &address, &url);
    send(
        tx,
        app,
        program,
        "application_approved",
        &partner.email,
        mail,
    )
    .await
}

/// For partners whom the team added.
pub(crate) async fn invited(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    partner: &Partner,
) -> Result<(), AppError> {
    let from = message::program_sender(tx, app, program).await?;
    let inviter = match actor {
        Actor::User { name, .. } => name.clone(),
        _ => from.name.clone(),
    };
    let view = mail::Invite {
        inviter,
        note: String::new(),
        url: welcome(tx, app, partner).await?,
        until: LinkPurpose::Welcome.expires(app.now()),
    };
    let mail = mail::invite(&cx(app, program, &partner.lang), &from, &view);
    send(tx, app, program, "partner_invited", &partner.email, mail).await
}

/// A link that signs in once within a week: people read such mail late.
async fn welcome(tx: &mut Tx, app: &App, partner: &Partner) -> Result<String, AppError> {
    let subject = Subject::Partner(partner.id);
    create_link(tx, app, partner.tenant, subject, LinkPurpose::Welcome).await
}
