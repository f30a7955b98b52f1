//! Links and coupon codes.

use comity_domain::link::{Coupon, Link, LinkStatus};
use comity_domain::partner::EnrollmentStatus;
use comity_domain::program::Slug;
use comity_domain::{EnrollmentId, LinkId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO links (tenant_id, id, program_id, enrollment_id, partner_id, host, slug, destination,
                label, status, expires_at, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE = "UPDATE links SET destination = $3, label = $4, status = $5, expires_at = $6, updated_at = $7
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM links WHERE tenant_id = $1 AND id = $2";
    BY_SLUG = "SELECT * FROM links WHERE tenant_id = $1 AND host = $2 AND slug = $3";
    /// Across tenants: one host serves all of them, so a slug is taken for everyone.
    TAKEN = "SELECT COUNT(*) AS n FROM links WHERE host = $1 AND slug = $2";
    OF_ENROLLMENT = "SELECT * FROM links WHERE tenant_id = $1 AND enrollment_id = $2 AND status <> 'archived'
                     ORDER BY id LIMIT 500";
    PAGE = "SELECT l.*, p.name AS partner_name,
              CAST(COALESCE((SELECT SUM(r.clicks) FROM rollups r WHERE r.tenant_id = l.tenant_id
                AND r.program_id = l.program_id AND r.enrollment_id = l.enrollment_id
                AND r.link_id = l.id), 0) AS BIGINT) AS clicks,
              CAST(COALESCE((SELECT SUM(r.sales) FROM rollups r WHERE r.tenant_id = l.tenant_id
                AND r.program_id = l.program_id AND r.enrollment_id = l.enrollment_id
                AND r.link_id = l.id), 0) AS BIGINT) AS sales
            FROM links l JOIN partners p ON p.tenant_id = l.tenant_id AND p.id = l.partner_id
            WHERE l.tenant_id = $1 AND ($2 = 0 OR l.program_id = $3) AND ($4 = 0 OR l.enrollment_id = $5)
              AND ($6 = '' OR l.status = $6)
              AND ($7 = '' OR l.slug LIKE '%' || $7 || '%' OR LOWER(l.label) LIKE '%' || $7 || '%'
                OR LOWER(l.destination) LIKE '%' || $7 || '%' OR LOWER(p.name) LIKE '%' || $7 || '%')
              AND l.id < $8
            ORDER BY l.id DESC LIMIT $9";
    FIRST = "SELECT * FROM links WHERE tenant_id = $1 ORDER BY id LIMIT 1";
    /// Across tenants: the redirect table holds every link of the host.
    OF_PROGRAM_IDS = "SELECT id FROM links WHERE tenant_id = $1 AND program_id = $2 AND status <> 'archived'
                      ORDER BY id LIMIT 10000";
    TOUCH_PROGRAM = "UPDATE links SET updated_at = $3 WHERE tenant_id = $1 AND program_id = $2
                     AND status <> 'archived'";
    TOUCH_ENROLLMENT = "UPDATE links SET updated_at = $3 WHERE tenant_id = $1 AND enrollment_id = $2";
    GET_COUPON = "SELECT * FROM coupons WHERE tenant_id = $1 AND id = $2";
    COUPON_PAGE = "SELECT c.*, p.name AS partner_name
                   FROM coupons c JOIN partners p ON p.tenant_id = c.tenant_id AND p.id = c.partner_id
                   WHERE c.tenant_id = $1 AND ($2 = 0 OR c.program_id = $3) AND ($4 = 0 OR c.enrollment_id = $5)
                     AND ($6 = '' OR c.status = $6)
                     AND ($7 = '' OR LOWER(c.code) LIKE '%' || $7 || '%' OR LOWER(p.name) LIKE '%' || $7 || '%')
                     AND c.id < $8
                   ORDER BY c.id DESC LIMIT $9";
    FACTS_SINCE = "SELECT l.*, e.status AS enrollment_status FROM links l
                   JOIN enrollments e ON e.tenant_id = l.tenant_id AND e.id = l.enrollment_id
                   WHERE l.id > $2 AND l.id IN (
                     SELECT id FROM links WHERE updated_at >= $1
                     UNION SELECT i.id FROM enrollments m
                       JOIN links i ON i.tenant_id = m.tenant_id AND i.enrollment_id = m.id WHERE m.updated_at >= $1
                     UNION SELECT i.id FROM programs r
                       JOIN links i ON i.tenant_id = r.tenant_id AND i.program_id = r.id WHERE r.updated_at >= $1)
                   ORDER BY l.id LIMIT $3";
    FACTS = "SELECT l.*, e.status AS enrollment_status FROM links l
             JOIN enrollments e ON e.tenant_id = l.tenant_id AND e.id = l.enrollment_id
             WHERE l.id > $1 ORDER BY l.id LIMIT $2";
    FACT = "SELECT l.*, e.status AS enrollment_status FROM links l
            JOIN enrollments e ON e.tenant_id = l.tenant_id AND e.id = l.enrollment_id WHERE l.id = $1";
    INSERT_COUPON = "INSERT INTO coupons (tenant_id, id, program_id, enrollment_id, partner_id, code, code_norm,
                       exclusive, status, created_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    SET_COUPON_STATUS = "UPDATE coupons SET status = $3 WHERE tenant_id = $1 AND id = $2";
    COUPON_BY_CODE = "SELECT * FROM coupons WHERE tenant_id = $1 AND program_id = $2 AND code_norm = $3";
    COUPONS_OF = "SELECT * FROM coupons WHERE tenant_id = $1 AND enrollment_id = $2 ORDER BY id LIMIT 500";
}

fn read(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        host: row.get("host")?,
        slug: row.parse("slug", |text| Slug::parse(text).ok())?,
        destination: row.get("destination")?,
        label: row.get("label")?,
        status: row.parse("status", LinkStatus::from_code)?,
        expires_at: row.get("expires_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// Writes a new link; a taken address is a conflict.
pub async fn insert(tx: &mut Tx, link: &Link) -> Result<(), StoreError> {
    let args = args![
        link.tenant,
        link.id,
        link.program,
        link.enrollment,
        link.partner,
        &link.host,
        link.slug.as_str(),
        &link.destination,
        &link.label,
        link.status.code(),
        link.expires_at,
        link.created_at,
        link.updated_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what may change of a link (its address may not: it is printed somewhere).
pub async fn update(tx: &mut Tx, link: &Link) -> Result<(), StoreError> {
    let args = args![
        link.tenant,
        link.id,
        &link.destination,
        &link.label,
        link.status.code(),
        link.expires_at,
        link.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One link.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: LinkId) -> Result<Option<Link>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The organisation's link at an address.
pub async fn by_slug(
    tx: &mut Tx,
    tenant: TenantId,
    host: &str,
    slug: &str,
) -> Result<Option<Link>, StoreError> {
    tx.find(BY_SLUG, args![tenant, host, slug], read).await
}

/// Whether an address is taken by anybody.
pub async fn is_taken(tx: &mut Tx, host: &str, slug: &str) -> Result<bool, StoreError> {
    Ok(tx.one(TAKEN, args![host, slug]).await?.get::<i64>("n")? > 0)
}

/// The links of a membership, oldest first.
pub async fn of_enrollment(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Vec<Link>, StoreError> {
    tx.list(OF_ENROLLMENT, args![tenant, id], read).await
}

/// A link with its partner and results, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The link.
    pub link: Link,
    /// The partner's name.
    pub partner_name: String,
    /// Valid clicks.
    pub clicks: i64,
    /// Sales.
    pub sales: i64,
}

/// What a link list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One membership, or all.
    pub enrollment: Option<EnrollmentId>,
    /// One status, or all.
    pub status: Option<LinkStatus>,
    /// Part of the address, label, destination or partner's name, in lower case.
    pub find: String,
}

/// A page of links, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<LinkId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        filter.enrollment.is_some(),
        filter.enrollment,
        filter.status.map_or("", LinkStatus::code),
        &filter.find,
        crate::before(before),
        limit
    ];
    let read_listed = |row: &Row| {
        Ok(Listed {
            link: read(row)?,
            partner_name: row.get("partner_name")?,
            clicks: row.get("clicks")?,
            sales: row.get("sales")?,
        })
    };
    tx.list(PAGE, args, read_listed).await
}

/// The oldest link of the organisation.
pub async fn first(tx: &mut Tx, tenant: TenantId) -> Result<Option<Link>, StoreError> {
    tx.find(FIRST, args![tenant], read).await
}

fn read_fact(row: &Row) -> Result<(Link, EnrollmentStatus), StoreError> {
    Ok((
        read(row)?,
        row.parse("enrollment_status", EnrollmentStatus::from_code)?,
    ))
}

/// Links that changed themselves, or whose program or membership changed, since
/// `since`, in order of id after `after`: how link tables follow, across tenants.
pub async fn facts_since(
    tx: &mut Tx,
    since: Timestamp,
    after: LinkId,
    limit: i64,
) -> Result<Vec<(Link, EnrollmentStatus)>, StoreError> {
    // From the beginning on every link has changed: then the ids alone lead.
    if since.micros() == 0 {
        return tx.list(FACTS, args![after, limit], read_fact).await;
    }
    tx.list(FACTS_SINCE, args![since, after, limit], read_fact)
        .await
}

/// One link for a link table, whosever it is.
pub async fn fact(tx: &mut Tx, id: LinkId) -> Result<Option<(Link, EnrollmentStatus)>, StoreError> {
    tx.find(FACT, args![id], read_fact).await
}

/// Marks every link of a program as changed, because the program was; answers which.
pub async fn touch_program(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    at: Timestamp,
) -> Result<Vec<LinkId>, StoreError> {
    tx.execute(TOUCH_PROGRAM, args![tenant, program, at])
        .await?;
    tx.list(OF_PROGRAM_IDS, args![tenant, program], |row| row.get("id"))
        .await
}

/// Marks every link of a membership as changed, because the membership was; answers which.
pub async fn touch_enrollment(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    at: Timestamp,
) -> Result<Vec<LinkId>, StoreError> {
    tx.execute(TOUCH_ENROLLMENT, args![tenant, id, at]).await?;
    let links = of_enrollment(tx, tenant, id).await?;
    Ok(links.into_iter().map(|link| link.id).collect())
}

fn read_coupon(row: &Row) -> Result<Coupon, StoreError> {
    Ok(Coupon {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        code: row.get("code")?,
        exclusive: row.get("exclusive")?,
        status: row.parse("status", LinkStatus::from_code)?,
        created_at: row.get("created_at")?,
    })
}

/// Writes a new code; one that exists in the program is a conflict.
pub async fn insert_coupon(tx: &mut Tx, coupon: &Coupon) -> Result<(), StoreError> {
    let args = args![
        coupon.tenant,
        coupon.id,
        coupon.program,
        coupon.enrollment,
        coupon.partner,
        &coupon.code,
        comity_domain::link::coupon_norm(&coupon.code),
        coupon.exclusive,
        coupon.status.code(),
        coupon.created_at
    ];
    tx.execute(INSERT_COUPON, args).await.map(drop)
}

/// Switches a code; answers whether it exists.
pub async fn set_coupon_status(
    tx: &mut Tx,
    tenant: TenantId,
    id: comity_domain::CouponId,
    status: LinkStatus,
) -> Result<bool, StoreError> {
    Ok(tx
        .execute(SET_COUPON_STATUS, args![tenant, id, status.code()])
        .await?
        == 1)
}

/// The program's code, compared without case.
pub async fn coupon_by_code(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    code: &str,
) -> Result<Option<Coupon>, StoreError> {
    let norm = comity_domain::link::coupon_norm(code);
    tx.find(COUPON_BY_CODE, args![tenant, program, norm], read_coupon)
        .await
}

/// The codes of a membership, oldest first.
pub async fn coupons_of(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Vec<Coupon>, StoreError> {
    tx.list(COUPONS_OF, args![tenant, id], read_coupon).await
}

/// One code.
pub async fn coupon(
    tx: &mut Tx,
    tenant: TenantId,
    id: comity_domain::CouponId,
) -> Result<Option<Coupon>, StoreError> {
    tx.find(GET_COUPON, args![tenant, id], read_coupon).await
}

/// A page of codes with their partners' names, newest first.
pub async fn coupon_page(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<comity_domain::CouponId>,
    limit: i64,
) -> Result<Vec<(Coupon, String)>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        filter.enrollment.is_some(),
        filter.enrollment,
        filter.status.map_or("", LinkStatus::code),
        &filter.find,
        crate::before(before),
        limit
    ];
    tx.list(COUPON_PAGE, args, |row| {
        Ok((read_coupon(row)?, row.get("partner_name")?))
    })
    .await
}
