//! Which of the names that rules use there are.

use comity_domain::commission::{Catalogue, RuleSet, named};
use comity_domain::{ProgramId, TenantId};
use comity_store::catalog::{self as store, NamedBy};
use comity_store::{Tx, tier};

use crate::AppError;

/// The most names looked up: a set that uses more is not checked further.
const MAX_NAMES: usize = 2_000;

/// Those names of `set` that the program knows.
pub(crate) async fn known(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    set: &RuleSet,
) -> Result<Catalogue, AppError> {
    let mut wanted = named(set);
    if !wanted.tiers.is_empty() {
        let tiers = tier::list(tx, tenant, program).await?;
        wanted.tiers = tiers.into_iter().map(|tier| tier.name).collect();
    }
    let mut left = MAX_NAMES;
    let kinds = [
        (NamedBy::Product, &mut wanted.products),
        (NamedBy::Sku, &mut wanted.skus),
        (NamedBy::Category, &mut wanted.categories),
    ];
    for (by, names) in kinds {
        for name in names.clone().into_iter().take(left) {
            left -= 1;
            if !store::has(tx, (tenant, program), by, &name).await? {
                names.remove(&name);
            }
        }
    }
    Ok(wanted)
}
