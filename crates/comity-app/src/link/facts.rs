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

/// The host of a web address, for allow-lists.
#[must_use]
pub fn host_of(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}
