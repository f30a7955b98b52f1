//! Our accounts at payment providers; secrets are sealed.

use comity_domain::payout::Rail;
use comity_domain::{TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    GET = "SELECT * FROM rail_accounts WHERE tenant_id = $1 AND rail = $2";
    LIST = "SELECT * FROM rail_accounts WHERE tenant_id = $1 ORDER BY rail LIMIT 20";
    SET = "INSERT INTO rail_accounts (tenant_id, rail, sandbox, base_url, account, secret, hint, tested_at, problem,
             updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           ON CONFLICT (tenant_id, rail) DO UPDATE SET sandbox = excluded.sandbox, base_url = excluded.base_url,
             account = excluded.account, secret = excluded.secret, hint = excluded.hint,
             tested_at = excluded.tested_at, problem = excluded.problem, updated_at = excluded.updated_at";
    REMOVE = "DELETE FROM rail_accounts WHERE tenant_id = $1 AND rail = $2";
}

/// An account at a provider.
#[derive(Clone, PartialEq, Eq)]
pub struct RailAccount {
    /// Whose.
    pub tenant: TenantId,
    /// Over which rail.
    pub rail: Rail,
    /// For trying out: no money moves.
    pub sandbox: bool,
    /// Where the provider is.
    pub base_url: String,
    /// What identifies us besides the secret, or empty.
    pub account: String,
    /// The sealed secret.
    pub secret: Vec<u8>,
    /// The secret's last characters, for display.
    pub hint: String,
    /// When the credentials last worked.
    pub tested_at: Option<Timestamp>,
    /// What the provider said when they did not, or empty.
    pub problem: String,
    /// When it was changed.
    pub updated_at: Timestamp,
}

fn read(row: &Row) -> Result<RailAccount, StoreError> {
    Ok(RailAccount {
        tenant: row.get("tenant_id")?,
        rail: row.parse("rail", Rail::from_code)?,
        sandbox: row.get("sandbox")?,
        base_url: row.get("base_url")?,
        account: row.get("account")?,
        secret: row.get("secret")?,
        hint: row.get("hint")?,
        tested_at: row.get("tested_at")?,
        problem: row.get("problem")?,
        updated_at: row.get("updated_at")?,
    })
}

/// The account of a rail.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    rail: Rail,
) -> Result<Option<RailAccount>, StoreError> {
    tx.find(GET, args![tenant, rail.code()], read).await
}

/// All accounts.
pub async fn list(tx: &mut Tx, tenant: TenantId) -> Result<Vec<RailAccount>, StoreError> {
    tx.list(LIST, args![tenant], read).await
}

/// Writes an account.
pub async fn set(tx: &mut Tx, row: &RailAccount) -> Result<(), StoreError> {
    let args = args![
        row.tenant,
        row.rail.code(),
        row.sandbox,
        &row.base_url,
        &row.account,
        row.secret.clone(),
        &row.hint,
        row.tested_at,
        &row.problem,
        row.updated_at
    ];
    tx.execute(SET, args).await.map(drop)
}

/// Forgets an account.
pub async fn remove(tx: &mut Tx, tenant: TenantId, rail: Rail) -> Result<(), StoreError> {
    tx.execute(REMOVE, args![tenant, rail.code()])
        .await
        .map(drop)
}
