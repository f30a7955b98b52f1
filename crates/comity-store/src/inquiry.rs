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
    PAGE = "SELECT i.*, p.name AS partner_name,
              COALESCE((SELECT e.external_id FROM commissions c
                JOIN events e ON e.tenant_id = c.tenant_id AND e.id = c.event_id
                WHERE c.tenant_id = i.tenant_id AND c.id = i.commission_id), '') AS external_id
            FROM inquiries i JOIN partners p ON p.tenant_id = i.tenant_id AND p.id = i.partner_id
            WHERE i.tenant_id = $1 AND ($2 = '' OR i.status = $2) AND ($3 = 0 OR i.program_id = $4)
              AND ($5 = '' OR LOWER(p.name) LIKE '%' || $5 || '%' OR LOWER(i.question) LIKE '%' || $5 || '%'
                OR EXISTS (SELECT 1 FROM commissions c
                  JOIN events e ON e.tenant_id = c.tenant_id AND e.id = c.event_id
                  WHERE c.tenant_id = i.tenant_id AND c.id = i.commission_id
                    AND LOWER(e.external_id) LIKE '%' || $5 || '%'))
              AND i.id < $6
            ORDER BY i.id DESC LIMIT $7";
    STATUS_COUNTS = "SELECT status, COUNT(*) AS n FROM inquiries WHERE tenant_id = $1 GROUP BY status ORDER BY status";
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

/// What a list of questions is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// `open`, `answered`, or empty for all.
    pub status: String,
    /// Only those of a program.
    pub program: Option<ProgramId>,
    /// Part of the partner's name, the question or the order, in lower case; or empty.
    pub find: String,
}

/// A question with what a list shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The question.
    pub inquiry: Inquiry,
    /// The partner's name.
    pub partner_name: String,
    /// The order it is about, or empty.
    pub external_id: String,
}

/// A page of questions, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<InquiryId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![
        tenant,
        &filter.status,
        filter.program.is_some(),
        filter.program,
        &filter.find,
        crate::before(before),
        limit
    ];
    let listed = |row: &Row| {
        Ok(Listed {
            inquiry: read(row)?,
            partner_name: row.get("partner_name")?,
            external_id: row.get("external_id")?,
        })
    };
    tx.list(PAGE, args, listed).await
}

/// How many questions are in each status.
pub async fn status_counts(
    tx: &mut Tx,
    tenant: TenantId,
) -> Result<Vec<(String, i64)>, StoreError> {
    let count = |row: &Row| Ok((row.get("status")?, row.get("n")?));
    tx.list(STATUS_COUNTS, args![tenant], count).await
}
