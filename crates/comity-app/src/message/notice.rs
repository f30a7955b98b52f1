//! Mails to partners about what happened to their links and money: planned with the event,
//! written by a job, and left out when the partner chose so.

use comity_domain::ledger::{HoldReason, ReversalReason};
use comity_domain::partner::Partner;
use comity_domain::{CommissionId, LinkId, MailId, PartnerId, PayoutId, ProgramId, TenantId};
use comity_store::commission::{self, Commission};
use comity_store::job::Job;
use comity_store::mail as store;
use comity_store::{Tx, link, partner, payout, program, tenant};
use comity_ui::commission::{hold_reason, reversal_reason};
use comity_ui::i18n::Lang;
use comity_ui::mail::{self, Mail, Sender};
use comity_ui::{Cx, explain};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::queue::{Draft, program_sender, queue_as, sender};
use super::unsubscribe;
use crate::event::Happened;
use crate::job::{self, NewJob};
use crate::port::Reply;
use crate::portal::{MailChoice, choices_of};
use crate::{App, AppError};

/// The job's kind.
pub const JOB: &str = "mail.notice";

/// What a partner is told of. The choice says whether they may do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Matter {
    FirstClick,
    Sale,
    Held,
    Declined,
    PayoutSent,
    PayoutFailed,
    MethodChanged,
}

impl Matter {
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "link.first_click" => Self::FirstClick,
            "commission.created" => Self::Sale,
            "commission.held" => Self::Held,
            "commission.rejected" => Self::Declined,
            "payout.sent" => Self::PayoutSent,
            "payout.failed" => Self::PayoutFailed,
            "payout_method.changed" => Self::MethodChanged,
            _ => return None,
        })
    }

    const fn choice(self) -> Option<MailChoice> {
        match self {
            Self::FirstClick => Some(MailChoice::Click),
            Self::Sale => Some(MailChoice::Sale),
            Self::PayoutSent => Some(MailChoice::Payout),
            Self::Held | Self::Declined | Self::PayoutFailed | Self::MethodChanged => None,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::FirstClick => "first_click",
            Self::Sale => "sale",
            Self::Held => "commission_held",
            Self::Declined => "commission_declined",
            Self::PayoutSent => "payout_sent",
            Self::PayoutFailed => "payout_failed",
            Self::MethodChanged => "payout_method_changed",
        }
    }
}

/// The job's body.
#[derive(Debug, Serialize, Deserialize)]
struct Notice {
    /// Given out beforehand: a repeated job finds its mail and writes no second one.
    mail: MailId,
    matter: Matter,
    partner: PartnerId,
    program: Option<ProgramId>,
    about: Value,
}

impl Notice {
    fn id<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_value(self.about[name].clone()).ok()
    }
}

/// Queues the notice of an event, where somebody could receive it: without a mail server
/// only mails that let people in are kept for the outbox.
pub(crate) async fn plan(tx: &mut Tx, app: &App, happened: &Happened) -> Result<(), AppError> {
    let (Some(matter), Some(partner)) = (Matter::of(happened.kind), happened.partner) else {
        return Ok(());
    };
    if !app.mailer.is_configured() {
        return Ok(());
    }
    let notice = Notice {
        mail: app.id(),
        matter,
        partner,
        program: happened.program,
        about: happened.body.clone(),
    };
    job::enqueue(tx, app, happened.tenant, NewJob::now(JOB, json!(notice))).await
}

/// The job's function.
pub fn notify<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let notice: Notice = serde_json::from_value(body)
            .map_err(|_| AppError::Internal("a notice without its content".to_owned()))?;
        let mut tx = app.store.write().await?;
        if store::get(&mut tx, job.tenant, notice.mail)
            .await?
            .is_some()
        {
            return Ok(());
        }
        if let Some((to, mail)) = letter(&mut tx, app, job.tenant, &notice).await? {
            let draft = Draft::new(notice.matter.code(), to, mail);
            queue_as(&mut tx, app, job.tenant, notice.mail, draft).await?;
        }
        tx.commit().await?;
        Ok(())
    })
}

/// The address and the mail; none when it is not wanted or its subject is gone.
async fn letter(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    notice: &Notice,
) -> Result<Option<(String, Mail)>, AppError> {
    let Some(to) = partner::get(tx, tenant, notice.partner).await? else {
        return Ok(None);
    };
    let choice = notice.matter.choice();
    let wanted = choices_of(tx, tenant, to.id).await?.mail;
    if choice.is_some_and(|choice| !wanted.wants(choice)) {
        return Ok(None);
    }
    let (cx, mut from) = frame(tx, app, &to, notice.program).await?;
    if let Some(choice) = choice {
        from.unsubscribe_url = unsubscribe::address(app, tenant, to.id, choice);
    }
    let written = match notice.matter {
        Matter::FirstClick => first_click(tx, app, (&cx, &from), &to, notice).await?,
        Matter::Sale | Matter::Held | Matter::Declined => {
            about_commission(tx, (&cx, &from), &to, notice).await?
        }
        Matter::PayoutSent | Matter::PayoutFailed => {
            about_payout(tx, (&cx, &from), &to, notice).await?
        }
        Matter::MethodChanged => about_method(tx, (&cx, &from), &to).await?,
    };
    Ok(written.map(|mail| (to.email, mail)))
}

