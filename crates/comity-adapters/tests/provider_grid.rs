//! R5 over real HTTP: provider × behaviour × crash point × time before the restart. The oracle
//! is the simulated provider's log of money: it moves at most once, the books agree with it,
//! and every payout ends paid, failed with its money back, or with a person.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use comity_adapters::http::{GuardedClient, HttpConfig, Limits, SystemLookup};
use comity_adapters::rail::provider::HttpProviders;
use comity_app::job::{Registry, run_due};
use comity_app::payout::{self, ASK_JOB, AccountChange, Heard, MethodChange, ask_provider, hear};
use comity_app::port::{
    HttpError, Payment, PaymentFileError, PayoutProviders, PrepareError, ProviderAccount,
    ProviderAnswer, Question, Reply, WebhookProof,
};
use comity_app::tracking::record;
use comity_app::{App, AppError};
use comity_domain::ledger::Account;
use comity_domain::payout::{FrozenRequest, MethodFields, PayoutState, Provider, Rail};
use comity_domain::time::{DAY, HOUR, MINUTE};
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, PayoutBatchId, PayoutId};
use comity_store::{ledger, payout as rows};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::sqlite;
use comity_testkit::provider::{BEHAVIOURS, Behaviour, Simulator};
use comity_testkit::world::{Member, World, ten_percent};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use tokio::sync::Notify;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Crash {
    Nowhere,
    /// Frozen, before anything was claimed.
    AfterPrepare,
    /// Claimed, before anything was sent.
    AfterClaim,
    /// Sent, before the answer was stored.
    AfterSend,
    /// Looked up, before what was seen was stored.
    AfterLookUp,
}

const CRASHES: [Crash; 5] = [
    Crash::Nowhere,
    Crash::AfterPrepare,
    Crash::AfterClaim,
    Crash::AfterSend,
    Crash::AfterLookUp,
];
const RAILS: [(Rail, i64); 3] = [
    (Rail::PayPal, 30 * DAY),
    (Rail::Stripe, DAY),
    (Rail::Wise, DAY),
];

/// The real providers, which die once at a point.
struct Mortal {
    real: HttpProviders,
    address: String,
    crash: Crash,
    deaths: AtomicUsize,
    died: Arc<Notify>,
}

impl Mortal {
    /// Where the process dies, it answers never again.
    async fn pass(&self, point: Crash) {
        if self.crash == point && self.deaths.fetch_add(1, Ordering::SeqCst) == 0 {
            self.died.notify_one();
            std::future::pending::<()>().await;
        }
    }

    fn local(&self, account: &ProviderAccount) -> ProviderAccount {
        ProviderAccount {
            base_url: self.address.clone(),
            ..account.clone()
        }
    }
}

impl PayoutProviders for Mortal {
    fn provider(&self, rail: Rail) -> Option<Provider> {
        self.real.provider(rail)
    }

    fn base_url(&self, rail: Rail, sandbox: bool) -> &'static str {
        self.real.base_url(rail, sandbox)
    }

    fn check(&self, payment: &Payment) -> Result<(), PaymentFileError> {
        self.real.check(payment)
    }

    fn prepare<'a>(
        &'a self,
        account: &'a ProviderAccount,
        batch: PayoutBatchId,
        payment: &'a Payment,
    ) -> Reply<'a, Result<FrozenRequest, PrepareError>> {
        Box::pin(async move {
            let made = self
                .real
                .prepare(&self.local(account), batch, payment)
                .await;
            self.pass(Crash::AfterPrepare).await;
            made
        })
    }

    fn send<'a>(
        &'a self,
        account: &'a ProviderAccount,
        request: &'a FrozenRequest,
    ) -> Reply<'a, ProviderAnswer> {
        Box::pin(async move {
            self.pass(Crash::AfterClaim).await;
            let answer = self.real.send(&self.local(account), request).await;
            self.pass(Crash::AfterSend).await;
            answer
        })
    }

    fn look_up<'a>(
        &'a self,
        account: &'a ProviderAccount,
        question: &'a Question,
    ) -> Reply<'a, ProviderAnswer> {
        Box::pin(async move {
            let answer = self.real.look_up(&self.local(account), question).await;
            self.pass(Crash::AfterLookUp).await;
            answer
        })
    }

    fn genuine<'a>(
        &'a self,
        account: &'a ProviderAccount,
        proof: &'a WebhookProof,
    ) -> Reply<'a, Result<bool, HttpError>> {
        Box::pin(async move { self.real.genuine(&self.local(account), proof).await })
    }

    fn test<'a>(&'a self, account: &'a ProviderAccount) -> Reply<'a, Result<(), String>> {
        Box::pin(async move { self.real.test(&self.local(account)).await })
    }
}

