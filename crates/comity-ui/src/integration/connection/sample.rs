//! The pages of connections with sample data.

use comity_domain::{ConnectionId, InboxId, RawId};

use super::{Connection, Detail, List, Message, New, detail, list, made, new};
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{self, HOSTILE, Sample};

fn one(name: &str) -> Connection {
    Connection {
        id: ConnectionId(RawId([1; 16])),
        name: name.to_owned(),
        kind: "stripe".to_owned(),
        program: "Acme Affiliates".to_owned(),
        paused: false,
        address: "https://partners.acme.test/hooks/stripe/cnx_01".to_owned(),
        has_secret: true,
        rotating: true,
        last_event_at: Some(sample::now()),
        failed: 2,
    }
}

impl List {
    /// One connection.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            rows: vec![one("Stripe")],
            query: String::new(),
            next: None,
        }
    }
}

impl Detail {
    /// A connection with two messages.
    #[must_use]
    pub fn sample() -> Self {
        let message = |n: u8, status: &str, detail: &str| Message {
            id: InboxId(RawId([n; 16])),
            topic: "invoice.paid".to_owned(),
            status: status.to_owned(),
            detail: detail.to_owned(),
            at: sample::now(),
        };
        Self {
            connection: one("Stripe"),
            messages: vec![
                message(1, "processed", "recorded"),
                message(2, "failed", "malformed:amount"),
            ],
            status: String::new(),
            query: String::new(),
            next: None,
            form: FormState::default(),
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.connection.name = HOSTILE.to_owned();
        view.connection.has_secret = false;
        view.messages[0].topic = HOSTILE.to_owned();
        view
    }
}

/// Every page with sample data.
pub(in crate::integration) fn samples() -> Vec<Sample> {
    vec![
        ("settings-connections", |cx| {
            list(cx, &AdminShell::sample(), &List::sample())
        }),
        ("settings-connections-empty", |cx| {
            let view = List {
                rows: Vec::new(),
                ..List::sample()
            };
            list(cx, &AdminShell::sample(), &view)
        }),
        ("settings-connection-new", |cx| {
            let view = New {
                kinds: vec![("stripe".to_owned(), "Stripe".to_owned())],
                programs: vec![("prg".to_owned(), HOSTILE.to_owned())],
                form: FormState::default().error("secret", HOSTILE),
            };
            new(cx, &AdminShell::sample(), &view)
        }),
        ("settings-connection-made", |cx| {
            made(
                cx,
                &AdminShell::sample(),
                &one("Shop"),
                "s3cr3t-of-forty-characters",
            )
        }),
        ("settings-connection", |cx| {
            detail(cx, &AdminShell::sample(), &Detail::sample())
        }),
        ("settings-connection-hostile", |cx| {
            detail(cx, &AdminShell::sample(), &Detail::hostile())
        }),
    ]
}
