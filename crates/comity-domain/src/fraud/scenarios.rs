//! Labelled scenarios with hard negatives, and their confusion matrix.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::time::{DAY, HOUR, MINUTE, SECOND};
use crate::{Currency, DomainList, Email, Money, RawId, Timestamp, VisitorId};

const SEEDS: u64 = 20;

/// A small generator, so that every run sees the same variations.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % sides).unwrap()
    }
}

fn email(text: &str) -> Email {
    text.parse().unwrap()
}

fn visitor(n: i64) -> VisitorId {
    VisitorId(RawId([u8::try_from(n % 200).unwrap(); 16]))
}

fn device(ip: &str, agent: &str, at: Timestamp) -> Device {
    Device {
        ip_hash: ip.to_owned(),
        agent_hash: agent.to_owned(),
        at,
    }
}

/// An honest conversion of a stranger.
fn honest(dice: &mut Dice) -> Conversion {
    let at = Timestamp::from_seconds(1_780_000_000 + dice.roll(10_000_000));
    let click = Click {
        at: at.plus(-(MINUTE + dice.roll(86_400) * SECOND)),
        query: vec![("cid".to_owned(), "x".to_owned())],
        referrer: Some("blog.example/best-tools".to_owned()),
        country: Some("DE".to_owned()),
        data_center: false,
        privacy_relay: false,
    };
    let partner = PartnerSide {
        emails: vec![
            email("anna.berg@studio.example"),
            email("anna.berg@gmail.com"),
        ],
        payout_hash: Some("payout-anna".to_owned()),
        others_on_payout: 0,
        address_hash: Some("home-anna".to_owned()),
        visitors: vec![visitor(1)],
        devices: vec![device("ip-anna", "firefox", at.plus(-2 * HOUR))],
    };
    let n = dice.roll(1_000_000);
    let customer = CustomerSide {
        email: Some(email(&format!("customer{n}@gmail.com"))),
        payment_hash: Some(format!("card-{n}")),
        address_hash: Some(format!("home-{n}")),
        visitor: Some(visitor(2 + dice.roll(100))),
        device: Some(device(&format!("ip-{n}"), "chrome", at)),
        country: Some("DE".to_owned()),
        is_new: true,
        earlier_orders: 0,
    };
    let history = (0..28).map(|_| 3 + dice.roll(5)).collect();
    let statistics = PartnerStatistics {
        conversions_today: 1 + dice.roll(6),
        networks_today: 1 + dice.roll(2),
        daily_history: history,
        customers_on_address: 1,
        clicks: 2_000 + dice.roll(500),
        conversions: 55 + dice.roll(20),
        program_conversion_bps: 300,
        sales: 150,
        refunds: dice.roll(8),
        program_refund_bps: 300,
    };
    let amount = Money::new(2_000 + dice.roll(20_000), Currency::EUR);
    let cart_at = Some(at.plus(-30 * SECOND));
    Conversion {
        at,
        amount,
        partner,
        customer,
        click: Some(click),
        rival_click_at: None,
        cart_at,
        known_to_shop: None,
        statistics,
    }
}

fn policy() -> Policy {
    Policy {
        allowed_campaigns: BTreeSet::from(["partner-pilot".to_owned()]),
        banned_referrers: vec![
            "*.clickfarm.example".to_owned(),
            "coupon-leech.example".to_owned(),
        ],
        brand_words: vec!["acme".to_owned()],
        ..Policy::default()
    }
}

fn verdict(conversion: &Conversion) -> Verdict {
    let lists = Lists::new(DomainList::parse("mailinator.com\ntrash.example"));
    let policy = policy();
    let seen = check_all(conversion, &policy, &lists);
    decide(seen, &policy, &BTreeSet::new(), conversion.at)
}

type Change = fn(&mut Conversion, &mut Dice);

fn click(conversion: &mut Conversion) -> &mut Click {
    conversion.click.as_mut().unwrap()
}

fn query(conversion: &mut Conversion, name: &str, value: &str) {
    click(conversion)
        .query
        .push((name.to_owned(), value.to_owned()));
}

