//! A person applies: checked field by field, decided by the program's rules where possible.

use std::collections::BTreeMap;

use comity_domain::application::{
    Answer, ApplicationStatus, RejectReason, Signals, Verdict, check_answers, decide,
};
use comity_domain::program::{Program, ProgramStatus};
use comity_domain::{Actor, ApplicationId, Email};
use comity_store::application::{self as store, Application, Funnel};
use comity_store::program::Terms;
use comity_store::{Tx, partner, program as programs, recruit, user};
use comity_ui::i18n::Lang;
use comity_ui::{Cx, t};

use super::disposable::is_disposable;
use super::funnel::{bump, source_name};
use super::{COUNTRY, PITCH, WEBSITE, decide as decisions, letters, note};
use crate::partner::is_country;
use crate::{App, AppError, FieldError, program, session};

/// Longest name.
const MAX_NAME: usize = 120;
/// Longest pitch.
const MAX_PITCH: usize = 4_000;

/// An application as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewApplication {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Site or channel, or empty.
    pub website: String,
    /// ISO country code, or empty.
    pub country: String,
    /// How they would promote, or empty.
    pub pitch: String,
    /// Answers to the program's own questions by key.
    pub answers: BTreeMap<String, String>,
    /// Whether the terms were accepted.
    pub terms: bool,
    /// Language of the form.
    pub lang: Lang,
    /// Where the applicant came from, or empty.
    pub source: String,
    /// The membership whose recruiting link was followed, as text, or empty (G10).
    pub by: String,
    /// Address of the browser, shortened.
    pub ip: String,
}

/// An application that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// As stored, perhaps decided already.
    pub application: Application,
    /// The token of its status address; kept nowhere else.
    pub status_token: String,
}

/// Takes an application to the open program with this slug.
pub async fn submit(app: &App, slug: &str, new: NewApplication) -> Result<Submitted, AppError> {
    let mut tx = app.store.write().await?;
    let program = programs::by_slug(&mut tx, slug).await?;
    let program = program.ok_or(AppError::NotFound("program"))?;
    if program.status != ProgramStatus::Active {
        return Err(AppError::Conflict("program_not_open"));
    }
    let actor = Actor::System {
        tenant: program.tenant,
    };
    let terms = programs::current_terms(&mut tx, program.tenant, program.id).await?;
    let (email, answers) = check(app, &program, terms.as_ref(), &new)?;
    again(&mut tx, app, &program, &email).await?;
    let signals = signals(&mut tx, &program, &email, &new).await?;
    let verdict = decide(&program.settings, new.country.trim(), signals);
    let mut token = session::fresh(app);
    let mut application = row(app, &program, &email, &new);
    application.terms = terms.map(|terms| terms.id);
    application.status_token_hash = session::hash(&token);
    let json = |list: serde_json::Result<String>| {
        list.map_err(|error| AppError::Internal(error.to_string()))
    };
    application.answers_json = json(serde_json::to_string(&answers))?;
    if let Verdict::Review(flags) = &verdict {
        application.flags_json = json(serde_json::to_string(flags))?;
    }
    store::insert(&mut tx, &application).await?;
    if let Ok(by) = new.by.parse() {
        let of = (program.tenant, program.id);
        if let Some(by) = crate::partner::recruiter(&mut tx, of, None, by).await? {
            recruit::name(&mut tx, program.tenant, application.id, by).await?;
        }
    }
    let add = Funnel {
        source: application.source.clone(),
        submissions: 1,
        ..Funnel::default()
    };
    bump(&mut tx, &program, app.now(), &add).await?;
    note(&mut tx, app, &actor, &application, "application.submitted").await?;
    let mut link = None;
    match verdict {
        Verdict::Approve => {
            link = decisions::admit(&mut tx, app, &actor, &program, &mut application, (&[], &[]))
                .await?;
        }
        Verdict::Reject(reason) => {
            let why = (reason, "");
            token =
                decisions::refuse(&mut tx, app, &actor, &program, &mut application, why).await?;
        }
        Verdict::Review(_) => {
            letters::received(&mut tx, app, &program, &application, &token).await?;
        }
    }
    tx.commit().await?;
    app.links.changed(link.as_slice());
    app.announce(program.tenant, "application");
    Ok(Submitted {
        application,
        status_token: token,
    })
}

