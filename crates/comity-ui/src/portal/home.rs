//! Home: the balance, the link, the numbers, the next step.

use comity_domain::money::{Currency, Money};
use comity_domain::time::Timestamp;
use maud::{Markup, Render, html};

use super::Balance;
use super::earning::{Earning, rows};
use crate::chart::{self, Line, Series};
use crate::component::{Button, Card, Task, Tone, banner, checklist, copy_box, late};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// What stands between the balance and the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextPayout {
    /// Payout details are missing.
    NoMethod,
    /// Below the program's minimum.
    BelowMinimum(Money),
    /// Goes out with the program's next run.
    Ready,
    /// New terms wait for acceptance, and payouts with them.
    Terms,
    /// There is nothing to pay out.
    Nothing,
    /// A refund of something paid: new earnings come up for it first.
    Owed,
}

/// `GET /portal`.
#[derive(Debug, Clone)]
pub struct Home {
    /// Head and tabs.
    pub shell: PortalShell,
    /// Until when figures are complete, if some are late.
    pub late: Option<Timestamp>,
    /// Balances, the program's currency first; never empty.
    pub balances: Vec<Balance>,
    /// When the pending money of the first balance clears, at the latest.
    pub clears_at: Option<Timestamp>,
    /// What comes next.
    pub next: NextPayout,
    /// The partner's main link.
    pub link: Option<String>,
    /// Clicks per day, oldest first.
    pub days: Vec<(Timestamp, u64)>,
    /// Leads in the same days.
    pub leads: u64,
    /// Customers in the same days.
    pub customers: u64,
    /// First steps, while some are open.
    pub tasks: Vec<Task>,
    /// The newest commissions.
    pub recent: Vec<Earning>,
    /// New terms wait for acceptance.
    pub terms_changed: bool,
    /// Why nothing is earned at the moment, or empty.
    pub notice: String,
    /// The newest announcement of the last weeks: subject and day.
    pub news: Option<(String, Timestamp)>,
    /// Perks on their way, when the program gives anything beside money.
    pub rewards: Option<u64>,
}

impl Home {
    /// A partner after three weeks.
    #[must_use]
    pub fn sample() -> Self {
        let usd = |minor| Money::new(minor, Currency::USD);
        let now = sample::now();
        let clicks = [
            268, 240, 291, 193, 183, 172, 188, 290, 261, 312, 207, 203, 191, 211,
        ];
        let task = |title: &str, done, action: &str, href: &str| Task {
            title: title.to_owned(),
            text: String::new(),
            done,
            action: Some((action.to_owned(), href.to_owned())),
        };
        Self {
            shell: PortalShell::sample(),
            late: None,
            balances: vec![Balance {
                available: usd(128_460),
                pending: usd(31_840),
            }],
            clears_at: Some(now.plus_days(9)),
            next: NextPayout::Ready,
            link: Some("https://go.acme.test/maya".to_owned()),
            days: (0..14).map(|d| now.plus_days(d - 13)).zip(clicks).collect(),
            leads: 186,
            customers: 41,
            tasks: vec![
                task("Share your link once", true, "Share", route::PORTAL_LINKS),
                task(
                    "Get the first click from a friend",
                    true,
                    "Share",
                    route::PORTAL_LINKS,
                ),
                task("Add payout details", false, "Add", route::PORTAL_METHOD),
            ],
            recent: Earning::samples(),
            news: Some(("A week of double commissions".to_owned(), now.plus_days(-2))),
            rewards: Some(1),
            terms_changed: false,
            notice: String::new(),
        }
    }

    /// The first minute of a partner.
    #[must_use]
    pub fn empty() -> Self {
        let zero = Money::zero(Currency::USD);
        Self {
            balances: vec![Balance {
                available: zero,
                pending: zero,
            }],
            clears_at: None,
            next: NextPayout::NoMethod,
            days: Vec::new(),
            leads: 0,
            customers: 0,
            recent: Vec::new(),
            news: None,
            terms_changed: true,
            ..Self::sample()
        }
    }