fn fields(rail: Rail) -> MethodFields {
    MethodFields {
        holder: "Maya Lind".to_owned(),
        email: "maya@example.com".to_owned(),
        stripe_account: if rail == Rail::Stripe {
            "acct_1A2b3C4d5E6f7G8h".to_owned()
        } else {
            String::new()
        },
        ..MethodFields::default()
    }
}

struct Cell {
    fakes: Fakes,
    app: App,
    world: World,
    maya: Member,
    simulator: Simulator,
    died: Arc<Notify>,
    payout: PayoutId,
}

impl Cell {
    async fn new(
        store: comity_store::Store,
        name: &str,
        (rail, memory): (Rail, i64),
        behaviour: Behaviour,
        crash: Crash,
    ) -> Self {
        let fakes = with_fakes(store);
        let simulator = Simulator::start(fakes.clock.clone(), behaviour, memory).await;
        let config = HttpConfig {
            trusted: vec![simulator.address.to_string().parse().unwrap()],
            ..HttpConfig::default()
        };
        let client = GuardedClient::new(config, Limits::default(), Arc::new(SystemLookup));
        let died = Arc::new(Notify::new());
        let mortal = Mortal {
            real: HttpProviders::new(client.unwrap()),
            address: format!("http://{}", simulator.address),
            crash,
            deaths: AtomicUsize::new(0),
            died: died.clone(),
        };
        let app = App {
            providers: Arc::new(mortal),
            ..fakes.app.clone()
        };
        let world = World::new(&app, name, &ten_percent()).await;
        let maya = world.member(&app, name).await;
        let payout = planned(&app, &fakes, &world, &maya, rail).await;
        Self {
            fakes,
            app,
            world,
            maya,
            simulator,
            died,
            payout,
        }
    }

    /// Lets the worker run until nothing more happens, with the crash and a late restart.
    async fn run(&self, delay: i64) {
        let mut restarted = false;
        for _ in 0..400 {
            let crashed = tokio::select! {
                biased;
                done = payout::drive_due(&self.app) => { done.unwrap(); false }
                () = self.died.notified(), if !restarted => true,
            };
            if crashed {
                restarted = true;
                self.fakes.clock.advance(delay);
                continue;
            }
            let mut tx = self.app.store.read().await.unwrap();
            let row = rows::drive::get(&mut tx, self.world.tenant, self.payout).await;
            let Some(at) = row.unwrap().unwrap().next_at else {
                return;
            };
            let wait = at.since(self.app.now());
            if wait > 0 {
                self.fakes.clock.advance(wait);
            }
        }
    }

    async fn ends_well(&self, name: &str) -> &'static str {
        let mut tx = self.app.store.read().await.unwrap();
        let tenant = self.world.tenant;
        let payout = rows::get(&mut tx, tenant, self.payout)
            .await
            .unwrap()
            .unwrap();
        let row = rows::drive::get(&mut tx, tenant, self.payout)
            .await
            .unwrap()
            .unwrap();
        let moved = self.simulator.moved();
        assert!(moved.len() <= 1, "{name}: sent {} times", moved.len());
        if let (Some(one), Some((body, _))) = (moved.first(), &row.frozen) {
            assert_eq!(&one.body, body, "{name}: other bytes than frozen");
        }
        let id = self.maya.enrollment.id;
        let (available, in_flight, paid) = {
            let mut minor = [0; 3];
            let accounts = [
                Account::Available(id),
                Account::InFlight(id),
                Account::Paid(id),
            ];
            for (slot, account) in minor.iter_mut().zip(accounts) {
                let currency = self.world.program.currency;
                *slot = ledger::balance(&mut tx, tenant, account, currency)
                    .await
                    .unwrap()
                    .minor;
            }
            (-minor[0], -minor[1], -minor[2])
        };
        let fate = self.simulator.fate();
        match payout.progress.state {
            PayoutState::Paid => {
                assert_eq!((available, in_flight, paid), (0, 0, 12_000), "{name}");
                assert_eq!(fate, Some("paid"), "{name}");
                "paid"
            }
            PayoutState::Failed | PayoutState::Returned => {
                assert_eq!((available, in_flight, paid), (12_000, 0, 0), "{name}");
                assert!(
                    !matches!(fate, Some("paid" | "underway")),
                    "{name}: {fate:?}"
                );
                "back"
            }
            state => {
                assert!(
                    !row.person.is_empty(),
                    "{name}: {} and nobody told",
                    state.code()
                );
                assert!(row.alerted_at.is_some(), "{name}");
                assert_eq!((available, in_flight, paid), (0, 12_000, 0), "{name}");
                "person"
            }
        }
    }
}