/// Fraud, with the signal that must see it.
const FRAUD: &[(SignalKind, Change)] = &[
    (SignalKind::SelfReferralEmail, |c, _| {
        c.customer.email = Some(email("Anna.Berg@studio.example"))
    }),
    (SignalKind::SelfReferralEmail, |c, d| {
        c.customer.email = Some(email(&format!("a.nnaberg+{}@googlemail.com", d.roll(99))));
    }),
    (SignalKind::SameCompany, |c, d| {
        c.customer.email = Some(email(&format!("colleague{}@studio.example", d.roll(99))));
    }),
    (SignalKind::SamePayment, |c, _| {
        c.customer.payment_hash = Some("payout-anna".to_owned())
    }),
    (SignalKind::SameAddress, |c, _| {
        c.customer.address_hash = Some("home-anna".to_owned())
    }),
    (SignalKind::SameBrowser, |c, _| {
        c.customer.visitor = Some(visitor(1))
    }),
    (SignalKind::DisposableEmail, |c, d| {
        c.customer.email = Some(email(&format!("x{}@in.mailinator.com", d.roll(99))));
    }),
    (SignalKind::PaidClick, |c, d| {
        query(c, "gclid", &format!("Cj{}", d.roll(9_999)))
    }),
    (SignalKind::BrandBidding, |c, d| {
        query(c, "msclkid", &format!("{}", d.roll(9_999)));
        query(c, "utm_term", "Buy ACME cheap");
    }),
    (SignalKind::BannedReferrer, |c, _| {
        click(c).referrer = Some("x.clickfarm.example/go".to_owned())
    }),
    (SignalKind::DataCenter, |c, _| click(c).data_center = true),
    (SignalKind::TooFast, |c, d| {
        let at = c.at.plus(-d.roll(4_999_000));
        c.cart_at = None;
        click(c).at = at;
    }),
    (SignalKind::LastSecond, |c, d| {
        c.cart_at = Some(c.at.plus(-10 * MINUTE));
        let at = c.at.plus(-(20 + d.roll(500)) * SECOND);
        click(c).at = at;
    }),
    (SignalKind::UnknownOrder, |c, _| {
        c.known_to_shop = Some(false)
    }),
    (SignalKind::DuplicatePayout, |c, d| {
        c.partner.others_on_payout = u32::try_from(1 + d.roll(5)).unwrap();
    }),
    (SignalKind::Velocity, |c, d| {
        c.statistics.conversions_today = 60 + d.roll(100);
        c.statistics.networks_today = 1 + d.roll(20);
    }),
    (SignalKind::EmptyClicks, |c, d| {
        c.statistics.clicks = 20_000 + d.roll(9_000);
        c.statistics.conversions = d.roll(40);
    }),
    (SignalKind::RefundRate, |c, d| {
        c.statistics.refunds = 20 + d.roll(40)
    }),
    (SignalKind::DuplicateCustomer, |c, d| {
        c.customer.earlier_orders = 1 + d.roll(5);
    }),
    (SignalKind::CouponLeak, |c, d| {
        // A code from a coupon page, by a customer on a network that buys much.
        c.click = None;
        c.rival_click_at = Some(c.at.plus(-(1 + d.roll(25)) * MINUTE));
        c.customer.device = Some(device("ip-anna", "firefox", c.at));
    }),
    (SignalKind::SharedNetwork, |c, d| {
        // At the partner's own computer, customer after customer.
        c.customer.device = Some(device("ip-anna", "firefox", c.at));
        c.statistics.customers_on_address = 6 + d.roll(9);
    }),
];

/// Honest, though it looks strange.
const HARD_NEGATIVES: &[(&str, Change)] = &[
    ("an office behind one address", |c, d| {
        c.statistics.customers_on_address = 5 + d.roll(60);
        c.statistics.networks_today = 1;
    }),
    ("a private relay", |c, d| {
        let click = click(c);
        (click.data_center, click.privacy_relay) = (true, true);
        click.country = Some("US".to_owned());
        c.statistics.customers_on_address = d.roll(200);
        c.customer.email = Some(email(&format!("k{}@privaterelay.appleid.com", d.roll(999))));
        c.partner.emails.push(email("p77@privaterelay.appleid.com"));
    }),
    ("a post that goes viral", |c, d| {
        c.statistics.conversions_today = 300 + d.roll(500);
        c.statistics.networks_today = c.statistics.conversions_today - d.roll(40);
    }),
    ("a newsletter burst", |c, d| {
        c.statistics.conversions_today = 40 + d.roll(40);
        c.statistics.networks_today = c.statistics.conversions_today * 3 / 4;
        click(c).referrer = None;
    }),
    (
        "a family at one address with one kind of telephone",
        |c, _| {
            let mine = device("ip-anna", "firefox", c.at);
            c.customer.device = Some(mine);
        },
    ),
    ("an agency that orders for a client", |c, d| {
        c.customer.email = Some(email(&format!("owner@client{}.example", d.roll(99))));
        c.customer.device = Some(device("ip-anna", "chrome", c.at));
        c.customer.country = Some("AT".to_owned());
    }),
    ("a traveller", |c, _| {
        click(c).country = Some("TH".to_owned())
    }),
    ("a link shared on a social network", |c, d| {
        query(c, "fbclid", &format!("IwAR{}", d.roll(9_999)));
    }),
    ("a campaign that the brand allowed", |c, _| {
        query(c, "gclid", "Cj0");
        query(c, "utm_campaign", "partner-pilot");
    }),
    ("another customer of the same free mail provider", |c, d| {
        c.customer.email = Some(email(&format!("annaberg{}@gmail.com", d.roll(99) + 1)));
    }),
    ("a cart that was left for days", |c, d| {
        c.cart_at = Some(c.at.plus(-(2 + d.roll(9)) * DAY))
    }),
    ("a small partner with one refund", |c, _| {
        (c.statistics.sales, c.statistics.refunds) = (4, 1);
    }),
    ("a quiet month after many clicks", |c, d| {
        c.statistics.clicks = 1_000;
        c.statistics.conversions = 18 + d.roll(4);
    }),
    ("a partner's first day", |c, _| {
        c.statistics.daily_history = Vec::new();
        c.statistics.conversions_today = 35;
        c.statistics.networks_today = 35;
    }),
    ("a coupon without a click", |c, _| c.click = None),
    ("a creator's code after another partner's review", |c, d| {
        c.click = None;
        c.rival_click_at = Some(c.at.plus(-(1 + d.roll(9)) * MINUTE));
    }),
    ("a regular customer who orders again", |c, d| {
        c.customer.is_new = false;
        c.customer.earlier_orders = 1 + d.roll(9);
    }),
    ("an order the shop confirmed", |c, _| {
        c.known_to_shop = Some(true)
    }),
];

