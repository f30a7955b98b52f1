//! What a browser told: leads count, sales need somebody else's word (issue 3).

use comity_app::program::{ProgramChange, update_settings};
use comity_app::tracking::{self, EventFilter, Heard, NewEvent, hear, record, take_hint};
use comity_domain::program::BrowserSales;
use comity_domain::tracking::{EventKind, Hint, HintSource};
use comity_domain::{ClickId, Currency, Money, RawId, Timestamp};
use comity_store::Store;
use comity_store::event::Event;
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

struct Scene {
    fakes: Fakes,
    world: World,
    maya: Member,
    click: ClickId,
}

impl Scene {
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let click = world.click(&fakes.app, &maya, fakes.app.now()).await;
        Self {
            fakes,
            world,
            maya,
            click,
        }
    }

    fn sale(&self) -> Heard {
        let hint = Hint {
            kind: "sale".to_owned(),
            external_id: "order-1".to_owned(),
            click: Some(self.click),
            amount_minor: 99_900,
            coupon: "MAYA10".to_owned(),
            ..Hint::new(HintSource::Script)
        };
        self.heard(hint)
    }

    fn heard(&self, hint: Hint) -> Heard {
        Heard {
            tenant: self.world.tenant,
            program: self.world.program.id,
            at: self.fakes.app.now(),
            hint,
        }
    }

    async fn told(&self, heard: Heard) {
        take_hint(&self.fakes.app, heard).await.unwrap();
    }

    async fn choose(&self, choice: BrowserSales) {
        let mut change = ProgramChange::from(&self.world.program);
        change.settings.browser_sales = choice;
        let id = self.world.program.id;
        update_settings(&self.fakes.app, &self.world.owner, id, change)
            .await
            .unwrap();
    }

    async fn events(&self) -> Vec<Event> {
        let filter = EventFilter::default();
        tracking::events(&self.fakes.app, &self.world.owner, &filter, None, 10)
            .await
            .unwrap()
    }

    fn confirmation(&self, cents: i64) -> NewEvent {
        self.world.event(EventKind::Sale, "order-1", cents)
    }
}

#[tokio::test]
async fn a_browsers_lead_counts_at_the_time_it_was_told() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let hint = Hint {
            kind: "lead".to_owned(),
            external_id: "lead-1".to_owned(),
            click: Some(scene.click),
            email: "ann@buyer.example".to_owned(),
            ..Hint::new(HintSource::Script)
        };
        let heard = scene.heard(hint);
        scene.fakes.clock.advance(comity_domain::time::HOUR);
        scene.told(heard.clone()).await;
        scene.told(heard.clone()).await;
        let [event] = &scene.events().await[..] else {
            panic!("one event")
        };
        assert_eq!(
            (event.status.as_str(), event.source.as_str()),
            ("decided", "script")
        );
        assert_eq!(event.occurred_at, heard.at);
        assert!(event.customer.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_browsers_sale_waits_for_the_shop_and_brings_its_click() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        scene.told(scene.sale()).await;
        let waiting = scene.events().await.remove(0);
        assert_eq!(
            (waiting.status.as_str(), waiting.status_reason.as_str()),
            ("parked", "unverified")
        );
        // The shop's word: its amount, no click, no coupon.
        let app = &scene.fakes.app;
        let sale = scene.confirmation(12_000);
        let recorded = record(app, &scene.world.owner, "api", sale.clone())
            .await
            .unwrap();
        assert!(!recorded.repeated);
        assert_eq!(recorded.event.id, waiting.id);
        assert_eq!(
            (recorded.event.source.as_str(), recorded.event.amount.minor),
            ("api", 12_000)
        );
        let [commission] = &recorded.commissions[..] else {
            panic!("{:?}", recorded.commissions)
        };
        assert_eq!(commission.enrollment, scene.maya.enrollment.id);
        assert_eq!(commission.book.amount, Money::new(1_200, Currency::EUR));
        assert!(
            recorded.event.body_json.contains("comity.click_from"),
            "the trace says whose word the click is"
        );
        assert!(
            !recorded.event.body_json.contains("MAYA10"),
            "a browser's coupon is not believed"
        );
        let again = record(app, &scene.world.owner, "api", sale).await.unwrap();
        assert!(again.repeated);
        scene.told(scene.sale()).await;
        assert_eq!(scene.events().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_order_of_shop_and_browser_does_not_matter() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let app = &scene.fakes.app;
        let mut sale = scene.confirmation(12_000);
        sale.customer.external_id = "c1".to_owned();
        let first = record(app, &scene.world.owner, "api", sale).await.unwrap();
        assert!(first.commissions.is_empty());
        scene.told(scene.sale()).await;
        let [event] = &scene.events().await[..] else {
            panic!("one event")
        };
        assert_eq!((event.source.as_str(), event.amount.minor), ("api", 12_000));
        assert_eq!(event.click, Some(scene.click));
        let mut tx = app.store.read().await.unwrap();
        let earned = comity_store::commission::of_event(&mut tx, event.tenant, event.id)
            .await
            .unwrap();
        assert_eq!(earned.len(), 1);
        assert_eq!(earned[0].book.amount.minor, 1_200);
    })
    .await;
}

