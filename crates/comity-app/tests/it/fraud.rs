//! From a signal to a decision: holds, cases, appeals, service times (J1–J4, G9).

use comity_app::AppError;
use comity_app::commission::{self, Act, release_due};
use comity_app::fraud::{self, Deed, Filter, NewFile};
use comity_app::tracking::{NewCustomer, NewEvent, record};
use comity_domain::fraud::{AppealState, CaseOrigin, CaseState, Policy, SignalAction, SignalKind};
use comity_domain::ledger::{Account, CommissionStatus, HoldReason, ReversalReason};
use comity_domain::time::{DAY, HOUR, MINUTE, SECOND};
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, FraudCaseId};
use comity_store::commission::Commission;
use comity_store::{Store, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    fakes: Fakes,
    world: World,
    maya: Member,
}

impl Stage {
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        Self { fakes, world, maya }
    }

    fn as_maya(&self) -> Actor {
        Actor::Partner {
            tenant: self.world.tenant,
            id: self.maya.partner.id,
            impersonator: None,
        }
    }

    /// An order of 120.00 by this mailbox, ten minutes after a click.
    async fn order(&self, id: &str, email: &str) -> Commission {
        let sale = self.sale(id, email).await;
        let recorded = record(&self.fakes.app, &self.world.owner, "api", sale)
            .await
            .unwrap();
        recorded.commissions.into_iter().next().unwrap()
    }

    async fn sale(&self, id: &str, email: &str) -> NewEvent {
        let app = &self.fakes.app;
        let click = self.world.click(app, &self.maya, app.now()).await;
        self.fakes.clock.advance(10 * MINUTE);
        let mut sale = self.world.event(EventKind::Sale, id, 12_000);
        sale.click = Some(click);
        sale.customer = NewCustomer {
            external_id: format!("customer-{id}"),
            email: email.to_owned(),
            ..NewCustomer::default()
        };
        sale
    }

    /// An order of Maya's own company through her link, and its case.
    async fn own_purchase(&self) -> (Commission, FraudCaseId) {
        let commission = self.order("order-1", "orders@partner.example").await;
        let cases = self.cases("undecided").await;
        assert_eq!(cases.len(), 1);
        (commission, cases[0])
    }

    async fn cases(&self, state: &str) -> Vec<FraudCaseId> {
        let filter = Filter {
            state: state.to_owned(),
            ..Filter::default()
        };
        let rows = fraud::cases(&self.fakes.app, &self.world.owner, &filter, None, 50)
            .await
            .unwrap();
        rows.into_iter().map(|row| row.case.id).collect()
    }

    async fn act(&self, id: FraudCaseId, deed: Deed) -> Result<fraud::Case, AppError> {
        // Ids are in the order of time: one line a second, as people write them.
        self.fakes.clock.advance(SECOND);
        fraud::act(&self.fakes.app, &self.world.owner, id, deed, "").await
    }

    /// Pending and available, in cents.
    async fn balances(&self) -> (i64, i64) {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let (tenant, currency) = (self.world.tenant, self.world.program.currency);
        let id = self.maya.enrollment.id;
        let mut of = async |account| {
            -ledger::balance(&mut tx, tenant, account, currency)
                .await
                .unwrap()
                .minor
        };
        (
            of(Account::Pending(id)).await,
            of(Account::Available(id)).await,
        )
    }

    async fn status(&self, id: comity_domain::CommissionId) -> CommissionStatus {
        let found = commission::get(&self.fakes.app, &self.world.owner, id).await;
        found.unwrap().book.status()
    }
}

#[tokio::test]
async fn j1_an_own_purchase_is_held_with_evidence_and_never_paid_by_time() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (held, case) = stage.own_purchase().await;
        assert!(held.book.holds.contains(&HoldReason::FraudReview));
        assert_eq!(held.reason_code, "fraud_review");
        let found = fraud::detail(&stage.fakes.app, &stage.world.owner, case)
            .await
            .unwrap();
        let seen = &found.verdict.unwrap().contributions;
        assert_eq!(seen[0].evidence.kind(), SignalKind::SameCompany);
        assert_eq!(found.case.origin, CaseOrigin::Signals);
        assert_eq!(found.case.signals, "same_company");

        stage.fakes.clock.advance(40 * DAY);
        while release_due(&stage.fakes.app).await.unwrap() > 0 {}
        assert_eq!(stage.status(held.id).await, CommissionStatus::Pending);
        assert_eq!(stage.balances().await, (1_200, 0));
        stage
            .act(case, Deed::Release { mute: false })
            .await
            .unwrap();
        assert_eq!(stage.balances().await, (0, 1_200), "payable at once");
    })
    .await;
}

