//! Deep links outside the allow-list, signed by the team (RELIABILITY 3.2).

use comity_domain::link::DestinationSigner;
use comity_domain::{Actor, LinkId, Permission};
use comity_store::link as store;
use serde_json::json;
use url::{Url, form_urlencoded};

use super::url;
use crate::program::web_address;
use crate::{App, AppError, audit, authorise};

/// An address of the link that leads to `destination`, wherever that is. The signature
/// holds for this program and this destination until the installation's secret changes.
pub async fn signed_url(
    app: &App,
    actor: &Actor,
    id: LinkId,
    destination: &str,
) -> Result<String, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let to: Url = web_address(destination).map_err(|code| AppError::field("destination", code))?;
    let mut tx = app.store.write().await?;
    let link = store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("link"))?;
    let signature = DestinationSigner::new(&app.config.secret).sign(link.program, to.as_str());
    let label = link.id.to_string();
    let entry = audit::Entry {
        action: "link.signed",
        object_kind: "link",
        object_id: &label,
        detail: json!({ "destination": to.as_str() }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("to", to.as_str())
        .append_pair("sig", &signature)
        .finish();
    Ok(format!("{}?{query}", url(app, &link)))
}