#[tokio::test]
async fn a_program_may_refuse_or_accept_what_browsers_say() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        scene.choose(BrowserSales::Refuse).await;
        scene.told(scene.sale()).await;
        let refused = scene.events().await.remove(0);
        assert_eq!(
            (refused.status.as_str(), refused.status_reason.as_str()),
            ("ignored", "browser_refused")
        );
        let app = &scene.fakes.app;
        let recorded = record(app, &scene.world.owner, "api", scene.confirmation(12_000))
            .await
            .unwrap();
        assert_eq!(recorded.event.status, "decided");
        assert!(
            recorded.commissions.is_empty(),
            "nothing of a refused hint is used"
        );

        scene.choose(BrowserSales::Accept).await;
        let mut second = scene.sale();
        second.hint.external_id = "order-2".to_owned();
        scene.told(second).await;
        let mut events = scene.events().await;
        events.retain(|event| event.external_id == "order-2");
        let accepted = events.remove(0);
        assert_eq!(
            (accepted.status.as_str(), accepted.amount.minor),
            ("decided", 99_900)
        );
    })
    .await;
}

#[tokio::test]
async fn an_amount_on_a_lead_claims_money_too() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let mut lead = scene.sale();
        lead.hint.kind = "lead".to_owned();
        scene.told(lead).await;
        assert_eq!(scene.events().await[0].status_reason, "unverified");
    })
    .await;
}

#[tokio::test]
async fn another_organisations_click_is_unknown_here() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let other = World::new(&scene.fakes.app, "globex", &ten_percent()).await;
        let bob = other.member(&scene.fakes.app, "bob").await;
        let theirs = other
            .click(&scene.fakes.app, &bob, scene.fakes.app.now())
            .await;
        let mut lead = scene.sale();
        lead.hint.kind = "lead".to_owned();
        lead.hint.amount_minor = 0;
        lead.hint.coupon.clear();
        lead.hint.click = Some(theirs);
        scene.told(lead).await;
        let event = scene.events().await.remove(0);
        assert_eq!(event.status_reason, "waiting_for_click");
    })
    .await;
}

#[tokio::test]
async fn a_hint_shipped_twice_is_queued_once() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let id = RawId::from_parts(Timestamp::from_seconds(1), [7; 10]);
        let batch = [(id, scene.sale())];
        let waiting = || async {
            let mut tx = scene.fakes.app.store.read().await.unwrap();
            let counts = comity_store::job::counts(&mut tx).await.unwrap();
            counts.iter().map(|(_, count)| count).sum::<i64>()
        };
        // Making the partners queued jobs of its own.
        let before = waiting().await;
        hear(&scene.fakes.app, &batch).await.unwrap();
        hear(&scene.fakes.app, &batch).await.unwrap();
        assert_eq!(waiting().await, before + 1);
    })
    .await;
}