fn row(app: &App, program: &Program, email: &Email, new: &NewApplication) -> Application {
    Application {
        id: app.id::<ApplicationId>(),
        tenant: program.tenant,
        program: program.id,
        enrollment: None,
        email: email.as_str().to_owned(),
        email_norm: email.normalised(),
        name: new.name.trim().to_owned(),
        answers_json: "[]".to_owned(),
        flags_json: "[]".to_owned(),
        source: source_name(&new.source),
        lang: new.lang.code().to_owned(),
        terms: None,
        ip: new.ip.clone(),
        status: ApplicationStatus::Submitted,
        status_token_hash: [0; 32],
        reason_code: String::new(),
        reason_text: String::new(),
        decided_by: String::new(),
        decided_at: None,
        created_at: app.now(),
    }
}

/// Every problem at once, beside its field.
fn check(
    app: &App,
    program: &Program,
    terms: Option<&Terms>,
    new: &NewApplication,
) -> Result<(Email, Vec<Answer>), AppError> {
    let mut errors = Vec::new();
    if new.name.trim().is_empty() {
        errors.push(FieldError::new("name", "required"));
    }
    if new.name.chars().count() > MAX_NAME {
        errors.push(FieldError::new("name", "too_long"));
    }
    let email = new.email.parse::<Email>();
    if email.is_err() {
        let empty = new.email.trim().is_empty();
        errors.push(FieldError::new(
            "email",
            if empty { "required" } else { "not_an_email" },
        ));
    }
    if !new.website.trim().is_empty()
        && let Err(code) = program::web_address(&new.website)
    {
        errors.push(FieldError::new("website", code));
    }
    if !is_country(&new.country) {
        errors.push(FieldError::new("country", "not_a_country"));
    }
    if new.pitch.chars().count() > MAX_PITCH {
        errors.push(FieldError::new("pitch", "too_long"));
    }
    if terms.is_some() && !new.terms {
        errors.push(FieldError::new("terms", "required"));
    }
    let own = check_answers(&program.settings.form, &new.answers).map_err(|problems| {
        let fields = problems.into_iter();
        errors.extend(fields.map(|p| FieldError::new(format!("q_{}", p.key), p.code)));
    });
    match (email, own) {
        (Ok(email), Ok(own)) if errors.is_empty() => {
            let mut answers = standard(app, program, new);
            answers.extend(own);
            Ok((email, answers))
        }
        _ => Err(AppError::Invalid(errors)),
    }
}

/// The answers to the questions every form has.
fn standard(app: &App, program: &Program, new: &NewApplication) -> Vec<Answer> {
    let cx = Cx::new(new.lang, "", app.now());
    let all = [
        (WEBSITE, t!(cx, "public-audience"), &new.website),
        (COUNTRY, t!(cx, "application-country"), &new.country),
        (
            PITCH,
            t!(cx, "public-pitch", brand = &program.name),
            &new.pitch,
        ),
    ];
    let given = all
        .into_iter()
        .filter(|(_, _, value)| !value.trim().is_empty());
    given
        .map(|(key, label, value)| Answer {
            key: key.to_owned(),
            label,
            value: value.trim().to_owned(),
        })
        .collect()
}

/// One open application per address; after a refusal a pause (D3).
async fn again(tx: &mut Tx, app: &App, program: &Program, email: &Email) -> Result<(), AppError> {
    let norm = email.normalised();
    let last = store::latest_of_email(tx, program.tenant, program.id, &norm).await?;
    let Some(last) = last else { return Ok(()) };
    let code = match last.status {
        ApplicationStatus::Submitted | ApplicationStatus::InfoRequested => "already_applied",
        ApplicationStatus::Approved => "already_partner",
        ApplicationStatus::Rejected => {
            let pause = i64::from(program.settings.reapply_days);
            let since = last.decided_at.unwrap_or(last.created_at);
            // More detail was asked for, so it may be given at once.
            let at_once = last.reason_code == RejectReason::NeedsDetail.code();
            if at_once || app.now() >= since.plus_days(pause) {
                return Ok(());
            }
            "reapply_later"
        }
    };
    Err(AppError::field("email", code))
}

async fn signals(
    tx: &mut Tx,
    program: &Program,
    email: &Email,
    new: &NewApplication,
) -> Result<Signals, AppError> {
    let norm = email.normalised();
    let known = partner::by_email(tx, program.tenant, &norm).await?;
    let member = user::by_email(tx, &norm).await?;
    Ok(Signals {
        duplicate: known.is_some(),
        disposable_email: is_disposable(email),
        no_channel: new.website.trim().is_empty(),
        team_member: member.is_some_and(|user| user.tenant == program.tenant),
    })
}
