//! Learning products from what is sold.

use comity_domain::{ProductId, Timestamp};
use comity_store::Tx;
use comity_store::catalog::{self as store, Sold};

use crate::attribution::Case;
use crate::{App, AppError};

/// Longest name that is kept: longer ones come from no shop.
const MAX_NAME: usize = 200;

/// Remembers the products of an event's lines.
pub(crate) async fn learn(tx: &mut Tx, app: &App, case: &Case<'_>) -> Result<(), AppError> {
    let of = (case.event.tenant, case.program.id);
    let when: (Timestamp, Timestamp) = (app.now(), case.event.occurred_at);
    for item in &case.input.items {
        let sold = Sold {
            id: app.id::<ProductId>(),
            external_id: item.product.trim(),
            sku: item.sku.as_deref().unwrap_or_default().trim(),
            category: item.category.as_deref().unwrap_or_default().trim(),
        };
        let texts = [sold.external_id, sold.sku, sold.category];
        let fits = texts.iter().all(|text| text.chars().count() <= MAX_NAME);
        if fits && !sold.external_id.is_empty() {
            store::learn(tx, of, sold, when).await?;
        }
    }
    Ok(())
}
