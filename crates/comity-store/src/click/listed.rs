//! The list of clicks, with partner and link.

use comity_domain::{ClickId, LinkId, PartnerId, ProgramId, TenantId, Timestamp};

use super::{Click, read};
use crate::{Row, StoreError, Tx};

statements! {
    LISTED = "SELECT c.*, p.name AS partner_name, l.slug AS slug FROM clicks c
              JOIN partners p ON p.tenant_id = c.tenant_id AND p.id = c.partner_id
              JOIN links l ON l.tenant_id = c.tenant_id AND l.id = c.link_id
              WHERE c.tenant_id = $1 AND ($2 = 0 OR c.program_id = $3)
                AND ($4 = '' OR c.class = $4 OR ($4 = 'filtered' AND c.class <> 'person'))
                AND ($5 = '' OR LOWER(p.name) LIKE '%' || $5 || '%' OR l.slug LIKE '%' || $5 || '%'
                  OR LOWER(c.referrer) LIKE '%' || $5 || '%')
                AND ($6 = 0 OR c.partner_id = $7) AND ($8 = 0 OR c.link_id = $9)
                AND c.at >= $10 AND c.at < $11 AND c.id < $12
              ORDER BY c.id DESC LIMIT $13";
}

/// What a list of clicks is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One partner, or all.
    pub partner: Option<PartnerId>,
    /// One link, or all.
    pub link: Option<LinkId>,
    /// Made then or later.
    pub since: Option<Timestamp>,
    /// Made before then.
    pub until: Option<Timestamp>,
    /// One class by code, `filtered` for everything but people, or empty for all.
    pub class: String,
    /// Part of the partner's name, the link or the referring page, in lower case; or empty.
    pub find: String,
}

/// A click with what a list shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The click.
    pub click: Click,
    /// The partner's name.
    pub partner_name: String,
    /// The ending of the link's address.
    pub slug: String,
}

/// A page of clicks with partner and link, newest first.
pub async fn listed(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<ClickId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        &filter.class,
        &filter.find,
        filter.partner.is_some(),
        filter.partner,
        filter.link.is_some(),
        filter.link,
        filter.since.map_or(i64::MIN, Timestamp::micros),
        filter.until.map_or(i64::MAX, Timestamp::micros),
        crate::before(before),
        limit
    ];
    let one = |row: &Row| {
        Ok(Listed {
            click: read(row)?,
            partner_name: row.get("partner_name")?,
            slug: row.get("slug")?,
        })
    };
    tx.list(LISTED, args, one).await
}
