//! Clicks as they were shipped, recent touches per visitor, and daily rollups.

use comity_domain::{
    ClickId, EnrollmentId, LinkId, PartnerId, ProgramId, TenantId, Timestamp, VisitorId,
};

use crate::{Row, StoreError, Tx};

mod batch;
mod listed;

pub use batch::{Bump, bump_all, insert_all, insert_touches};
pub use listed::{Filter, Listed, listed};

/// Statements of the list.
pub(crate) const LISTED: &[(&str, &str)] = listed::STATEMENTS;

statements! {
    INSERT = "INSERT INTO clicks (tenant_id, id, program_id, link_id, partner_id, enrollment_id, visitor_id, at,
                class, reason, qr, ip_prefix, ip_hash, user_agent, referrer, destination, sub_ids_json)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
              ON CONFLICT DO NOTHING";
    GET = "SELECT * FROM clicks WHERE tenant_id = $1 AND id = $2";
    PAGE = "SELECT * FROM clicks WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)
              AND ($4 = 0 OR enrollment_id = $5) AND id < $6 ORDER BY id DESC LIMIT $7";
    TOUCH = "INSERT INTO touches (tenant_id, visitor_id, click_id, program_id, link_id, partner_id, enrollment_id,
               kind, class, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    TOUCHES = "SELECT * FROM touches WHERE tenant_id = $1 AND visitor_id = $2 AND program_id = $3
               ORDER BY click_id DESC LIMIT $4";
    BUMP = "INSERT INTO rollups (tenant_id, program_id, enrollment_id, link_id, day, clicks, filtered, leads, sales,
              revenue_minor, refunded_minor, commission_minor)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (tenant_id, program_id, enrollment_id, link_id, day) DO UPDATE SET
              clicks = rollups.clicks + excluded.clicks, filtered = rollups.filtered + excluded.filtered,
              leads = rollups.leads + excluded.leads, sales = rollups.sales + excluded.sales,
              revenue_minor = rollups.revenue_minor + excluded.revenue_minor,
              refunded_minor = rollups.refunded_minor + excluded.refunded_minor,
              commission_minor = rollups.commission_minor + excluded.commission_minor";
    BY_DAY = "SELECT day, CAST(SUM(clicks) AS BIGINT) AS clicks, CAST(SUM(filtered) AS BIGINT) AS filtered,
                CAST(SUM(leads) AS BIGINT) AS leads, CAST(SUM(sales) AS BIGINT) AS sales,
                CAST(SUM(revenue_minor) AS BIGINT) AS revenue_minor,
                CAST(SUM(refunded_minor) AS BIGINT) AS refunded_minor,
                CAST(SUM(commission_minor) AS BIGINT) AS commission_minor
              FROM rollups WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3) AND ($4 = 0 OR enrollment_id = $5)
                AND day >= $6 AND day <= $7 GROUP BY day ORDER BY day LIMIT 800";
    OF_LINK = "SELECT day, clicks FROM rollups WHERE tenant_id = $1 AND program_id = $2 AND enrollment_id = $3
                 AND link_id = $4 AND day >= $5 AND day <= $6 ORDER BY day LIMIT 800";
    EVER_ON = "SELECT CAST(1 AS BIGINT) AS n FROM rollups WHERE tenant_id = $1 AND program_id = $2 AND enrollment_id = $3
                 AND link_id = $4 AND clicks > 0 LIMIT 1";
    BY_ENROLLMENT = "SELECT r.enrollment_id, p.name, CAST(SUM(r.clicks) AS BIGINT) AS clicks,
                       CAST(SUM(r.filtered) AS BIGINT) AS filtered, CAST(SUM(r.leads) AS BIGINT) AS leads,
                       CAST(SUM(r.sales) AS BIGINT) AS sales, CAST(SUM(r.revenue_minor) AS BIGINT) AS revenue_minor,
                       CAST(SUM(r.refunded_minor) AS BIGINT) AS refunded_minor,
                       CAST(SUM(r.commission_minor) AS BIGINT) AS commission_minor
                     FROM rollups r
                     JOIN enrollments e ON e.tenant_id = r.tenant_id AND e.id = r.enrollment_id
                     JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
                     WHERE r.tenant_id = $1 AND ($2 = 0 OR r.program_id = $3) AND r.day >= $4 AND r.day <= $5
                     GROUP BY r.enrollment_id, p.name
                     ORDER BY CAST(SUM(r.revenue_minor) AS BIGINT) DESC, p.name LIMIT $6";
}

