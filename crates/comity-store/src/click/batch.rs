//! Clicks, touches and counts of a whole batch: a few statements for thousands of rows.

use comity_domain::{EnrollmentId, LinkId, ProgramId, TenantId};

use super::{Click, Counts, Touch};
use crate::Class::{Bytes, Int, Text};
use crate::{Bulk, StoreError, Tx};

static CLICKS: Bulk = Bulk {
    table: "clicks",
    columns: &[
        ("tenant_id", Bytes),
        ("id", Bytes),
        ("program_id", Bytes),
        ("link_id", Bytes),
        ("partner_id", Bytes),
        ("enrollment_id", Bytes),
        ("visitor_id", Bytes),
        ("at", Int),
        ("class", Text),
        ("reason", Text),
        ("qr", Int),
        ("ip_prefix", Text),
        ("ip_hash", Bytes),
        ("user_agent", Text),
        ("referrer", Text),
        ("destination", Text),
        ("sub_ids_json", Text),
    ],
    on_conflict: "DO NOTHING",
};

static TOUCHES: Bulk = Bulk {
    table: "touches",
    columns: &[
        ("tenant_id", Bytes),
        ("visitor_id", Bytes),
        ("click_id", Bytes),
        ("program_id", Bytes),
        ("link_id", Bytes),
        ("partner_id", Bytes),
        ("enrollment_id", Bytes),
        ("kind", Text),
        ("class", Text),
        ("at", Int),
    ],
    on_conflict: "DO NOTHING",
};

static ROLLUPS: Bulk = Bulk {
    table: "rollups",
    columns: &[
        ("tenant_id", Bytes),
        ("program_id", Bytes),
        ("enrollment_id", Bytes),
        ("link_id", Bytes),
        ("day", Text),
        ("clicks", Int),
        ("filtered", Int),
        ("leads", Int),
        ("sales", Int),
        ("revenue_minor", Int),
        ("refunded_minor", Int),
        ("commission_minor", Int),
    ],
    on_conflict: "(tenant_id, program_id, enrollment_id, link_id, day) DO UPDATE SET
        clicks = rollups.clicks + excluded.clicks, filtered = rollups.filtered + excluded.filtered,
        leads = rollups.leads + excluded.leads, sales = rollups.sales + excluded.sales,
        revenue_minor = rollups.revenue_minor + excluded.revenue_minor,
        refunded_minor = rollups.refunded_minor + excluded.refunded_minor,
        commission_minor = rollups.commission_minor + excluded.commission_minor",
};

/// Writes clicks; answers how many of them are new.
pub async fn insert_all(
    tx: &mut Tx,
    clicks: impl Iterator<Item = &Click>,
) -> Result<u64, StoreError> {
    let mut rows = Vec::new();
    for c in clicks {
        rows.extend(args![
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
        ]);
    }
    tx.insert_rows(&CLICKS, rows).await
}

/// Remembers touches of visitors; those that are known do nothing.
pub async fn insert_touches(
    tx: &mut Tx,
    touches: impl Iterator<Item = (TenantId, Touch)>,
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for (tenant, t) in touches {
        rows.extend(args![
            tenant,
            t.visitor,
            t.click,
            t.program,
            t.link,
            t.partner,
            t.enrollment,
            t.kind,
            t.class,
            t.at
        ]);
    }
    tx.insert_rows(&TOUCHES, rows).await.map(drop)
}

/// A membership's day on a link, which counts are added to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bump {
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Which membership.
    pub enrollment: EnrollmentId,
    /// Which link.
    pub link: LinkId,
    /// `YYYY-MM-DD` in the program's zone.
    pub day: String,
}

/// Adds to days; none of them may be named twice.
pub async fn bump_all(
    tx: &mut Tx,
    bumps: impl Iterator<Item = (Bump, Counts)>,
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for (to, add) in bumps {
        rows.extend(args![
            to.tenant,
            to.program,
            to.enrollment,
            to.link,
            to.day,
            add.clicks,
            add.filtered,
            add.leads,
            add.sales,
            add.revenue_minor,
            add.refunded_minor,
            add.commission_minor
        ]);
    }
    tx.insert_rows(&ROLLUPS, rows).await.map(drop)
}
