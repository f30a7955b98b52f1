//! Lists of memberships ordered by a number, with a cursor that follows the order.

use std::fmt;
use std::str::FromStr;

use comity_domain::partner::EnrollmentStatus;
use comity_domain::{EnrollmentId, TenantId};

use super::{Filter, Listed, read_listed};
use crate::{Row, StoreError, Tx};

statements! {
    SORTED = "SELECT s.* FROM (
                SELECT t.*, CAST($7 AS BIGINT) * CASE $8
                    WHEN 'clicks' THEN t.clicks WHEN 'leads' THEN t.leads WHEN 'sales' THEN t.sales
                    WHEN 'revenue' THEN t.revenue_minor ELSE t.commission_minor END AS sort_key
                FROM (
                  SELECT e.*, p.email, p.name, p.company, p.country, p.website, p.last_seen_at,
                    CAST(COALESCE(r.clicks, 0) AS BIGINT) AS clicks, CAST(COALESCE(r.leads, 0) AS BIGINT) AS leads,
                    CAST(COALESCE(r.sales, 0) AS BIGINT) AS sales,
                    CAST(COALESCE(r.revenue_minor, 0) AS BIGINT) AS revenue_minor,
                    CAST(COALESCE(r.commission_minor, 0) AS BIGINT) AS commission_minor
                  FROM enrollments e JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
                  LEFT JOIN (SELECT enrollment_id, SUM(clicks) AS clicks, SUM(leads) AS leads, SUM(sales) AS sales,
                      SUM(revenue_minor - refunded_minor) AS revenue_minor,
                      SUM(commission_minor) AS commission_minor
                    FROM rollups WHERE tenant_id = $1 GROUP BY enrollment_id) r ON r.enrollment_id = e.id
                  WHERE e.tenant_id = $1 AND ($2 = 0 OR e.program_id = $3) AND ($4 = '' OR e.status = $4)
                    AND ($5 = '' OR LOWER(p.name) LIKE '%' || $5 || '%' OR p.email_norm LIKE '%' || $5 || '%'
                      OR LOWER(p.company) LIKE '%' || $5 || '%')
                    AND ($6 = 0 OR EXISTS (SELECT 1 FROM enrollment_groups g WHERE g.tenant_id = e.tenant_id
                      AND g.enrollment_id = e.id AND g.group_id = $9))
                ) t
              ) s
              WHERE s.sort_key > $10 OR (s.sort_key = $10 AND s.id < $11)
              ORDER BY s.sort_key, s.id DESC LIMIT $12";
}

/// The number a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// `clicks`, `leads`, `sales`, `revenue` or `earned`.
    key: &'static str,
    /// The largest first.
    descending: bool,
}

impl Sort {
    const KEYS: [&'static str; 5] = ["clicks", "leads", "sales", "revenue", "earned"];

    /// Reads `clicks` or `-clicks`; `None` for anything that is not offered.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (descending, name) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let key = Self::KEYS.into_iter().find(|key| *key == name)?;
        Some(Self { key, descending })
    }
}

/// Where a page of a sorted list ends: the number (negated when the largest come first) and the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    key: i64,
    id: EnrollmentId,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.key, self.id)
    }
}

/// The text is not a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in a sorted list")]
pub struct NoPlace;

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (key, id) = text.split_once('.').ok_or(NoPlace)?;
        Ok(Self {
            key: key.parse().map_err(|_| NoPlace)?,
            id: id.parse().map_err(|_| NoPlace)?,
        })
    }
}

/// A page of memberships in the order of a number; equal ones newest first.
pub async fn sorted(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    sort: Sort,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<(Listed, Place)>, StoreError> {
    let sign: i64 = if sort.descending { -1 } else { 1 };
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        filter.status.map_or("", EnrollmentStatus::code),
        &filter.find,
        filter.group.is_some(),
        sign,
        sort.key,
        filter.group,
        after.map_or(i64::MIN, |place| place.key),
        crate::before(after.map(|place| place.id)),
        limit
    ];
    let read = |row: &Row| {
        let listed = read_listed(row)?;
        let place = Place {
            key: row.get("sort_key")?,
            id: listed.enrollment.id,
        };
        Ok((listed, place))
    };
    tx.list(SORTED, args, read).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::RawId;

    #[test]
    fn only_offered_orders_are_read() {
        assert!(Sort::parse("-clicks").is_some_and(|sort| sort.descending));
        assert!(Sort::parse("earned").is_some_and(|sort| !sort.descending));
        for bad in ["", "-", "name", "clicks desc", "--clicks"] {
            assert_eq!(Sort::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_place_survives_its_text() {
        let place = Place {
            key: -1_200,
            id: EnrollmentId(RawId([7; 16])),
        };
        assert_eq!(place.to_string().parse(), Ok(place));
        assert!("12".parse::<Place>().is_err() && "x.enr_1".parse::<Place>().is_err());
    }
}
