//! What waits for a person, as numbers beside the navigation.

use comity_domain::application::ApplicationStatus;
use comity_domain::{Actor, Permission};
use comity_store::{application, fraud, inquiry, payout};

use crate::{App, AppError, authorise};

/// Decisions of the whole organisation that wait for somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Applications to review.
    pub applications: i64,
    /// Payout batches to approve or to send.
    pub batches: i64,
    /// Questions of partners without an answer.
    pub inquiries: i64,
    /// Risk cases to decide.
    pub risk: i64,
}

/// Counts what waits.
pub async fn waiting(app: &App, actor: &Actor) -> Result<Waiting, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let applications = application::status_counts(&mut tx, tenant, None).await?;
    let inquiries = inquiry::status_counts(&mut tx, tenant).await?;
    Ok(Waiting {
        applications: applications
            .iter()
            .filter(|(status, _)| *status == ApplicationStatus::Submitted)
            .map(|(_, n)| n)
            .sum(),
        risk: fraud::counts(&mut tx, tenant, None, app.now()).await?.open,
        batches: payout::batches_waiting(&mut tx, tenant).await?,
        inquiries: inquiries
            .iter()
            .filter(|(status, _)| status == "open")
            .map(|(_, n)| n)
            .sum(),
    })
}
