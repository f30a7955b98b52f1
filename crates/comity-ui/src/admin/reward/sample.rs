//! Sample data of the rewards pages.

use comity_domain::{
    BadgeId, Currency, Money, PartnerId, PerkGrantId, PerkId, RawId, RefereeRewardId,
};
use maud::Markup;

use super::{
    BadgeRow, GrantPage, GrantRow, MoveLine, PerkRow, PromiseRow, Rewards, Section, grant_page,
    page,
};
use crate::Cx;
use crate::component::{FormState, Step};
use crate::layout::admin::AdminShell;
use crate::sample::{HOSTILE, Sample, now};

const fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn grant(n: u8, perk: &str, status: &str) -> GrantRow {
    GrantRow {
        id: PerkGrantId(RawId([n; 16])),
        partner: PartnerId(RawId([n; 16])),
        name: "Maya Okafor".to_owned(),
        perk: perk.to_owned(),
        quantity: i64::from(n),
        status: status.to_owned(),
        source: if n == 1 { "badge" } else { "rule" }.to_owned(),
        note: if status == "failed" {
            "The parcel came back.".to_owned()
        } else {
            String::new()
        },
        at: now(),
    }
}

fn promise(n: u8, status: &str) -> PromiseRow {
    PromiseRow {
        id: RefereeRewardId(RawId([n; 16])),
        code: "K7QM-2XPA".to_owned(),
        customer: "j.brandt@example.com".to_owned(),
        order: "A-1042".to_owned(),
        partner: "Maya Okafor".to_owned(),
        amount: eur(1_000),
        perk: String::new(),
        status: status.to_owned(),
        note: if status == "void" { "refund" } else { "" }.to_owned(),
        at: now(),
    }
}

fn perk() -> PerkRow {
    PerkRow {
        id: PerkId(RawId([1; 16])),
        unit: "swag_box".to_owned(),
        name: "Box of goods".to_owned(),
        description: "A shirt, stickers and a handwritten card.".to_owned(),
        cost: eur(2_400),
        active: true,
        program: "Ambassadors".to_owned(),
    }
}

fn one_badge() -> BadgeRow {
    BadgeRow {
        id: BadgeId(RawId([1; 16])),
        name: "First ten".to_owned(),
        description: "Ten orders through your own words.".to_owned(),
        goal: "10 sales".to_owned(),
        unit: "swag_box".to_owned(),
        perk: "Box of goods".to_owned(),
        quantity: 1,
        awards: 4,
        active: true,
        program: "Ambassadors".to_owned(),
    }
}

impl Rewards {
    /// A tab with usual data.
    #[must_use]
    pub fn sample(section: Section) -> Self {
        Self {
            section,
            programs: vec![
                ("prg_1".to_owned(), "Acme partners".to_owned()),
                ("prg_2".to_owned(), "Ambassadors".to_owned()),
            ],
            program: String::new(),
            status: String::new(),
            query: String::new(),
            next: None,
            members: vec![("enr_1".to_owned(), "Maya Okafor".to_owned())],
            units: vec![("swag_box".to_owned(), "Box of goods".to_owned())],
            currency: Currency::EUR,
            can_give: true,
            can_manage: true,
            form: FormState::default().with("quantity", "1"),
        }
    }

    fn queue() -> Self {
        let rows = vec![
            grant(1, "Box of goods", "pending"),
            grant(2, "Conference ticket", "failed"),
            grant(3, "Box of goods", "fulfilled"),
        ];
        Self::sample(Section::Queue(rows, vec![("pending".to_owned(), 1)]))
    }

    fn hostile() -> Self {
        let mut row = grant(4, HOSTILE, "pending");
        row.name = HOSTILE.to_owned();
        row.note = HOSTILE.repeat(3);
        let mut view = Self::sample(Section::Queue(vec![row], Vec::new()));
        view.query = HOSTILE.to_owned();
        view.form = FormState::default().error("quantity", HOSTILE);
        view
    }
}

impl GrantPage {
    /// A grant that waits.
    #[must_use]
    pub fn sample() -> Self {
        let step = |text: &str, result| Step {
            text: text.to_owned(),
            detail: String::new(),
            amount: String::new(),
            result,
        };
        Self {
            row: grant(2, "Box of goods", "pending"),
            cost: eur(2_400),
            why: vec![step("Tenth order", false), step("1 × Box of goods", true)],
            moves: vec![MoveLine {
                from: "program",
                to: "open",
                count: 1,
                at: now(),
            }],
            can_act: true,
            form: FormState::default(),
        }
    }

    fn hostile() -> Self {
        let mut view = Self::sample();
        view.row.perk = HOSTILE.to_owned();
        view.row.note = HOSTILE.repeat(3);
        view.row.status = "cancelled".to_owned();
        view.form = FormState::default().error("note", HOSTILE);
        view
    }
}

/// Samples for tests and eyes.
pub(crate) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Rewards) -> Markup {
        let cx = Cx {
            path: "/admin/rewards".to_owned(),
            ..cx.clone()
        };
        page(&cx, &AdminShell::sample(), view)
    }
    vec![
        ("admin-rewards", |cx| show(cx, &Rewards::queue())),
        ("admin-rewards-hostile", |cx| show(cx, &Rewards::hostile())),
        ("admin-rewards-empty", |cx| {
            show(cx, &Rewards::sample(Section::Queue(Vec::new(), Vec::new())))
        }),
        ("admin-rewards-customers", |cx| {
            let rows = vec![promise(1, "granted"), promise(2, "void")];
            show(cx, &Rewards::sample(Section::Promises(rows)))
        }),
        ("admin-rewards-catalogue", |cx| {
            show(cx, &Rewards::sample(Section::Catalogue(vec![perk()])))
        }),
        ("admin-rewards-badges", |cx| {
            show(cx, &Rewards::sample(Section::Badges(vec![one_badge()])))
        }),
        ("admin-reward-grant", |cx| {
            grant_page(cx, &AdminShell::sample(), &GrantPage::sample())
        }),
        ("admin-reward-grant-hostile", |cx| {
            grant_page(cx, &AdminShell::sample(), &GrantPage::hostile())
        }),
    ]
}
