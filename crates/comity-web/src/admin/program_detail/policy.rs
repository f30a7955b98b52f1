//! Rewards and attribution: the form first, the text for everything else (H1-H4, G2, X3).

use axum::extract::State;
use comity_app::AppError;
use comity_app::commission::draft;
use comity_app::program::{self, PolicyKind, Publication};
use comity_domain::attribution::{AttributionPolicy, CreditModel};
use comity_domain::commission::{
    Beneficiary, Cap, CapPer, EventKind, Facts, Lasts, Period, RewardSpec, RuleSet, TwoSided,
    evaluate,
};
use comity_domain::program::{ApplyTo, Program};
use comity_domain::{Bps, Currency, Money, ProgramId};
use comity_ui::admin::program_detail::{RulesView, Section};
use comity_ui::component::FormState;
use comity_ui::rule::{cap, paragraph};
use comity_ui::{Cx, t};

use super::answer;
use crate::admin::rule::names;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::state::WebState;

/// The sale of the live example, in whole units of the currency.
const EXAMPLE: i64 = 120;

fn scope(fields: &Fields) -> Result<ApplyTo, AppError> {
    let known = ApplyTo::from_code(&fields.text("apply_to"));
    known.ok_or_else(|| AppError::field("apply_to", "not_a_choice"))
}

/// What the example sale earns a partner under these rules, when no counter is needed.
fn example(web: &WebState, program: &Program, body: &str) -> Option<(Money, Money)> {
    let set: RuleSet = serde_json::from_str(body).ok()?;
    let minor = EXAMPLE * 10_i64.pow(program.currency.digits());
    let sale = Money::new(minor, program.currency);
    let mut facts = Facts::sale(sale, web.app.now(), program.zone.clone());
    for counter in comity_domain::commission::needs(&set).for_kind(&facts.kind) {
        facts.totals.0.push((counter.clone(), 0));
    }
    let outcome = evaluate(&set, &facts).ok()?;
    Some((sale, outcome.cash(Beneficiary::Partner).ok()?))
}

/// The tab of the rules in force, in sentences.
pub(super) async fn rules_tab(
    web: &WebState,
    team: &Team,
    program: &Program,
) -> WebResult<(Section, FormState)> {
    let (app, actor, cx) = (&web.app, &team.actor, &team.cx);
    let all = program::policies(app, actor, program.id, PolicyKind::Commission).await?;
    let body = all.first().map_or("", |policy| policy.body_json.as_str());
    let set: RuleSet = serde_json::from_str(body).unwrap_or_default();
    let draft = draft::get(app, actor, program.id).await?;
    let names = names(web, team, &draft).await?;
    let rules = set.rules.iter();
    let view = RulesView {
        rules: rules
            .map(|rule| (rule.name.clone(), paragraph(cx, rule, &names)))
            .collect(),
        caps: set.caps.iter().map(|one| cap(cx, one)).collect(),
        example: example(web, program, body),
        versions: super::versions(&all),
        has_draft: draft.changed.is_some(),
    };
    Ok((Section::Rules(view), filled_rules(body)))
}

/// The form as the rules in force would fill it.
fn filled_rules(body: &str) -> FormState {
    let set: RuleSet = serde_json::from_str(body).unwrap_or_default();
    let form = FormState::default();
    let Some(rule) = set.rules.first() else {
        return form;
    };
    match &rule.reward {
        RewardSpec::Percent(rate) => {
            let kind = if set.rules.len() > 1 {
                "two_sided"
            } else {
                "percent"
            };
            form.with("kind", kind).with("rate", shown(*rate))
        }
        RewardSpec::Flat(sum) => form.with("kind", "flat").with("sum", sum.decimal()),
        RewardSpec::Tiers(_) => form.with("kind", "tiers"),
        _ => form,
    }
}

fn shown(rate: Bps) -> String {
    let (whole, part) = (rate.0 / 100, rate.0 % 100);
    if part == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{part:02}")
    }
}

/// Per cent with up to two decimals, as in `12.5`.
fn rate(fields: &Fields, name: &str) -> Result<Bps, AppError> {
    let text = fields.text(name).replace(',', ".");
    if text.is_empty() {
        return Err(AppError::field(name, "required"));
    }
    let wrong = || AppError::field(name, "not_a_number");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    if part.len() > 2 {
        return Err(wrong());
    }
    let whole: u32 = whole.parse().map_err(|_| wrong())?;
    let part: u32 = format!("{part:0<2}").parse().map_err(|_| wrong())?;
    if whole > 100 {
        return Err(AppError::field(name, "out_of_range"));
    }
    Ok(Bps(whole * 100 + part))
}