#[tokio::test]
async fn j4_every_decision_can_be_taken_back_and_the_books_follow() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (held, case) = stage.own_purchase().await;
        let reason = ReversalReason::SelfReferral;
        stage.act(case, Deed::Reject(reason)).await.unwrap();
        assert_eq!(stage.balances().await, (0, 0));
        assert_eq!(stage.status(held.id).await, CommissionStatus::Rejected);
        stage.act(case, Deed::Reopen).await.unwrap();
        assert_eq!(stage.balances().await, (1_200, 0));
        stage
            .act(case, Deed::Release { mute: false })
            .await
            .unwrap();
        stage.act(case, Deed::Reopen).await.unwrap();
        let again = commission::get(&stage.fakes.app, &stage.world.owner, held.id)
            .await
            .unwrap();
        assert!(again.book.holds.contains(&HoldReason::FraudReview));
        assert_eq!(stage.balances().await, (1_200, 0));
        let refused = stage.act(case, Deed::Reopen).await.unwrap_err();
        assert_eq!(refused.code(), "case_wrong_state");
        let found = fraud::detail(&stage.fakes.app, &stage.world.owner, case)
            .await
            .unwrap();
        let kinds: Vec<&str> = found.entries.iter().map(|e| e.kind.as_str()).collect();
        assert_eq!(
            kinds,
            ["opened", "rejected", "reopened", "released", "reopened"]
        );
    })
    .await;
}

#[tokio::test]
async fn g9_an_accepted_appeal_gives_the_money_back_and_a_declined_one_is_final() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (held, case) = stage.own_purchase().await;
        let (app, maya) = (&stage.fakes.app, stage.as_maya());
        let reason = ReversalReason::SelfReferral;
        stage.act(case, Deed::Reject(reason)).await.unwrap();
        let empty = fraud::appeal(app, &maya, held.id, " ", &[])
            .await
            .unwrap_err();
        assert_eq!(empty.code(), "invalid_input");
        let appealed = fraud::appeal(app, &maya, held.id, "My client ordered.", &[])
            .await
            .unwrap();
        assert_eq!(appealed.standing.appeal, AppealState::Open);
        assert_eq!(stage.cases("appeal").await, [case]);
        let twice = fraud::appeal(app, &maya, held.id, "Again.", &[]).await;
        assert_eq!(twice.unwrap_err().code(), "case_appealed_already");
        let accepted = stage
            .act(case, Deed::Release { mute: false })
            .await
            .unwrap();
        assert_eq!(accepted.standing.appeal, AppealState::Accepted);
        assert_eq!(
            stage.balances().await,
            (1_200, 0),
            "still in its refund period"
        );
        stage.fakes.clock.advance(31 * DAY);
        while release_due(app).await.unwrap() > 0 {}
        assert_eq!(stage.balances().await, (0, 1_200));

        let other = stage.order("order-2", "second@partner.example").await;
        let second = stage.cases("undecided").await[0];
        fraud::appeal(app, &maya, other.id, "Not me.", &[])
            .await
            .unwrap();
        let declined = stage.act(second, Deed::Reject(reason)).await.unwrap();
        assert_eq!(declined.standing.appeal, AppealState::Declined);
        let late = fraud::appeal(app, &maya, other.id, "Please.", &[]).await;
        assert_eq!(late.unwrap_err().code(), "case_appealed_already");
    })
    .await;
}

#[tokio::test]
async fn g9_only_the_partner_in_person_appeals_and_sees_no_notes() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (held, case) = stage.own_purchase().await;
        let app = &stage.fakes.app;
        let omar = stage.world.member(app, "omar").await;
        let somebody = |id, impersonator| Actor::Partner {
            tenant: stage.world.tenant,
            id,
            impersonator,
        };
        let other = somebody(omar.partner.id, None);
        let refused = fraud::appeal(app, &other, held.id, "x", &[])
            .await
            .unwrap_err();
        assert_eq!(refused.code(), "not_found");
        assert_eq!(fraud::of_partner(app, &other, held.id).await.unwrap(), None);
        let eyes = somebody(stage.maya.partner.id, Some(app.id()));
        let refused = fraud::appeal(app, &eyes, held.id, "x", &[])
            .await
            .unwrap_err();
        assert_eq!(refused.code(), "forbidden");
        let owner = &stage.world.owner;
        fraud::act(app, owner, case, Deed::Note, "Known to us.")
            .await
            .unwrap();
        fraud::act(app, owner, case, Deed::Ask, "Who ordered?")
            .await
            .unwrap();
        let seen = fraud::of_partner(app, &stage.as_maya(), held.id)
            .await
            .unwrap()
            .unwrap();
        let kinds: Vec<&str> = seen.entries.iter().map(|e| e.kind.as_str()).collect();
        assert_eq!(kinds, ["opened", "asked"]);
        assert_eq!(seen.case.standing.state, CaseState::Waiting);
        let back = fraud::reply(app, &stage.as_maya(), held.id, "A client.", &[]).await;
        assert_eq!(back.unwrap().standing.state, CaseState::Open);
        let stranger = World::new(app, "globex", &ten_percent()).await;
        let foreign = fraud::detail(app, &stranger.owner, case).await.unwrap_err();
        assert_eq!(foreign.code(), "not_found");
    })
    .await;
}

