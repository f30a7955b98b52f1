//! The pure engine on one core: decisions per second, a replay, the check of a chain.
//! `cargo xtask bench decide|replay|verify`, or
//! `cargo run --release -p comity-domain --example engine_bench -- decide`.

use std::time::Instant;

use comity_domain::ledger::chain::{ChainEntry, Head, canonical};
use comity_domain::ledger::recipe::{self, Earning, Stamp};
use comity_domain::ledger::{Cost, Journal, LedgerError};

use comity_domain::commission::{
    Cap, CapPer, Condition, Counter, Facts, Item, PastEvent, Period, Range, RewardSpec, Rule,
    RuleSet, Totals, evaluate, needs, replay,
};
use comity_domain::{
    Bps, CommissionId, Currency, EnrollmentId, JournalId, Money, PartnerId, ProgramId, RawId,
    Timestamp, Zone,
};

const DECISIONS: u32 = 200_000;
const EVENTS: u32 = 1_000_000;
const JOURNALS: u64 = 1_000_000;

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

/// Decisions per second.
fn decide(set: &RuleSet, facts: &Facts) -> String {
    let load = |counter: Counter| (counter, 3);
    let mut loaded = facts.clone();
    loaded.totals = Totals(needs(set).totals.into_iter().map(load).collect());
    let begun = Instant::now();
    let mut paid = 0;
    for _ in 0..DECISIONS {
        paid += evaluate(set, &loaded).map_or(0, |outcome| outcome.rewards.len());
    }
    let seconds = begun.elapsed().as_secs_f64();
    let rate = f64::from(DECISIONS) / seconds;
    format!("{rate:.0} decisions/s ({DECISIONS} with {paid} rewards)")
}

/// A draft over a million events of a thousand partners.
fn whole_past(set: &RuleSet, facts: &Facts) -> String {
    let begun = Instant::now();
    let events = (0..EVENTS).map(|n| {
        let mut facts = facts.clone();
        facts.at = facts.at.plus(i64::from(n) * 30_000_000);
        PastEvent {
            partner: PartnerId(id(u64::from(n % 1_000))),
            customer: None,
            facts,
            paid: eur(1_200),
        }
    });
    let report = replay(set, Currency::EUR, events);
    let partners = report.map_or(0, |report| report.partners.len());
    let seconds = begun.elapsed().as_secs_f64();
    format!("{EVENTS} events of {partners} partners replayed in {seconds:.1} s")
}

fn id(n: u64) -> RawId {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&n.to_be_bytes());
    RawId(bytes)
}

fn journal(n: u64) -> Result<Journal, LedgerError> {
    let stamp = Stamp {
        id: JournalId(id(n)),
        at: Timestamp::from_seconds(1_780_000_000).plus(n.cast_signed()),
    };
    let earning = Earning {
        commission: CommissionId(id(n)),
        enrollment: EnrollmentId(id(n % 1_000)),
        program: ProgramId(id(1)),
        cost: Cost::Commission,
        event: None,
    };
    recipe::accrue(stamp, &earning, eur(1_200))
}

/// A chain of a million journals, made and checked entry by entry; the making is timed apart.
fn verify() -> Result<String, LedgerError> {
    let (mut written, mut read) = (Head::default(), Head::default());
    let (mut making, mut bytes, mut broken) = (0.0, 0, 0);
    let begun = Instant::now();
    for sequence in 1..=JOURNALS {
        let began = Instant::now();
        let journal = journal(sequence)?;
        bytes += canonical(&journal).len();
        written = written.append(&journal);
        let entry = ChainEntry {
            sequence,
            id: JournalId(id(sequence)),
            hash: written.hash,
            journal: Ok(journal),
        };
        making += began.elapsed().as_secs_f64();
        broken += u64::from(read.verify_next(&entry).is_err());
    }
    let seconds = begun.elapsed().as_secs_f64() - making;
    Ok(format!(
        "{JOURNALS} entries ({bytes} bytes, {broken} broken) verified in {seconds:.1} s, made in {making:.1} s"
    ))
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its result")]
fn main() {
    let (set, Some(facts)) = (rules(), facts()) else {
        return;
    };
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let asked = |name: &str| wanted.is_empty() || wanted == name;
    if asked("decide") {
        println!("{}", decide(&set, &facts));
    }
    if asked("replay") {
        println!("{}", whole_past(&set, &facts));
    }
    if asked("verify") {
        println!("{}", verify().unwrap_or_else(|error| error.to_string()));
    }
}
