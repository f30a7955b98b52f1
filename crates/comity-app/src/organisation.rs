//! What everybody may know of the organisation behind this installation.

use comity_store::tenant;

use crate::{App, AppError};

/// The product's own name, where no single organisation is meant.
const PRODUCT: &str = "Comity";

/// The name on pages before signing in: the organisation's when there is exactly one.
pub async fn public_name(app: &App) -> Result<String, AppError> {
    let mut tx = app.store.read().await?;
    let mut first = tenant::list(&mut tx, None, 2).await?;
    Ok(match (first.pop(), first.is_empty()) {
        (Some(only), true) => only.name,
        _ => PRODUCT.to_owned(),
    })
}
