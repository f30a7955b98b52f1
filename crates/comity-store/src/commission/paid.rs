//! Which commissions a payout is for.

use comity_domain::{EnrollmentId, PayoutId, TenantId};

use super::{Commission, read};
use crate::{StoreError, Tx};

statements! {
    OF_PAYOUT = "SELECT * FROM commissions WHERE tenant_id = $1 AND payout_id = $2 ORDER BY id LIMIT 5000";
    /// A payout is for what is payable when it is planned; what clears later belongs to the next one.
    PLAN_FOR = "INSERT INTO payout_commissions (tenant_id, payout_id, commission_id)
                SELECT tenant_id, $2, id FROM commissions WHERE tenant_id = $1 AND enrollment_id = $3
                  AND state = 'approved' AND holds = '' AND payout_id IS NULL";
    PAYABLE = "SELECT c.* FROM payout_commissions b
               JOIN commissions c ON c.tenant_id = b.tenant_id AND c.id = b.commission_id
               WHERE b.tenant_id = $1 AND b.payout_id = $2 AND c.state = 'approved' AND c.holds = ''
                 AND c.payout_id IS NULL ORDER BY c.id LIMIT 5000";
}

/// The commissions in a payout.
pub async fn of_payout(
    tx: &mut Tx,
    tenant: TenantId,
    payout: PayoutId,
) -> Result<Vec<Commission>, StoreError> {
    tx.list(OF_PAYOUT, args![tenant, payout], read).await
}

/// Notes what a planned payout is for: everything of the membership that is payable now.
pub async fn plan_for(
    tx: &mut Tx,
    tenant: TenantId,
    payout: PayoutId,
    of: EnrollmentId,
) -> Result<(), StoreError> {
    tx.execute(PLAN_FOR, args![tenant, payout, of])
        .await
        .map(drop)
}

/// What a payout is for and can be put into it now.
pub async fn payable(
    tx: &mut Tx,
    tenant: TenantId,
    payout: PayoutId,
) -> Result<Vec<Commission>, StoreError> {
    tx.list(PAYABLE, args![tenant, payout], read).await
}
