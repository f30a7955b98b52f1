//! The books under several threads: random acts through the use cases, at once, on both
//! databases; then everything is verified (RELIABILITY 2.2).

use comity_app::commission::{self, Act, release_due};
use comity_app::payout::{self, MethodChange, Settlement};
use comity_app::tracking::{Happening, NewEvent, record};
use comity_app::{App, AppError};
use comity_domain::ledger::lifecycle::Decision;
use comity_domain::ledger::{Account, HoldReason, ReversalReason};
use comity_domain::payout::{MethodFields, Rail};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, EnrollmentId, ProgramId};
use comity_store::{Store, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{World, ten_percent};

const THREADS: u64 = 4;
const ACTS: u32 = 40;
const ORDERS: u64 = 12;

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// What every thread acts on.
#[derive(Clone)]
struct Shared {
    app: App,
    owner: Actor,
    program: ProgramId,
    template: NewEvent,
    codes: Vec<String>,
}

impl Shared {
    fn event(&self, kind: Happening, id: String, minor: i64, order: u64) -> NewEvent {
        let mut event = self.template.clone();
        event.happening = kind;
        event.external_id = id;
        (event.net.minor, event.gross.minor) = (minor, minor);
        if matches!(event.happening, Happening::Kind(EventKind::Sale)) {
            event.coupons = vec![self.codes[usize::try_from(order).unwrap() % 2].clone()];
        } else {
            event.refers_to = vec![format!("order-{order}")];
        }
        event
    }

    async fn act(&self, dice: &mut Dice, thread: u64, n: u32) -> Result<(), AppError> {
        let (app, owner) = (&self.app, &self.owner);
        let (order, minor) = (
            dice.roll(ORDERS),
            i64::try_from(dice.roll(40_000)).unwrap() + 1,
        );
        let send = |happening, id: String| self.event(happening, id, minor, order);
        match dice.roll(12) {
            0..=3 => {
                let mut sale = send(Happening::Kind(EventKind::Sale), format!("order-{order}"));
                // The same order is the same event, whoever tells it.
                let fixed = i64::try_from(order).unwrap() * 10_000 + 50_000;
                (sale.net.minor, sale.gross.minor) = (fixed, fixed);
                record(app, owner, "api", sale).await.map(drop)
            }
            4 | 5 => {
                let refund = send(
                    Happening::Kind(EventKind::Refund),
                    format!("r-{thread}-{n}"),
                );
                record(app, owner, "api", refund).await.map(drop)
            }
            6 => {
                let back = send(Happening::Kind(EventKind::Chargeback), format!("c-{order}"));
                record(app, owner, "api", back).await.map(drop)
            }
            7 => {
                let won = send(Happening::ChargebackWon, format!("w-{order}"));
                record(app, owner, "api", won).await.map(drop)
            }
            8 | 9 => self.judge(dice).await,
            10 => payout::create(app, owner, self.program, None)
                .await
                .map(drop),
            _ => self.pay(dice).await,
        }
    }

    /// Approves, holds, releases, rejects or reinstates any commission.
    async fn judge(&self, dice: &mut Dice) -> Result<(), AppError> {
        let (app, owner) = (&self.app, &self.owner);
        let all = commission::list(app, owner, &commission::Filter::default(), None, 50).await?;
        let Some(one) = all.get(usize::try_from(dice.roll(20)).unwrap()) else {
            return Ok(());
        };
        let act = match dice.roll(6) {
            0 | 1 => Act::Approve,
            2 => Act::Hold(HoldReason::Manual),
            3 => Act::Release(HoldReason::Manual),
            4 => Act::Reject(ReversalReason::Test),
            _ => Act::Reinstate,
        };
        commission::act(app, owner, one.commission.id, act, "")
            .await
            .map(drop)
    }

    /// Moves any run one step on, or back.
    async fn pay(&self, dice: &mut Dice) -> Result<(), AppError> {
        let (app, owner) = (&self.app, &self.owner);
        let all = payout::batches(app, owner, None, "", None, 20).await?;
        let Some(run) = all.get(usize::try_from(dice.roll(4)).unwrap()) else {
            return Ok(());
        };
        match dice.roll(6) {
            0 | 1 => payout::approve(app, owner, run.id).await.map(drop),
            2 => payout::mark_sent(app, owner, run.id).await.map(drop),
            3 => payout::cancel(app, owner, run.id).await.map(drop),
            4 => payout::settle_batch(app, owner, run.id).await.map(drop),
            _ => {
                let (_, payments) = payout::batch(app, owner, run.id).await?;
                let failed = Settlement::Failed("returned".to_owned());
                match payments.first() {
                    Some((one, _)) => payout::settle(app, owner, one.id, &failed).await.map(drop),
                    None => Ok(()),
                }
            }
        }
    }
}

async fn stage(store: Store) -> (Fakes, Shared, Vec<EnrollmentId>) {
    let fakes = with_fakes(store);
    let world = World::new(&fakes.app, "acme", &ten_percent()).await;
    let (mut codes, mut memberships) = (Vec::new(), Vec::new());
    for name in ["maya", "omar"] {
        let member = world.member(&fakes.app, name).await;
        let change = MethodChange {
            partner: member.partner.id,
            rail: Rail::Manual,
            fields: MethodFields {
                instructions: "Cash in hand".to_owned(),
                ..MethodFields::default()
            },
        };
        let system = Actor::System {
            tenant: world.tenant,
        };
        drop(
            payout::set_method(&fakes.app, &system, change)
                .await
                .unwrap(),
        );
        codes.push(member.coupon.code);
        memberships.push(member.enrollment.id);
    }
    let mut template = world.event(EventKind::Sale, "template", 1);
    // One instant for all: a repetition must be word for word the same.
    template.occurred_at = Some(fakes.app.now());
    let shared = Shared {
        app: fakes.app.clone(),
        owner: world.owner.clone(),
        program: world.program.id,
        template,
        codes,
    };
    (fakes, shared, memberships)
}

/// What the partner owns in all accounts is what the commissions say, to the cent.
async fn agrees(shared: &Shared, memberships: &[EnrollmentId]) {
    let (app, owner) = (&shared.app, &shared.owner);
    let mut tx = app.store.read().await.unwrap();
    let currency = shared.template.net.currency;
    for id in memberships {
        let filter = commission::Filter {
            enrollment: Some(*id),
            ..commission::Filter::default()
        };
        let all = commission::list(app, owner, &filter, None, 200)
            .await
            .unwrap();
        let mut earned = 0;
        for one in &all {
            let book = &one.commission.book;
            assert!((0..=book.amount.minor).contains(&book.reversed.minor), "I5");
            if book.decision != Decision::Rejected {
                earned += book.net().minor;
            }
        }
        let mut owned = 0;
        for account in [
            Account::Pending(*id),
            Account::Available(*id),
            Account::InFlight(*id),
            Account::Paid(*id),
        ] {
            let balance = ledger::balance(&mut tx, owner.tenant(), account, currency).await;
            owned -= balance.unwrap().minor;
        }
        assert_eq!(owned, earned, "accounts and commissions of a membership");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn i1_to_i5_hold_whatever_happens_at_once() {
    on_both(|store: Store| async move {
        let (fakes, shared, memberships) = stage(store).await;
        for round in 0..3_u64 {
            let mut threads = tokio::task::JoinSet::new();
            for thread in 0..THREADS {
                let shared = shared.clone();
                threads.spawn(async move {
                    let mut dice = Dice(round * 1_000 + thread);
                    let mut done = 0;
                    for n in 0..ACTS {
                        let name = u32::try_from(round).unwrap() * ACTS + n;
                        match shared.act(&mut dice, thread, name).await {
                            Ok(()) => done += 1,
                            // Refused acts change nothing (I9); anything else is a fault.
                            Err(
                                AppError::Conflict(_)
                                | AppError::NotFound(_)
                                | AppError::Invalid(_)
                                | AppError::Unavailable(_),
                            ) => {}
                            Err(error) => panic!("{error:?}"),
                        }
                    }
                    done
                });
            }
            let done: u32 = threads.join_all().await.into_iter().sum();
            assert!(done > ACTS, "most acts must be possible: {done}");
            fakes.clock.advance(20 * DAY);
            release_due(&shared.app).await.unwrap();
            let checked = comity_app::ledger::verify_all(&shared.app).await.unwrap();
            assert!(checked.findings.is_empty(), "{:?}", checked.findings);
            assert!(checked.journals > 10);
            agrees(&shared, &memberships).await;
        }
    })
    .await;
}
