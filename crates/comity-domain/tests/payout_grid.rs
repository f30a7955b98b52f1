//! R5: every crash point × provider behaviour × restart delay × provider memory.
//!
//! The oracle is the simulated provider's own log of money that moved. In every
//! cell the partner is paid at most once, the books agree with the provider, and
//! the payout ends paid, failed with its money back, or with a person.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use comity_domain::ledger::recipe::{self, PayoutPart, Stamp};
use comity_domain::ledger::{Account, Balances, Cost, Journal};
use comity_domain::payout::{
    HumanReason, KeyMemory, LedgerMove, PayoutEvent, PayoutState, Progress, Provider, Sending,
    Step, next_step,
};
use comity_domain::time::{DAY, HOUR, MINUTE, SECOND};
use comity_domain::{
    CommissionId, Currency, EnrollmentId, JournalId, Money, PayoutId, ProgramId, RawId, Timestamp,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Behaviour {
    Fine,
    ReplyLost,
    RequestLost,
    ErrorBefore,
    ErrorAfter,
    Throttled,
    Refused,
    FailsLater,
    ComesBack,
    ConfirmedBeforeReply,
    NeverConfirms,
    ReplyLostAndNeverConfirms,
    ConfirmsTwice,
    RepeatRefused,
    RepeatRefusedAfterRequestLost,
    Down,
    TakesAndForgets,
    NeverSettles,
}

use Behaviour as B;

const BEHAVIOURS: [Behaviour; 18] = [
    B::Fine,
    B::ReplyLost,
    B::RequestLost,
    B::ErrorBefore,
    B::ErrorAfter,
    B::Throttled,
    B::Refused,
    B::FailsLater,
    B::ComesBack,
    B::ConfirmedBeforeReply,
    B::NeverConfirms,
    B::ReplyLostAndNeverConfirms,
    B::ConfirmsTwice,
    B::RepeatRefused,
    B::RepeatRefusedAfterRequestLost,
    B::Down,
    B::TakesAndForgets,
    B::NeverSettles,
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Crash {
    Nowhere,
    BeforeIntent,
    AfterIntent,
    AfterClaim,
    AfterSend,
    AfterAnswer,
    BeforeConfirmation,
    AfterConfirmation,
}

const CRASHES: [Crash; 8] = [
    Crash::Nowhere,
    Crash::BeforeIntent,
    Crash::AfterIntent,
    Crash::AfterClaim,
    Crash::AfterSend,
    Crash::AfterAnswer,
    Crash::BeforeConfirmation,
    Crash::AfterConfirmation,
];

const DELAYS: [i64; 3] = [0, 25 * HOUR, 31 * DAY];

const fn provider(memory: KeyMemory, can_look_up: bool, confirm_days: i64) -> Provider {
    let (confirm_within, return_window) = (confirm_days * DAY, 30 * DAY);
    Provider {
        memory,
        can_look_up,
        confirm_within,
        return_window,
    }
}

const PROVIDERS: [(&str, Provider); 4] = [
    ("stripe", provider(KeyMemory::STRIPE, true, 10)),
    ("paypal", provider(KeyMemory::PAYPAL, true, 45)),
    ("unkeyed", provider(KeyMemory::None, true, 10)),
    ("blind", provider(KeyMemory::None, false, 10)),
];

/// Providers give up delivering a confirmation after three days.
const WEBHOOK_LIFE: i64 = 3 * DAY;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    Underway,
    Arrived,
    Failed,
    CameBack,
}

/// What the provider did; `transfers` is its money log.
struct Simulator {
    behaviour: Behaviour,
    memory: KeyMemory,
    requests: u32,
    first_seen: Option<Timestamp>,
    transfers: Vec<(Timestamp, Fate)>,
    webhooks: Vec<(Timestamp, PayoutEvent)>,
}

impl Simulator {
    fn send(&mut self, now: Timestamp) -> PayoutEvent {
        self.requests += 1;
        let first = self.requests == 1;
        let lost_on_the_way = match self.behaviour {
            B::Down => true,
            B::RequestLost | B::ErrorBefore | B::RepeatRefusedAfterRequestLost => first,
            B::Throttled => self.requests <= 2,
            _ => false,
        };
        if lost_on_the_way {
            return PayoutEvent::Lost;
        }
        let refuses = match self.behaviour {
            B::Refused => true,
            B::RepeatRefused | B::RepeatRefusedAfterRequestLost => !first,
            _ => false,
        };
        if refuses {
            return PayoutEvent::Refused;
        }
        let recognised = match (self.memory, self.first_seen) {
            (KeyMemory::For(memory), Some(seen)) => now.since(seen) < memory,
            _ => false,
        };
        if !recognised {
            self.transfer(now);
        }
        match self.behaviour {
            B::ReplyLost | B::ErrorAfter | B::ReplyLostAndNeverConfirms | B::RepeatRefused
                if first =>
            {
                PayoutEvent::Lost
            }
            _ => PayoutEvent::Accepted,
        }
    }

    fn transfer(&mut self, now: Timestamp) {
        self.first_seen = Some(now);
        self.transfers.push((now, Fate::Underway));
        let mut tell = |after: i64, event| self.webhooks.push((now.plus(after), event));
        match self.behaviour {
            B::ConfirmedBeforeReply => tell(0, PayoutEvent::Paid),
            B::FailsLater => tell(2 * HOUR, PayoutEvent::Failed),
            B::ComesBack => {
                tell(HOUR, PayoutEvent::Paid);
                tell(2 * DAY, PayoutEvent::Returned);
            }
            B::ConfirmsTwice => {
                tell(HOUR, PayoutEvent::Paid);
                tell(HOUR + SECOND, PayoutEvent::Paid);
            }
            B::NeverConfirms
            | B::ReplyLostAndNeverConfirms
            | B::TakesAndForgets
            | B::NeverSettles => {}
            _ => tell(HOUR, PayoutEvent::Paid),
        }
    }

    /// Moves each transfer on to what has become of it by `now`.
    fn settle(&mut self, now: Timestamp) {
        for (at, fate) in &mut self.transfers {
            let age = now.since(*at);
            *fate = match self.behaviour {
                B::NeverSettles => Fate::Underway,
                B::FailsLater if age >= 2 * HOUR => Fate::Failed,
                B::FailsLater => Fate::Underway,
                B::ComesBack if age >= 2 * DAY => Fate::CameBack,
                B::ConfirmedBeforeReply => Fate::Arrived,
                _ if age >= HOUR => Fate::Arrived,
                _ => Fate::Underway,
            };
        }
    }

    fn look_up(&mut self, now: Timestamp) -> PayoutEvent {
        self.settle(now);
        match (self.behaviour, self.transfers.first()) {
            (B::Down, _) => PayoutEvent::LookUpLost,
            (B::TakesAndForgets, _) | (_, None) => PayoutEvent::NotFound,
            (_, Some((_, Fate::Underway))) => PayoutEvent::Accepted,
            (_, Some((_, Fate::Arrived))) => PayoutEvent::Paid,
            (_, Some((_, Fate::Failed))) => PayoutEvent::Failed,
            (_, Some((_, Fate::CameBack))) => PayoutEvent::Returned,
        }
    }
}

const fn raw(number: u8) -> RawId {
    RawId([number; 16])
}

const PART: PayoutPart = PayoutPart {
    enrollment: EnrollmentId(raw(1)),
    program: ProgramId(raw(2)),
    gross: Money::new(10_000, Currency::EUR),
    withheld: Money::new(1_500, Currency::EUR),
    fee: Money::new(35, Currency::EUR),
};

/// One cell: the durable state, the world, and a crash that happens once.
struct Cell {
    provider: Provider,
    simulator: Simulator,
    crash: Crash,
    delay: i64,
    now: Timestamp,
    progress: Progress,
    balances: Balances,
    keys: Vec<String>,
    before: Balances,
}

/// The process died; the caller starts it again.
struct Died;

impl Cell {
    fn new(provider: Provider, behaviour: Behaviour, crash: Crash, delay: i64) -> Self {
        let now = Timestamp::from_seconds(1_800_000_000);
        let mut balances = Balances::default();
        for journal in earned(now) {
            balances.apply(&journal).unwrap();
        }
        let simulator = Simulator {
            behaviour,
            memory: provider.memory,
            requests: 0,
            first_seen: None,
            transfers: Vec::new(),
            webhooks: Vec::new(),
        };
        let (approved, _) = Progress::planned(now)
            .after(PayoutEvent::Approve, now)
            .unwrap();
        let before = balances.clone();
        let (keys, progress) = (Vec::new(), approved);
        Self {
            provider,
            simulator,
            crash,
            delay,
            now,
            progress,
            balances,
            keys,
            before,
        }
    }

    /// State and journal in one transaction; a posting key exists once.
    fn commit(&mut self, event: PayoutEvent) {
        let (next, moved) = self.progress.after(event, self.now).unwrap();
        let stamp = Stamp {
            id: JournalId(raw(9)),
            at: self.now,
        };
        let payout = PayoutId(raw(3));
        let journal = match moved {
            LedgerMove::None => None,
            LedgerMove::Intent => Some(recipe::payout_intent(stamp, payout, &[PART])),
            LedgerMove::Paid => Some(recipe::payout_paid(stamp, payout, &[PART])),
            LedgerMove::Failed => Some(recipe::payout_failed(stamp, payout, &[PART])),
            LedgerMove::Returned => Some(recipe::payout_returned(stamp, payout, &[PART])),
            LedgerMove::Recovered => Some(recipe::payout_recovered(stamp, payout, &[PART])),
        };
        if let Some(journal) = journal.map(Result::unwrap) {
            assert!(
                !self.keys.contains(&journal.key().to_owned()),
                "posted twice"
            );
            self.keys.push(journal.key().to_owned());
            self.balances.apply(&journal).unwrap();
        }
        self.progress = next;
    }

    fn crash_at(&mut self, point: Crash) -> Result<(), Died> {
        if self.crash != point {
            return Ok(());
        }
        self.crash = Crash::Nowhere;
        self.now = self.now.plus(self.delay);
        let now = self.now;
        // What the provider could not deliver while we were down, it has given up.
        // A blind rail's confirmations are bank statements, which wait.
        if self.provider.can_look_up {
            let webhooks = &mut self.simulator.webhooks;
            webhooks.retain(|(due, _)| now.since(*due) < WEBHOOK_LIFE);
        }
        Err(Died)
    }

    /// Delivers the confirmations that are due, again until they are acknowledged.
    fn webhooks(&mut self) -> Result<(), Died> {
        while let Some(at) = self
            .simulator
            .webhooks
            .iter()
            .position(|(due, _)| *due <= self.now)
        {
            self.crash_at(Crash::BeforeConfirmation)?;
            let event = self.simulator.webhooks[at].1;
            self.commit(event);
            // Not acknowledged when this dies, so the provider tells it again.
            self.crash_at(Crash::AfterConfirmation)?;
            self.simulator.webhooks.remove(at);
        }
        Ok(())
    }

    fn run_until_death(&mut self) -> Result<(), Died> {
        for _ in 0..2_000 {
            self.webhooks()?;
            if self.progress.state == PayoutState::Approved {
                self.crash_at(Crash::BeforeIntent)?;
                self.commit(PayoutEvent::Freeze);
                self.crash_at(Crash::AfterIntent)?;
            }
            match next_step(&self.progress, &self.provider, Sending::Allowed, self.now) {
                Step::Send => self.send()?,
                Step::LookUp => {
                    let found = self.simulator.look_up(self.now);
                    self.now = self.now.plus(SECOND);
                    self.commit(found);
                }
                Step::Wait(until) => {
                    assert!(until > self.now, "waiting for the past");
                    self.sleep(until);
                }
                Step::HumanQueue(_) | Step::Nothing => {
                    if self.simulator.webhooks.is_empty() {
                        return Ok(());
                    }
                    self.sleep(self.now.plus(365 * DAY));
                }
            }
        }
        panic!("did not end: {:?}", self.progress);
    }

    fn send(&mut self) -> Result<(), Died> {
        self.commit(PayoutEvent::Claim);
        self.crash_at(Crash::AfterClaim)?;
        let answer = self.simulator.send(self.now);
        self.crash_at(Crash::AfterSend)?;
        if self.simulator.behaviour == B::ConfirmedBeforeReply {
            self.webhooks()?;
        }
        self.now = self.now.plus(SECOND);
        self.commit(answer);
        self.crash_at(Crash::AfterAnswer)
    }

    /// Until the time, or the next confirmation if that is sooner.
    fn sleep(&mut self, until: Timestamp) {
        let next = self.simulator.webhooks.iter().map(|(due, _)| *due).min();
        self.now = next
            .map_or(until, |due| due.min(until))
            .max(self.now.plus(MINUTE));
    }

    fn check(&mut self, name: &str) {
        self.simulator.settle(self.now.plus(30 * DAY));
        let fates: Vec<Fate> = self
            .simulator
            .transfers
            .iter()
            .map(|(_, fate)| *fate)
            .collect();
        assert!(fates.len() <= 1, "{name}: paid {} times", fates.len());
        let fate = fates.first();
        let balance = self.balances.partner(PART.enrollment, Currency::EUR);
        let (net, gross) = (PART.net().unwrap(), PART.gross);
        let owed_or_paid = balance.available.minor + balance.in_flight.minor + balance.paid.minor;
        self.balances.check().unwrap();
        match (self.progress.state, self.progress.human) {
            (PayoutState::Paid, None) => {
                assert_eq!(fate, Some(&Fate::Arrived), "{name}");
                assert_eq!((balance.paid, balance.available.minor), (net, 0), "{name}");
            }
            (PayoutState::Failed | PayoutState::Returned, None) => {
                let not_there = matches!(fate, None | Some(Fate::Failed | Fate::CameBack));
                assert!(not_there, "{name}: {fate:?}");
                assert_eq!(balance.available, gross, "{name}");
                let now: Vec<_> = self
                    .balances
                    .iter()
                    .filter(|(_, sum)| sum.minor != 0)
                    .collect();
                let then: Vec<_> = self
                    .before
                    .iter()
                    .filter(|(_, sum)| sum.minor != 0)
                    .collect();
                assert_eq!(now, then, "{name}: I7");
            }
            (state, Some(_)) => {
                assert!(state.in_flight(), "{name}: {state:?}");
                assert_eq!(
                    balance.in_flight, net,
                    "{name}: kept for the person's decision"
                );
            }
            (state, None) => {
                // A blind or silent provider: the step itself is the alert.
                let step = next_step(&self.progress, &self.provider, Sending::Allowed, self.now);
                assert!(
                    matches!(step, Step::HumanQueue(_)),
                    "{name}: {state:?} {step:?}"
                );
                assert_eq!(
                    balance.in_flight, net,
                    "{name}: kept for the person's decision"
                );
            }
        }
        let kept = self.balances.of(Account::TaxWithheld, Currency::EUR).minor
            + self
                .balances
                .of(Account::Fees(PART.program), Currency::EUR)
                .minor;
        assert_eq!(owed_or_paid - kept, gross.minor, "{name}: nothing lost");
    }
}

fn earned(at: Timestamp) -> [Journal; 2] {
    let earning = recipe::Earning {
        commission: CommissionId(raw(4)),
        enrollment: PART.enrollment,
        program: PART.program,
        cost: Cost::Commission,
        event: None,
    };
    let stamp = |number| Stamp {
        id: JournalId(raw(number)),
        at,
    };
    [
        recipe::accrue(stamp(5), &earning, PART.gross).unwrap(),
        recipe::release(stamp(6), &earning, PART.gross, 1).unwrap(),
    ]
}

fn run(provider: usize, behaviour: Behaviour, crash: Crash, delay: i64) -> Cell {
    let (name, provider) = PROVIDERS[provider];
    let mut cell = Cell::new(provider, behaviour, crash, delay);
    while cell.run_until_death().is_err() {}
    cell.check(&format!(
        "{name} {behaviour:?} {crash:?} {} h",
        delay / HOUR
    ));
    cell
}

#[test]
fn r5_no_cell_of_the_grid_pays_twice_or_loses_money() {
    let (mut cells, mut paid, mut back, mut person) = (0, 0, 0, 0);
    for provider in 0..PROVIDERS.len() {
        for behaviour in BEHAVIOURS {
            for crash in CRASHES {
                for delay in DELAYS {
                    let cell = run(provider, behaviour, crash, delay);
                    cells += 1;
                    match cell.progress.state {
                        PayoutState::Paid => paid += 1,
                        PayoutState::Failed | PayoutState::Returned => back += 1,
                        _ => person += 1,
                    }
                }
            }
        }
    }
    assert_eq!(cells, 18 * 8 * 3 * 4);
    assert_eq!(
        (paid, back, person),
        (752, 238, 738),
        "frozen outcome of the grid"
    );
}

#[test]
fn without_a_crash_a_keyed_provider_needs_no_person_unless_it_hides_the_truth() {
    let hides = [
        B::Down,
        B::NeverSettles,
        B::TakesAndForgets,
        B::RepeatRefusedAfterRequestLost,
    ];
    for behaviour in BEHAVIOURS {
        for provider in 0..2 {
            let cell = run(provider, behaviour, Crash::Nowhere, 0);
            let settled = !cell.progress.state.in_flight();
            assert_eq!(settled, !hides.contains(&behaviour), "{behaviour:?}");
        }
    }
}

#[test]
fn rule_3_past_the_memory_a_person_decides_instead_of_a_blind_repeat() {
    let cell = run(0, B::Fine, Crash::AfterClaim, 25 * HOUR);
    assert_eq!(cell.simulator.requests, 0);
    assert_eq!(cell.progress.sight, comity_domain::payout::Sight::NotFound);
    let step = next_step(&cell.progress, &cell.provider, Sending::Allowed, cell.now);
    assert_eq!(step, Step::HumanQueue(HumanReason::NotFoundPastMemory));
    let within = run(1, B::Fine, Crash::AfterClaim, 25 * HOUR);
    assert_eq!(
        (within.simulator.requests, within.progress.state),
        (1, PayoutState::Paid)
    );
}

#[test]
fn rule_7_the_kill_switch_stops_sending_and_not_looking() {
    let mut cell = Cell::new(PROVIDERS[0].1, B::Fine, Crash::Nowhere, 0);
    cell.commit(PayoutEvent::Freeze);
    let step = |cell: &Cell| next_step(&cell.progress, &cell.provider, Sending::Stopped, cell.now);
    assert!(matches!(step(&cell), Step::Wait(_)));
    cell.commit(PayoutEvent::Claim);
    cell.commit(PayoutEvent::Lost);
    cell.now = cell.now.plus(25 * HOUR);
    assert_eq!(step(&cell), Step::LookUp);
}

#[test]
fn a_failure_that_was_none_is_put_right_by_a_person() {
    let mut cell = Cell::new(PROVIDERS[0].1, B::Fine, Crash::Nowhere, 0);
    for event in [
        PayoutEvent::Freeze,
        PayoutEvent::Claim,
        PayoutEvent::Failed,
        PayoutEvent::Paid,
    ] {
        cell.commit(event);
    }
    assert_eq!(cell.progress.human, Some(HumanReason::Contradiction));
    cell.commit(PayoutEvent::PaidAfterAll);
    assert_eq!(
        (cell.progress.state, cell.progress.human),
        (PayoutState::Paid, None)
    );
    let balance = cell.balances.partner(PART.enrollment, Currency::EUR);
    assert_eq!(
        (balance.paid, balance.available.minor),
        (PART.net().unwrap(), 0)
    );
}

#[test]
fn nothing_is_cancelled_once_it_may_have_been_sent() {
    let mut cell = Cell::new(PROVIDERS[0].1, B::Fine, Crash::Nowhere, 0);
    cell.commit(PayoutEvent::Freeze);
    let claimed = cell.progress.after(PayoutEvent::Claim, cell.now).unwrap().0;
    assert!(claimed.after(PayoutEvent::Cancel, cell.now).is_err());
    cell.commit(PayoutEvent::Cancel);
    assert_eq!(cell.progress.state, PayoutState::Cancelled);
    assert_eq!(
        cell.balances
            .partner(PART.enrollment, Currency::EUR)
            .available,
        PART.gross
    );
}
