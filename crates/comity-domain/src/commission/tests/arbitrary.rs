//! Random rule sets and facts for properties.

use proptest::prelude::*;

use super::*;

fn small() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 0_i64..50_000, 1 => any::<i64>()]
}

/// Instants that can be written as text: the years 1 to 9998.
fn instant() -> impl Strategy<Value = i64> {
    prop_oneof![
        0_i64..2_000_000_000_000_000,
        -62_000_000_000_000_000_i64..253_000_000_000_000_000
    ]
}

fn money() -> impl Strategy<Value = Money> {
    (
        small(),
        prop_oneof![9 => Just(Currency::EUR), 1 => Just(Currency::USD)],
    )
        .prop_map(|(minor, currency)| Money::new(minor, currency))
}

fn bps() -> impl Strategy<Value = Bps> {
    prop_oneof![4 => 0_u32..10_001, 1 => any::<u32>()].prop_map(Bps)
}

fn measure() -> impl Strategy<Value = Measure> {
    prop::sample::select(vec![
        Measure::Count,
        Measure::Revenue,
        Measure::Commission,
        Measure::NewCustomers,
    ])
}

fn period() -> impl Strategy<Value = Period> {
    prop::sample::select(vec![
        Period::Month,
        Period::Quarter,
        Period::RollingDays(30),
        Period::Lifetime,
    ])
}

fn range() -> impl Strategy<Value = Range> {
    (prop::option::of(small()), prop::option::of(small()))
        .prop_map(|(at_least, at_most)| Range { at_least, at_most })
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(vec!["a", "b", "DE"]), 0..3)
        .prop_map(|list| list.into_iter().map(str::to_owned).collect())
}

