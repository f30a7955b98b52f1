//! Questions and appeals of partners about their commissions.

use comity_domain::{
    CommissionId, EnrollmentId, InquiryId, PartnerId, ProgramId, TenantId, Timestamp,
};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO inquiries (tenant_id, id, program_id, enrollment_id, partner_id, commission_id, order_ref,
                question, answer, status, answered_by, created_at, answered_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 'open', '', $9, NULL)";
    ANSWER = "UPDATE inquiries SET answer = $3, status = 'answered', answered_by = $4, answered_at = $5
              WHERE tenant_id = $1 AND id = $2 AND status = 'open'";
    GET = "SELECT * FROM inquiries WHERE tenant_id = $1 AND id = $2";
    OF_COMMISSION = "SELECT * FROM inquiries WHERE tenant_id = $1 AND commission_id = $2 ORDER BY id LIMIT 200";
    OF_PARTNER = "SELECT * FROM inquiries WHERE tenant_id = $1 AND partner_id = $2 ORDER BY id LIMIT 2000";
    PAGE = "SELECT * FROM inquiries WHERE tenant_id = $1 AND ($2 = '' OR status = $2) AND id < $3
            ORDER BY id DESC LIMIT $4";
}

/// A question about a commission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// Its id.
    pub id: InquiryId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Of which membership.
    pub enrollment: EnrollmentId,
    /// Of which partner.
    pub partner: PartnerId,
    /// About which commission; none when one is missing.
    pub commission: Option<CommissionId>,
    /// The order it is about, or empty.
    pub order_ref: String,
    /// What the partner asks.
    pub question: String,
    /// What the team says, or empty.
    pub answer: String,
    /// `open` or `answered`.
    pub status: String,
    /// Who answered, by name, or empty.
    pub answered_by: String,
    /// When it was asked.
    pub created_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Inquiry, StoreError> {
    Ok(Inquiry {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        commission: row.get("commission_id")?,
        order_ref: row.get("order_ref")?,
        question: row.get("question")?,
        answer: row.get("answer")?,
        status: row.get("status")?,
        answered_by: row.get("answered_by")?,
        created_at: row.get("created_at")?,
        answered_at: row.get("answered_at")?,
    })
}

/// Writes a new, open question.
pub async fn insert(tx: &mut Tx, inquiry: &Inquiry) -> Result<(), StoreError> {
    let i = inquiry;
    let args = args![
        i.tenant,
        i.id,
        i.program,
        i.enrollment,
        i.partner,
        i.commission,
        &i.order_ref,
        &i.question,
        i.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Answers an open question; says whether there was one.
pub async fn answer(
    tx: &mut Tx,
    tenant: TenantId,
    id: InquiryId,
    text: &str,
    (by, at): (&str, Timestamp),
) -> Result<bool, StoreError> {
    let changed = tx.execute(ANSWER, args![tenant, id, text, by, at]).await?;
    Ok(changed == 1)
}

/// One question.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: InquiryId,
) -> Result<Option<Inquiry>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The questions about a commission, oldest first.
pub async fn of_commission(
    tx: &mut Tx,
    tenant: TenantId,
    id: CommissionId,
) -> Result<Vec<Inquiry>, StoreError> {
    tx.list(OF_COMMISSION, args![tenant, id], read).await
}

/// The questions of a partner, oldest first.
pub async fn of_partner(
    tx: &mut Tx,
    tenant: TenantId,
    id: PartnerId,
) -> Result<Vec<Inquiry>, StoreError> {
    tx.list(OF_PARTNER, args![tenant, id], read).await
}

/// A page of questions, newest first; `status` may be empty for all.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    status: &str,
    before: Option<InquiryId>,
    limit: i64,
) -> Result<Vec<Inquiry>, StoreError> {
    let args = args![tenant, status, crate::before(before), limit];
    tx.list(PAGE, args, read).await
}
