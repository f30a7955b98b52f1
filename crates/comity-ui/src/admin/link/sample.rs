//! Links and codes to look at.

use comity_domain::link::LinkStatus;
use comity_domain::{CouponId, LinkId, PartnerId, RawId};

use super::{Code, Detail, Link, List, New, list, new, page};
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{self, HOSTILE, Sample};

impl List {
    /// Two links.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            links: vec![link("maya"), link("newsletter")],
            codes: Vec::new(),
            of_codes: false,
            query: String::new(),
            status: String::new(),
            programs: Vec::new(),
            program: String::new(),
            next: None,
            can_manage: true,
        }
    }

    fn codes() -> Self {
        let code = Code {
            id: CouponId(RawId([1; 16])),
            code: HOSTILE.to_owned(),
            partner: PartnerId(RawId([1; 16])),
            partner_name: HOSTILE.to_owned(),
            exclusive: true,
            status: LinkStatus::Active,
            created_at: sample::now(),
        };
        Self {
            links: Vec::new(),
            codes: vec![code],
            of_codes: true,
            ..Self::sample()
        }
    }

    /// None yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            links: Vec::new(),
            ..Self::sample()
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.links[0].partner_name = HOSTILE.to_owned();
        view.links[0].label = HOSTILE.to_owned();
        view.links[0].destination = format!("https://acme.test/{}", "x".repeat(300));
        view
    }
}

fn link(slug: &str) -> Link {
    Link {
        id: LinkId(RawId([slug.len().try_into().unwrap_or(1); 16])),
        url: format!("https://go.acme.test/{slug}"),
        destination: "https://acme.test/pricing".to_owned(),
        label: "Newsletter".to_owned(),
        partner: PartnerId(RawId([1; 16])),
        partner_name: "Maya Okafor".to_owned(),
        status: LinkStatus::Active,
        clicks: 1_284,
        sales: 12,
        created_at: sample::now(),
    }
}

pub(in crate::admin) fn samples() -> Vec<Sample> {
    vec![
        ("admin-links", |cx| {
            list(cx, &AdminShell::sample(), &List::sample())
        }),
        ("admin-links-empty", |cx| {
            list(cx, &AdminShell::sample(), &List::empty())
        }),
        ("admin-links-hostile", |cx| {
            list(cx, &AdminShell::sample(), &List::hostile())
        }),
        ("admin-codes-empty", |cx| {
            let view = List {
                of_codes: true,
                ..List::empty()
            };
            list(cx, &AdminShell::sample(), &view)
        }),
        ("admin-codes", |cx| {
            list(cx, &AdminShell::sample(), &List::codes())
        }),
        ("admin-link-new", |cx| {
            let members = vec![("enr_1".to_owned(), HOSTILE.to_owned())];
            let form = FormState::default().error("slug", HOSTILE);
            let view = New {
                members,
                host: "go.acme.test".to_owned(),
                of_codes: false,
                form,
            };
            new(cx, &AdminShell::sample(), &view)
        }),
        ("admin-link", |cx| {
            let view = Detail {
                link: link("maya"),
                can_manage: true,
                form: FormState::default(),
            };
            page(cx, &AdminShell::sample(), &view)
        }),
    ]
}
