//! Every decision the presets can make explains itself in both languages (invariant 3).

use comity_domain::commission::{
    Beneficiary, Cap, CapPer, Condition, EventKind, Facts, InstalmentRef, Item, Lasts, Measure,
    Milestone, Period, Prize, Range, RewardSpec, Rule, RuleSet, Then, Tier, TierMode, TierPay,
    TierTable, TwoSided, evaluate, needs,
};
use comity_domain::{Bps, Currency, Money, Timestamp, Zone};
use comity_ui::commission::{passed, steps};
use comity_ui::i18n::Lang;
use comity_ui::rule::{Names, paragraph};
use comity_ui::{Cx, explain};

const fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn stacked(rule: Rule) -> Rule {
    Rule {
        then: Then::Stack,
        ..rule
    }
}

fn tiers(mode: TierMode, measure: Measure, pays: [TierPay; 2]) -> Rule {
    let start = i64::from(measure == Measure::Count);
    let tier = |from, pay| Tier {
        from,
        to: None,
        pay,
    };
    let table = TierTable {
        mode,
        measure,
        period: Period::RollingDays(30),
        tiers: vec![tier(start, pays[0]), tier(3, pays[1])],
    };
    stacked(Rule::new("tiers", "Tiers", RewardSpec::Tiers(table)))
}

/// Every kind of reward.
fn rewards() -> Vec<Rule> {
    let percent = |rate| TierPay::Percent(Bps(rate));
    let flat = |minor| TierPay::Flat(eur(minor));
    let milestone = |prize, repeat| {
        let spec = RewardSpec::Milestone(Milestone {
            measure: Measure::NewCustomers,
            period: Period::Quarter,
            at: 3,
            repeat,
            prize,
        });
        stacked(Rule::new("goal", "Goal", spec))
    };
    let perk = Prize::Perk {
        unit: "shirt".to_owned(),
        quantity: 1,
    };
    let capped = Rule {
        caps: vec![Cap {
            per: CapPer::Partner,
            limit: eur(700),
            period: Period::Year,
        }],
        ..Rule::new("capped", "Capped", RewardSpec::PerItem(eur(500)))
    };
    let short = Rule {
        lasts: Lasts::Months(1),
        ..Rule::new("short", "Short", RewardSpec::Percent(Bps(500)))
    };
    vec![
        tiers(
            TierMode::Marginal,
            Measure::Revenue,
            [percent(400), percent(600)],
        ),
        tiers(
            TierMode::Retroactive,
            Measure::Count,
            [percent(400), percent(600)],
        ),
        tiers(
            TierMode::Fixed,
            Measure::NewCustomers,
            [flat(100), flat(900)],
        ),
        milestone(Prize::Cash(eur(900)), false),
        milestone(perk, true),
        Rule::starter_bonus("start", "Start", eur(1_000), 30),
        Rule::reactivation_bonus("again", "Again", eur(1_000), 60),
        Rule::recruiter_share("recruit", "Recruit", Bps(500), 365),
        short,
        capped,
        Rule {
            to: Beneficiary::Referee,
            ..Rule::new(
                "gift",
                "Gift",
                RewardSpec::Perk {
                    unit: "month".to_owned(),
                    quantity: 2,
                },
            )
        },
    ]
}

/// Presets and every kind of reward beside them.
fn sets() -> Vec<RuleSet> {
    let agreement = comity_domain::AgreementId(comity_domain::RawId([9; 16]));
    vec![
        RuleSet::flat_percent("Share", Bps(1_000)),
        RuleSet::flat_amount("Lead", EventKind::Lead, eur(500)),
        RuleSet::monthly_marginal_tiers("Months", 5, Bps(1_000), Bps(1_500)),
        RuleSet::two_sided("Share", Bps(1_000), "Friend", TwoSided::Flat(eur(500))),
        RuleSet::hybrid(agreement, "Fee", &[(eur(5_000), 30)], "Share", Bps(1_000)),
        RuleSet {
            rules: rewards(),
            caps: Vec::new(),
        },
        conditions(),
    ]
}

