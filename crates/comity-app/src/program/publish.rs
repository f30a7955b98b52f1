//! Publishing a version of a policy; versions are never edited (X3).

use comity_domain::attribution::AttributionPolicy;
use comity_domain::commission::{self, Beneficiary, Problem, RewardSpec, RuleSet};
use comity_domain::program::{ApplyTo, Program};
use comity_domain::{Actor, Permission, PolicyId, ProgramId};
use comity_store::Tx;
use comity_store::commission::draft;
use comity_store::program::{self as store, Policy};
use serde_json::json;

use super::{load, note};
use crate::commission::correct;
use crate::{App, AppError, FieldError, authorise, catalog};

/// Longest note to a version.
const MAX_NOTE: usize = 500;

/// Which policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// Who is credited.
    Attribution,
    /// What is earned.
    Commission,
}

impl PolicyKind {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::Commission => "commission",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Attribution, Self::Commission]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// How a version is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication<'a> {
    /// What it decides.
    pub apply_to: ApplyTo,
    /// What changed, in words, or empty.
    pub note: &'a str,
    /// What may be a mistake was seen and is meant so.
    pub accept_doubts: bool,
}

/// Checks a draft; problems name the path of the field. Answers the text to store.
pub(crate) async fn check_policy(
    tx: &mut Tx,
    program: &Program,
    kind: PolicyKind,
    body: &str,
    accept_doubts: bool,
) -> Result<String, AppError> {
    let broken = |error: serde_json::Error| AppError::Internal(error.to_string());
    match kind {
        PolicyKind::Attribution => {
            let policy = AttributionPolicy::from_json(body).map_err(|error| {
                AppError::Invalid(vec![FieldError::new(error.field, error.problem.code())])
            })?;
            serde_json::to_string(&policy).map_err(broken)
        }
        PolicyKind::Commission => {
            let set: RuleSet =
                serde_json::from_str(body).map_err(|_| AppError::field("body", "malformed"))?;
            let known = catalog::known(tx, program.tenant, program.id, &set).await?;
            let problems = commission::validate(&set, program.currency, Some(&known));
            let counts = |found: &Problem| !(accept_doubts && found.code.is_doubt());
            let errors = problems.into_iter().filter(counts);
            let errors: Vec<FieldError> = errors
                .map(|p| FieldError::new(p.path, p.code.code()))
                .collect();
            if !errors.is_empty() {
                return Err(AppError::Invalid(errors));
            }
            serde_json::to_string(&set).map_err(broken)
        }
    }
}

/// Publishes the next version.
pub async fn publish_policy(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    kind: PolicyKind,
    body: &str,
    how: Publication<'_>,
) -> Result<Policy, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let Publication {
        apply_to,
        note: text,
        accept_doubts,
    } = how;
    if text.chars().count() > MAX_NOTE {
        return Err(AppError::field("note", "too_long"));
    }
    let mut tx = app.store.write().await?;
    let mut program: Program = load(&mut tx, tenant, program).await?;
    let body_json = check_policy(&mut tx, &program, kind, body, accept_doubts).await?;
    let lock = format!("policy:{}:{}", program.id, kind.code());
    tx.lock(&lock).await?;
    let last = store::current_policy(&mut tx, tenant, program.id, kind.code()).await?;
    let policy = Policy {
        id: app.id::<PolicyId>(),
        tenant,
        program: program.id,
        kind: kind.code().to_owned(),
        version: last.as_ref().map_or(0, |policy| policy.version) + 1,
        apply_to: apply_to.code().to_owned(),
        body_json,
        note: text.trim().to_owned(),
        created_by: actor.label(),
        created_at: app.now(),
    };
    store::insert_policy(&mut tx, &policy).await?;
    if kind == PolicyKind::Commission {
        promise_discount(&mut tx, app, &mut program, &policy.body_json).await?;
        let draft = draft::get(&mut tx, tenant, program.id).await?;
        if draft.is_some_and(|draft| draft.body_json == policy.body_json) {
            draft::discard(&mut tx, tenant, program.id).await?;
        }
        if apply_to == ApplyTo::All && last.is_some() {
            correct::enqueue_all(&mut tx, app, &policy).await?;
        }
    }
    let detail = json!({
        "kind": kind.code(), "version": policy.version, "apply_to": policy.apply_to,
        "note": policy.note, "policy": policy.id,
    });
    note(
        &mut tx,
        app,
        actor,
        &program,
        "program.policy_published",
        detail,
    )
    .await?;
    tx.commit().await?;
    app.announce(tenant, "program");
    Ok(policy)
}

/// The program's pages promise customers what the rules give them (H3).
async fn promise_discount(
    tx: &mut Tx,
    app: &App,
    program: &mut Program,
    rules: &str,
) -> Result<(), AppError> {
    let set: RuleSet =
        serde_json::from_str(rules).map_err(|error| AppError::Internal(error.to_string()))?;
    let rate = set.rules.iter().find_map(|rule| match rule.reward {
        RewardSpec::Percent(rate) if rule.to == Beneficiary::Referee => Some(rate.0),
        _ => None,
    });
    let rate = rate.unwrap_or(0);
    if program.settings.referee_discount_bps != rate {
        program.settings.referee_discount_bps = rate;
        program.updated_at = app.now();
        store::update(tx, program).await?;
    }
    Ok(())
}