/// A click as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click {
    /// Its id.
    pub id: ClickId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Which link.
    pub link: LinkId,
    /// Which partner.
    pub partner: PartnerId,
    /// Which membership.
    pub enrollment: EnrollmentId,
    /// Which browser.
    pub visitor: VisitorId,
    /// When.
    pub at: Timestamp,
    /// `person`, `crawler`, `prefetch` … : what made it.
    pub class: String,
    /// Why it was classified so, or empty.
    pub reason: String,
    /// Whether a QR code was scanned.
    pub qr: bool,
    /// Shortened address.
    pub ip_prefix: String,
    /// Keyed hash of the address.
    pub ip_hash: Vec<u8>,
    /// User agent, bounded.
    pub user_agent: String,
    /// Referring page, bounded.
    pub referrer: String,
    /// Where it was sent.
    pub destination: String,
    /// The partner's own marks, as JSON.
    pub sub_ids_json: String,
}

fn read(row: &Row) -> Result<Click, StoreError> {
    Ok(Click {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        link: row.get("link_id")?,
        partner: row.get("partner_id")?,
        enrollment: row.get("enrollment_id")?,
        visitor: row.get("visitor_id")?,
        at: row.get("at")?,
        class: row.get("class")?,
        reason: row.get("reason")?,
        qr: row.get("qr")?,
        ip_prefix: row.get("ip_prefix")?,
        ip_hash: row.get("ip_hash")?,
        user_agent: row.get("user_agent")?,
        referrer: row.get("referrer")?,
        destination: row.get("destination")?,
        sub_ids_json: row.get("sub_ids_json")?,
    })
}

/// Writes a click once; answers whether it is new.
pub async fn insert(tx: &mut Tx, click: &Click) -> Result<bool, StoreError> {
    let c = click;
    let args = args![
        c.tenant,
        c.id,
        c.program,
        c.link,
        c.partner,
        c.enrollment,
        c.visitor,
        c.at,
        &c.class,
        &c.reason,
        c.qr,
        &c.ip_prefix,
        c.ip_hash.clone(),
        &c.user_agent,
        &c.referrer,
        &c.destination,
        &c.sub_ids_json
    ];
    Ok(tx.execute(INSERT, args).await? == 1)
}

/// One click.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: ClickId) -> Result<Option<Click>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// A page of clicks, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
    enrollment: Option<EnrollmentId>,
    before: Option<ClickId>,
    limit: i64,
) -> Result<Vec<Click>, StoreError> {
    let args = args![
        tenant,
        program.is_some(),
        program,
        enrollment.is_some(),
        enrollment,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, read).await
}

/// A visitor's contact with a link, as attribution reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// The click.
    pub click: ClickId,
    /// Which browser.
    pub visitor: VisitorId,
    /// In which program.
    pub program: ProgramId,
    /// Which link.
    pub link: LinkId,
    /// Which partner.
    pub partner: PartnerId,
    /// Which membership.
    pub enrollment: EnrollmentId,
    /// `click` or `qr`.
    pub kind: String,
    /// What made it, as in [`Click::class`].
    pub class: String,
    /// When.
    pub at: Timestamp,
}

fn read_touch(row: &Row) -> Result<Touch, StoreError> {
    Ok(Touch {
        click: row.get("click_id")?,
        visitor: row.get("visitor_id")?,
        program: row.get("program_id")?,
        link: row.get("link_id")?,
        partner: row.get("partner_id")?,
        enrollment: row.get("enrollment_id")?,
        kind: row.get("kind")?,
        class: row.get("class")?,
        at: row.get("at")?,
    })
}

