//! The live example: typed facts, decided by the very function that decides sales.

use comity_app::commission::draft::Draft;
use comity_domain::commission::{
    Beneficiary, EventKind, Facts, Item, Outcome, RewardKind, RuleSet, Subject, evaluate, needs,
};
use comity_domain::{Money, Timestamp};
use comity_ui::admin::rule::{Example, Result as Shown};
use comity_ui::commission::{passed, steps};
use comity_ui::component::{FormState, problem};
use comity_ui::rule::{Names, event, measure, period, prize};
use comity_ui::{Cx, fmt, t};

use super::read::{percent, plain};
use crate::extract::Fields;

/// The example sale, in whole units of the currency.
const AMOUNT: i64 = 120;

/// The example as asked for in the address, or of a plain sale.
pub(super) fn view(
    cx: &Cx,
    draft: &Draft,
    names: &Names,
    query: &Fields,
    now: Timestamp,
) -> Example {
    let asked = query.checked("ex");
    let mut form = if asked {
        query.state()
    } else {
        FormState::default()
            .with("ex_amount", AMOUNT.to_string())
            .with("ex_kind", "sale")
            .with("ex_new", "1")
            .with("ex_order", "1")
    };
    let (mut facts, wrong) = facts(draft, &form, now);
    for (field, code) in wrong {
        form = form.error(field, problem(cx, code));
    }
    let totals = load_totals(cx, &draft.set, &mut facts, &form);
    let mut example = Example {
        form,
        totals,
        ..Example::default()
    };
    match evaluate(&draft.set, &facts) {
        Ok(outcome) => {
            example.results = results(cx, &outcome);
            let over = outcome.explanation.passed_over.iter();
            example.passed = over
                .map(|one| (one.rule.name.clone(), passed(cx, &one.reason, names)))
                .collect();
        }
        Err(_) => example.failed = Some(t!(cx, "rule-example-failed")),
    }
    example
}

type Wrong = Vec<(&'static str, &'static str)>;

fn facts(draft: &Draft, form: &FormState, now: Timestamp) -> (Facts, Wrong) {
    let currency = draft.program.currency;
    let mut wrong = Vec::new();
    let gross = Money::parse(&plain(form.value("ex_amount")), currency)
        .ok()
        .filter(|sum| sum.minor >= 0)
        .unwrap_or_else(|| {
            wrong.push(("ex_amount", "not_a_number"));
            Money::zero(currency)
        });
    let number = |name: &'static str, wrong: &mut Wrong| -> Option<u32> {
        let text = plain(form.value(name));
        if text.is_empty() {
            return None;
        }
        let found = text.parse().ok();
        if found.is_none() {
            wrong.push((name, "not_a_number"));
        }
        found
    };
    let depth = plain(form.value("ex_discount"));
    let depth = percent(if depth.is_empty() { "0" } else { &depth }).unwrap_or_else(|| {
        wrong.push(("ex_discount", "not_a_number"));
        comity_domain::Bps(0)
    });
    let discount = gross.percent(depth).unwrap_or(Money::zero(currency));
    let net = gross.sub(discount).unwrap_or(gross);
    let mut facts = Facts::sale(net, now, draft.program.zone.clone());
    facts.gross = gross;
    facts.kind = EventKind::from(form.value("ex_kind").to_owned());
    let filled =
        |name: &str| Some(form.value(name).trim().to_owned()).filter(|text| !text.is_empty());
    let lines = [
        filled("ex_product"),
        filled("ex_sku"),
        filled("ex_category"),
    ];
    if lines.iter().any(Option::is_some) {
        let [product, sku, category] = lines;
        facts.items = vec![Item {
            product: product.unwrap_or_default(),
            sku,
            category,
            quantity: 1,
            net,
        }];
    }
    let codes = form.value("ex_coupon").split(',').map(str::trim);
    facts.coupons = codes
        .filter(|code| !code.is_empty())
        .map(str::to_uppercase)
        .collect();
    facts.channel = filled("ex_channel").map(|name| name.to_lowercase());
    facts.customer.country = filled("ex_country").map(|code| code.to_uppercase());
    facts.customer.is_new = form.checked("ex_new");
    facts.customer.order_number = number("ex_order", &mut wrong);
    facts.customer.subscription_months = number("ex_months", &mut wrong);
    facts.partner.tier = filled("ex_tier");
    facts.partner.agreement = form.value("ex_agreement").parse().ok();
    facts.partner.groups = form.value("ex_group").parse().into_iter().collect();
    facts.partner.types = form.value("ex_type").parse().into_iter().collect();
    let ago = |days: Option<u32>| days.map(|days| now.plus_days(-i64::from(days)));
    facts.partner.joined_at = ago(number("ex_joined", &mut wrong));
    facts.partner.last_conversion_at = ago(number("ex_idle", &mut wrong));
    facts.partner.recruited_at = form.checked("ex_recruited").then_some(now);
    (facts, wrong)
}

/// Puts the totals the rules count with into the facts: as typed, or zero.
fn load_totals(
    cx: &Cx,
    set: &RuleSet,
    facts: &mut Facts,
    form: &FormState,
) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (index, counter) in needs(set).for_kind(&facts.kind).enumerate() {
        let name = format!("ex_total{index}");
        let text = plain(form.value(&name));
        let value = if counter.measure.is_amount() {
            Money::parse(&text, facts.net.currency).map_or(0, |sum| sum.minor)
        } else {
            text.parse().unwrap_or(0)
        };
        facts.totals.0.push((counter.clone(), value));
        let whose = match counter.subject {
            Subject::Partner => t!(cx, "rule-cap-partner"),
            Subject::Customer => t!(cx, "rule-cap-customer"),
            Subject::Program => t!(cx, "rule-cap-program"),
        };
        let (what, over) = (measure(cx, counter.measure), period(cx, counter.period));
        let label = t!(
            cx,
            "rule-example-total",
            measure = what,
            period = over,
            whose = whose
        );
        fields.push((name, label));
    }
    fields
}

/// One result per reward: the sentence and its steps.
fn results(cx: &Cx, outcome: &Outcome) -> Vec<Shown> {
    let inputs = &outcome.explanation.inputs;
    let what = event(cx, &inputs.kind);
    outcome
        .rewards
        .iter()
        .map(|reward| {
            let earned = match &reward.kind {
                RewardKind::Cash => fmt::money(cx, reward.amount),
                RewardKind::Perk { unit, quantity } => prize(
                    cx,
                    &comity_domain::commission::Prize::Perk {
                        unit: unit.clone(),
                        quantity: *quantity,
                    },
                ),
            };
            let amount = fmt::money(cx, inputs.net);
            let who = match reward.beneficiary {
                Beneficiary::Partner => t!(cx, "rule-example-partner"),
                Beneficiary::Referee => t!(cx, "rule-example-referee"),
                Beneficiary::Recruiter => t!(cx, "rule-example-recruiter"),
            };
            let text = t!(
                cx,
                "rule-example-earns",
                what = &what,
                amount = amount,
                who = who,
                earned = earned
            );
            Shown {
                text,
                steps: steps(cx, &outcome.explanation, &reward.rule, reward.amount),
            }
        })
        .collect()
}
