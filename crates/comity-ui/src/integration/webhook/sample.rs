//! The pages of webhooks with sample data.

use comity_domain::{DeliveryId, EndpointId, RawId};

use super::{Delivery, Detail, Endpoint, List, New, detail, list, made, new};
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{self, HOSTILE, Sample};

fn one(url: &str) -> Endpoint {
    Endpoint {
        id: EndpointId(RawId([1; 16])),
        url: url.to_owned(),
        description: "CRM".to_owned(),
        kinds: vec!["commission.created".to_owned()],
        status: "active".to_owned(),
        failing_since: None,
        rotating: false,
    }
}

impl List {
    /// One endpoint.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            rows: vec![one("https://hooks.acme.test/comity")],
            query: String::new(),
            next: None,
        }
    }
}

impl Detail {
    /// An endpoint with two deliveries.
    #[must_use]
    pub fn sample() -> Self {
        let delivery = |n: u8, status: &str, response| Delivery {
            id: DeliveryId(RawId([n; 16])),
            kind: "commission.created".to_owned(),
            status: status.to_owned(),
            attempts: 3,
            response,
            excerpt: "ok".to_owned(),
            at: sample::now(),
        };
        Self {
            endpoint: one("https://hooks.acme.test/comity"),
            deliveries: vec![
                delivery(1, "delivered", Some(200)),
                delivery(2, "given_up", None),
            ],
            status: String::new(),
            query: String::new(),
            next: None,
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.endpoint.url = format!("https://hooks.acme.test/{}", "x".repeat(300));
        view.endpoint.description = HOSTILE.to_owned();
        view.endpoint.status = "gone".to_owned();
        view.endpoint.rotating = true;
        view.deliveries[0].excerpt = HOSTILE.to_owned();
        view
    }
}

/// Every page with sample data.
pub(in crate::integration) fn samples() -> Vec<Sample> {
    vec![
        ("settings-webhooks", |cx| {
            list(cx, &AdminShell::sample(), &List::sample())
        }),
        ("settings-webhooks-empty", |cx| {
            let view = List {
                rows: Vec::new(),
                ..List::sample()
            };
            list(cx, &AdminShell::sample(), &view)
        }),
        ("settings-webhook-new", |cx| {
            let view = New {
                kinds: &["commission.created", "payout.paid"],
                chosen: vec!["payout.paid".to_owned()],
                form: FormState::default().error("url", HOSTILE),
            };
            new(cx, &AdminShell::sample(), &view)
        }),
        ("settings-webhook-made", |cx| {
            made(
                cx,
                &AdminShell::sample(),
                EndpointId(RawId([1; 16])),
                "whsec_c2VjcmV0",
            )
        }),
        ("settings-webhook", |cx| {
            detail(cx, &AdminShell::sample(), &Detail::sample())
        }),
        ("settings-webhook-hostile", |cx| {
            detail(cx, &AdminShell::sample(), &Detail::hostile())
        }),
    ]
}