/// Remembers a touch of a visitor.
pub async fn insert_touch(tx: &mut Tx, tenant: TenantId, touch: &Touch) -> Result<(), StoreError> {
    let t = touch;
    let args = args![
        tenant,
        t.visitor,
        t.click,
        t.program,
        t.link,
        t.partner,
        t.enrollment,
        &t.kind,
        &t.class,
        t.at
    ];
    tx.execute(TOUCH, args).await.map(drop)
}

/// The newest touches of a visitor in a program.
pub async fn touches(
    tx: &mut Tx,
    tenant: TenantId,
    visitor: VisitorId,
    program: ProgramId,
    limit: i64,
) -> Result<Vec<Touch>, StoreError> {
    tx.list(TOUCHES, args![tenant, visitor, program, limit], read_touch)
        .await
}

/// Counts of a day (to add) or of a period (summed).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Valid clicks.
    pub clicks: i64,
    /// Clicks that were recorded but never count.
    pub filtered: i64,
    /// Leads.
    pub leads: i64,
    /// Sales and renewals.
    pub sales: i64,
    /// Revenue, minor units of the program's currency.
    pub revenue_minor: i64,
    /// Refunds and chargebacks, minor units.
    pub refunded_minor: i64,
    /// Commissions net of reversals, minor units.
    pub commission_minor: i64,
}

/// The link id of rollup rows that belong to no link.
#[must_use]
pub const fn no_link() -> LinkId {
    LinkId(comity_domain::RawId([0; 16]))
}

/// Adds to a membership's day (`YYYY-MM-DD` in the program's zone).
pub async fn bump(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    enrollment: EnrollmentId,
    link: Option<LinkId>,
    day: &str,
    add: Counts,
) -> Result<(), StoreError> {
    let args = args![
        tenant,
        program,
        enrollment,
        link.unwrap_or(no_link()),
        day,
        add.clicks,
        add.filtered,
        add.leads,
        add.sales,
        add.revenue_minor,
        add.refunded_minor,
        add.commission_minor
    ];
    tx.execute(BUMP, args).await.map(drop)
}

fn read_counts(row: &Row) -> Result<Counts, StoreError> {
    Ok(Counts {
        clicks: row.get("clicks")?,
        filtered: row.get("filtered")?,
        leads: row.get("leads")?,
        sales: row.get("sales")?,
        revenue_minor: row.get("revenue_minor")?,
        refunded_minor: row.get("refunded_minor")?,
        commission_minor: row.get("commission_minor")?,
    })
}

/// Counts per day from `from` to `to`, days without anything left out.
pub async fn by_day(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
    enrollment: Option<EnrollmentId>,
    from: &str,
    to: &str,
) -> Result<Vec<(String, Counts)>, StoreError> {
    let args = args![
        tenant,
        program.is_some(),
        program,
        enrollment.is_some(),
        enrollment,
        from,
        to
    ];
    tx.list(BY_DAY, args, |row| Ok((row.get("day")?, read_counts(row)?)))
        .await
}

/// Valid clicks of a link per day from `from` to `to`, days without any left out.
pub async fn of_link(
    tx: &mut Tx,
    link: &comity_domain::link::Link,
    (from, to): (&str, &str),
) -> Result<Vec<(String, i64)>, StoreError> {
    let args = args![
        link.tenant,
        link.program,
        link.enrollment,
        link.id,
        from,
        to
    ];
    tx.list(OF_LINK, args, |row| {
        Ok((row.get("day")?, row.get("clicks")?))
    })
    .await
}

/// Whether a click on the link ever counted.
pub async fn ever_on(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    enrollment: EnrollmentId,
    link: LinkId,
) -> Result<bool, StoreError> {
    let found = tx
        .find(EVER_ON, args![tenant, program, enrollment, link], |row| {
            row.get::<i64>("n")
        })
        .await?;
    Ok(found.is_some())
}

/// Counts per membership from `from` to `to`, most revenue first.
pub async fn by_enrollment(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
    from: &str,
    to: &str,
    limit: i64,
) -> Result<Vec<(EnrollmentId, String, Counts)>, StoreError> {
    let args = args![tenant, program.is_some(), program, from, to, limit];
    tx.list(BY_ENROLLMENT, args, |row| {
        Ok((
            row.get("enrollment_id")?,
            row.get("name")?,
            read_counts(row)?,
        ))
    })
    .await
}