async fn planned(app: &App, fakes: &Fakes, world: &World, maya: &Member, rail: Rail) -> PayoutId {
    let change = AccountChange {
        rail,
        sandbox: true,
        account: if rail == Rail::Wise { "7" } else { "client" }.to_owned(),
        secret: "the-secret".to_owned(),
        hook: hook(rail).to_owned(),
    };
    payout::set_rail_account(app, &world.owner, change)
        .await
        .unwrap();
    let mut sale = world.event(EventKind::Sale, "order-1", 120_000);
    sale.coupons = vec![maya.coupon.code.to_string()];
    record(app, &world.owner, "api", sale).await.unwrap();
    let partner = Actor::System {
        tenant: world.tenant,
    };
    let change = MethodChange {
        partner: maya.partner.id,
        rail,
        fields: fields(rail),
    };
    drop(payout::set_method(app, &partner, change).await.unwrap());
    fakes.clock.advance(31 * DAY);
    comity_app::commission::release_due(app).await.unwrap();
    let planned = payout::create(app, &world.owner, world.program.id, None).await;
    let batch = planned.unwrap()[0].id;
    payout::approve(app, &world.owner, batch).await.unwrap();
    let by_hand = payout::mark_sent(app, &world.owner, batch).await;
    assert!(matches!(by_hand, Err(AppError::Conflict("batch_driven"))));
    payout::batch(app, &world.owner, batch).await.unwrap().1[0]
        .0
        .id
}

#[tokio::test]
async fn r5_every_cell_moves_money_at_most_once_and_ends_well() {
    let mut ends = std::collections::BTreeMap::<&str, usize>::new();
    for rail in RAILS {
        for behaviour in BEHAVIOURS {
            for crash in CRASHES {
                // A restart while the provider remembers the key, and one after.
                for delay in [10 * MINUTE, rail.1 + HOUR] {
                    let once = matches!(crash, Crash::Nowhere | Crash::AfterLookUp);
                    if once && delay != 10 * MINUTE {
                        continue;
                    }
                    let (store, _dir) = sqlite().await;
                    let name = format!("{:?} {behaviour:?} {crash:?} {}", rail.0, delay / HOUR);
                    let cell = Cell::new(store, "acme", rail, behaviour, crash).await;
                    cell.run(delay).await;
                    *ends.entry(cell.ends_well(&name).await).or_default() += 1;
                    cell.app.store.close().await;
                }
            }
        }
    }
    assert_eq!(ends.values().sum::<usize>(), 3 * 8 * 8);
    assert!(ends["paid"] > 60 && ends["back"] > 40, "{ends:?}");
}

#[tokio::test]
async fn the_switch_keeps_a_claimed_payment_from_leaving() {
    let (store, _dir) = sqlite().await;
    let rail = RAILS[1];
    let cell = Cell::new(store, "acme", rail, Behaviour::Fine, Crash::Nowhere).await;
    payout::stop(&cell.app, &cell.world.owner, "we look")
        .await
        .unwrap();
    for _ in 0..5 {
        payout::drive_due(&cell.app).await.unwrap();
        cell.fakes.clock.advance(HOUR);
    }
    assert!(cell.simulator.moved().is_empty());
    payout::resume(&cell.app, &cell.world.owner).await.unwrap();
    cell.run(0).await;
    assert_eq!(cell.ends_well("after the switch").await, "paid");
}

#[tokio::test]
async fn credentials_are_sealed_tried_out_and_never_stored_in_the_clear() {
    let (store, _dir) = sqlite().await;
    let cell = Cell::new(store, "acme", RAILS[0], Behaviour::Fine, Crash::Nowhere).await;
    let (app, owner) = (&cell.app, &cell.world.owner);
    let all = payout::rail_accounts(app, owner).await.unwrap();
    assert_eq!(all[0].hint, "cret");
    let clear = b"the-secret";
    assert!(!all[0].secret.windows(clear.len()).any(|part| part == clear));
    let said = payout::test_rail_account(app, owner, Rail::PayPal)
        .await
        .unwrap();
    assert_eq!(said, "");
    let kept = AccountChange {
        rail: Rail::PayPal,
        sandbox: false,
        account: String::new(),
        secret: String::new(),
        hook: String::new(),
    };
    let refused = payout::set_rail_account(app, owner, kept)
        .await
        .unwrap_err();
    let AppError::Invalid(errors) = refused else {
        panic!("expected a field");
    };
    assert_eq!(
        (errors[0].field.as_str(), errors[0].code),
        ("account", "required")
    );
}

