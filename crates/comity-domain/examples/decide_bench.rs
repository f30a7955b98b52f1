//! Commission decisions per second on one core, and a million-event replay:
//! `cargo run --release -p comity-domain --example decide_bench`.

use std::time::Instant;

use comity_domain::commission::{
    Cap, CapPer, Condition, Counter, Facts, Item, PastEvent, Period, Range, RewardSpec, Rule,
    RuleSet, Totals, evaluate, needs, replay,
};
use comity_domain::{Bps, Currency, Money, PartnerId, RawId, Timestamp, Zone};

const DECISIONS: u32 = 200_000;
const EVENTS: u32 = 1_000_000;

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// Six rules as a real program has them: conditions, lines, monthly tiers, caps.
fn rules() -> RuleSet {
    let mut set = RuleSet::monthly_marginal_tiers("Monthly", 5, Bps(1_000), Bps(1_500));
    let on_product = |id: &str, product: &str| Rule {
        when: Condition::All(vec![
            Condition::Product(vec![product.to_owned()]),
            Condition::CustomerCountry(vec!["DE".to_owned(), "AT".to_owned()]),
        ]),
        ..Rule::new(id, id, RewardSpec::Percent(Bps(2_000)))
    };
    let large = Rule {
        when: Condition::Amount(Range::at_least(1_000_000)),
        ..Rule::new("large", "Large orders", RewardSpec::Flat(eur(20_000)))
    };
    let first = vec![
        Rule::starter_bonus("start", "Start", eur(1_000), 30),
        Rule::reactivation_bonus("again", "Again", eur(500), 60),
        on_product("books", "book"),
        on_product("plans", "pro"),
        large,
    ];
    set.rules.splice(0..0, first);
    set.caps = vec![Cap {
        per: CapPer::Partner,
        limit: eur(50_000_000),
        period: Period::Month,
    }];
    set
}

fn facts() -> Option<Facts> {
    let zone = Zone::named("Europe/Berlin")?;
    let mut facts = Facts::sale(eur(12_000), Timestamp::from_seconds(1_780_000_000), zone);
    facts.customer.country = Some("DE".to_owned());
    let item = |product: &str, minor| Item {
        product: product.to_owned(),
        sku: None,
        category: None,
        quantity: 1,
        net: eur(minor),
    };
    facts.items = vec![item("pro", 9_000), item("setup", 3_000)];
    Some(facts)
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its result")]
fn main() {
    let (set, Some(facts)) = (rules(), facts()) else {
        return;
    };
    let load = |counter: Counter| (counter, 3);
    let mut loaded = facts.clone();
    loaded.totals = Totals(needs(&set).totals.into_iter().map(load).collect());
    let begun = Instant::now();
    let mut paid = 0;
    for _ in 0..DECISIONS {
        paid += evaluate(&set, &loaded).map_or(0, |outcome| outcome.rewards.len());
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{:.0} decisions/s ({paid} rewards)",
        f64::from(DECISIONS) / seconds
    );

    let begun = Instant::now();
    let events = (0..EVENTS).map(|n| {
        let mut facts = facts.clone();
        facts.at = facts.at.plus(i64::from(n) * 30_000_000);
        let mut id = [0; 16];
        id[..4].copy_from_slice(&(n % 1_000).to_be_bytes());
        PastEvent {
            partner: PartnerId(RawId(id)),
            customer: None,
            facts,
            paid: eur(1_200),
        }
    });
    let report = replay(&set, Currency::EUR, events);
    let partners = report.map_or(0, |report| report.partners.len());
    let seconds = begun.elapsed().as_secs_f64();
    println!("{EVENTS} events of {partners} partners replayed in {seconds:.1} s");
}