    /// Long names, a debt, several currencies.
    #[must_use]
    pub fn hostile() -> Self {
        let mut home = Self::sample();
        home.late = Some(sample::now().plus(-comity_domain::time::HOUR));
        home.shell.partner = HOSTILE.to_owned();
        home.shell.program = HOSTILE.to_owned();
        home.shell.brand = HOSTILE.to_owned();
        home.shell.viewed_by = Some(HOSTILE.to_owned());
        home.balances[0].available.minor = -9_007_199_254_740_993;
        home.balances.push(home.balances[0]);
        home.next = NextPayout::BelowMinimum(Money::new(i64::MAX, Currency::USD));
        home.link = Some(format!("https://go.acme.test/{}", "a".repeat(200)));
        home.days = home
            .days
            .into_iter()
            .map(|(at, _)| (at, u64::MAX))
            .collect();
        home.leads = u64::MAX;
        home.tasks[2].title = HOSTILE.to_owned();
        home.notice = HOSTILE.to_owned();
        home.news = Some((HOSTILE.repeat(2), sample::now()));
        home.recent[0].what = HOSTILE.to_owned();
        home
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Home) -> Markup {
    let open = view.tasks.iter().any(|task| !task.done);
    let done = view.tasks.iter().filter(|task| task.done).count();
    let body = html! {
        @if view.terms_changed {
            (banner(Tone::Warn, &html! { (t!(cx, "portal-terms-changed")) },
                &html! { (Button::link(t!(cx, "portal-terms-read"), route::PORTAL_TERMS).small()) }))
        }
        (late(cx, view.late))
        @if !view.notice.is_empty() { (banner(Tone::Warn, &html! { (view.notice) }, &html! {})) }
        (hero(cx, view))
        (link_card(cx, view))
        (numbers(cx, view))
        @if let Some((subject, at)) = &view.news {
            (Card::new(t!(cx, "portal-news-newest"))
                .actions(html! { a.link.small href=(route::PORTAL_NEWS) { (t!(cx, "portal-news-all")) } })
                .body(html! { p { (subject) " " span.small.muted { (fmt::date_short(cx, *at)) } } }))
        }
        @if open {
            (Card::new(t!(cx, "portal-first-steps"))
                .actions(html! { span.muted { (t!(cx, "portal-done-of", n = done, of = view.tasks.len())) } })
                .body(checklist(cx, &view.tasks)))
        }
        @if let Some(open) = view.rewards {
            (Card::new(t!(cx, "reward-home"))
                .actions(html! { a.link.small href=(route::PORTAL_REWARDS) { (t!(cx, "reward-home-open")) } })
                .body(html! { p { (t!(cx, "reward-home-text", n = open)) } }))
        }
        @if !view.recent.is_empty() {
            (Card::new(t!(cx, "portal-recent"))
                .actions(html! { a.link.small href=(route::PORTAL_EARNINGS) { (t!(cx, "portal-all")) } })
                .flush(rows(cx, &view.recent)))
        }
    };
    portal::page(cx, &view.shell, &t!(cx, "shell-tab-home"), &html! {}, &body)
}

fn hero(cx: &Cx, view: &Home) -> Markup {
    let next = match &view.next {
        NextPayout::NoMethod => t!(cx, "portal-next-no-method"),
        NextPayout::BelowMinimum(min) => t!(cx, "portal-next-below", min = fmt::money(cx, *min)),
        NextPayout::Ready => t!(cx, "portal-next-ready"),
        NextPayout::Nothing => t!(cx, "portal-next-nothing"),
        NextPayout::Terms => t!(cx, "portal-next-terms"),
        NextPayout::Owed => t!(cx, "portal-next-owed"),
    };
    html! {
        section.hero {
            @for (index, balance) in view.balances.iter().enumerate() {
                small { (t!(cx, "portal-available")) }
                p.big { (fmt::money(cx, balance.available)) }
                @if balance.pending.minor != 0 {
                    small {
                        @match view.clears_at.filter(|_| index == 0) {
                            Some(day) => (t!(cx, "portal-clears", amount = fmt::money(cx, balance.pending),
                                date = fmt::date_short(cx, day))),
                            None => (t!(cx, "portal-pending", amount = fmt::money(cx, balance.pending))),
                        }
                    }
                }
            }
            small { (next) }
            div.row.tight {
                @if view.next == NextPayout::NoMethod {
                    (Button::link(t!(cx, "portal-add-method"), route::PORTAL_METHOD).solid().icon(Icon::Landmark))
                } @else {
                    (Button::link(t!(cx, "portal-see-payouts"), route::PORTAL_PAYOUTS).solid().icon(Icon::Wallet))
                }
                (Button::link(t!(cx, "portal-how"), route::PORTAL_TERMS))
            }
        }
    }
}

fn link_card(cx: &Cx, view: &Home) -> Markup {
    let all = html! { a.link.small href=(route::PORTAL_LINKS) { (t!(cx, "portal-all-links")) } };
    let body = match &view.link {
        Some(url) => html! {
            (copy_box(cx, &t!(cx, "portal-your-link"), url))
            div.row.tight {
                (Button::plain(t!(cx, "portal-share")).icon(Icon::Share2).small().shares(url))
                (Button::link(t!(cx, "portal-new-link"), route::PORTAL_LINK_NEW).icon(Icon::Plus).small())
            }
        },
        None => Button::link(t!(cx, "portal-new-link"), route::PORTAL_LINK_NEW)
            .primary()
            .icon(Icon::Plus)
            .render(),
    };
    html! { (Card::new(t!(cx, "portal-your-link")).actions(all).body(body)) }
}

fn numbers(cx: &Cx, view: &Home) -> Markup {
    let clicks = view
        .days
        .iter()
        .fold(0_u64, |sum, (_, n)| sum.saturating_add(*n));
    let labels: Vec<String> = view
        .days
        .iter()
        .map(|(at, _)| fmt::date_short(cx, *at))
        .collect();
    let name = t!(cx, "portal-clicks");
    let series = [Series::main(
        &name,
        view.days.iter().map(|(_, n)| *n).collect(),
    )];
    let shown = |n: u64| fmt::number(cx, n);
    let axis = |n: u64| fmt::short(cx, i64::try_from(n).unwrap_or(i64::MAX));
    let title = t!(cx, "portal-clicks-by-day");
    let line = Line {
        title: &title,
        labels: &labels,
        series: &series,
        value: &shown,
        axis: &axis,
        low: true,
    };
    let parts = html! {
        dl.mini {
            div { dt { (name) } dd { (shown(clicks)) } }
            div { dt { (t!(cx, "portal-leads")) } dd { (shown(view.leads)) } }
            div { dt { (t!(cx, "portal-customers")) } dd { (shown(view.customers)) } }
        }
    };
    html! {
        section.card aria-label=(title) {
            (parts)
            div.body {
                @if view.days.is_empty() {
                    p.muted { (t!(cx, "portal-no-clicks")) }
                } @else {
                    (chart::line(cx, &line))
                }
            }
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Home) -> Markup {
        page(
            &Cx {
                path: route::PORTAL.to_owned(),
                ..cx.clone()
            },
            view,
        )
    }
    vec![
        ("portal-home", |cx| show(cx, &Home::sample())),
        ("portal-home-empty", |cx| show(cx, &Home::empty())),
        ("portal-home-hostile", |cx| show(cx, &Home::hostile())),
    ]
}
