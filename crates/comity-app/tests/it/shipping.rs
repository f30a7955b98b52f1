//! Clicks from the spool: the same rows, touches and counts however they are cut into batches.

use comity_app::tracking::{Click, ShippedClick, ship_clicks};
use comity_domain::time::MINUTE;
use comity_domain::{ClickId, Timestamp, VisitorId};
use comity_store::click::{self, Counts, Touch};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

/// More than one statement's worth of rows, over two days in any zone.
const CLICKS: i64 = 700;

struct Scene {
    fakes: Fakes,
    world: World,
    members: [Member; 2],
    start: Timestamp,
}

impl Scene {
    async fn new(store: comity_store::Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let members = [
            world.member(&fakes.app, "maya").await,
            world.member(&fakes.app, "noor").await,
        ];
        let start = fakes.app.now();
        Self {
            fakes,
            world,
            members,
            start,
        }
    }

    /// Every third is a machine's, every seventh repeats the one before it in another browser.
    fn clicks(&self) -> Vec<ShippedClick> {
        let app = &self.fakes.app;
        let mut clicks: Vec<ShippedClick> = Vec::new();
        for n in 0..CLICKS {
            let member = &self.members[usize::from(n % 2 == 1)];
            let at = self.start.plus(n * 4 * MINUTE);
            let repeats = clicks.last().filter(|_| n % 7 == 6);
            let (counts, class) = match (repeats, n % 3) {
                (Some(_), _) => (false, "duplicate"),
                (None, 2) => (false, "crawler"),
                _ => (true, "person"),
            };
            let link = repeats.map_or(&member.link, |first| self.link_of(first));
            let click = Click {
                id: comity_app::port::Random::id(app.random.as_ref(), at).into(),
                tenant: self.world.tenant,
                program: self.world.program.id,
                link: link.id,
                partner: link.partner,
                enrollment: link.enrollment,
                visitor: app.id(),
                at,
                class: class.to_owned(),
                reason: class.to_owned(),
                qr: n % 5 == 0,
                ip_prefix: "203.0.113.0/24".to_owned(),
                ip_hash: vec![1; 16],
                user_agent: format!("Mozilla/5.0 Мир {n}"),
                referrer: String::new(),
                destination: link.destination.clone(),
                sub_ids_json: "{}".to_owned(),
            };
            let stands_for = repeats.map(|first| first.click.id);
            clicks.push(ShippedClick {
                click,
                counts,
                stands_for,
            });
        }
        clicks
    }

    fn link_of(&self, shipped: &ShippedClick) -> &comity_domain::link::Link {
        let of = |member: &&Member| member.link.id == shipped.click.link;
        &self
            .members
            .iter()
            .find(of)
            .unwrap_or(&self.members[0])
            .link
    }

    async fn days(&self) -> Vec<(String, Counts)> {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        click::by_day(
            &mut tx,
            self.world.tenant,
            None,
            None,
            "2000-01-01",
            "2100-01-01",
        )
        .await
        .unwrap()
    }

    async fn click(&self, id: ClickId) -> Option<Click> {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        click::get(&mut tx, self.world.tenant, id).await.unwrap()
    }

    async fn touches(&self, visitor: VisitorId) -> Vec<Touch> {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let (tenant, program) = (self.world.tenant, self.world.program.id);
        click::touches(&mut tx, tenant, visitor, program, 10)
            .await
            .unwrap()
    }
}

fn sums(days: &[(String, Counts)]) -> (i64, i64) {
    days.iter().fold((0, 0), |(clicks, filtered), (_, day)| {
        (clicks + day.clicks, filtered + day.filtered)
    })
}

/// Invariant 1: a batch that was shipped in part, or whole, before the crash counts once.
#[tokio::test]
async fn a_batch_counts_once_whatever_was_stored_of_it_before() {
    on_both(|store| async move {
        let scene = Scene::new(store).await;
        let app = &scene.fakes.app;
        let clicks = scene.clicks();
        let counted = clicks.iter().filter(|c| c.counts).count();
        let expected = (
            i64::try_from(counted).unwrap(),
            CLICKS - i64::try_from(counted).unwrap(),
        );
        // The first part at once; then all, some of which is known; then all again.
        ship_clicks(app, &clicks[..500]).await.unwrap();
        ship_clicks(app, &clicks).await.unwrap();
        let days = scene.days().await;
        assert_eq!(sums(&days), expected);
        assert!(days.len() > 1, "the clicks lie on several days");
        ship_clicks(app, &clicks).await.unwrap();
        assert_eq!(scene.days().await, days);
        for shipped in [&clicks[0], &clicks[255], &clicks[256], &clicks[699]] {
            let stored = scene.click(shipped.click.id).await;
            assert_eq!(stored.as_ref(), Some(&shipped.click));
        }
    })
    .await;
}

/// A batch at once and click by click leave the same: counts, touches, stand-ins.
#[tokio::test]
async fn at_once_and_one_by_one_are_the_same() {
    on_both(|store| async move {
        let scene = Scene::new(store).await;
        let app = &scene.fakes.app;
        let (at_once, one_by_one) = (scene.clicks(), scene.clicks());
        ship_clicks(app, &at_once).await.unwrap();
        let first = scene.days().await;
        for shipped in &one_by_one {
            ship_clicks(app, std::slice::from_ref(shipped))
                .await
                .unwrap();
        }
        let doubled: Vec<(String, Counts)> = first
            .iter()
            .map(|(day, counts)| {
                let (clicks, filtered) = (2 * counts.clicks, 2 * counts.filtered);
                let twice = Counts {
                    clicks,
                    filtered,
                    ..*counts
                };
                (day.clone(), twice)
            })
            .collect();
        assert_eq!(scene.days().await, doubled);
        for clicks in [at_once, one_by_one] {
            for shipped in clicks.iter().filter(|c| c.stands_for.is_some()).take(20) {
                let touches = scene.touches(shipped.click.visitor).await;
                let named: Vec<ClickId> = touches.iter().map(|touch| touch.click).collect();
                assert!(named.contains(&shipped.click.id));
                assert!(named.contains(&shipped.stands_for.unwrap()), "{named:?}");
            }
        }
    })
    .await;
}

/// A click of a program that is gone is kept, and counts nowhere.
#[tokio::test]
async fn a_click_without_its_program_is_kept() {
    on_both(|store| async move {
        let scene = Scene::new(store).await;
        let mut clicks = scene.clicks();
        clicks.truncate(3);
        clicks[1].click.program = scene.fakes.app.id();
        ship_clicks(&scene.fakes.app, &clicks).await.unwrap();
        assert!(scene.click(clicks[1].click.id).await.is_some());
        assert!(scene.touches(clicks[1].click.visitor).await.is_empty());
        assert_eq!(sums(&scene.days().await), (1, 1));
    })
    .await;
}
