//! Files of other systems: mapped, brought in through the use cases, resumed after a stop (Y11, X18).

use comity_app::integration::import::{
    NewImport, choose, error_report, failures, get, preview, start, stop, upload,
};
use comity_app::integration::jobs;
use comity_app::job::{Registry, run_due};
use comity_domain::Actor;
use comity_domain::integration::import::Field;
use comity_domain::ledger::Account;
use comity_store::import::Import;
use comity_store::{Store, ledger, partner};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{World, ten_percent};

struct Scene {
    fakes: Fakes,
    world: World,
}

impl Scene {
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        Self { fakes, world }
    }

    async fn upload(&self, kind: &str, text: &str) -> Import {
        let input = NewImport {
            program: self.world.program.id,
            kind: kind.to_owned(),
            file_name: "their.csv".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        upload(&self.fakes.app, &self.world.owner, input)
            .await
            .unwrap()
    }

    async fn work(&self) {
        let registry = jobs(Registry::default());
        while run_due(&self.fakes.app, &registry).await.unwrap() > 0 {}
    }

    async fn bring(&self, kind: &str, text: &str) -> Import {
        let import = self.upload(kind, text).await;
        start(&self.fakes.app, &self.world.owner, import.id)
            .await
            .unwrap();
        self.work().await;
        get(&self.fakes.app, &self.world.owner, import.id)
            .await
            .unwrap()
    }

    async fn partners(&self) -> i64 {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let counts = partner::status_counts(&mut tx, self.world.tenant, None)
            .await
            .unwrap();
        counts.iter().map(|(_, n)| *n).sum()
    }
}

const PARTNERS: &str = "Email;Name;Coupon\nada@a.example;Ada;ADA10\nnot an address;Ben;\nada@a.example;Ada again;\ncy@c.example;Cy;\n";

#[tokio::test]
async fn y11_partners_come_in_once_and_their_past_sales_are_credited() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let import = scene.bring("partners", PARTNERS).await;
        let state = (import.status.as_str(), import.rows_done, import.rows_failed);
        assert_eq!(state, ("done", 4, 2));
        let codes: Vec<_> = failures(&import)
            .into_iter()
            .map(|f| (f.row, f.code))
            .collect();
        assert_eq!(
            codes,
            [(2, "not_email".to_owned()), (3, "duplicate_row".to_owned())]
        );
        assert_eq!(scene.partners().await, 2);
        assert_eq!(scene.bring("partners", PARTNERS).await.rows_failed, 2);
        assert_eq!(scene.partners().await, 2);
        let events = "order,amount,currency,date,email\n1001,200.00,EUR,2026-12-01,ada@a.example\n";
        let events = events.replace("2026", "2025");
        let events = scene.bring("events", &events).await;
        assert_eq!(
            (events.rows_done, events.rows_failed),
            (1, 0),
            "{}",
            events.errors_json
        );
        let mut tx = scene.fakes.app.store.read().await.unwrap();
        let ada = partner::by_email(&mut tx, scene.world.tenant, "ada@a.example")
            .await
            .unwrap()
            .unwrap();
        let member = partner::enrollments(&mut tx, scene.world.tenant, ada.id)
            .await
            .unwrap();
        let account = Account::Pending(member[0].id);
        let owed = ledger::balance(
            &mut tx,
            scene.world.tenant,
            account,
            scene.world.program.currency,
        );
        assert_eq!(owed.await.unwrap().minor, -2_000);
    })
    .await;
}

#[tokio::test]
async fn x18_a_stopped_import_goes_on_where_it_was() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let rows: String = (0..150)
            .map(|n| format!("p{n}@many.example,P{n}\n"))
            .collect();
        let import = scene
            .upload("partners", &format!("email,name\n{rows}"))
            .await;
        start(app, owner, import.id).await.unwrap();
        let registry = jobs(Registry::default());
        run_due(app, &registry).await.unwrap();
        let halfway = stop(app, owner, import.id).await.unwrap();
        assert_eq!(halfway.rows_done, 100);
        scene.work().await;
        assert_eq!(scene.partners().await, 100);
        start(app, owner, import.id).await.unwrap();
        scene.work().await;
        let done = get(app, owner, import.id).await.unwrap();
        assert_eq!(
            (done.status.as_str(), done.rows_done, done.rows_failed),
            ("done", 150, 0)
        );
        assert_eq!(scene.partners().await, 150);
    })
    .await;
}

#[tokio::test]
async fn the_mapping_can_be_corrected_and_the_report_is_safe_to_open() {
    let (store, _dir) = comity_testkit::database::sqlite().await;
    let scene = Scene::new(store).await;
    let (app, owner) = (&scene.fakes.app, &scene.world.owner);
    let import = scene
        .upload(
            "partners",
            "who,what\n=HYPERLINK(1),Eve\nfay@f.example,Fay\n",
        )
        .await;
    let before = preview(app, owner, import.id).await.unwrap();
    assert_eq!(before.lacking, Field::Email.code());
    assert_eq!(
        start(app, owner, import.id).await.unwrap_err().code(),
        "mapping_incomplete"
    );
    let chosen = [("email", "who"), ("name", "what")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    choose(app, owner, import.id, &chosen).await.unwrap();
    let after = preview(app, owner, import.id).await.unwrap();
    assert_eq!((after.lacking, after.ready, after.broken), ("", 1, 1));
    start(app, owner, import.id).await.unwrap();
    scene.work().await;
    let report = error_report(app, owner, import.id).await.unwrap();
    assert_eq!(
        report,
        "line,problem,who,what\n2,not_email,'=HYPERLINK(1),Eve\n"
    );
    let stranger = Actor::System { tenant: app.id() };
    assert_eq!(
        get(app, &stranger, import.id).await.unwrap_err().code(),
        "not_found"
    );
}