/// The partner's language, and the program's name, colours and zone.
async fn frame(
    tx: &mut Tx,
    app: &App,
    to: &Partner,
    program: Option<ProgramId>,
) -> Result<(Cx, Sender), AppError> {
    let mut cx = Cx::new(Lang::parse(&to.lang).unwrap_or_default(), "", app.now());
    let of = match program {
        Some(id) => program::get(tx, to.tenant, id).await?,
        None => None,
    };
    if let Some(of) = of {
        cx.zone = of.zone.clone();
        return Ok((cx, program_sender(tx, app, &of).await?));
    }
    let owner = tenant::get(tx, to.tenant).await?;
    let owner = owner.ok_or(AppError::NotFound("organisation"))?;
    Ok((cx, sender(app, &owner)))
}

async fn first_click(
    tx: &mut Tx,
    app: &App,
    (cx, from): (&Cx, &Sender),
    to: &Partner,
    notice: &Notice,
) -> Result<Option<Mail>, AppError> {
    let Some(id) = notice.id::<LinkId>("link") else {
        return Ok(None);
    };
    let Some(clicked) = link::get(tx, to.tenant, id).await? else {
        return Ok(None);
    };
    // Who has left meanwhile would wonder.
    let member = partner::enrollment(tx, to.tenant, clicked.enrollment).await?;
    Ok(member.filter(|member| member.status.earns()).map(|_| {
        let view = mail::FirstClick {
            name: to.name.clone(),
            link: crate::link::url(app, &clicked),
        };
        mail::first_click(cx, from, &view)
    }))
}

async fn about_commission(
    tx: &mut Tx,
    (cx, from): (&Cx, &Sender),
    to: &Partner,
    notice: &Notice,
) -> Result<Option<Mail>, AppError> {
    let Some(id) = notice.id::<CommissionId>("commission") else {
        return Ok(None);
    };
    let found = commission::get(tx, to.tenant, id).await?;
    let Some(found) = found.filter(|found| found.partner == to.id) else {
        return Ok(None);
    };
    let view = |amount| mail::Commission {
        id,
        what: explain::word(cx, explain::matter(&found.event_kind), &found.event_kind),
        amount,
        clears_at: found.hold_until,
        reason: reason(cx, &found),
    };
    Ok(Some(match notice.matter {
        Matter::Held => mail::commission_held(cx, from, &view(found.book.net())),
        Matter::Declined => mail::commission_declined(cx, from, &view(found.book.amount)),
        _ => {
            let filter = commission::Filter {
                enrollment: Some(found.enrollment),
                ..commission::Filter::default()
            };
            let first = commission::page(tx, to.tenant, &filter, None, 2)
                .await?
                .len()
                < 2;
            mail::sale(cx, from, &view(found.book.amount), first)
        }
    }))
}

/// The team's words, or those of the reason they chose.
fn reason(cx: &Cx, commission: &Commission) -> String {
    if !commission.reason_text.is_empty() {
        return commission.reason_text.clone();
    }
    if let Some(reason) = ReversalReason::from_code(&commission.reason_code)
        && commission.book.holds.is_empty()
    {
        return reversal_reason(cx, reason);
    }
    let holds = commission.book.holds.iter();
    let words = holds
        .filter(|hold| **hold != HoldReason::RefundWindow)
        .map(|hold| hold_reason(cx, *hold));
    words.collect::<Vec<_>>().join("; ")
}

async fn about_payout(
    tx: &mut Tx,
    (cx, from): (&Cx, &Sender),
    to: &Partner,
    notice: &Notice,
) -> Result<Option<Mail>, AppError> {
    let Some(id) = notice.id::<PayoutId>("payout") else {
        return Ok(None);
    };
    let found = payout::get(tx, to.tenant, id).await?;
    let Some(found) = found.filter(|found| found.partner == to.id) else {
        return Ok(None);
    };
    Ok(Some(if notice.matter == Matter::PayoutSent {
        let view = mail::PayoutSent {
            id,
            amount: found.amount,
            method: found.masked,
            reference: found.provider_ref,
        };
        mail::payout_sent(cx, from, &view)
    } else {
        let view = mail::PayoutFailed {
            amount: found.amount,
            reason: found.failure,
        };
        mail::payout_failed(cx, from, &view)
    }))
}

async fn about_method(
    tx: &mut Tx,
    (cx, from): (&Cx, &Sender),
    to: &Partner,
) -> Result<Option<Mail>, AppError> {
    let method = payout::method(tx, to.tenant, to.id).await?;
    Ok(method.map(|method| {
        let view = mail::MethodChanged {
            method: method.masked,
            at: method.created_at,
            used_from: method.usable_from,
        };
        mail::method_changed(cx, from, &view)
    }))
}
