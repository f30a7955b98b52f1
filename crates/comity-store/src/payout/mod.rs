//! Payout methods, batches and payouts.

use comity_domain::payout::{PayoutMethod, Progress, Rail};
use comity_domain::{
    EnrollmentId, Money, MoneyError, PartnerId, PayoutBatchId, PayoutId, ProgramId, TenantId,
    Timestamp,
};

use crate::{Row, StoreError, Tx};

pub mod drive;
mod method;
pub mod rail_account;
pub mod rules;
pub mod write_off;

pub use method::{Method, method, set_method, sharing};

/// Statements of the methods.
pub(crate) const METHODS: &[(&str, &str)] = method::STATEMENTS;

statements! {
    INSERT_BATCH = "INSERT INTO payout_batches (tenant_id, id, program_id, period, currency, rail, status, total_minor,
                      payouts, created_by, approved_by, file_name, file_body, created_at, approved_at, sent_at,
                      settled_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    UPDATE_BATCH = "UPDATE payout_batches SET status = $3, approved_by = $4, file_name = $5, file_body = $6,
                      approved_at = $7, sent_at = $8, settled_at = $9
                    WHERE tenant_id = $1 AND id = $2";
    BATCH = "SELECT * FROM payout_batches WHERE tenant_id = $1 AND id = $2";
    BATCHES = "SELECT * FROM payout_batches WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)
                 AND ($4 = '' OR status = $4) AND id < $5 ORDER BY id DESC LIMIT $6";
    BATCHES_WAITING = "SELECT COUNT(*) AS n FROM payout_batches
                       WHERE tenant_id = $1 AND status IN ('planned', 'approved')";
    INSERT = "INSERT INTO payouts (tenant_id, id, batch_id, program_id, enrollment_id, partner_id, amount_minor,
                currency, method_json, masked, state, progress_json, failure, provider_ref, live_key, created_at,
                updated_at, withheld_minor)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    UPDATE = "UPDATE payouts SET state = $3, progress_json = $4, failure = $5, provider_ref = $6, live_key = $7,
                updated_at = $8 WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM payouts WHERE tenant_id = $1 AND id = $2";
    OF_BATCH = "SELECT y.*, p.name AS partner_name FROM payouts y
                JOIN partners p ON p.tenant_id = y.tenant_id AND p.id = y.partner_id
                WHERE y.tenant_id = $1 AND y.batch_id = $2 ORDER BY y.id LIMIT 5000";
    PAGE = "SELECT y.*, p.name AS partner_name FROM payouts y
            JOIN partners p ON p.tenant_id = y.tenant_id AND p.id = y.partner_id
            WHERE y.tenant_id = $1 AND ($2 = 0 OR y.program_id = $3) AND ($4 = 0 OR y.enrollment_id = $5)
              AND ($6 = '' OR y.state = $6) AND ($7 = '' OR LOWER(p.name) LIKE '%' || $7 || '%') AND y.id < $8
            ORDER BY y.id DESC LIMIT $9";
    LIVE = "SELECT id FROM payouts WHERE tenant_id = $1 AND enrollment_id = $2
              AND state IN ('planned', 'approved', 'intent', 'sending', 'unknown', 'sent') LIMIT 1";
}

fn text<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Encode(error.into()))
}

/// A run of payouts over one rail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: PayoutBatchId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// Its name, as in `2026-11`.
    pub period: String,
    /// Over which rail.
    pub rail: Rail,
    /// `planned`, `approved`, `sent`, `settled`, `cancelled`.
    pub status: String,
    /// Sum of its payouts.
    pub total: Money,
    /// Their number.
    pub payouts: i64,
    /// Who planned it: actor label.
    pub created_by: String,
    /// Who approved it, or empty.
    pub approved_by: String,
    /// Name of the file for the bank, or empty.
    pub file_name: String,
    /// The file, frozen at approval.
    pub file_body: String,
    /// When it was planned.
    pub created_at: Timestamp,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When its last payout was settled.
    pub settled_at: Option<Timestamp>,
}

fn read_batch(row: &Row) -> Result<Batch, StoreError> {
    Ok(Batch {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        period: row.get("period")?,
        rail: row.parse("rail", Rail::from_code)?,
        status: row.get("status")?,
        total: row.money("total_minor", "currency")?,
        payouts: row.get("payouts")?,
        created_by: row.get("created_by")?,
        approved_by: row.get("approved_by")?,
        file_name: row.get("file_name")?,
        file_body: row.get("file_body")?,
        created_at: row.get("created_at")?,
        approved_at: row.get("approved_at")?,
        sent_at: row.get("sent_at")?,
        settled_at: row.get("settled_at")?,
    })
}

/// Writes a new batch.
pub async fn insert_batch(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let b = batch;
    let args = args![
        b.tenant,
        b.id,
        b.program,
        &b.period,
        b.total.currency,
        b.rail.code(),
        &b.status,
        b.total.minor,
        b.payouts,
        &b.created_by,
        &b.approved_by,
        &b.file_name,
        &b.file_body,
        b.created_at,
        b.approved_at,
        b.sent_at,
        b.settled_at
    ];
    tx.execute(INSERT_BATCH, args).await.map(drop)
}

