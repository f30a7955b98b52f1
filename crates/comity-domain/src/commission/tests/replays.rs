//! Drafts over past events.

use proptest::prelude::*;

use super::*;
use crate::{CustomerId, PartnerId, RawId};

fn partner(n: u8) -> PartnerId {
    PartnerId(RawId([n; 16]))
}

fn past(who: u8, when: &str, net: i64, paid: i64) -> PastEvent {
    let mut facts = sale(net);
    facts.at = at(when);
    PastEvent {
        partner: partner(who),
        customer: None,
        facts,
        paid: eur(paid),
    }
}

#[test]
fn h12_monthly_tiers_over_two_months() {
    let draft = RuleSet::monthly_marginal_tiers("Monthly", 2, Bps(1_000), Bps(1_500));
    let events = [
        past(1, "2026-03-01T10:00:00Z", 10_000, 1_200),
        past(1, "2026-03-02T10:00:00Z", 10_000, 1_200),
        past(2, "2026-03-02T11:00:00Z", 10_000, 1_200),
        past(1, "2026-03-31T21:59:59Z", 10_000, 1_200),
        // The next month in Berlin: the count begins again.
        past(1, "2026-03-31T22:00:00Z", 10_000, 1_200),
    ];
    let report = replay(&draft, Currency::EUR, events).unwrap();
    assert_eq!(
        (report.total.before, report.total.after),
        (eur(6_000), eur(5_500))
    );
    assert_eq!(
        report.partners[&partner(1)].after,
        eur(1_000 + 1_000 + 1_500 + 1_000)
    );
    assert_eq!(
        report.losers(),
        [(partner(1), eur(-300)), (partner(2), eur(-200))]
    );
    assert_eq!(report.winners(), []);
    let months: Vec<i64> = report
        .months
        .values()
        .map(|month| month.after.minor)
        .collect();
    assert_eq!(months, [4_500, 1_000]);
    assert_eq!(report.break_even(Bps(5_000)), Some(eur(0)));
}

#[test]
fn h12_cac_and_break_even_of_a_dearer_draft() {
    let draft = RuleSet::flat_percent("Twenty", Bps(2_000));
    let mut events = [1, 2].map(|who| past(who, "2026-03-01T10:00:00Z", 10_000, 1_000));
    for event in &mut events {
        event.facts.customer.is_new = true;
    }
    let report = replay(&draft, Currency::EUR, events).unwrap();
    assert_eq!(report.cac(), Some((eur(1_000), eur(2_000))));
    // €20 more must come from 50 % − 20 % of new revenue: €66.67.
    assert_eq!(report.break_even(Bps(5_000)), Some(eur(6_667)));
    assert_eq!(report.break_even(Bps(2_000)), None);
}

#[test]
fn durations_follow_what_the_draft_pays() {
    let mut draft = RuleSet::flat_percent("Two payments", Bps(1_000));
    draft.rules[0].lasts = Lasts::Payments(2);
    let customer = Some(CustomerId(RawId([7; 16])));
    let event = |when| PastEvent {
        customer,
        ..past(1, when, 1_000, 0)
    };
    let events = [
        "2026-01-01T00:00:00Z",
        "2026-02-01T00:00:00Z",
        "2026-03-01T00:00:00Z",
    ];
    let report = replay(&draft, Currency::EUR, events.map(event)).unwrap();
    assert_eq!(report.total.after, eur(200));
}

#[test]
fn rolling_counters_forget_old_events() {
    let tier = |from, rate| Tier {
        from,
        to: None,
        pay: TierPay::Percent(Bps(rate)),
    };
    let table = TierTable {
        mode: TierMode::Marginal,
        measure: Measure::Count,
        period: Period::RollingDays(30),
        tiers: vec![tier(1, 1_000), tier(3, 2_000)],
    };
    let draft = RuleSet::of(Rule::new("t", "T", RewardSpec::Tiers(table)));
    let days = [
        "2026-01-01",
        "2026-01-02",
        "2026-01-03",
        "2026-02-02",
        "2026-02-03",
    ];
    let events = days.map(|day| past(1, &format!("{day}T00:00:00Z"), 1_000, 0));
    let report = replay(&draft, Currency::EUR, events).unwrap();
    // The third sale is in the second tier. On 2 February only 3 January is left in the
    // window, on 3 February only 2 February: both are second sales.
    assert_eq!(report.total.after, eur(100 + 100 + 200 + 100 + 100));
}

#[test]
fn a_draft_that_cannot_be_computed_names_the_event() {
    let draft = RuleSet::flat_amount("Flat", EventKind::Sale, Money::new(1, Currency::USD));
    let events = [past(1, "2026-01-01T00:00:00Z", 1_000, 0)];
    assert_eq!(replay(&draft, Currency::EUR, events).unwrap_err().index, 0);
}

proptest! {
    #[test]
    fn the_same_rules_change_nothing_and_parts_sum_to_the_whole(
        sales in prop::collection::vec((1_u8..6, 0_i64..40, 1_i64..90_000), 1..60),
    ) {
        let set = RuleSet::monthly_marginal_tiers("Monthly", 3, Bps(1_000), Bps(1_700));
        let mut sales = sales;
        sales.sort_by_key(|&(_, day, _)| day);
        let event = |&(who, day, net): &(u8, i64, i64)| {
            let mut event = past(who, "2026-03-01T10:00:00Z", net, 0);
            event.facts.at = event.facts.at.plus_days(day);
            event
        };
        let events: Vec<PastEvent> = sales.iter().map(event).collect();
        let first = replay(&set, Currency::EUR, events.clone()).unwrap();
        let sum: i64 = first.partners.values().map(|p| p.after.minor).sum();
        prop_assert_eq!(sum, first.total.after.minor);
        let months: i64 = first.months.values().map(|m| m.after.minor).sum();
        prop_assert_eq!(months, sum);
        // Feed back what was paid event by event: nobody wins or loses.
        let mut one_by_one = Replay::new(&set, Currency::EUR);
        let mut again = Vec::new();
        let mut paid_before = 0;
        for event in events {
            one_by_one.push(event.clone()).unwrap();
            let paid = one_by_one.so_far().total.after.minor;
            again.push(PastEvent { paid: eur(paid - paid_before), ..event });
            paid_before = paid;
        }
        let same = replay(&set, Currency::EUR, again).unwrap();
        prop_assert!(same.winners().is_empty() && same.losers().is_empty());
        prop_assert_eq!(same.total.before, same.total.after);
    }
}
