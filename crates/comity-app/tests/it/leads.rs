//! Leads partners submit: one person once, nobody the brand knows already.

use comity_app::tracking::{
    EventFilter, NewCustomer, NewLead, SubmittedLead, events, record, submit_lead, submitted_leads,
};
use comity_app::{AppError, attribution};
use comity_domain::Actor;
use comity_domain::attribution::TouchKind;
use comity_domain::time::{DAY, HOUR};
use comity_domain::tracking::EventKind;
use comity_store::Store;
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

fn partner(world: &World, member: &Member) -> Actor {
    Actor::Partner {
        tenant: world.tenant,
        id: member.partner.id,
        impersonator: None,
    }
}

async fn submit(
    fakes: &Fakes,
    world: &World,
    member: &Member,
    email: &str,
) -> Result<SubmittedLead, AppError> {
    let new = NewLead {
        enrollment: member.enrollment.id,
        email: email.to_owned(),
        name: "Ann Brown".to_owned(),
        company: String::new(),
        note: String::new(),
    };
    submit_lead(&fakes.app, &partner(world, member), new).await
}

#[tokio::test]
async fn a_submitted_lead_is_an_event_and_the_later_sale_is_the_partners() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let lead = submit(&fakes, &world, &maya, " Ann@Buyer.example ")
            .await
            .unwrap();
        assert_eq!(
            (lead.status.as_str(), lead.reason.as_str()),
            ("accepted", "")
        );
        let all = events(&fakes.app, &world.owner, &EventFilter::default(), None, 10)
            .await
            .unwrap();
        let [event] = &all[..] else { panic!("{all:?}") };
        assert_eq!(
            (
                event.kind.as_str(),
                event.source.as_str(),
                event.status.as_str()
            ),
            ("lead", "partner", "decided")
        );

        // Another partner's click does not take the person away, the shop knows the address only.
        let bob = world.member(&fakes.app, "bob").await;
        fakes.clock.advance(HOUR);
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.click = Some(world.click(&fakes.app, &bob, fakes.app.now()).await);
        sale.customer = NewCustomer {
            external_id: "c1".to_owned(),
            email: "ann@buyer.example".to_owned(),
            ..NewCustomer::default()
        };
        let recorded = record(&fakes.app, &world.owner, "api", sale).await.unwrap();
        assert_eq!(recorded.commissions.len(), 1);
        assert_eq!(recorded.commissions[0].enrollment, maya.enrollment.id);
        let decision = recorded.decision.unwrap();
        let mut tx = fakes.app.store.read().await.unwrap();
        let stored = attribution::stored_decision(&mut tx, world.tenant, recorded.event.id)
            .await
            .unwrap();
        assert_eq!(stored.as_ref(), Some(&decision));
        assert!(
            decision
                .considered
                .iter()
                .any(|c| c.touch.kind == TouchKind::EmailClaim)
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_is_named_twice_and_nobody_who_is_known() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let bob = world.member(&fakes.app, "bob").await;
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.customer.external_id = "c1".to_owned();
        sale.customer.email = "old@buyer.example".to_owned();
        record(&fakes.app, &world.owner, "api", sale).await.unwrap();
        assert!(
            submit(&fakes, &world, &maya, "ann@buyer.example")
                .await
                .unwrap()
                .reason
                .is_empty()
        );
        for (member, email, reason) in [
            (&bob, "ANN@buyer.example", "already_submitted"),
            (&maya, "ann@buyer.example", "already_submitted"),
            (&bob, "old@buyer.example", "known_customer"),
            (&maya, "maya@partner.example", "own_address"),
        ] {
            let lead = submit(&fakes, &world, member, email).await.unwrap();
            assert_eq!(
                (lead.status.as_str(), lead.reason.as_str()),
                ("refused", reason),
                "{email}"
            );
        }
        let all = events(&fakes.app, &world.owner, &EventFilter::default(), None, 10)
            .await
            .unwrap();
        assert_eq!(all.len(), 2, "refused ones are no events");
        let mine = submitted_leads(
            &fakes.app,
            &partner(&world, &bob),
            bob.enrollment.id,
            None,
            "OLD",
            10,
        )
        .await
        .unwrap();
        assert_eq!(mine.len(), 1);
        let foreign = submitted_leads(
            &fakes.app,
            &partner(&world, &bob),
            maya.enrollment.id,
            None,
            "",
            10,
        )
        .await;
        assert!(matches!(foreign, Err(AppError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn bad_leads_are_refused_by_field_and_a_list_is_too_much() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        for (email, code) in [
            ("", "required"),
            ("ann", "not_an_email"),
            ("a@b.c\r\nBcc: x@y.z", "not_an_email"),
        ] {
            match submit(&fakes, &world, &maya, email).await {
                Err(AppError::Invalid(errors)) => {
                    assert_eq!((errors[0].field.as_str(), errors[0].code), ("email", code))
                }
                other => panic!("{email:?}: {other:?}"),
            }
        }
        for n in 0..100 {
            submit(&fakes, &world, &maya, &format!("p{n}@buyer.example"))
                .await
                .unwrap();
        }
        let more = submit(&fakes, &world, &maya, "one@more.example").await;
        assert!(matches!(more, Err(AppError::Conflict("too_many_leads"))));
        fakes.clock.advance(DAY + HOUR);
        submit(&fakes, &world, &maya, "one@more.example")
            .await
            .unwrap();
    })
    .await;
}
