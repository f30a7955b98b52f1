//! Letters to the partners of a program, and how far each was sent.

use comity_domain::{
    AnnouncementId, EnrollmentId, GroupId, PartnerId, ProgramId, TenantId, Timestamp,
};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO announcements (tenant_id, id, program_id, group_id, kind, subject, body, state, audience, sent,
                left_out, after_id, created_by, created_at, sent_at, finished_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    UPDATE = "UPDATE announcements SET group_id = $3, subject = $4, body = $5, state = $6, audience = $7, sent = $8,
                left_out = $9, after_id = $10, sent_at = $11, finished_at = $12
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT a.*, p.name AS program_name, COALESCE(g.name, '') AS group_name FROM announcements a
           JOIN programs p ON p.tenant_id = a.tenant_id AND p.id = a.program_id
           LEFT JOIN partner_groups g ON g.tenant_id = a.tenant_id AND g.id = a.group_id
           WHERE a.tenant_id = $1 AND a.id = $2";
    PAGE = "SELECT a.*, p.name AS program_name, COALESCE(g.name, '') AS group_name FROM announcements a
            JOIN programs p ON p.tenant_id = a.tenant_id AND p.id = a.program_id
            LEFT JOIN partner_groups g ON g.tenant_id = a.tenant_id AND g.id = a.group_id
            WHERE a.tenant_id = $1 AND ($2 = 0 OR a.program_id = $3) AND ($4 = '' OR a.state = $4)
              AND ($5 = '' OR LOWER(a.subject) LIKE '%' || $5 || '%' OR LOWER(a.body) LIKE '%' || $5 || '%')
              AND a.id < $6
            ORDER BY a.id DESC LIMIT $7";
    SHOWN = "SELECT a.*, '' AS program_name, '' AS group_name FROM announcements a
             WHERE a.tenant_id = $1 AND a.program_id = $2 AND a.kind = 'news' AND a.state <> 'draft'
               AND (a.group_id IS NULL OR EXISTS (SELECT 1 FROM enrollment_groups g WHERE g.tenant_id = a.tenant_id
                 AND g.enrollment_id = $3 AND g.group_id = a.group_id))
             ORDER BY a.id DESC LIMIT $4";
    DELETE = "DELETE FROM announcements WHERE tenant_id = $1 AND id = $2 AND state = 'draft'";
    AUDIENCE = "SELECT COUNT(*) AS n FROM enrollments e WHERE e.tenant_id = $1 AND e.program_id = $2
                  AND e.status = 'approved' AND ($3 = 0 OR EXISTS (SELECT 1 FROM enrollment_groups g
                    WHERE g.tenant_id = e.tenant_id AND g.enrollment_id = e.id AND g.group_id = $4))";
    NEXT = "SELECT e.id, e.partner_id FROM enrollments e WHERE e.tenant_id = $1 AND e.program_id = $2
              AND e.status = 'approved' AND ($3 = 0 OR EXISTS (SELECT 1 FROM enrollment_groups g
                WHERE g.tenant_id = e.tenant_id AND g.enrollment_id = e.id AND g.group_id = $4))
              AND e.id > $5 ORDER BY e.id LIMIT $6";
}

/// A letter to many partners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its id.
    pub id: AnnouncementId,
    /// Whose.
    pub tenant: TenantId,
    /// To the partners of which program.
    pub program: ProgramId,
    /// To one group of them, or all.
    pub group: Option<GroupId>,
    /// `news` or `terms`.
    pub kind: String,
    /// Subject; empty for new terms, whose words are the product's.
    pub subject: String,
    /// Text, with empty lines between paragraphs.
    pub body: String,
    /// `draft`, `sending`, `stopped` or `done`.
    pub state: String,
    /// How many memberships it was for when sending began.
    pub audience: i64,
    /// Mails written.
    pub sent: i64,
    /// Partners who do without such mails, or cannot be reached.
    pub left_out: i64,
    /// The last membership that was looked at.
    pub after: EnrollmentId,
    /// Who wrote it.
    pub created_by: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// When sending began.
    pub sent_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// The program's name; empty in the portal.
    pub program_name: String,
    /// The group's name, or empty.
    pub group_name: String,
}

fn read(row: &Row) -> Result<Announcement, StoreError> {
    Ok(Announcement {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        group: row.get("group_id")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        body: row.get("body")?,
        state: row.get("state")?,
        audience: row.get("audience")?,
        sent: row.get("sent")?,
        left_out: row.get("left_out")?,
        after: row.get("after_id")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        sent_at: row.get("sent_at")?,
        finished_at: row.get("finished_at")?,
        program_name: row.get("program_name")?,
        group_name: row.get("group_name")?,
    })
}

/// Writes a new letter.
pub async fn insert(tx: &mut Tx, letter: &Announcement) -> Result<(), StoreError> {
    let a = letter;
    let args = args![
        a.tenant,
        a.id,
        a.program,
        a.group,
        &a.kind,
        &a.subject,
        &a.body,
        &a.state,
        a.audience,
        a.sent,
        a.left_out,
        a.after,
        &a.created_by,
        a.created_at,
        a.sent_at,
        a.finished_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what changes of a letter.
pub async fn update(tx: &mut Tx, letter: &Announcement) -> Result<(), StoreError> {
    let a = letter;
    let args = args![
        a.tenant,
        a.id,
        a.group,
        &a.subject,
        &a.body,
        &a.state,
        a.audience,
        a.sent,
        a.left_out,
        a.after,
        a.sent_at,
        a.finished_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One letter.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: AnnouncementId,
) -> Result<Option<Announcement>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// What a list of letters shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One state by code, or all when empty.
    pub state: String,
    /// Part of subject or text, in lower case.
    pub find: String,
}

/// A page of letters, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<AnnouncementId>,
    limit: i64,
) -> Result<Vec<Announcement>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        &filter.state,
        &filter.find,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, read).await
}

/// News that a membership may read, newest first.
pub async fn shown(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    enrollment: EnrollmentId,
    limit: i64,
) -> Result<Vec<Announcement>, StoreError> {
    let args = args![tenant, program, enrollment, limit];
    tx.list(SHOWN, args, read).await
}

/// Removes a draft; false when it is none.
pub async fn delete(tx: &mut Tx, tenant: TenantId, id: AnnouncementId) -> Result<bool, StoreError> {
    Ok(tx.execute(DELETE, args![tenant, id]).await? == 1)
}

/// How many memberships a letter is for now.
pub async fn audience(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    group: Option<GroupId>,
) -> Result<i64, StoreError> {
    let args = args![tenant, program, group.is_some(), group];
    tx.one(AUDIENCE, args).await?.get("n")
}

/// The next memberships of a letter in order of their ids.
pub async fn next(
    tx: &mut Tx,
    letter: &Announcement,
    limit: i64,
) -> Result<Vec<(EnrollmentId, PartnerId)>, StoreError> {
    let a = letter;
    let args = args![
        a.tenant,
        a.program,
        a.group.is_some(),
        a.group,
        a.after,
        limit
    ];
    tx.list(NEXT, args, |row| {
        Ok((row.get("id")?, row.get("partner_id")?))
    })
    .await
}