/// A key of Wise's kind and a message it signed (`openssl dgst -sha256 -sign`); the private half
/// is gone.
const WISE_KEY: &str = "-----BEGIN PUBLIC KEY-----\n\
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzVeH1japUyGKb4JasQjy\n\
paIfiw2F53HCQ0eJXAP1+yLrp6DAHZ1/zIXiCAwNvuMQO8ZmMu0fMwpNJ7ZSnR89\n\
d0XXgW0FJtFyZN1ZL4zm/G1KG8DdhnOFgDsDW6Mgv4tjTxAubEwg6UJovniygu/c\n\
obaHfNKFhZocjHpgOtqMiFDzLmnNoNzDye/TO9+6lo7l3eMKvo2OMdi1G93Y9X6w\n\
Rpv7OCQWugktMqA5OKBnyUL43xjs13yqnvNeYIszkYjgzYXVp6DHUd2JLlGyhgYs\n\
V37V2nfygblH+qPVp4clgdad9GQC23N4v9XCJpgVmlzIJlGceAUrWfWYHLn3AlNz\n\
rwIDAQAB\n\
-----END PUBLIC KEY-----";
const WISE_BODY: &str = r#"{"data":{"resource":{"type":"transfer","id":7000,"profile_id":7,"account_id":12},"current_state":"outgoing_payment_sent","previous_state":"processing","occurred_at":"2026-01-01T12:34:56Z"},"subscription_id":"01234567-89ab-cdef-0123-456789abcdef","event_type":"transfers#state-change","schema_version":"4.0.0","sent_at":"2026-01-01T12:34:56Z"}"#;
const WISE_SIGNATURE: &str = "gmt6g3mB37xr6HkjZUpmQInlpsuFXz3OK3JDyjTUe11WsDmrx1ETSDaGrXuQCvPBYtlIuei1b7SUSjv8RByGQO1rx2\
    kTRjDgeSleMBk+ece8KP/+K4JC41B4xx92+iudlpEuoeJCv5B9mLh0cjRaYFehfEqfx9DHzVgKujm5IJ3cW4JeC7oa\
    UA9ncFdcE338Y8uhKE2Rbo6t72YjVJGEK29i4vZGtZwx3lfsBViwjU9fn3YFDIsAo7dnTV6BJKtl21LIWZOpeDhfMR\
    FKfvs4vz9p957Ho6JyNAz1/ZNstWK7ZquxQJAlr7axYJmejP0rU9/vrc0zE8v+xl7kllxbTQ==";
const STRIPE_SECRET: &str = "whsec_for_payouts";

/// What the messages of a provider are proved with.
const fn hook(rail: Rail) -> &'static str {
    match rail {
        Rail::Stripe => STRIPE_SECRET,
        Rail::Wise => WISE_KEY,
        _ => "WH-OUR-WEBHOOK",
    }
}

