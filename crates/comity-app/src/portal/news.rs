//! What a program announced to its partners.

use comity_domain::Actor;
use comity_store::announcement::{self as store, Announcement};

use super::{Here, acting};
use crate::{App, AppError};

/// Announcements shown; older ones are in the partner's mail.
const MOST: i64 = 50;

/// The news of the membership's program and groups, newest first.
pub async fn news(app: &App, actor: &Actor, here: &Here) -> Result<Vec<Announcement>, AppError> {
    latest(app, actor, here, MOST).await
}

/// The same, at most so many.
pub async fn latest(
    app: &App,
    actor: &Actor,
    here: &Here,
    most: i64,
) -> Result<Vec<Announcement>, AppError> {
    let (tenant, _) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let of = (tenant, here.program.id);
    Ok(store::shown(&mut tx, of, here.enrollment.id, most).await?)
}
