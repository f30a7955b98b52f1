//! Mails.

use axum::extract::State;
use axum::response::Response;
use comity_app::message::{self, Mail};
use comity_domain::MailId;
use comity_ui::settings::outbox::{self as pages, MailRow, Outbox, Shown};

use crate::admin::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Id, Paging, Team};
use crate::page::Page;
use crate::state::WebState;

/// Mails carry their whole text, so fewer rows fit into one answer.
const MAX_EXPORT: i64 = 5_000;

fn row(mail: &Mail) -> MailRow {
    MailRow {
        id: mail.id,
        recipient: mail.recipient.clone(),
        subject: mail.subject.clone(),
        status: mail.status.clone(),
        at: mail.created_at,
    }
}

pub(super) async fn list(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Page> {
    let before = paging.after::<MailId>()?;
    let (query, status) = (paging.query.text("q"), paging.query.text("status"));
    let of = (query.as_str(), status.as_str());
    let mails = message::page(&web.app, &team.actor, of, before, paging.limit + 1).await?;
    let listed = paging.listed(mails, |mail| mail.id.to_string(), |mail| row(&mail));
    let view = Outbox {
        configured: web.app.mailer.is_configured(),
        mails: listed.data,
        query,
        status,
        next: listed.next_cursor,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

/// `GET /admin/settings/outbox.csv`: the log of mails, without what they say.
pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let (query, status) = (paging.query.text("q"), paging.query.text("status"));
    let of = (query.as_str(), status.as_str());
    let mails = message::page(&web.app, &team.actor, of, None, MAX_EXPORT).await?;
    let columns = [
        "mail_id",
        "kind",
        "recipient",
        "subject",
        "status",
        "error",
        "created_at",
        "sent_at",
    ];
    Ok(csv::file("mails.csv", &columns, mails, |mail| {
        vec![
            mail.id.to_string(),
            mail.kind,
            mail.recipient,
            mail.subject,
            mail.status,
            mail.error,
            mail.created_at.to_string(),
            csv::time(mail.sent_at),
        ]
    }))
}

pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<MailId>,
) -> WebResult<Page> {
    let mail = message::get(&web.app, &team.actor, id).await?;
    let words = mail.text.split_whitespace();
    let links = words.filter(|word| word.starts_with(&web.app.config.base_url));
    let view = Shown {
        row: row(&mail),
        links: links.map(str::to_owned).collect(),
        text: mail.text,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::show(&team.cx, &shell, &view)))
}
