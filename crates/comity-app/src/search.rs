//! Search over everything a team may see: one box, a few records of each kind.

use comity_domain::{Actor, Permission, TenantId};
use comity_store::{
    Tx, application, commission, customer, event, inquiry, link, partner, payout, program,
};

use crate::{App, AppError, authorise};

/// Longest search that is looked for; the rest is cut.
const MAX_TEXT: usize = 200;
/// Records of each kind.
const EACH: i64 = 5;

/// What was found, in the order of the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A partner.
    Partner,
    /// An application.
    Application,
    /// A customer.
    Customer,
    /// An event, by its order.
    Event,
    /// A commission, by its order or partner.
    Commission,
    /// A link.
    Link,
    /// A coupon code.
    Coupon,
    /// A program.
    Program,
    /// A payout, by its partner.
    Payout,
    /// A question of a partner.
    Inquiry,
}

/// A record that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// What its page is found by: an id; the code for coupons, the order for events.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What else tells it apart, or empty.
    pub note: String,
}

fn hit(kind: Kind, id: impl ToString, name: &str, note: &str) -> Hit {
    Hit {
        kind,
        id: id.to_string(),
        name: name.to_owned(),
        note: note.to_owned(),
    }
}

/// The newest records of each kind that contain the text; nothing for an empty one.
pub async fn search(app: &App, actor: &Actor, text: &str) -> Result<Vec<Hit>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let printable = text.chars().filter(|c| !c.is_control());
    let text: String = printable.take(MAX_TEXT).collect();
    let text = text.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let find = text.to_lowercase();
    let mut tx = app.store.read().await?;
    let mut hits = people(&mut tx, tenant, &find).await?;
    hits.extend(results(&mut tx, tenant, &find).await?);
    hits.extend(addresses(&mut tx, tenant, &find).await?);
    hits.extend(money(&mut tx, tenant, &find).await?);
    hits.extend(by_id(&mut tx, tenant, text).await?);
    hits.sort_by_key(|hit| hit.kind);
    hits.dedup_by(|a, b| a.kind == b.kind && a.id == b.id);
    Ok(hits)
}

async fn people(tx: &mut Tx, tenant: TenantId, find: &str) -> Result<Vec<Hit>, AppError> {
    let filter = partner::Filter {
        find: find.to_owned(),
        ..partner::Filter::default()
    };
    let mut hits = Vec::new();
    for row in partner::page(tx, tenant, &filter, None, EACH).await? {
        hits.push(hit(
            Kind::Partner,
            row.enrollment.partner,
            &row.name,
            &row.email,
        ));
    }
    // One partner may be in several programs.
    hits.dedup_by(|a, b| a.id == b.id);
    for row in application::page(tx, tenant, None, None, find, None, EACH).await? {
        hits.push(hit(Kind::Application, row.id, &row.name, &row.email));
    }
    Ok(hits)
}

async fn results(tx: &mut Tx, tenant: TenantId, find: &str) -> Result<Vec<Hit>, AppError> {
    let mut hits = Vec::new();
    for (row, _) in customer::page(tx, tenant, None, None, find, None, EACH).await? {
        let name = if row.name.is_empty() {
            &row.external_id
        } else {
            &row.name
        };
        hits.push(hit(Kind::Customer, row.id, name, &row.email));
    }
    let filter = event::Filter {
        find: find.to_owned(),
        ..event::Filter::default()
    };
    for row in event::page(tx, tenant, &filter, None, EACH).await? {
        hits.push(hit(Kind::Event, &row.external_id, &row.external_id, ""));
    }
    Ok(hits)
}

async fn addresses(tx: &mut Tx, tenant: TenantId, find: &str) -> Result<Vec<Hit>, AppError> {
    let filter = link::Filter {
        find: find.to_owned(),
        ..link::Filter::default()
    };
    let mut hits = Vec::new();
    for row in link::page(tx, tenant, &filter, None, EACH).await? {
        let slug = row.link.slug.as_str();
        hits.push(hit(Kind::Link, row.link.id, slug, &row.partner_name));
    }
    for (row, name) in link::coupon_page(tx, tenant, &filter, None, EACH).await? {
        hits.push(hit(Kind::Coupon, &row.code, &row.code, &name));
    }
    let programs = program::list(tx, tenant).await?;
    let named = |name: &str| name.to_lowercase().contains(find);
    for row in programs.iter().filter(|row| named(&row.name)) {
        hits.push(hit(Kind::Program, row.id, &row.name, row.slug.as_str()));
    }
    Ok(hits)
}

async fn money(tx: &mut Tx, tenant: TenantId, find: &str) -> Result<Vec<Hit>, AppError> {
    let mut hits = Vec::new();
    let filter = commission::Filter {
        find: find.to_owned(),
        ..commission::Filter::default()
    };
    for row in commission::page(tx, tenant, &filter, None, EACH).await? {
        hits.push(hit(
            Kind::Commission,
            row.commission.id,
            &row.partner_name,
            &row.external_id,
        ));
    }
    let filter = payout::Filter {
        find: find.to_owned(),
        ..payout::Filter::default()
    };
    for (row, name) in payout::page(tx, tenant, &filter, None, EACH).await? {
        hits.push(hit(Kind::Payout, row.batch, &name, row.masked.as_str()));
    }
    let filter = inquiry::Filter {
        find: find.to_owned(),
        ..inquiry::Filter::default()
    };
    for row in inquiry::page(tx, tenant, &filter, None, EACH).await? {
        let question: String = row.inquiry.question.chars().take(60).collect();
        hits.push(hit(
            Kind::Inquiry,
            row.inquiry.id,
            &row.partner_name,
            &question,
        ));
    }
    Ok(hits)
}

/// The record whose id was pasted.
async fn by_id(tx: &mut Tx, tenant: TenantId, text: &str) -> Result<Vec<Hit>, AppError> {
    let mut hits = Vec::new();
    if let Ok(id) = text.parse()
        && let Some(row) = partner::get(tx, tenant, id).await?
    {
        hits.push(hit(Kind::Partner, id, &row.name, &row.email));
    }
    if let Ok(id) = text.parse()
        && let Some(row) = event::get(tx, tenant, id).await?
    {
        hits.push(hit(Kind::Event, &row.external_id, &row.external_id, ""));
    }
    if let Ok(id) = text.parse()
        && commission::get(tx, tenant, id).await?.is_some()
    {
        hits.push(hit(Kind::Commission, id, text, ""));
    }
    if let Ok(id) = text.parse()
        && payout::batch(tx, tenant, id).await?.is_some()
    {
        hits.push(hit(Kind::Payout, id, text, ""));
    }
    Ok(hits)
}
