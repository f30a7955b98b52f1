//! Facts that signals look at: each query bounded, along indexes in time order.

use comity_domain::{CustomerId, EnrollmentId, ProgramId, TenantId, Timestamp, VisitorId};

use crate::{Row, StoreError, Tx};

statements! {
    /// A conversion without a known address counts as one of its own: unknown is not the same.
    RECENT = "SELECT COUNT(DISTINCT r.event_id) AS conversions,
                COUNT(DISTINCT k.ip_hash) AS networks,
                CAST(COALESCE(SUM(CASE WHEN k.id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS unknown
              FROM (SELECT event_id FROM commissions
                WHERE tenant_id = $1 AND enrollment_id = $2 AND occurred_at > $3 AND occurred_at <= $4
                ORDER BY occurred_at DESC LIMIT 2000) r
              LEFT JOIN events e ON e.tenant_id = $1 AND e.id = r.event_id
              LEFT JOIN clicks k ON k.tenant_id = $1 AND k.id = e.click_id";
    DAILY = "SELECT d.day, COUNT(*) AS n FROM
               (SELECT (occurred_at - $3) / 86400000000 AS day FROM commissions
                WHERE tenant_id = $1 AND enrollment_id = $2 AND occurred_at >= $3 AND occurred_at < $4
                ORDER BY occurred_at DESC LIMIT 20000) d
             GROUP BY d.day ORDER BY d.day LIMIT 100";
    ON_ADDRESS = "SELECT COUNT(DISTINCT e.customer_id) AS n FROM
                    (SELECT customer_id, click_id FROM events
                     WHERE tenant_id = $1 AND program_id = $2 AND occurred_at > $3 AND occurred_at <= $4
                       AND click_id IS NOT NULL
                     ORDER BY occurred_at DESC LIMIT 2000) e
                  JOIN clicks k ON k.tenant_id = $1 AND k.id = e.click_id
                  WHERE k.ip_hash = $5";
    MONTH = "SELECT CAST(COALESCE(SUM(clicks), 0) AS BIGINT) AS clicks,
               CAST(COALESCE(SUM(sales), 0) AS BIGINT) AS sales
             FROM rollups WHERE tenant_id = $1 AND program_id = $2 AND enrollment_id = $3
               AND day >= $4 AND day <= $5";
    PROGRAM_MONTH = "SELECT CAST(COALESCE(SUM(clicks), 0) AS BIGINT) AS clicks,
                       CAST(COALESCE(SUM(sales), 0) AS BIGINT) AS sales
                     FROM rollups WHERE tenant_id = $1 AND program_id = $2 AND day >= $3 AND day <= $4";
    REFUNDS = "SELECT COUNT(*) AS clicks, CAST(COALESCE(SUM(CASE WHEN r.reversed_minor > 0 THEN 1 ELSE 0 END), 0)
                 AS BIGINT) AS sales
               FROM (SELECT reversed_minor FROM commissions
                 WHERE tenant_id = $1 AND enrollment_id = $2 AND occurred_at >= $3 AND occurred_at <= $4
                 ORDER BY occurred_at DESC LIMIT 2000) r";
    PROGRAM_REFUNDS = "SELECT COUNT(*) AS clicks,
                         CAST(COALESCE(SUM(CASE WHEN r.reversed_minor > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS sales
                       FROM (SELECT reversed_minor FROM commissions WHERE tenant_id = $1 AND program_id = $2
                         ORDER BY id DESC LIMIT 2000) r";
    EARLIER_ORDERS = "SELECT CAST(COALESCE(SUM(c.orders), 0) AS BIGINT) AS n FROM
                        (SELECT orders FROM customers WHERE tenant_id = $1 AND program_id = $2 AND email_norm = $3
                           AND id <> $4 AND first_order_at < $5 LIMIT 200) c";
    VISITORS_OF = "SELECT visitor_id FROM customer_visitors WHERE tenant_id = $1 AND customer_id IN
                     (SELECT id FROM customers WHERE tenant_id = $1 AND program_id = $2 AND email_norm = $3
                        AND id <> $4 ORDER BY id DESC LIMIT 20)
                   ORDER BY visitor_id DESC LIMIT 200";
}

/// Conversions of a membership in a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recent {
    /// Different events.
    pub conversions: i64,
    /// Different network addresses; every unknown one counts.
    pub networks: i64,
}

/// Conversions of a membership after `from`, up to `to`.
pub async fn recent(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Recent, StoreError> {
    let row = tx.one(RECENT, args![tenant, id, from, to]).await?;
    let networks: i64 = row.get("networks")?;
    let unknown: i64 = row.get("unknown")?;
    Ok(Recent {
        conversions: row.get("conversions")?,
        networks: networks.saturating_add(unknown),
    })
}

/// Conversions of a membership per 24 hours from `from` on, up to `to`: number of the day
/// and how many; days without any left out.
pub async fn daily(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<(i64, i64)>, StoreError> {
    tx.list(DAILY, args![tenant, id, from, to], |row| {
        Ok((row.get("day")?, row.get("n")?))
    })
    .await
}

/// An address as clicks keep it, and when it is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Address<'a> {
    /// Keyed hash.
    pub hash: &'a [u8],
    /// After this.
    pub from: Timestamp,
    /// Up to this.
    pub to: Timestamp,
}

/// How many different customers came from one address.
pub async fn customers_on_address(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    address: Address<'_>,
) -> Result<i64, StoreError> {
    let hash = address.hash.to_vec();
    tx.one(
        ON_ADDRESS,
        args![tenant, program, address.from, address.to, hash],
    )
    .await?
    .get("n")
}

/// Two numbers of a period: how many, and how many of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Month {
    /// Clicks, or sales where refunds are counted.
    pub all: i64,
    /// Sales, or those of them that were taken back.
    pub some: i64,
}

fn read_month(row: &Row) -> Result<Month, StoreError> {
    Ok(Month {
        all: row.get("clicks")?,
        some: row.get("sales")?,
    })
}

/// Clicks and sales from `first` to `last` day, of a membership or of the whole program.
pub async fn month(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    id: Option<EnrollmentId>,
    (first, last): (&str, &str),
) -> Result<Month, StoreError> {
    let row = match id {
        Some(id) => {
            tx.one(MONTH, args![tenant, program, id, first, last])
                .await?
        }
        None => {
            tx.one(PROGRAM_MONTH, args![tenant, program, first, last])
                .await?
        }
    };
    read_month(&row)
}

/// Sales and those taken back: of a membership in a period, or the newest of the program.
pub async fn refunds(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    of: Option<(EnrollmentId, Timestamp, Timestamp)>,
) -> Result<Month, StoreError> {
    let row = match of {
        Some((id, from, to)) => tx.one(REFUNDS, args![tenant, id, from, to]).await?,
        None => tx.one(PROGRAM_REFUNDS, args![tenant, program]).await?,
    };
    read_month(&row)
}

/// Orders of a mailbox under other accounts, begun before `before`.
pub async fn earlier_orders(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    (email_norm, other_than): (&str, CustomerId),
    before: Timestamp,
) -> Result<i64, StoreError> {
    tx.one(
        EARLIER_ORDERS,
        args![tenant, program, email_norm, other_than, before],
    )
    .await?
    .get("n")
}

/// Browsers in which a mailbox was seen as another customer.
pub async fn visitors_of(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    (email_norm, other_than): (&str, CustomerId),
) -> Result<Vec<VisitorId>, StoreError> {
    let args = args![tenant, program, email_norm, other_than];
    tx.list(VISITORS_OF, args, |row| row.get("visitor_id"))
        .await
}
