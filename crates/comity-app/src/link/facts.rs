//! What the redirect's link table needs to know of a link.

use std::collections::BTreeMap;

use comity_domain::link::Link;
use comity_domain::partner::EnrollmentStatus;
use comity_domain::program::Program;
use comity_domain::{LinkId, ProgramId, Timestamp};
use comity_store::{Tx, link, program};
use url::Url;

use crate::{App, AppError};

/// A link with what decides whether it leads anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFacts {
    /// The link.
    pub link: Link,
    /// Its program.
    pub program: Program,
    /// Where the partner's membership stands.
    pub enrollment: EnrollmentStatus,
}

/// One link by id, of any organisation; empty when it is gone.
pub async fn facts(app: &App, id: LinkId) -> Result<Vec<LinkFacts>, AppError> {
    let mut tx = app.store.read().await?;
    let found = link::fact(&mut tx, id).await?.into_iter().collect();
    with_programs(&mut tx, found).await
}

/// Links changed since `since`, in order of id after `after`, of all organisations.
pub async fn facts_since(
    app: &App,
    since: Timestamp,
    after: LinkId,
    limit: i64,
) -> Result<Vec<LinkFacts>, AppError> {
    let mut tx = app.store.read().await?;
    let found = link::facts_since(&mut tx, since, after, limit).await?;
    with_programs(&mut tx, found).await
}

async fn with_programs(
    tx: &mut Tx,
    found: Vec<(Link, EnrollmentStatus)>,
) -> Result<Vec<LinkFacts>, AppError> {
    let mut programs: BTreeMap<ProgramId, Program> = BTreeMap::new();
    let mut facts = Vec::with_capacity(found.len());
    for (link, enrollment) in found {
        if !programs.contains_key(&link.program)
            && let Some(program) = program::get(tx, link.tenant, link.program).await?
        {
            programs.insert(link.program, program);
        }
        if let Some(program) = programs.get(&link.program) {
            facts.push(LinkFacts {
                link,
                program: program.clone(),
                enrollment,
            });
        }
    }
    Ok(facts)
}

/// Programs changed since `since`, in order of id after `after`, of all organisations.
pub async fn programs_since(
    app: &App,
    since: Timestamp,
    after: ProgramId,
    limit: i64,
) -> Result<Vec<Program>, AppError> {
    let mut tx = app.store.read().await?;
    Ok(program::changed_since(&mut tx, since, after, limit).await?)
}

/// A program's own sites, as entries of an allow-list: its website and the hosts
/// deep links may lead to. Pages there are heard by the collectors.
#[must_use]
pub fn sites(program: &Program) -> Vec<String> {
    let mut sites = program.settings.deep_link_hosts.clone();
    // Where the website is on the list already it is not named twice.
    let own = site(&program.website).filter(|own| !sites.contains(own));
    sites.extend(own);
    sites
}

/// A site with its port, and plain http only where the address says so. Without
/// `www.`, so that both forms are one site.
fn site(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = url.port().map(|port| format!(":{port}"));
    let scheme = if url.scheme() == "http" {
        "http://"
    } else {
        ""
    };
    Some(format!("{scheme}{host}{}", port.unwrap_or_default()))
}