#[tokio::test]
async fn j4_an_unanswered_case_is_told_once_and_stays_held() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (held, _) = stage.own_purchase().await;
        let app = &stage.fakes.app;
        stage.fakes.clock.advance(71 * HOUR);
        assert_eq!(fraud::escalate_due(app).await.unwrap(), 0);
        stage.fakes.clock.advance(2 * HOUR);
        assert_eq!(fraud::escalate_due(app).await.unwrap(), 1);
        assert_eq!(fraud::escalate_due(app).await.unwrap(), 0);
        assert_eq!(stage.cases("overdue").await.len(), 1);
        let counts = fraud::counts(app, &stage.world.owner, None).await.unwrap();
        assert_eq!((counts.open, counts.overdue), (1, 1));
        assert_eq!(stage.status(held.id).await, CommissionStatus::Pending);
    })
    .await;
}

#[tokio::test]
async fn j4_deciding_on_the_commission_decides_its_case() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let honest = stage.order("order-1", "kim@customer.example").await;
        assert!(stage.cases("").await.is_empty());
        let (app, owner) = (&stage.fakes.app, &stage.world.owner);
        let act = async |act| {
            commission::act(app, owner, honest.id, act, "why")
                .await
                .unwrap()
        };
        act(Act::Hold(HoldReason::TrafficReview)).await;
        let case = stage.cases("open").await[0];
        act(Act::Reject(ReversalReason::TermsViolation)).await;
        assert_eq!(stage.cases("rejected").await, [case]);
        act(Act::Reinstate).await;
        assert_eq!(stage.cases("open").await, [case]);
        act(Act::Release(HoldReason::TrafficReview)).await;
        assert_eq!(stage.cases("released").await, [case]);
    })
    .await;
}

#[tokio::test]
async fn j2_an_office_behind_one_address_is_noted_and_not_held() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        // Every click of this world comes from one address.
        for n in 0..9 {
            let order = stage
                .order(&format!("order-{n}"), &format!("c{n}@customer.example"))
                .await;
            let usual = [HoldReason::RefundWindow];
            assert!(order.book.holds.iter().eq(&usual), "{:?}", order.book.holds);
        }
        assert!(stage.cases("").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn j1_a_known_mailbox_under_a_new_account_is_held_until_somebody_says_it_is_fine() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        stage.order("order-1", "kim@customer.example").await;
        let again = stage.order("order-2", "kim@customer.example").await;
        assert!(again.book.holds.contains(&HoldReason::FraudReview));
        let case = stage.cases("open").await[0];
        stage.act(case, Deed::Release { mute: true }).await.unwrap();
        let third = stage.order("order-3", "kim@customer.example").await;
        assert!(!third.book.holds.contains(&HoldReason::FraudReview));
    })
    .await;
}

