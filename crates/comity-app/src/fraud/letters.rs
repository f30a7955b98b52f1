//! Mails of cases: to the partner when it stands or something is asked, to the team about what
//! is late. Holds and rejections are told by the notice of their event.

use comity_store::commission::Commission;
use comity_store::user::User;
use comity_store::{Tx, event, partner, program, tenant};
use comity_ui::commission::reason_of;
use comity_ui::i18n::Lang;
use comity_ui::mail::{self, Mail, Sender};
use comity_ui::{Cx, explain};

use crate::message::{self, Draft};
use crate::{App, AppError};

struct Letter {
    cx: Cx,
    from: Sender,
    to: String,
    about: mail::Commission,
}

/// What every mail about a commission needs; nothing when the partner is gone.
async fn letter(
    tx: &mut Tx,
    app: &App,
    commission: &Commission,
) -> Result<Option<Letter>, AppError> {
    let tenant = commission.tenant;
    let to = partner::get(tx, tenant, commission.partner).await?;
    let of = program::get(tx, tenant, commission.program).await?;
    let (Some(to), Some(of)) = (to, of) else {
        return Ok(None);
    };
    let cause = match commission.event {
        Some(id) => event::get(tx, tenant, id).await?,
        None => None,
    };
    let mut cx = Cx::new(Lang::parse(&to.lang).unwrap_or_default(), "", app.now());
    cx.zone = of.zone.clone();
    let kind = explain::word(
        &cx,
        explain::matter(&commission.event_kind),
        &commission.event_kind,
    );
    let what = match cause {
        Some(event) => format!("{kind} · {}", event.external_id),
        None => kind,
    };
    let about = mail::Commission {
        id: commission.id,
        what,
        amount: commission.book.net(),
        clears_at: None,
        reason: reason(&cx, commission),
    };
    let from = message::program_sender(tx, app, &of).await?;
    Ok(Some(Letter {
        cx,
        from,
        to: to.email,
        about,
    }))
}

/// The team's words, or the words for the code.
fn reason(cx: &Cx, commission: &Commission) -> String {
    if !commission.reason_text.is_empty() {
        return commission.reason_text.clone();
    }
    reason_of(cx, &commission.reason_code)
}

async fn send(
    tx: &mut Tx,
    app: &App,
    commission: &Commission,
    kind: &'static str,
    (to, mail): (String, Mail),
) -> Result<(), AppError> {
    let draft = Draft::new(kind, to, mail);
    message::queue(tx, app, commission.tenant, draft).await?;
    Ok(())
}

/// It stands after all.
pub(super) async fn released(
    tx: &mut Tx,
    app: &App,
    commission: &Commission,
) -> Result<(), AppError> {
    let Some(letter) = letter(tx, app, commission).await? else {
        return Ok(());
    };
    let mail = mail::commission_released(&letter.cx, &letter.from, &letter.about);
    send(
        tx,
        app,
        commission,
        "commission_released",
        (letter.to, mail),
    )
    .await
}

/// The team asks something.
pub(super) async fn question(
    tx: &mut Tx,
    app: &App,
    commission: &Commission,
    text: &str,
) -> Result<(), AppError> {
    let Some(mut letter) = letter(tx, app, commission).await? else {
        return Ok(());
    };
    text.clone_into(&mut letter.about.reason);
    let mail = mail::commission_question(&letter.cx, &letter.from, &letter.about);
    send(
        tx,
        app,
        commission,
        "commission_question",
        (letter.to, mail),
    )
    .await
}

/// Cases are late.
pub(super) async fn overdue(
    tx: &mut Tx,
    app: &App,
    person: &User,
    count: usize,
) -> Result<(), AppError> {
    let Some(organisation) = tenant::get(tx, person.tenant).await? else {
        return Ok(());
    };
    let cx = Cx::new(Lang::parse(&person.lang).unwrap_or_default(), "", app.now());
    let mail = mail::cases_overdue(&cx, &message::sender(app, &organisation), count);
    let draft = Draft::new("cases_overdue", person.email.clone(), mail);
    message::queue(tx, app, person.tenant, draft).await?;
    Ok(())
}