/// Writes what changed of a batch.
pub async fn update_batch(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let b = batch;
    let args = args![
        b.tenant,
        b.id,
        &b.status,
        &b.approved_by,
        &b.file_name,
        &b.file_body,
        b.approved_at,
        b.sent_at,
        b.settled_at
    ];
    tx.execute(UPDATE_BATCH, args).await.map(drop)
}

/// One batch.
pub async fn batch(
    tx: &mut Tx,
    tenant: TenantId,
    id: PayoutBatchId,
) -> Result<Option<Batch>, StoreError> {
    tx.find(BATCH, args![tenant, id], read_batch).await
}

/// A page of batches, newest first; `status` may be empty for all.
pub async fn batches(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
    status: &str,
    before: Option<PayoutBatchId>,
    limit: i64,
) -> Result<Vec<Batch>, StoreError> {
    let args = args![
        tenant,
        program.is_some(),
        program,
        status,
        crate::before(before),
        limit
    ];
    tx.list(BATCHES, args, read_batch).await
}

/// How many batches wait to be approved or sent.
pub async fn batches_waiting(tx: &mut Tx, tenant: TenantId) -> Result<i64, StoreError> {
    tx.one(BATCHES_WAITING, args![tenant]).await?.get("n")
}

/// One payment to one partner.
#[derive(Clone, PartialEq, Eq)]
pub struct Payout {
    /// Its id; also its reference at the bank.
    pub id: PayoutId,
    /// Whose.
    pub tenant: TenantId,
    /// In which batch.
    pub batch: PayoutBatchId,
    /// Of which program.
    pub program: ProgramId,
    /// To which membership.
    pub enrollment: EnrollmentId,
    /// To which partner.
    pub partner: PartnerId,
    /// How much is taken from the balance.
    pub amount: Money,
    /// Tax kept back of it.
    pub withheld: Money,
    /// Where to, as it was when planned.
    pub method: PayoutMethod,
    /// The same for display.
    pub masked: String,
    /// Where it stands in the protocol.
    pub progress: Progress,
    /// Why it failed or came back, or empty.
    pub failure: String,
    /// The provider's reference, or empty.
    pub provider_ref: String,
    /// When it was planned.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Payout {
    /// What is sent: the amount without the tax kept back.
    pub fn net(&self) -> Result<Money, MoneyError> {
        self.amount.sub(self.withheld)
    }
}

fn read(row: &Row) -> Result<Payout, StoreError> {
    Ok(Payout {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        batch: row.get("batch_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        amount: row.money("amount_minor", "currency")?,
        withheld: row.money("withheld_minor", "currency")?,
        method: row.parse("method_json", |text| serde_json::from_str(text).ok())?,
        masked: row.get("masked")?,
        progress: row.parse("progress_json", |text| serde_json::from_str(text).ok())?,
        failure: row.get("failure")?,
        provider_ref: row.get("provider_ref")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// One live payout per membership and currency (rule 5): the database refuses a second.
fn live_key(payout: &Payout) -> Option<String> {
    let live = payout.progress.state.is_live()
        && payout.progress.state != comity_domain::payout::PayoutState::Paid;
    live.then(|| format!("{}:{}", payout.enrollment, payout.amount.currency))
}

/// Writes a new payout; a second live one of the membership is a conflict.
pub async fn insert(tx: &mut Tx, payout: &Payout) -> Result<(), StoreError> {
    let p = payout;
    let args = args![
        p.tenant,
        p.id,
        p.batch,
        p.program,
        p.enrollment,
        p.partner,
        p.amount.minor,
        p.amount.currency,
        text(&p.method)?,
        &p.masked,
        p.progress.state.code(),
        text(&p.progress)?,
        &p.failure,
        &p.provider_ref,
        live_key(p),
        p.created_at,
        p.updated_at,
        p.withheld.minor
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what changed of a payout.
pub async fn update(tx: &mut Tx, payout: &Payout) -> Result<(), StoreError> {
    let p = payout;
    let args = args![
        p.tenant,
        p.id,
        p.progress.state.code(),
        text(&p.progress)?,
        &p.failure,
        &p.provider_ref,
        live_key(p),
        p.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One payout.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: PayoutId,
) -> Result<Option<Payout>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The payouts of a batch with their partners' names.
pub async fn of_batch(
    tx: &mut Tx,
    tenant: TenantId,
    id: PayoutBatchId,
) -> Result<Vec<(Payout, String)>, StoreError> {
    tx.list(OF_BATCH, args![tenant, id], |row| {
        Ok((read(row)?, row.get("partner_name")?))
    })
    .await
}

/// What a payout list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One membership, or all.
    pub enrollment: Option<EnrollmentId>,
    /// One state by code, or all when empty.
    pub state: String,
    /// Part of the partner's name, in lower case.
    pub find: String,
}

/// A page of payouts with their partners' names, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<PayoutId>,
    limit: i64,
) -> Result<Vec<(Payout, String)>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        filter.enrollment.is_some(),
        filter.enrollment,
        &filter.state,
        &filter.find,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, |row| Ok((read(row)?, row.get("partner_name")?)))
        .await
}

/// The membership's payout that is not settled yet.
pub async fn live(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Option<PayoutId>, StoreError> {
    tx.find(LIVE, args![tenant, id], |row| row.get("id")).await
}
