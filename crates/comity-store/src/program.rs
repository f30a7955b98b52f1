//! Programs and their versioned policies and terms.

use comity_domain::program::{BusinessStage, Program, ProgramModel, ProgramStatus, Slug};
use comity_domain::{PartnerId, PolicyId, ProgramId, TenantId, TermsId, Timestamp, Zone};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO programs (tenant_id, id, slug, name, model, stage, status, currency, zone, website,
                settings_json, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE = "UPDATE programs SET name = $3, stage = $4, status = $5, zone = $6, website = $7,
                settings_json = $8, updated_at = $9, slug = $10, model = $11
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM programs WHERE tenant_id = $1 AND id = $2";
    LIST = "SELECT * FROM programs WHERE tenant_id = $1 ORDER BY id LIMIT 200";
    /// Across tenants: the redirect serves every organisation.
    CHANGED = "SELECT * FROM programs WHERE updated_at >= $1 AND id > $2 ORDER BY id LIMIT $3";
    /// Across tenants: a public address names the program, and the program its tenant.
    BY_SLUG = "SELECT * FROM programs WHERE slug = $1";
    INSERT_POLICY = "INSERT INTO policies (tenant_id, id, program_id, kind, version, apply_to, body_json, note,
                       created_by, created_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    CURRENT_POLICY = "SELECT * FROM policies WHERE tenant_id = $1 AND program_id = $2 AND kind = $3
                      ORDER BY version DESC LIMIT 1";
    POLICIES = "SELECT * FROM policies WHERE tenant_id = $1 AND program_id = $2 AND kind = $3
                ORDER BY version DESC LIMIT 200";
    POLICY = "SELECT * FROM policies WHERE tenant_id = $1 AND id = $2";
    INSERT_TERMS = "INSERT INTO terms (tenant_id, id, program_id, version, body, published_by, published_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CURRENT_TERMS = "SELECT * FROM terms WHERE tenant_id = $1 AND program_id = $2 ORDER BY version DESC LIMIT 1";
    ALL_TERMS = "SELECT * FROM terms WHERE tenant_id = $1 AND program_id = $2 ORDER BY version DESC LIMIT 200";
    ACCEPT = "INSERT INTO terms_acceptances (tenant_id, terms_id, partner_id, accepted_at, ip)
              VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    ACCEPTED = "SELECT accepted_at FROM terms_acceptances
                WHERE tenant_id = $1 AND terms_id = $2 AND partner_id = $3";
    ACCEPTANCES = "SELECT COUNT(*) AS n FROM terms_acceptances WHERE tenant_id = $1 AND terms_id = $2";
}

