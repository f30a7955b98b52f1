//! Sending a letter to many partners: a job in short steps that can be stopped and goes on
//! where it was killed.

use comity_domain::program::Program;
use comity_domain::{Actor, AnnouncementId, PartnerId, TenantId};
use comity_store::announcement::{self as store, Announcement};
use comity_store::job::Job;
use comity_store::{Tx, partner, program};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail;
use serde_json::{Value, json};

use super::announcement::{fresh, locked};
use super::queue::{Draft, program_sender, queue};
use super::unsubscribe;
use crate::job::{self, NewJob};
use crate::port::Reply;
use crate::portal::{MailChoice, choices_of};
use crate::{App, AppError};

/// The job's kind.
pub const JOB: &str = "announcement.send";

/// Memberships per transaction: a stop takes effect after so many.
const BATCH: i64 = 50;

/// Marks a letter as being sent and queues its job, in the caller's transaction; the caller
/// writes the letter.
pub(super) async fn begin(
    tx: &mut Tx,
    app: &App,
    letter: &mut Announcement,
) -> Result<(), AppError> {
    "sending".clone_into(&mut letter.state);
    letter.audience = store::audience(tx, (letter.tenant, letter.program), letter.group).await?;
    letter.sent_at = letter.sent_at.or_else(|| Some(app.now()));
    letter.finished_at = None;
    let body = json!({ "announcement": letter.id });
    job::enqueue(tx, app, letter.tenant, NewJob::now(JOB, body)).await
}

/// Tells every partner of a program that new terms wait, in the transaction that publishes them.
pub(crate) async fn tell_of_terms(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    of: &Program,
) -> Result<(), AppError> {
    if !app.mailer.is_configured() {
        return Ok(());
    }
    let mut letter = fresh(app, actor, of, "terms");
    begin(tx, app, &mut letter).await?;
    store::insert(tx, &letter).await?;
    Ok(())
}

/// The job's function.
pub fn send_all<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let id: AnnouncementId = serde_json::from_value(body["announcement"].clone())
            .map_err(|_| AppError::Internal("an announcement job without its letter".to_owned()))?;
        while step(app, job.tenant, id).await? {
            app.announce(job.tenant, "announcement");
        }
        app.announce(job.tenant, "announcement");
        Ok(())
    })
}

/// Writes the mails of some memberships together with how far it came; false at the end.
async fn step(app: &App, tenant: TenantId, id: AnnouncementId) -> Result<bool, AppError> {
    let mut tx = app.store.write().await?;
    let mut letter = locked(&mut tx, tenant, id).await?;
    if letter.state != "sending" {
        return Ok(false);
    }
    let of = program::get(&mut tx, tenant, letter.program).await?;
    let of = of.ok_or(AppError::NotFound("program"))?;
    let members = store::next(&mut tx, &letter, BATCH).await?;
    for (enrollment, partner) in &members {
        if write(&mut tx, app, &of, &letter, *partner).await? {
            letter.sent += 1;
        } else {
            letter.left_out += 1;
        }
        letter.after = *enrollment;
    }
    if members.is_empty() {
        "done".clone_into(&mut letter.state);
        letter.finished_at = Some(app.now());
    }
    store::update(&mut tx, &letter).await?;
    tx.commit().await?;
    Ok(!members.is_empty())
}

/// Queues one partner's mail; false when they do without, or nothing can be sent.
async fn write(
    tx: &mut Tx,
    app: &App,
    of: &Program,
    letter: &Announcement,
    id: PartnerId,
) -> Result<bool, AppError> {
    let Some(to) = partner::get(tx, letter.tenant, id).await? else {
        return Ok(false);
    };
    let wanted = choices_of(tx, letter.tenant, id).await?.mail;
    let always = letter.kind == "terms";
    if !app.mailer.is_configured() || !(always || wanted.wants(MailChoice::News)) {
        return Ok(false);
    }
    let mut cx = Cx::new(Lang::parse(&to.lang).unwrap_or_default(), "", app.now());
    cx.zone = of.zone.clone();
    let mut from = program_sender(tx, app, of).await?;
    let draft = if always {
        let mail = mail::new_terms(&cx, &from, &to.name);
        Draft::new("new_terms", to.email, mail)
    } else {
        from.unsubscribe_url = unsubscribe::address(app, letter.tenant, to.id, MailChoice::News);
        let view = mail::News {
            subject: letter.subject.clone(),
            body: letter.body.clone(),
        };
        Draft::new("news", to.email, mail::news(&cx, &from, &view))
    };
    queue(tx, app, letter.tenant, draft).await?;
    Ok(true)
}
