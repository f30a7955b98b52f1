//! `/portal/news`: what the program announced.

use axum::extract::State as Web;
use comity_app::portal;
use comity_ui::portal::news::{self as pages, Item};

use super::frame::Frame;
use crate::error::WebResult;
use crate::page::Page;
use crate::state::WebState;

/// `GET /portal/news`.
pub(super) async fn page(Web(web): Web<WebState>, frame: Frame) -> WebResult<Page> {
    let found = portal::news(&web.app, frame.actor(), &frame.here).await?;
    let items: Vec<Item> = found
        .into_iter()
        .map(|one| Item {
            at: one.sent_at.unwrap_or(one.created_at),
            subject: one.subject,
            body: one.body,
        })
        .collect();
    Ok(Page(pages::page(&frame.cx, &frame.shell, &items)))
}