fn header(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

/// A message about the payment with what proves it; `signature` forges it.
fn message(cell: &Cell, rail: Rail, signature: Option<&str>) -> (Vec<(String, String)>, String) {
    let id = cell.payout;
    match rail {
        Rail::Stripe => {
            let body = format!(
                r#"{{"id":"evt_1","type":"transfer.updated","data":{{"object":{{"id":"7000","metadata":{{"comity_payout":"{id}"}}}}}}}}"#
            );
            let time = cell.app.now().seconds().to_string();
            let mut mac = Hmac::<Sha256>::new_from_slice(STRIPE_SECRET.as_bytes()).unwrap();
            mac.update(format!("{time}.{body}").as_bytes());
            let signed = hex::encode(mac.finalize().into_bytes());
            let value = format!("t={time},v1={}", signature.unwrap_or(&signed));
            (vec![header("stripe-signature", value)], body)
        }
        Rail::Wise => {
            let signature = signature.unwrap_or(WISE_SIGNATURE);
            (
                vec![header("x-signature-sha256", signature)],
                WISE_BODY.to_owned(),
            )
        }
        _ => {
            let body = format!(
                r#"{{"event_type":"PAYMENT.PAYOUTS-ITEM.SUCCEEDED","resource":{{"payout_batch_id":"7000","payout_item":{{"sender_item_id":"{id}"}}}}}}"#
            );
            let headers = vec![
                header("paypal-auth-algo", "SHA256withRSA"),
                header(
                    "paypal-cert-url",
                    "https://api.paypal.com/v1/notifications/certs/CERT-1",
                ),
                header(
                    "paypal-transmission-id",
                    "69cd13f0-d67a-11e5-baa3-778b53f4ae55",
                ),
                header("paypal-transmission-sig", signature.unwrap_or("genuine")),
                header("paypal-transmission-time", "2026-02-18T20:01:35Z"),
            ];
            (headers, body)
        }
    }
}

impl Cell {
    async fn hears(&self, rail: Rail, signature: Option<&str>) -> Heard {
        let (headers, body) = message(self, rail, signature);
        let organisation = self.world.tenant.to_string();
        let heard = hear(&self.app, rail, &organisation, &headers, body.as_bytes()).await;
        let heard = heard.unwrap();
        let registry = Registry::default().with(ASK_JOB, ask_provider);
        while run_due(&self.app, &registry).await.unwrap() > 0 {}
        heard
    }

    async fn state(&self) -> PayoutState {
        let mut tx = self.app.store.read().await.unwrap();
        let row = rows::get(&mut tx, self.world.tenant, self.payout).await;
        row.unwrap().unwrap().progress.state
    }

    /// Messages about ours, about nothing of ours, and refused ones.
    async fn counts(&self) -> (i64, i64, i64) {
        let all = payout::rail_accounts(&self.app, &self.world.owner).await;
        let heard = all.unwrap()[0].heard;
        (heard.noted, heard.unknown, heard.refused)
    }
}

#[tokio::test]
async fn a_providers_message_makes_us_ask_and_moves_the_payment_once() {
    for rail in RAILS {
        for (behaviour, end) in [
            (Behaviour::Fine, PayoutState::Paid),
            (Behaviour::FailsLater, PayoutState::Failed),
        ] {
            let (store, _dir) = sqlite().await;
            let cell = Cell::new(store, "acme", rail, behaviour, Crash::Nowhere).await;
            // It may come before anything was sent: nothing can have become of it.
            assert_ne!(
                cell.hears(rail.0, None).await,
                Heard::Refused("bad_signature")
            );
            assert_eq!(cell.state().await, PayoutState::Intent);
            payout::drive_due(&cell.app).await.unwrap();
            cell.fakes.clock.advance(2 * HOUR);
            for _ in 0..3 {
                assert_eq!(cell.hears(rail.0, None).await, Heard::Noted, "{rail:?}");
                let state = cell.state().await;
                // A reversed transfer had arrived: its money comes back.
                let back = end == PayoutState::Failed && state == PayoutState::Returned;
                assert!(state == end || back, "{rail:?} {behaviour:?}: {state:?}");
            }
            assert_eq!(cell.simulator.moved().len(), 1, "asking moves nothing");
        }
    }
}

#[tokio::test]
async fn a_forged_message_is_refused_and_counted_and_one_about_others_is_not_ours() {
    for rail in RAILS {
        let (store, _dir) = sqlite().await;
        let cell = Cell::new(store, "acme", rail, Behaviour::Fine, Crash::Nowhere).await;
        payout::drive_due(&cell.app).await.unwrap();
        cell.fakes.clock.advance(2 * HOUR);
        let before = cell.state().await;
        let forged = cell.hears(rail.0, Some("Zm9yZ2Vk")).await;
        // PayPal's signature is PayPal's to check: the answer comes first, the effect never.
        let later = rail.0 == Rail::PayPal;
        assert_eq!(forged == Heard::Noted, later, "{rail:?}");
        assert_eq!(cell.state().await, before);
        assert_eq!(cell.counts().await, (i64::from(later), 0, 1), "{rail:?}");
        let (headers, body) = message(&cell, rail.0, None);
        let other = hear(&cell.app, rail.0, "org_nothing", &headers, body.as_bytes()).await;
        assert_eq!(other.unwrap(), Heard::Refused("bad_signature"));
        let bare = hear(
            &cell.app,
            rail.0,
            &cell.world.tenant.to_string(),
            &[],
            b"{}",
        )
        .await;
        assert_eq!(bare.unwrap(), Heard::Refused("missing_signature"));
    }
    let (store, _dir) = sqlite().await;
    let cell = Cell::new(store, "acme", RAILS[2], Behaviour::Fine, Crash::Nowhere).await;
    // Nobody here has sent transfer 7000 yet.
    assert_eq!(cell.hears(Rail::Wise, None).await, Heard::Unknown);
    assert_eq!(cell.counts().await, (0, 1, 0));
}