fn read(row: &Row) -> Result<Program, StoreError> {
    Ok(Program {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        slug: row.parse("slug", |text| Slug::parse(text).ok())?,
        name: row.get("name")?,
        model: row.parse("model", ProgramModel::from_code)?,
        stage: row.parse("stage", BusinessStage::from_code)?,
        status: row.parse("status", ProgramStatus::from_code)?,
        currency: row.get("currency")?,
        zone: row.parse("zone", Zone::named)?,
        website: row.get("website")?,
        settings: row.parse("settings_json", |text| serde_json::from_str(text).ok())?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// Writes a new program.
pub async fn insert(tx: &mut Tx, program: &Program) -> Result<(), StoreError> {
    let args = args![
        program.tenant,
        program.id,
        program.slug.as_str(),
        &program.name,
        program.model.code(),
        program.stage.code(),
        program.status.code(),
        program.currency,
        program.zone.name(),
        &program.website,
        settings_text(program)?,
        program.created_at,
        program.updated_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what may change of a program (its currency may not).
pub async fn update(tx: &mut Tx, program: &Program) -> Result<(), StoreError> {
    let args = args![
        program.tenant,
        program.id,
        &program.name,
        program.stage.code(),
        program.status.code(),
        program.zone.name(),
        &program.website,
        settings_text(program)?,
        program.updated_at,
        program.slug.as_str(),
        program.model.code()
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

fn settings_text(program: &Program) -> Result<String, StoreError> {
    serde_json::to_string(&program.settings).map_err(|error| StoreError::Encode(error.into()))
}

/// One program.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: ProgramId,
) -> Result<Option<Program>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// All programs, oldest first.
pub async fn list(tx: &mut Tx, tenant: TenantId) -> Result<Vec<Program>, StoreError> {
    tx.list(LIST, args![tenant], read).await
}

/// Programs of all organisations changed since `since`, in order of id after `after`.
pub async fn changed_since(
    tx: &mut Tx,
    since: Timestamp,
    after: ProgramId,
    limit: i64,
) -> Result<Vec<Program>, StoreError> {
    tx.list(CHANGED, args![since, after, limit], read).await
}

/// The program at a public address, whosever it is.
pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Program>, StoreError> {
    tx.find(BY_SLUG, args![slug], read).await
}

/// One version of a policy: data that decides, never edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// `attribution` or `commission`.
    pub kind: String,
    /// 1, 2, 3 …
    pub version: i64,
    /// `new_customers`, `new_events` or `all`.
    pub apply_to: String,
    /// The policy as JSON.
    pub body_json: String,
    /// Why it was changed.
    pub note: String,
    /// Who published it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
}

fn read_policy(row: &Row) -> Result<Policy, StoreError> {
    Ok(Policy {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        kind: row.get("kind")?,
        version: row.get("version")?,
        apply_to: row.get("apply_to")?,
        body_json: row.get("body_json")?,
        note: row.get("note")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
    })
}

/// Publishes a version.
pub async fn insert_policy(tx: &mut Tx, policy: &Policy) -> Result<(), StoreError> {
    let args = args![
        policy.tenant,
        policy.id,
        policy.program,
        &policy.kind,
        policy.version,
        &policy.apply_to,
        &policy.body_json,
        &policy.note,
        &policy.created_by,
        policy.created_at
    ];
    tx.execute(INSERT_POLICY, args).await.map(drop)
}

/// The newest version of a kind.
pub async fn current_policy(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    kind: &str,
) -> Result<Option<Policy>, StoreError> {
    tx.find(CURRENT_POLICY, args![tenant, program, kind], read_policy)
        .await
}

/// All versions of a kind, newest first.
pub async fn policies(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    kind: &str,
) -> Result<Vec<Policy>, StoreError> {
    tx.list(POLICIES, args![tenant, program, kind], read_policy)
        .await
}

/// One version by id.
pub async fn policy(
    tx: &mut Tx,
    tenant: TenantId,
    id: PolicyId,
) -> Result<Option<Policy>, StoreError> {
    tx.find(POLICY, args![tenant, id], read_policy).await
}

/// One version of a program's terms (I1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Its id.
    pub id: TermsId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// 1, 2, 3 …
    pub version: i64,
    /// The text.
    pub body: String,
    /// Who published it.
    pub published_by: String,
    /// When.
    pub published_at: Timestamp,
}

fn read_terms(row: &Row) -> Result<Terms, StoreError> {
    Ok(Terms {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        version: row.get("version")?,
        body: row.get("body")?,
        published_by: row.get("published_by")?,
        published_at: row.get("published_at")?,
    })
}

/// Publishes a version of the terms.
pub async fn insert_terms(tx: &mut Tx, terms: &Terms) -> Result<(), StoreError> {
    let args = args![
        terms.tenant,
        terms.id,
        terms.program,
        terms.version,
        &terms.body,
        &terms.published_by,
        terms.published_at
    ];
    tx.execute(INSERT_TERMS, args).await.map(drop)
}

/// The newest terms.
pub async fn current_terms(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
) -> Result<Option<Terms>, StoreError> {
    tx.find(CURRENT_TERMS, args![tenant, program], read_terms)
        .await
}

/// All versions of the terms, newest first.
pub async fn all_terms(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
) -> Result<Vec<Terms>, StoreError> {
    tx.list(ALL_TERMS, args![tenant, program], read_terms).await
}

/// Records that a partner accepted a version (D4); the first time counts.
pub async fn accept_terms(
    tx: &mut Tx,
    tenant: TenantId,
    terms: TermsId,
    partner: PartnerId,
    at: Timestamp,
    ip: &str,
) -> Result<(), StoreError> {
    tx.execute(ACCEPT, args![tenant, terms, partner, at, ip])
        .await
        .map(drop)
}

/// When a partner accepted a version.
pub async fn accepted_at(
    tx: &mut Tx,
    tenant: TenantId,
    terms: TermsId,
    partner: PartnerId,
) -> Result<Option<Timestamp>, StoreError> {
    tx.find(ACCEPTED, args![tenant, terms, partner], |row| {
        row.get("accepted_at")
    })
    .await
}

/// How many partners accepted a version.
pub async fn acceptances(tx: &mut Tx, tenant: TenantId, terms: TermsId) -> Result<i64, StoreError> {
    tx.one(ACCEPTANCES, args![tenant, terms]).await?.get("n")
}
