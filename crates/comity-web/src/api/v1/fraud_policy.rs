//! What a program does about each kind of signal, and what other settings would have done.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use comity_app::fraud::{self, Effect, InForce, Replay};
use comity_app::{AppError, FieldError, program};
use comity_domain::fraud::{
    Policy, SignalAction, SignalKind, SignalPolicy, Thresholds, may_reject,
};
use comity_domain::{Currency, Money, Permission, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id};
use crate::route::{Audience, Routes};

/// Days the report looks back unless asked otherwise, and at most.
const DAYS: u16 = 30;
const MAX_DAYS: u16 = 90;

/// The fraud policy of a program.
#[derive(OpenApi)]
#[openapi(paths(show, set, report))]
pub struct Doc;

/// Routes of fraud policies.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let path = "/api/v1/programs/{id}/fraud-policy";
    Routes::new()
        .get(path, view, show)
        .put(path, Audience::Api(Permission::ManagePrograms), set)
        .post("/api/v1/programs/{id}/fraud-policy/report", view, report)
}

/// What one kind of signal leads to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignalSetting {
    /// `observe`, `hold` or `reject`; statistics and hints may not reject.
    #[schema(example = "hold")]
    action: String,
    /// What it adds to the score, up to 1,000.
    #[schema(example = 60)]
    weight: u16,
    /// Until then it is only observed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trial_until: Option<String>,
}

/// Limits of single signals; what is left out has its default.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SignalLimits {
    fastest_conversion_millis: i64,
    shared_network_hours: i64,
    customers_on_address: i64,
    velocity_mad: u16,
    velocity_events: i64,
    empty_clicks: i64,
    refund_sales: i64,
    refund_times: i64,
    /// Larger orders wait for a person; in the program's currency.
    ceiling_minor: Option<i64>,
}

impl Default for SignalLimits {
    fn default() -> Self {
        Self::from(&Thresholds::default())
    }
}

impl From<&Thresholds> for SignalLimits {
    fn from(limits: &Thresholds) -> Self {
        Self {
            fastest_conversion_millis: limits.fastest_conversion_millis,
            shared_network_hours: limits.shared_network_hours,
            customers_on_address: limits.customers_on_address,
            velocity_mad: limits.velocity_mad,
            velocity_events: limits.velocity_events,
            empty_clicks: limits.empty_clicks,
            refund_sales: limits.refund_sales,
            refund_times: limits.refund_times,
            ceiling_minor: limits.ceiling.map(|ceiling| ceiling.minor),
        }
    }
}

impl SignalLimits {
    fn in_currency(self, currency: Currency) -> Thresholds {
        Thresholds {
            fastest_conversion_millis: self.fastest_conversion_millis,
            shared_network_hours: self.shared_network_hours,
            customers_on_address: self.customers_on_address,
            velocity_mad: self.velocity_mad,
            velocity_events: self.velocity_events,
            empty_clicks: self.empty_clicks,
            refund_sales: self.refund_sales,
            refund_times: self.refund_times,
            ceiling: self.ceiling_minor.map(|minor| Money::new(minor, currency)),
        }
    }
}

/// A program's fraud policy; what is left out has its default.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FraudPolicyBody {
    /// By kind of signal, as in `too_fast`.
    signals: BTreeMap<String, SignalSetting>,
    limits: SignalLimits,
    /// Signals that are only observed hold together from this score on.
    hold_score: u16,
    /// Hours in which a case shall be decided; nothing is released by time alone.
    service_hours: u16,
    allowed_campaigns: Vec<String>,
    /// Host and path, `*` for any text.
    banned_referrers: Vec<String>,
    brand_words: Vec<String>,
}

impl Default for FraudPolicyBody {
    fn default() -> Self {
        let policy = Policy::default();
        Self {
            signals: BTreeMap::new(),
            limits: SignalLimits::default(),
            hold_score: policy.hold_score,
            service_hours: policy.service_hours,
            allowed_campaigns: Vec::new(),
            banned_referrers: Vec::new(),
            brand_words: Vec::new(),
        }
    }
}

const fn action_code(action: SignalAction) -> &'static str {
    match action {
        SignalAction::Observe => "observe",
        SignalAction::Hold => "hold",
        SignalAction::Reject => "reject",
    }
}

fn action(code: &str) -> Option<SignalAction> {
    match code {
        "observe" => Some(SignalAction::Observe),
        "hold" => Some(SignalAction::Hold),
        "reject" => Some(SignalAction::Reject),
        _ => None,
    }
}

fn body_of(policy: Policy) -> FraudPolicyBody {
    let setting = |&kind: &SignalKind| {
        let setting = policy.of(kind);
        let out = SignalSetting {
            action: action_code(setting.action).to_owned(),
            weight: setting.weight,
            trial_until: setting.trial_until.map(|at| at.to_string()),
        };
        (kind.code().to_owned(), out)
    };
    FraudPolicyBody {
        signals: SignalKind::ALL.iter().map(setting).collect(),
        limits: SignalLimits::from(&policy.thresholds),
        hold_score: policy.hold_score,
        service_hours: policy.service_hours,
        allowed_campaigns: policy.allowed_campaigns.into_iter().collect(),
        banned_referrers: policy.banned_referrers,
        brand_words: policy.brand_words,
    }
}

/// One setting as sent; refusals are named like the fields of the form.
fn setting(kind: SignalKind, sent: &SignalSetting) -> Result<SignalPolicy, FieldError> {
    let refused = |name: &str, code| FieldError::new(format!("{name}_{}", kind.code()), code);
    let trial_until = match &sent.trial_until {
        None => None,
        Some(text) => {
            let at = Timestamp::parse_rfc3339(text);
            Some(at.ok_or_else(|| refused("trial", "not_a_date"))?)
        }
    };
    Ok(SignalPolicy {
        action: action(&sent.action).ok_or_else(|| refused("action", "not_a_choice"))?,
        weight: sent.weight,
        trial_until,
    })
}