pub(super) fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        3 => Just(Condition::Always),
        1 => range().prop_map(Condition::Amount),
        1 => range().prop_map(Condition::DiscountDepth),
        1 => range().prop_map(Condition::OrderNumber),
        1 => names().prop_map(Condition::Product),
        1 => names().prop_map(Condition::Category),
        1 => names().prop_map(Condition::CustomerCountry),
        1 => names().prop_map(Condition::Coupon),
        1 => any::<bool>().prop_map(Condition::CouponUsed),
        1 => any::<bool>().prop_map(Condition::CustomerIsNew),
        1 => (measure(), period(), range())
            .prop_map(|(measure, period, range)| Condition::PartnerTotal { measure, period, range }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

fn table() -> impl Strategy<Value = TierTable> {
    let mode = prop::sample::select(vec![
        TierMode::Marginal,
        TierMode::Retroactive,
        TierMode::Fixed,
    ]);
    let pay = prop_oneof![
        bps().prop_map(TierPay::Percent),
        money().prop_map(TierPay::Flat)
    ];
    let tier = (small(), prop::option::of(small()), pay).prop_map(|(from, to, pay)| Tier {
        from,
        to,
        pay,
    });
    (mode, measure(), period(), prop::collection::vec(tier, 0..4)).prop_map(
        |(mode, measure, period, tiers)| TierTable {
            mode,
            measure,
            period,
            tiers,
        },
    )
}

fn reward() -> impl Strategy<Value = RewardSpec> {
    let perk = || ("[a-z]{0,3}", any::<u32>());
    let prize = prop_oneof![
        money().prop_map(Prize::Cash),
        perk().prop_map(|(unit, quantity)| Prize::Perk { unit, quantity }),
    ];
    let milestone = (measure(), period(), small(), any::<bool>(), prize).prop_map(
        |(measure, period, at, repeat, prize)| Milestone {
            measure,
            period,
            at,
            repeat,
            prize,
        },
    );
    let due = prop_oneof![
        any::<u16>().prop_map(Due::AfterDays),
        (measure(), small()).prop_map(|(measure, at)| Due::Milestone { measure, at }),
    ];
    let instalment = (money(), due).prop_map(|(amount, due)| Instalment { amount, due });
    prop_oneof![
        3 => bps().prop_map(RewardSpec::Percent),
        2 => money().prop_map(RewardSpec::Flat),
        1 => money().prop_map(RewardSpec::PerItem),
        3 => table().prop_map(RewardSpec::Tiers),
        1 => milestone.prop_map(RewardSpec::Milestone),
        1 => prop::collection::vec(instalment, 0..3).prop_map(RewardSpec::Instalments),
        1 => bps().prop_map(RewardSpec::ShareOfCommission),
        1 => perk().prop_map(|(unit, quantity)| RewardSpec::Perk { unit, quantity }),
    ]
}

fn cap() -> impl Strategy<Value = Cap> {
    let per = vec![
        CapPer::Order,
        CapPer::Customer,
        CapPer::Partner,
        CapPer::Program,
    ];
    (prop::sample::select(per), small(), period()).prop_map(|(per, limit, period)| Cap {
        per,
        limit: eur(limit),
        period,
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let to = vec![
        Beneficiary::Partner,
        Beneficiary::Partner,
        Beneficiary::Referee,
        Beneficiary::Recruiter,
    ];
    let lasts = vec![
        Lasts::Lifetime,
        Lasts::FirstOrder,
        Lasts::Months(3),
        Lasts::Payments(2),
    ];
    let scope = vec![
        Scope::Program,
        Scope::Group(crate::GroupId(crate::RawId([1; 16]))),
    ];
    let then = vec![Then::Stop, Then::Stack];
    (
        (condition(), reward(), prop::collection::vec(cap(), 0..2)),
        (prop::sample::select(to), prop::sample::select(lasts)),
        (prop::sample::select(scope), prop::sample::select(then)),
    )
        .prop_map(|((when, reward, caps), (to, lasts), (scope, then))| Rule {
            scope,
            when,
            to,
            lasts,
            caps,
            then,
            ..Rule::new("r", "R", reward)
        })
}

/// Any rule set, sound or not.
pub(super) fn rule_set() -> impl Strategy<Value = RuleSet> {
    let rules = prop::collection::vec(rule(), 0..6).prop_map(|mut rules| {
        for (index, rule) in rules.iter_mut().enumerate() {
            rule.id = format!("r{index}");
        }
        rules
    });
    (rules, prop::collection::vec(cap(), 0..2)).prop_map(|(rules, caps)| RuleSet { rules, caps })
}

/// Any facts; counters are loaded by [`loaded`].
pub(super) fn facts() -> impl Strategy<Value = Facts> {
    let item =
        (0_usize..3, any::<u32>(), 0_i64..30_000).prop_map(|(which, quantity, minor)| Item {
            product: ["a", "b", "c"][which].to_owned(),
            sku: None,
            category: Some("DE".to_owned()),
            quantity,
            net: eur(minor),
        });
    (
        (small(), small(), bps(), any::<bool>(), instant()),
        prop::collection::vec(item, 0..4),
        (
            any::<bool>(),
            prop::option::of(1_u32..4),
            prop::option::of(instant()),
            0_u32..4,
        ),
        (any::<bool>(), prop::option::of(instant()), any::<bool>()),
    )
        .prop_map(
            |((net, gross, share, primary, when), items, customer, partner)| {
                let mut facts = sale(net);
                facts.gross = eur(gross);
                facts.share = share;
                facts.primary = primary;
                facts.at = Timestamp::from_micros(when);
                facts.items = items;
                facts.customer.is_new = customer.0;
                facts.customer.order_number = customer.1;
                facts.customer.first_commission_at = customer.2.map(Timestamp::from_micros);
                facts.customer.payments_before = customer.3;
                facts.partner.groups = partner
                    .0
                    .then_some(crate::GroupId(crate::RawId([1; 16])))
                    .into_iter()
                    .collect();
                facts.partner.recruited_at = partner.1.map(Timestamp::from_micros);
                if partner.2 {
                    facts.coupons = vec!["a".to_owned(), "b".to_owned()];
                }
                facts
            },
        )
}

/// Facts with every counter the set needs, taken from `values` in turn.
pub(super) fn loaded(facts: Facts, set: &RuleSet, values: &[i64]) -> Facts {
    let index = std::cell::Cell::new(0);
    with_totals(facts, set, |_| {
        index.set(index.get() + 1);
        values[index.get() % values.len()]
    })
}

/// Values for counters.
pub(super) fn totals() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(small(), 1..5)
}