fn sum(fields: &Fields, name: &str, currency: Currency) -> Result<Option<Money>, AppError> {
    let text = fields.text(name).replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let sum = Money::parse(&text, currency).map_err(|_| AppError::field(name, "not_a_number"))?;
    Ok(Some(sum))
}

fn typed(cx: &Cx, fields: &Fields, currency: Currency) -> Result<RuleSet, AppError> {
    let name = t!(cx, "program-rule-sale");
    let mut set = match fields.text("kind").as_str() {
        "flat" => {
            let amount = sum(fields, "sum", currency)?;
            let amount = amount.ok_or_else(|| AppError::field("sum", "required"))?;
            RuleSet::flat_amount(&name, EventKind::Sale, amount)
        }
        "tiers" => {
            let count = fields.read("count").filter(|count| *count > 0);
            let count = count.ok_or_else(|| AppError::field("count", "not_positive"))?;
            let (first, beyond) = (rate(fields, "rate")?, rate(fields, "beyond")?);
            RuleSet::monthly_marginal_tiers(&name, count, first, beyond)
        }
        "two_sided" => {
            let referee = t!(cx, "program-rule-referee");
            let gift = TwoSided::Percent(rate(fields, "referee")?);
            RuleSet::two_sided(&name, rate(fields, "rate")?, &referee, gift)
        }
        _ => RuleSet::flat_percent(&name, rate(fields, "rate")?),
    };
    let months: Option<u32> = fields.read("months").filter(|months| *months > 0);
    let cap = sum(fields, "cap", currency)?;
    if let Some(rule) = set.rules.first_mut() {
        if let Some(months) = months {
            rule.lasts = Lasts::Months(months);
        }
        if let Some(limit) = cap {
            let period = Period::Lifetime;
            rule.caps.push(Cap {
                per: CapPer::Order,
                limit,
                period,
            });
        }
    }
    Ok(set)
}

pub(super) async fn rules(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let program = program::get(&web.app, &team.actor, id).await?;
    let body = typed(&team.cx, &fields, program.currency).and_then(|set| {
        serde_json::to_string(&set).map_err(|error| AppError::Internal(error.to_string()))
    });
    let done = publish(&web, &team, id, PolicyKind::Commission, body, &fields).await;
    let text = t!(team.cx, "program-published");
    answer(&web, &team, (id, "rules"), &fields, (done, text)).await
}

async fn publish(
    web: &WebState,
    team: &Team,
    id: ProgramId,
    kind: PolicyKind,
    body: Result<String, AppError>,
    fields: &Fields,
) -> Result<(), AppError> {
    let (body, scope, note) = (body?, scope(fields)?, fields.text("note"));
    let (app, actor) = (&web.app, &team.actor);
    let how = Publication {
        apply_to: scope,
        note: &note,
        accept_doubts: false,
    };
    program::publish_policy(app, actor, id, kind, &body, how).await?;
    Ok(())
}

/// The form as the policy in force would fill it.
pub(super) fn filled_credit(policy: &AttributionPolicy) -> FormState {
    FormState::default()
        .with("model", policy.model.code())
        .with("window_days", policy.window_days.to_string())
}

pub(super) async fn credit(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let body = match fields.filled("body") {
        Some(body) => Ok(body),
        None => changed(&web, &team, id, &fields).await,
    };
    let done = publish(&web, &team, id, PolicyKind::Attribution, body, &fields).await;
    let text = t!(team.cx, "program-published");
    answer(&web, &team, (id, "credit"), &fields, (done, text)).await
}

/// The policy in force with model and window from the form.
async fn changed(
    web: &WebState,
    team: &Team,
    id: ProgramId,
    fields: &Fields,
) -> Result<String, AppError> {
    let kind = PolicyKind::Attribution;
    let all = program::policies(&web.app, &team.actor, id, kind).await?;
    let body = all
        .first()
        .map(|policy| policy.body_json.as_str())
        .unwrap_or_default();
    let mut policy = AttributionPolicy::from_json(body).unwrap_or_default();
    policy.model = match fields.text("model").as_str() {
        "last" => CreditModel::Last,
        "first" => CreditModel::First,
        "linear" => CreditModel::Linear,
        "coupon_first" => CreditModel::CouponFirst,
        "lifetime_first_owner" => CreditModel::LifetimeFirstOwner,
        _ => return Err(AppError::field("model", "not_a_choice")),
    };
    let window = fields.read("window_days");
    policy.window_days = window.ok_or_else(|| AppError::field("window_days", "not_a_number"))?;
    serde_json::to_string(&policy).map_err(|error| AppError::Internal(error.to_string()))
}
