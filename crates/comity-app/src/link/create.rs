//! A new link.

use comity_domain::link::{Link, LinkStatus};
use comity_domain::partner::{Enrollment, Partner};
use comity_domain::program::{Program, ProgramStatus, Slug};
use comity_domain::{Actor, EnrollmentId, LinkId, Timestamp};
use comity_store::link as store;
use comity_store::{Tx, partner};
use serde_json::json;
use url::Url;

use super::{authorise_owner, membership, note};
use crate::event::{Happened, emit};
use crate::program::{host_of, load, web_address};
use crate::{App, AppError};

/// Longest label.
const MAX_LABEL: usize = 120;
/// Most links of one membership.
const MAX_LINKS: usize = 400;
/// How many suffixes are tried before random ones.
const NUMBERED: u32 = 20;

/// What is needed to make a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// Whose.
    pub enrollment: EnrollmentId,
    /// Its path; empty for one made from the partner's name.
    pub slug: String,
    /// Where it leads; empty for the program's site.
    pub destination: String,
    /// The partner's own label, or empty.
    pub label: String,
    /// After this it leads to the fallback page.
    pub expires_at: Option<Timestamp>,
}

/// Makes a link.
pub async fn create(app: &App, actor: &Actor, new: NewLink) -> Result<Link, AppError> {
    let tenant = authorise_owner(actor)?;
    let mut tx = app.store.write().await?;
    let enrollment = membership(&mut tx, actor, tenant, new.enrollment).await?;
    if !enrollment.status.earns() {
        return Err(AppError::Conflict("partner_not_approved"));
    }
    let program = load(&mut tx, tenant, enrollment.program).await?;
    if program.status == ProgramStatus::Closed {
        return Err(AppError::Conflict("program_closed"));
    }
    let owner = partner::get(&mut tx, tenant, enrollment.partner).await?;
    let owner = owner.ok_or(AppError::NotFound("partner"))?;
    let existing = store::of_enrollment(&mut tx, tenant, enrollment.id).await?;
    if existing.len() >= MAX_LINKS {
        return Err(AppError::Conflict("too_many_links"));
    }
    let link = insert(&mut tx, app, actor, (&program, &enrollment, &owner), &new).await?;
    tx.commit().await?;
    app.links.changed(&[link.id]);
    app.announce(tenant, "link");
    Ok(link)
}

/// The link every new partner begins with, in the caller's transaction.
pub(crate) async fn first_link(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    (program, enrollment, owner): (&Program, &Enrollment, &Partner),
) -> Result<Option<LinkId>, AppError> {
    let existing = store::of_enrollment(tx, enrollment.tenant, enrollment.id).await?;
    if !existing.is_empty() {
        return Ok(None);
    }
    let new = NewLink {
        enrollment: enrollment.id,
        slug: String::new(),
        destination: String::new(),
        label: String::new(),
        expires_at: None,
    };
    let link = insert(tx, app, actor, (program, enrollment, owner), &new).await?;
    Ok(Some(link.id))
}

async fn insert(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    (program, enrollment, owner): (&Program, &Enrollment, &Partner),
    new: &NewLink,
) -> Result<Link, AppError> {
    check_label(&new.label)?;
    let now = app.now();
    check_expiry(new.expires_at, now)?;
    let destination = destination(program, &new.destination)?;
    let slug = if new.slug.trim().is_empty() {
        free_slug(tx, app, owner).await?
    } else {
        asked_slug(tx, &new.slug).await?
    };
    let link = Link {
        id: app.id::<LinkId>(),
        tenant: program.tenant,
        program: program.id,
        enrollment: enrollment.id,
        partner: enrollment.partner,
        host: String::new(),
        slug,
        destination,
        label: new.label.trim().to_owned(),
        status: LinkStatus::Active,
        expires_at: new.expires_at,
        created_at: now,
        updated_at: now,
    };
    store::insert(tx, &link).await?;
    note(tx, app, actor, &link, "link.created").await?;
    let happened = Happened {
        tenant: link.tenant,
        program: Some(link.program),
        partner: Some(link.partner),
        kind: "link.created",
        body: json!({ "link": link.id, "slug": link.slug.as_str(), "partner": link.partner, "name": owner.name }),
    };
    emit(tx, app, &happened).await?;
    Ok(link)
}

pub(super) fn check_label(label: &str) -> Result<(), AppError> {
    if label.chars().count() > MAX_LABEL {
        return Err(AppError::field("label", "too_long"));
    }
    Ok(())
}

pub(super) fn check_expiry(at: Option<Timestamp>, now: Timestamp) -> Result<(), AppError> {
    match at {
        Some(at) if at <= now => Err(AppError::field("expires_at", "in_the_past")),
        _ => Ok(()),
    }
}

/// Where a link may lead: the program's site or one of its deep-link hosts.
pub(super) fn destination(program: &Program, asked: &str) -> Result<String, AppError> {
    if asked.trim().is_empty() {
        return Ok(program.website.clone());
    }
    let url = web_address(asked).map_err(|code| AppError::field("destination", code))?;
    if may_lead_to(program, &url) {
        Ok(url.to_string())
    } else {
        Err(AppError::field("destination", "foreign_host"))
    }
}

fn may_lead_to(program: &Program, url: &Url) -> bool {
    let site = web_address(&program.website).ok();
    let same_scheme = url.scheme() == "https"
        || site
            .as_ref()
            .is_some_and(|site| site.scheme() == url.scheme());
    let host = host_of(url);
    let below = |allowed: &str| {
        let allowed = allowed.trim().to_ascii_lowercase();
        !allowed.is_empty() && (host == allowed || host.ends_with(&format!(".{allowed}")))
    };
    let own = site.as_ref().is_some_and(|site| below(&host_of(site)));
    same_scheme
        && (own
            || program
                .settings
                .deep_link_hosts
                .iter()
                .any(|entry| below(entry)))
}

async fn asked_slug(tx: &mut Tx, text: &str) -> Result<Slug, AppError> {
    let slug = Slug::parse(text).map_err(crate::program::slug_error)?;
    if store::is_taken(tx, "", slug.as_str()).await? {
        return Err(AppError::field("slug", "taken"));
    }
    Ok(slug)
}

/// A free slug close to the partner's name; a collision gets a suffix.
async fn free_slug(tx: &mut Tx, app: &App, owner: &Partner) -> Result<Slug, AppError> {
    let base = Slug::suggest(&owner.name).or_else(|| Slug::suggest(&owner.company));
    let base = base.map_or_else(|| "partner".to_owned(), |slug| slug.to_string());
    for number in 1..NUMBERED + 3 {
        let text = match number {
            1 => base.clone(),
            n if n <= NUMBERED => format!("{base}-{n}"),
            // A popular name: stop counting and take something nobody has.
            _ => format!("{base}-{}", hex::encode(&app.secret()[..3])),
        };
        if let Ok(slug) = Slug::parse(&text)
            && !store::is_taken(tx, "", slug.as_str()).await?
        {
            return Ok(slug);
        }
    }
    Err(AppError::field("slug", "taken"))
}
