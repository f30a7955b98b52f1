//! Our accounts at payment providers; secrets are sealed.

use comity_domain::payout::Rail;
use comity_domain::{TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    GET = "SELECT * FROM rail_accounts WHERE tenant_id = $1 AND rail = $2";
    LIST = "SELECT * FROM rail_accounts WHERE tenant_id = $1 ORDER BY rail LIMIT 20";
    SET = "INSERT INTO rail_accounts (tenant_id, rail, sandbox, base_url, account, secret, hint, tested_at, problem,
             updated_at, hook_secret)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
           ON CONFLICT (tenant_id, rail) DO UPDATE SET sandbox = excluded.sandbox, base_url = excluded.base_url,
             account = excluded.account, secret = excluded.secret, hint = excluded.hint,
             tested_at = excluded.tested_at, problem = excluded.problem, updated_at = excluded.updated_at,
             hook_secret = excluded.hook_secret";
    COUNT = "UPDATE rail_accounts SET hook_noted = hook_noted + $3, hook_unknown = hook_unknown + $4,
               hook_refused = hook_refused + $5, hook_at = $6 WHERE tenant_id = $1 AND rail = $2";
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
    /// What its messages are proved with, sealed; none while they are not taken.
    pub hook_secret: Option<Vec<u8>>,
    /// Messages so far.
    pub heard: Heard,
}

/// Messages of a provider, by what came of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    /// About a payment of ours.
    pub noted: i64,
    /// Genuine, about nothing of ours.
    pub unknown: i64,
    /// Not the provider's.
    pub refused: i64,
    /// The last one.
    pub at: Option<Timestamp>,
}

/// What came of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// About a payment of ours.
    Noted,
    /// Genuine, about nothing of ours.
    Unknown,
    /// Not the provider's.
    Refused,
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
        hook_secret: row.get("hook_secret")?,
        heard: Heard {
            noted: row.get("hook_noted")?,
            unknown: row.get("hook_unknown")?,
            refused: row.get("hook_refused")?,
            at: row.get("hook_at")?,
        },
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
        row.updated_at,
        row.hook_secret.clone()
    ];
    tx.execute(SET, args).await.map(drop)
}

/// Forgets an account.
pub async fn remove(tx: &mut Tx, tenant: TenantId, rail: Rail) -> Result<(), StoreError> {
    tx.execute(REMOVE, args![tenant, rail.code()])
        .await
        .map(drop)
}

/// Counts a message.
pub async fn count(
    tx: &mut Tx,
    (tenant, rail): (TenantId, Rail),
    counted: Counted,
    at: Timestamp,
) -> Result<(), StoreError> {
    let one = |of| i64::from(counted == of);
    let args = args![
        tenant,
        rail.code(),
        one(Counted::Noted),
        one(Counted::Unknown),
        one(Counted::Refused),
        at
    ];
    tx.execute(COUNT, args).await.map(drop)
}
