//! What a new program starts with: version 1 of its policies and terms.

use comity_domain::attribution::AttributionPolicy;
use comity_domain::commission::{RuleSet, TwoSided};
use comity_domain::program::{ApplyTo, Program, ProgramModel};
use comity_domain::{Actor, Bps, Money, PolicyId, TermsId};
use comity_store::program::{self as store, Policy, Terms};
use comity_store::{Tx, tenant};
use comity_ui::i18n::Lang;
use comity_ui::{Cx, fmt, t};

use super::PolicyKind;
use crate::{App, AppError};

/// The share of a sale that performance partners usually get.
const USUAL: Bps = Bps(2_000);
/// The share of creators, whose fee comes on top.
const WITH_FEE: Bps = Bps(1_500);
/// The share in programs where both sides are rewarded.
const BOTH_SIDES: Bps = Bps(1_000);
/// Sales in a month before ambassadors get the higher share (H2).
const TIER_COUNT: u32 = 5;

/// Writes version 1 of both policies.
pub(super) async fn policies(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    lang: Lang,
) -> Result<(), AppError> {
    let broken = |error: serde_json::Error| AppError::Internal(error.to_string());
    let attribution = serde_json::to_string(&AttributionPolicy::default()).map_err(broken)?;
    let cx = Cx::new(lang, "", app.now());
    let commission = serde_json::to_string(&rules(&cx, program.model)).map_err(broken)?;
    for (kind, body_json) in [
        (PolicyKind::Attribution, attribution),
        (PolicyKind::Commission, commission),
    ] {
        let policy = Policy {
            id: app.id::<PolicyId>(),
            tenant: program.tenant,
            program: program.id,
            kind: kind.code().to_owned(),
            version: 1,
            apply_to: ApplyTo::All.code().to_owned(),
            body_json,
            note: String::new(),
            created_by: actor.label(),
            created_at: program.created_at,
        };
        store::insert_policy(tx, &policy).await?;
    }
    Ok(())
}

/// The rules a model usually starts with (A3).
fn rules(cx: &Cx, model: ProgramModel) -> RuleSet {
    let name = t!(cx, "program-rule-sale");
    match model {
        ProgramModel::Affiliate | ProgramModel::Strategic => RuleSet::flat_percent(&name, USUAL),
        ProgramModel::Creator => RuleSet::flat_percent(&name, WITH_FEE),
        ProgramModel::Ambassador => {
            RuleSet::monthly_marginal_tiers(&name, TIER_COUNT, BOTH_SIDES, WITH_FEE)
        }
        ProgramModel::Referral => {
            let referee = t!(cx, "program-rule-referee");
            RuleSet::two_sided(&name, BOTH_SIDES, &referee, TwoSided::Percent(BOTH_SIDES))
        }
        // Communities exchange audiences; money is the exception there.
        ProgramModel::Community => RuleSet::default(),
    }
}

/// Writes version 1 of the terms.
pub(super) async fn terms(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    lang: Lang,
) -> Result<(), AppError> {
    let owner = tenant::get(tx, program.tenant).await?;
    let brand = owner.map_or_else(|| program.name.clone(), |tenant| tenant.name);
    let cx = Cx::new(lang, "", app.now());
    let minimum = Money::new(program.settings.payout_minimum_minor, program.currency);
    let body = t!(
        cx,
        "program-terms-default",
        brand = &brand,
        program = &program.name,
        window = AttributionPolicy::default().window_days,
        hold = program.settings.hold_days,
        minimum = fmt::money(&cx, minimum),
    );
    let row = Terms {
        id: app.id::<TermsId>(),
        tenant: program.tenant,
        program: program.id,
        version: 1,
        body,
        published_by: actor.label(),
        published_at: program.created_at,
    };
    store::insert_terms(tx, &row).await?;
    Ok(())
}
