//! Mails.

use axum::extract::State;
use comity_app::message::{self, Mail};
use comity_domain::MailId;
use comity_ui::settings::outbox::{self as pages, MailRow, Outbox, Shown};

use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Id, Paging, Team};
use crate::page::Page;
use crate::state::WebState;

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
    let mails = message::page(&web.app, &team.actor, before, paging.limit + 1).await?;
    let listed = paging.listed(mails, |mail| mail.id.to_string(), |mail| row(&mail));
    let view = Outbox {
        configured: web.app.mailer.is_configured(),
        mails: listed.data,
        next: listed.next_cursor,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
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