#[tokio::test]
async fn j4_a_draft_says_what_it_would_have_done_before_it_is_saved() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner, id) = (&stage.fakes.app, &stage.world.owner, stage.world.program.id);
        for n in 0..3 {
            stage
                .order(&format!("order-{n}"), &format!("c{n}@customer.example"))
                .await;
        }
        let mut draft = Policy::for_new_program(stage.world.program.created_at);
        draft.thresholds.fastest_conversion_millis = 3_600_000;
        let report = fraud::replay(app, owner, id, &draft, 30).await.unwrap();
        assert_eq!(report.conversions, 3);
        assert_eq!(
            report.held.0.commissions, 0,
            "ten minutes are not too fast now"
        );
        let then = &report.held.1;
        assert_eq!(
            (then.commissions, then.amount.minor, then.partners),
            (3, 3_600, 1)
        );
        assert!(stage.cases("").await.is_empty(), "nothing was changed");
        let mut setting = draft.of(SignalKind::TooFast);
        setting.trial_until = None;
        draft.set(SignalKind::TooFast, setting).unwrap();
        assert_eq!(fraud::publish(app, owner, id, &draft).await.unwrap(), 1);
        let fast = stage.order("order-9", "c9@customer.example").await;
        assert!(fast.book.holds.contains(&HoldReason::TrafficReview));
        setting.action = SignalAction::Reject;
        draft.set(SignalKind::TooFast, setting).unwrap();
        fraud::publish(app, owner, id, &draft).await.unwrap();
        let gone = stage.order("order-10", "c10@customer.example").await;
        assert_eq!(gone.book.status(), CommissionStatus::Rejected);
        assert_eq!(gone.reason_code, "terms_violation");
        draft.thresholds.velocity_mad = 0;
        let refused = fraud::publish(app, owner, id, &draft).await.unwrap_err();
        assert_eq!(refused.code(), "invalid_input");
    })
    .await;
}

fn pdf(name: &str, bytes: usize) -> NewFile {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(bytes.max(content.len()), b' ');
    NewFile {
        name: name.to_owned(),
        content,
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn g9_evidence_reaches_the_team_and_the_partner_alone_and_goes_with_the_partner() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (held, case) = stage.own_purchase().await;
        let (app, maya, owner) = (&stage.fakes.app, stage.as_maya(), &stage.world.owner);
        let many = vec![pdf("a.pdf", 9); 4];
        let page = NewFile {
            name: "a.pdf".to_owned(),
            content: b"<html><script>alert(1)</script>".to_vec(),
        };
        for (files, code) in [
            (many, "too_many_files"),
            (
                vec![pdf("a.pdf", 2_000_001), pdf("b.pdf", 2_000_000)],
                "files_too_large",
            ),
            (vec![pdf("a.pdf", 9), page], "not_a_file_kind"),
        ] {
            let refused = fraud::appeal(app, &maya, held.id, "See.", &files).await;
            let Err(AppError::Invalid(errors)) = refused else {
                panic!("{code} was taken");
            };
            assert_eq!((errors[0].field.as_str(), errors[0].code), ("files", code));
        }
        let before = fraud::of_partner(app, &maya, held.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (before.files.len(), before.case.standing.appeal),
            (0, AppealState::None)
        );
        let files = [pdf("Заказ \u{7}клиента.pdf", 2_000_000), pdf("b.pdf", 9)];
        fraud::appeal(app, &maya, held.id, "See.", &files)
            .await
            .unwrap();
        let found = fraud::detail(app, owner, case).await.unwrap();
        assert_eq!(found.files.len(), 2);
        let kept = found.files.iter().find(|file| file.size > 9).unwrap();
        assert_eq!(
            (kept.name.as_str(), kept.size),
            ("Заказ клиента.pdf", 2_000_000)
        );
        let appealed = found.entries.iter().find(|entry| entry.kind == "appealed");
        assert_eq!(Some(kept.entry), appealed.map(|entry| entry.id));
        let saved = fraud::file(app, owner, case, kept.id).await.unwrap();
        let ours = ["evidence-1.pdf", "evidence-2.pdf"];
        assert!(ours.contains(&saved.name.as_str()), "{}", saved.name);
        assert_eq!(saved.media_type, "application/pdf");
        assert_eq!(saved.content, files[0].content);
        let own = fraud::file_of_partner(app, &maya, held.id, kept.id).await;
        assert_eq!(own.unwrap().content, files[0].content);

        let omar = stage.world.member(app, "omar").await;
        let other = Actor::Partner {
            tenant: stage.world.tenant,
            id: omar.partner.id,
            impersonator: None,
        };
        let foreign = fraud::file_of_partner(app, &other, held.id, kept.id).await;
        assert_eq!(foreign.unwrap_err().code(), "not_found");
        let stranger = World::new(app, "globex", &ten_percent()).await;
        let foreign = fraud::file(app, &stranger.owner, case, kept.id).await;
        assert_eq!(foreign.unwrap_err().code(), "not_found");
        let by_partner = fraud::file(app, &maya, case, kept.id).await;
        assert_eq!(by_partner.unwrap_err().code(), "forbidden");

        comity_app::partner::leave(app, &maya).await.unwrap();
        let left = fraud::detail(app, owner, case).await.unwrap();
        assert_eq!(
            (left.files.len(), left.entries.len()),
            (0, found.entries.len())
        );
    })
    .await;
}