fn read(body: FraudPolicyBody, currency: Currency) -> Result<Policy, AppError> {
    let (mut signals, mut errors) = (BTreeMap::new(), Vec::new());
    for (code, sent) in &body.signals {
        let known = SignalKind::from_code(code);
        let read = known.ok_or_else(|| FieldError::new("signals", "not_a_choice"));
        match read.and_then(|kind| Ok((kind, setting(kind, sent)?))) {
            Ok((kind, setting)) => drop(signals.insert(kind, setting)),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let lower = |words: Vec<String>| {
        let words = words.iter();
        words.map(|word| word.trim().to_lowercase()).collect()
    };
    Ok(Policy {
        signals,
        thresholds: body.limits.in_currency(currency),
        hold_score: body.hold_score,
        service_hours: body.service_hours,
        allowed_campaigns: body.allowed_campaigns.into_iter().collect(),
        banned_referrers: lower(body.banned_referrers),
        brand_words: lower(body.brand_words),
    })
}

/// The policy that decides now.
#[derive(Debug, Serialize, ToSchema)]
pub struct FraudPolicyOut {
    program_id: String,
    /// 0 for the defaults.
    version: i64,
    /// Kinds that may reject; the others only hold.
    may_reject: Vec<String>,
    policy: FraudPolicyBody,
}

fn out(id: ProgramId, found: InForce) -> FraudPolicyOut {
    let facts = SignalKind::ALL.iter().filter(|kind| may_reject(**kind));
    FraudPolicyOut {
        program_id: id.to_string(),
        version: found.version,
        may_reject: facts.map(|kind| kind.code().to_owned()).collect(),
        policy: body_of(found.policy),
    }
}

/// The fraud policy of a program, with every kind of signal.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/fraud-policy", tag = "Risk", params(("id" = String, Path)),
    responses((status = 200, body = FraudPolicyOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
) -> WebResult<Json<FraudPolicyOut>> {
    Ok(Json(out(id, fraud::in_force(&web.app, &actor, id).await?)))
}

/// Publish the next version of a program's fraud policy; it decides about conversions from now on.
#[utoipa::path(
    put, path = "/api/v1/programs/{id}/fraud-policy", tag = "Risk", params(("id" = String, Path)),
    request_body = FraudPolicyBody,
    responses((status = 200, body = FraudPolicyOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn set(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<FraudPolicyBody>,
) -> WebResult<Json<FraudPolicyOut>> {
    let currency = program::get(&web.app, &actor, id).await?.currency;
    let policy = read(input, currency)?;
    let version = fraud::publish(&web.app, &actor, id, &policy).await?;
    Ok(Json(out(id, InForce { policy, version })))
}

/// A draft to be tried over the past.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FraudReportIn {
    /// The policy in force when absent.
    policy: Option<FraudPolicyBody>,
    /// How far to look back; 30 when absent, at most 90.
    days: Option<u16>,
}

/// What was stopped, or would have been.
#[derive(Debug, Serialize, ToSchema)]
pub struct EffectOut {
    commissions: u32,
    amount_minor: i64,
    currency: String,
    partners: u32,
}

impl From<&Effect> for EffectOut {
    fn from(effect: &Effect) -> Self {
        Self {
            commissions: effect.commissions,
            amount_minor: effect.amount.minor,
            currency: effect.amount.currency.to_string(),
            partners: effect.partners,
        }
    }
}

/// The effect under the policy in force and under the draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeOut {
    now: EffectOut,
    then: EffectOut,
}

impl From<&(Effect, Effect)> for ChangeOut {
    fn from((now, then): &(Effect, Effect)) -> Self {
        Self {
            now: now.into(),
            then: then.into(),
        }
    }
}

/// One kind of signal under the draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignalEffectOut {
    signal: String,
    /// How often it was seen.
    seen: u32,
    /// What it alone would have stopped.
    stopped: EffectOut,
}

/// A draft over the past.
#[derive(Debug, Serialize, ToSchema)]
pub struct FraudReportOut {
    days: u16,
    /// Conversions looked at, the newest 2,000 at most.
    conversions: u32,
    /// There were more.
    cut_off: bool,
    held: ChangeOut,
    rejected: ChangeOut,
    signals: Vec<SignalEffectOut>,
}

fn report_out(days: u16, replay: &Replay) -> FraudReportOut {
    let signals = replay.kinds.iter();
    FraudReportOut {
        days,
        conversions: replay.conversions,
        cut_off: replay.cut_off,
        held: (&replay.held).into(),
        rejected: (&replay.rejected).into(),
        signals: signals
            .map(|(kind, (seen, effect))| SignalEffectOut {
                signal: kind.code().to_owned(),
                seen: *seen,
                stopped: effect.into(),
            })
            .collect(),
    }
}

/// Run a draft over past conversions: what it would have held and rejected. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/fraud-policy/report", tag = "Risk", params(("id" = String, Path)),
    request_body = FraudReportIn,
    responses((status = 200, body = FraudReportOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn report(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<FraudReportIn>,
) -> WebResult<Json<FraudReportOut>> {
    let days = input.days.unwrap_or(DAYS);
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(AppError::field("days", "out_of_range").into());
    }
    let draft = match input.policy {
        Some(body) => read(body, program::get(&web.app, &actor, id).await?.currency)?,
        None => fraud::in_force(&web.app, &actor, id).await?.policy,
    };
    let replay = fraud::replay(&web.app, &actor, id, &draft, days).await?;
    Ok(Json(report_out(days, &replay)))
}
