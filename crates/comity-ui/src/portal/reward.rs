//! What a partner has beside money: perks, badges, partners they brought.

use comity_domain::Timestamp;
use comity_domain::money::Bps;
use maud::{Markup, html};

use crate::component::{Button, Card, Tone, badge, copy_box, empty, meter};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{HOSTILE, Sample, now};
use crate::{Cx, fmt, t};

/// Units of one perk.
#[derive(Debug, Clone)]
pub struct Units {
    /// The perk.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Given, on its way.
    pub open: i64,
    /// Received.
    pub received: i64,
}

/// Something that was given.
#[derive(Debug, Clone)]
pub struct Given {
    /// The perk.
    pub name: String,
    /// How many.
    pub quantity: i64,
    /// `pending`, `fulfilled`, `failed` or `cancelled`.
    pub status: String,
    /// The program's words.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// A badge.
#[derive(Debug, Clone)]
pub struct Badge {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub description: String,
    /// `7 of 10 sales`, in words.
    pub text: String,
    /// The total so far, and the one to reach.
    pub progress: (u64, u64),
    /// What it unlocks, or empty.
    pub unlocks: String,
    /// When it was earned.
    pub awarded_at: Option<Timestamp>,
}

/// Partners the partner brought.
#[derive(Debug, Clone)]
pub struct Recruiting {
    /// What applicants follow.
    pub link: String,
    /// How many came.
    pub count: u64,
    /// The share of what they earn.
    pub rate: Option<Bps>,
}

/// `GET /portal/rewards`.
#[derive(Debug, Clone)]
pub struct Rewards {
    /// Head and tabs.
    pub shell: PortalShell,
    /// Units by perk.
    pub units: Vec<Units>,
    /// What was given, newest first.
    pub history: Vec<Given>,
    /// Badges.
    pub badges: Vec<Badge>,
    /// Recruiting, when it pays.
    pub recruiting: Option<Recruiting>,
}

impl Rewards {
    /// One of each.
    #[must_use]
    pub fn sample() -> Self {
        let given = |name: &str, status: &str, note: &str| Given {
            name: name.to_owned(),
            quantity: 1,
            status: status.to_owned(),
            note: note.to_owned(),
            at: now(),
        };
        let one = |name: &str, total, awarded_at| Badge {
            name: name.to_owned(),
            description: "Orders through your own words.".to_owned(),
            text: format!("{total} of 10 sales"),
            progress: (total, 10),
            unlocks: "1 × Box of goods".to_owned(),
            awarded_at,
        };
        Self {
            shell: PortalShell::sample(),
            units: vec![Units {
                name: "Box of goods".to_owned(),
                description: "A shirt, stickers and a handwritten card.".to_owned(),
                open: 1,
                received: 2,
            }],
            history: vec![
                given("Box of goods", "pending", ""),
                given("Conference ticket", "failed", "The organiser is sold out."),
                given("Box of goods", "fulfilled", "Sent with DHL."),
            ],
            badges: vec![one("First ten", 10, Some(now())), one("Fifty", 7, None)],
            recruiting: Some(Recruiting {
                link: "https://acme.test/p/acme?by=enr_1".to_owned(),
                count: 2,
                rate: Some(Bps(1_000)),
            }),
        }
    }

    /// Nothing yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            units: Vec::new(),
            history: Vec::new(),
            badges: Vec::new(),
            recruiting: None,
            ..Self::sample()
        }
    }

    /// Endless words.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.units[0].name = HOSTILE.to_owned();
        view.history[1].note = HOSTILE.repeat(3);
        view.badges[1].name = HOSTILE.to_owned();
        view
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Rewards) -> Markup {
    let nothing = view.units.is_empty() && view.badges.is_empty() && view.history.is_empty();
    let body = html! {
        @if nothing && view.recruiting.is_none() {
            (Card::new("").flush(empty(Icon::Gift, &t!(cx, "reward-none"), &t!(cx, "reward-none-text"), &html! {})))
        }
        @for one in &view.units {
            (Card::new(&one.name).body(html! {
                @if !one.description.is_empty() { p.muted { (one.description) } }
                p { (t!(cx, "reward-units", open = one.open, received = one.received)) }
            }))
        }
        @if !view.badges.is_empty() {
            (Card::new(t!(cx, "reward-tab-badges")).body(html! {
                @for one in &view.badges { (one_badge(cx, one)) }
            }))
        }
        @if let Some(of) = &view.recruiting { (recruiting(cx, of)) }
        @if !view.history.is_empty() {
            (Card::new(t!(cx, "reward-history")).body(html! {
                @for one in &view.history { (given(cx, one)) }
            }))
        }
    };
    portal::page(cx, &view.shell, &t!(cx, "reward-title"), &html! {}, &body)
}

fn one_badge(cx: &Cx, one: &Badge) -> Markup {
    let (now, of) = one.progress;
    let tone = if one.awarded_at.is_some() {
        Tone::Ok
    } else {
        Tone::Info
    };
    html! {
        (meter(&one.name, &one.text, now.min(of), of, tone))
        p.small.muted {
            (one.description)
            @if !one.unlocks.is_empty() { " " (t!(cx, "reward-unlocks-for-you", perk = &one.unlocks)) }
            @if let Some(at) = one.awarded_at { " " (t!(cx, "reward-earned-on", day = fmt::date(cx, at))) }
        }
    }
}

fn recruiting(cx: &Cx, of: &Recruiting) -> Markup {
    let text = match of.rate {
        Some(rate) => t!(cx, "reward-recruit-text", rate = fmt::percent(cx, rate)),
        None => t!(cx, "reward-recruit-over"),
    };
    html! {
        (Card::new(t!(cx, "reward-recruit")).body(html! {
            p { (text) }
            (copy_box(cx, &t!(cx, "reward-recruit-link"), &of.link))
            div.row.between {
                p.small { (t!(cx, "reward-recruited", n = of.count)) }
                (Button::plain(t!(cx, "portal-share")).small().icon(Icon::Share2).shares(&of.link))
            }
        }))
    }
}

fn given(cx: &Cx, one: &Given) -> Markup {
    let (tone, word) = match one.status.as_str() {
        "pending" => (Tone::Info, t!(cx, "reward-yours-pending")),
        "fulfilled" => (Tone::Ok, t!(cx, "reward-yours-fulfilled")),
        "failed" => (Tone::Warn, t!(cx, "reward-yours-failed")),
        _ => (Tone::Neutral, t!(cx, "reward-yours-cancelled")),
    };
    let note = if one.note == "refund" {
        t!(cx, "reward-note-refund")
    } else {
        one.note.clone()
    };
    html! {
        div.row.between {
            div {
                b { (fmt::number(cx, one.quantity)) " × " (one.name) }
                p.small.muted {
                    (fmt::date(cx, one.at))
                    @if !note.is_empty() { " · " (note) }
                }
            }
            (badge(tone, &word))
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("portal-rewards", |cx| page(cx, &Rewards::sample())),
        ("portal-rewards-empty", |cx| page(cx, &Rewards::empty())),
        ("portal-rewards-hostile", |cx| page(cx, &Rewards::hostile())),
    ]
}
