//! Taking in clicks that a spool ships: once each, with their touches and counts.

mod batch;
mod single;

use std::collections::BTreeSet;

use comity_domain::{ClickId, VisitorId};
use comity_store::Tx;
use comity_store::click::{self, Click, Touch};
use serde_json::json;

use crate::event::Happened;
use crate::{App, AppError, message};

/// A click with what the spool knows about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedClick {
    /// The click.
    pub click: Click,
    /// True when a person made it, so that it can be credited.
    pub counts: bool,
    /// For a repeated click, the one that counts in its place.
    pub stands_for: Option<ClickId>,
}

/// Stores a batch of clicks in one transaction. Clicks that are stored already
/// do nothing, so a batch may be shipped again after a crash (invariant 1).
pub async fn ship_clicks(app: &App, clicks: &[ShippedClick]) -> Result<(), AppError> {
    if !batch::store_new(app, clicks).await? {
        single::store(app, clicks).await?;
    }
    let tenants: BTreeSet<_> = clicks.iter().map(|shipped| shipped.click.tenant).collect();
    for tenant in tenants {
        app.announce(tenant, "click");
    }
    Ok(())
}

/// The first click of a person on a link is told to the partner (F5).
async fn greet(tx: &mut Tx, app: &App, c: &Click) -> Result<(), AppError> {
    // Looked up only where somebody can be told: shipping is the busiest write there is.
    if !app.mailer.is_configured() {
        return Ok(());
    }
    if click::ever_on(tx, c.tenant, c.program, c.enrollment, c.link).await? {
        return Ok(());
    }
    let happened = Happened {
        tenant: c.tenant,
        program: Some(c.program),
        partner: Some(c.partner),
        kind: "link.first_click",
        body: json!({ "link": c.link }),
    };
    message::plan_notice(tx, app, &happened).await
}

/// What attribution remembers of a click, for one of its visitors.
fn touch_of(click: &Click, visitor: VisitorId) -> Touch {
    Touch {
        click: click.id,
        visitor,
        program: click.program,
        link: click.link,
        partner: click.partner,
        enrollment: click.enrollment,
        kind: if click.qr { "qr" } else { "click" }.to_owned(),
        class: click.class.clone(),
        at: click.at,
    }
}