fn run(change: Change, seed: u64) -> Verdict {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut conversion = honest(&mut dice);
    change(&mut conversion, &mut dice);
    verdict(&conversion)
}

#[test]
fn j1_j2_j3_the_confusion_matrix() {
    let stopped = |verdict: &Verdict| verdict.action >= VerdictAction::Hold;
    let (mut caught, mut missed, mut false_hold, mut clean) = (0, 0, 0, 0);
    for &(kind, change) in FRAUD {
        for seed in 0..SEEDS {
            let verdict = run(change, seed);
            let seen = verdict
                .contributions
                .iter()
                .any(|c| c.evidence.kind() == kind);
            assert!(seen, "{kind:?} seed {seed}");
            if stopped(&verdict) {
                caught += 1
            } else {
                missed += 1
            }
        }
    }
    let mut wrong: BTreeMap<&str, Vec<SignalKind>> = BTreeMap::new();
    for &(name, change) in HARD_NEGATIVES {
        for seed in 0..SEEDS {
            let verdict = run(change, seed);
            assert_ne!(verdict.action, VerdictAction::Reject, "{name}");
            if stopped(&verdict) {
                false_hold += 1;
                wrong.insert(
                    name,
                    verdict
                        .contributions
                        .iter()
                        .map(|c| c.evidence.kind())
                        .collect(),
                );
            } else {
                clean += 1;
            }
        }
    }
    for seed in 1_000..3_000 {
        if stopped(&run(|_, _| {}, seed)) {
            false_hold += 1
        } else {
            clean += 1
        }
    }
    assert_eq!(wrong, BTreeMap::new());
    assert_eq!([caught, missed, false_hold, clean], [420, 0, 0, 2_360]);
}

#[test]
fn only_facts_reject() {
    for &(kind, change) in FRAUD {
        let rejected = run(change, 7).action == VerdictAction::Reject;
        assert_eq!(rejected, kind == SignalKind::UnknownOrder, "{kind:?}");
    }
}

#[test]
fn the_same_conversion_is_judged_the_same() {
    for &(_, change) in FRAUD {
        assert_eq!(run(change, 3), run(change, 3));
    }
}

#[test]
fn evidence_holds_no_address() {
    for &(_, change) in FRAUD {
        let text = serde_json::to_string(&run(change, 5)).unwrap();
        assert!(!text.contains('@') && !text.contains("ip-"), "{text}");
    }
}

#[test]
fn a_ceiling_holds_large_orders() {
    let mut policy = policy();
    policy.thresholds.ceiling = Some(Money::new(50_000, Currency::EUR));
    let lists = Lists::new(DomainList::default());
    let mut conversion = honest(&mut Dice(1));
    for (minor, seen) in [(50_000, 0), (50_001, 1)] {
        conversion.amount = Money::new(minor, Currency::EUR);
        assert_eq!(check_all(&conversion, &policy, &lists).len(), seen);
    }
}

#[test]
fn a_signal_found_harmless_for_a_partner_stays_quiet() {
    let policy = policy();
    let seen = vec![Evidence::SameAddress];
    let muted = BTreeSet::from([SignalKind::SameAddress]);
    let verdict = decide(seen, &policy, &muted, Timestamp::default());
    assert_eq!((verdict.action, verdict.score), (VerdictAction::Observe, 0));
    assert_eq!(verdict.contributions[0].would, SignalAction::Hold);
}