/// One rule per kind of condition, none of which holds.
fn conditions() -> RuleSet {
    let list = || vec!["x".to_owned()];
    let never = || Range::at_least(1_000_000_000);
    let all = vec![
        Condition::Amount(never()),
        Condition::DiscountDepth(Range::at_most(-1)),
        Condition::Product(list()),
        Condition::Sku(list()),
        Condition::Category(list()),
        Condition::OrderNumber(never()),
        Condition::SubscriptionMonths(never()),
        Condition::CustomerCountry(list()),
        Condition::CustomerTenureDays(never()),
        Condition::CustomerIsNew(false),
        Condition::CouponUsed(true),
        Condition::Coupon(list()),
        Condition::Channel(list()),
        Condition::Touch(vec!["qr".to_owned()]),
        Condition::PartnerType(Vec::new()),
        Condition::PartnerGroup(vec![comity_domain::GroupId(comity_domain::RawId([1; 16]))]),
        Condition::PartnerTier(list()),
        Condition::PartnerTenureDays(never()),
        Condition::PartnerIdleDays(never()),
        Condition::RecruitedDays(never()),
        Condition::Metadata {
            key: "plan".to_owned(),
            is: list(),
        },
        Condition::Not(Box::new(Condition::Any(vec![
            Condition::Always,
            Condition::CouponUsed(true),
        ]))),
    ];
    let rule = |(index, when): (usize, Condition)| Rule {
        when,
        ..Rule::new(&format!("r{index}"), "Never", RewardSpec::Flat(eur(100)))
    };
    RuleSet {
        rules: all.into_iter().enumerate().map(rule).collect(),
        caps: Vec::new(),
    }
}

fn facts(kind: &str, set: &RuleSet, total: i64) -> Facts {
    let at = Timestamp::from_seconds(1_780_000_000);
    let mut facts = Facts::sale(eur(10_000), at, Zone::utc());
    facts.kind = EventKind::from(kind.to_owned());
    facts.customer.is_new = true;
    facts.customer.first_commission_at = Some(at.plus_days(-90));
    facts.partner.joined_at = Some(at.plus_days(-5));
    facts.partner.recruited_at = Some(at.plus_days(-5));
    facts.partner.agreement = Some(comity_domain::AgreementId(comity_domain::RawId([9; 16])));
    facts.items = vec![Item {
        product: "pro".to_owned(),
        sku: None,
        category: None,
        quantity: 2,
        net: eur(10_000),
    }];
    if kind == "instalment" {
        facts.instalment = Some(InstalmentRef {
            rule: "fee".to_owned(),
            number: 1,
        });
    }
    for counter in needs(set).for_kind(&facts.kind) {
        facts.totals.0.push((counter.clone(), total));
    }
    facts
}

/// A sentence without gaps, without codes, in the language's own letters.
fn said(lang: Lang, text: &str) {
    assert!(
        !text.trim().is_empty() && !text.contains('⟦'),
        "{lang:?}: {text:?}"
    );
    assert!(
        !text.contains('_'),
        "a code instead of words in {lang:?}: {text}"
    );
}

#[test]
fn every_decision_explains_itself_in_both_languages() {
    let mut explained = 0;
    for lang in [Lang::En, Lang::Ru] {
        let cx = Cx::new(lang, "/", Timestamp::from_seconds(1_780_000_000));
        let names = Names::none(Currency::EUR);
        for set in sets() {
            for rule in &set.rules {
                said(lang, &paragraph(&cx, rule, &names));
            }
            for kind in ["sale", "renewal", "lead", "instalment"] {
                for total in [0, 2, 700] {
                    let outcome = evaluate(&set, &facts(kind, &set, total)).unwrap();
                    for reward in &outcome.rewards {
                        let why = steps(&cx, &outcome.explanation, &reward.rule, reward.amount);
                        assert!(why.len() >= 3, "rule, computation and result");
                        assert!(why.last().unwrap().result);
                        for step in &why {
                            said(lang, &step.text);
                        }
                        let book = comity_domain::ledger::CommissionBook::accrued(
                            reward.amount,
                            std::collections::BTreeSet::new(),
                        );
                        let to = (reward.rule.as_str(), Some(3));
                        for step in explain::amount(&cx, Some(&outcome.explanation), to, &book) {
                            said(lang, &step.text);
                        }
                        explained += 1;
                    }
                    for over in &outcome.explanation.passed_over {
                        said(lang, &passed(&cx, &over.reason, &names));
                    }
                }
            }
        }
    }
    assert!(explained > 100, "the presets were decided: {explained}");
}
