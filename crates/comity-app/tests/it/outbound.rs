//! Webhooks to subscribers: signed, repeated on schedule, switched off when nobody wants them.

use comity_app::event::{Happened, emit};
use comity_app::integration::jobs;
use comity_app::integration::outbound::{
    NewEndpoint, create, deliveries, get, replay, rotate, send_test, set_paused,
};
use comity_app::job::{Registry, run_due};
use comity_app::port::HttpReply;
use comity_domain::integration::inbound::verify::{Signed, standard};
use comity_domain::time::{DAY, MINUTE};
use comity_store::Store;
use comity_store::endpoint::Endpoint;
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{World, ten_percent};

struct Scene {
    fakes: Fakes,
    world: World,
    endpoint: Endpoint,
}

impl Scene {
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let input = NewEndpoint {
            url: "https://hooks.example/comity".to_owned(),
            kinds: vec!["commission.created".to_owned()],
            description: String::new(),
        };
        let endpoint = create(&fakes.app, &world.owner, input).await.unwrap();
        Self {
            fakes,
            world,
            endpoint,
        }
    }

    async fn happen(&self, kind: &'static str) {
        let happened = Happened {
            tenant: self.world.tenant,
            program: Some(self.world.program.id),
            partner: None,
            kind,
            body: serde_json::json!({ "n": 1 }),
        };
        let mut tx = self.fakes.app.store.write().await.unwrap();
        emit(&mut tx, &self.fakes.app, &happened).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn work(&self) {
        let registry = jobs(Registry::default());
        while run_due(&self.fakes.app, &registry).await.unwrap() > 0 {}
    }

    fn answer(&self, status: u16) {
        let reply = HttpReply {
            status,
            retry_after_seconds: None,
            excerpt: "as told".to_owned(),
            duration_ms: 3,
        };
        *self.fakes.http.answer.lock().unwrap() = Ok(reply);
    }

    fn sent(&self) -> usize {
        self.fakes.http.sent.lock().unwrap().len()
    }

    async fn log(&self) -> Vec<(String, i64)> {
        let (app, owner) = (&self.fakes.app, &self.world.owner);
        let log = deliveries(app, owner, self.endpoint.id, ("", ""), None, 50)
            .await
            .unwrap();
        log.into_iter()
            .map(|(delivery, _)| (delivery.status, delivery.attempts))
            .collect()
    }
}

#[tokio::test]
async fn a_message_is_signed_and_goes_only_to_who_wants_it() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        scene.happen("link.created").await;
        scene.happen("commission.created").await;
        scene.work().await;
        assert_eq!(scene.log().await, [("delivered".to_owned(), 1)]);
        let sent = scene.fakes.http.sent.lock().unwrap()[0].clone();
        let header = |name: &str| {
            let found = sent.headers.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| value.as_str())
        };
        let message = Signed {
            header: &header,
            body: &sent.body,
        };
        let secrets = [scene.endpoint.secret.as_str()];
        standard::verify(message, &secrets, scene.fakes.app.now()).unwrap();
        let body: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(body["type"], "commission.created");
        assert_eq!(body["data"]["n"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_failure_is_tried_again_and_a_replay_keeps_the_message_id() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        scene.answer(500);
        scene.happen("commission.created").await;
        scene.work().await;
        assert_eq!(scene.log().await, [("waiting".to_owned(), 1)]);
        scene.fakes.clock.advance(MINUTE);
        scene.work().await;
        assert_eq!(scene.log().await, [("waiting".to_owned(), 2)]);
        scene.answer(204);
        scene.fakes.clock.advance(DAY);
        scene.work().await;
        assert_eq!(scene.log().await, [("delivered".to_owned(), 3)]);
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let log = deliveries(app, owner, scene.endpoint.id, ("", ""), None, 50)
            .await
            .unwrap();
        replay(app, owner, log[0].0.id).await.unwrap();
        scene.work().await;
        let sent = scene.fakes.http.sent.lock().unwrap();
        let ids: std::collections::BTreeSet<_> =
            sent.iter().map(|sent| sent.headers[1].1.clone()).collect();
        assert_eq!((sent.len(), ids.len()), (4, 1));
    })
    .await;
}

#[tokio::test]
async fn gone_switches_the_endpoint_off_and_resuming_switches_it_on() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let (app, owner, id) = (&scene.fakes.app, &scene.world.owner, scene.endpoint.id);
        scene.answer(410);
        scene.happen("commission.created").await;
        scene.work().await;
        assert_eq!(get(app, owner, id).await.unwrap().status, "gone");
        scene.happen("commission.created").await;
        scene.work().await;
        assert_eq!(scene.sent(), 1);
        scene.answer(200);
        set_paused(app, owner, id, false).await.unwrap();
        rotate(app, owner, id).await.unwrap();
        send_test(app, owner, id).await.unwrap();
        scene.work().await;
        let sent = scene.fakes.http.sent.lock().unwrap();
        assert_eq!(sent.len(), 2);
        // Old and new secret sign while one replaces the other.
        assert_eq!(sent[1].headers[3].1.split(' ').count(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_cannot_be_called_is_refused_by_field() {
    let (store, _dir) = comity_testkit::database::sqlite().await;
    let scene = Scene::new(store).await;
    for url in [
        "",
        "hooks.example",
        "ftp://hooks.example",
        "https://user:pass@hooks.example",
    ] {
        let input = NewEndpoint {
            url: url.to_owned(),
            kinds: vec!["nothing.known".to_owned()],
            description: String::new(),
        };
        let error = create(&scene.fakes.app, &scene.world.owner, input)
            .await
            .unwrap_err();
        let comity_app::AppError::Invalid(fields) = error else {
            panic!("{url} is taken")
        };
        assert_eq!(fields.len(), 2, "{url}");
    }
}
