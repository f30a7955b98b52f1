//! Simulations: a draft over past events, watched while it runs, read when it is done.

use comity_domain::{Money, PartnerId, ReplayId, Timestamp};
use maud::{Markup, html};

use super::{Of, below};
use crate::chart::{Line, Series, legend, line};
use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Stat, Tab, Table, Tone, badge, banner,
    chips, csrf, empty, error_summary, meter, pager, stats, who,
};
use crate::icon::Icon;
use crate::layout::admin::AdminShell;
use crate::{Cx, fmt, t};

/// A simulation in the list and at the head of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its id.
    pub id: ReplayId,
    /// The period's first day.
    pub from: Timestamp,
    /// The period's last day.
    pub to: Timestamp,
    /// `waiting`, `running`, `stopping`, `stopped`, `done` or `failed`.
    pub status: String,
    /// Events decided.
    pub done: i64,
    /// Events of the period.
    pub total: i64,
    /// What was earned, and what the draft gives; nothing before the end.
    pub cost: Option<(Money, Money)>,
    /// Who started it.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// `GET …/rules/replay`, and `POST` to it with `from`, `to`, `margin` (or `whole=1`).
#[derive(Debug, Clone)]
pub struct Past {
    /// The program.
    pub of: Of,
    /// Values and errors of the form.
    pub form: FormState,
    /// Simulations, newest first.
    pub runs: Vec<Run>,
    /// The next page.
    pub next: Option<String>,
    /// The reader may start one.
    pub can_manage: bool,
    /// There is a draft that differs from the rules in force.
    pub has_draft: bool,
}

/// The list of simulations and the form of a new one.
#[must_use]
pub fn replays(cx: &Cx, shell: &AdminShell, view: &Past) -> Markup {
    let base = view.of.rules();
    let columns = vec![
        Column::text(t!(cx, "rule-period")),
        Column::tight(t!(cx, "rule-state")),
        Column::num(t!(cx, "rule-before")),
        Column::num(t!(cx, "rule-after")),
        Column::text(t!(cx, "rule-version-who")),
        Column::tight(t!(cx, "shell-date")),
    ];
    let rows = view.runs.iter().map(|run| run_row(cx, &base, run));
    let body = html! {
        @if view.can_manage {
            (Card::new(t!(cx, "rule-replay-new")).body(html! {
                form.stack method="post" action={ (base) "/replay" } {
                    (csrf(cx))
                    (error_summary(cx, &view.form))
                    p.muted {
                        @if view.has_draft { (t!(cx, "rule-replay-draft")) } @else { (t!(cx, "rule-replay-same")) }
                    }
                    div.fields2 {
                        (Field::date("from", t!(cx, "rule-replay-from")).bind(&view.form).required())
                        (Field::date("to", t!(cx, "rule-replay-to")).bind(&view.form).required())
                        (Field::percent("margin", t!(cx, "rule-replay-margin")).bind(&view.form).required()
                            .hint(t!(cx, "rule-replay-margin-hint")))
                    }
                    div.row { (Button::submit(t!(cx, "rule-replay-start")).primary()) }
                }
            }))
        }
        (Card::new(t!(cx, "rule-replay-past")).id("replays").flush(html! {
            @if view.runs.is_empty() {
                (empty(Icon::ChartLine, &t!(cx, "rule-replay-none"), &t!(cx, "rule-replay-none-text"), &html! {}))
            } @else {
                (Table::new(cx, t!(cx, "rule-replay-past"), columns).rows(rows))
                (pager(cx, view.runs.len(), view.next.as_deref()))
            }
        }))
    };
    below(
        cx,
        shell,
        &view.of,
        &t!(cx, "rule-replay"),
        &html! {},
        &body,
    )
}

fn run_row(cx: &Cx, base: &str, run: &Run) -> Row {
    let title = span(cx, run);
    let money = |pick: fn(&(Money, Money)) -> Money| {
        run.cost
            .as_ref()
            .map_or_else(|| "—".to_owned(), |cost| fmt::money(cx, pick(cost)))
    };
    let cells = vec![
        html! { a href={ (base) "/replay/" (run.id) } { (title) } },
        state(cx, &run.status),
        html! { (money(|cost| cost.0)) },
        html! { (money(|cost| cost.1)) },
        html! { (run.who) },
        html! { (fmt::datetime(cx, run.at)) },
    ];
    Row::new(run.id.to_string(), title, cells)
}

fn span(cx: &Cx, run: &Run) -> String {
    format!("{} – {}", fmt::date(cx, run.from), fmt::date(cx, run.to))
}

fn state(cx: &Cx, code: &str) -> Markup {
    let (tone, text) = match code {
        "done" => (Tone::Ok, t!(cx, "rule-replay-done")),
        "failed" => (Tone::Bad, t!(cx, "rule-replay-failed")),
        "stopped" => (Tone::Warn, t!(cx, "rule-replay-stopped")),
        "stopping" => (Tone::Warn, t!(cx, "rule-replay-stopping")),
        "running" => (Tone::Info, t!(cx, "rule-replay-running")),
        _ => (Tone::Info, t!(cx, "rule-replay-waiting")),
    };
    badge(tone, &text)
}

/// One partner under the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerLine {
    /// The partner.
    pub partner: PartnerId,
    /// Their name.
    pub name: String,
    /// Events.
    pub events: i64,
    /// What was earned.
    pub before: Money,
    /// What the draft gives.
    pub after: Money,
}

/// `GET …/rules/replay/{id}`, `POST …/rules/replay/{id}/stop`, `GET …/rules/replay/{id}/partners.csv`.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The program.
    pub of: Of,
    /// The simulation.
    pub run: Run,
    /// Why it failed, in words.
    pub failed: Option<String>,
    /// Winners, losers, new customers.
    pub counts: (usize, usize, i64),
    /// Commission per new customer before and after.
    pub cac: Option<(Money, Money)>,
    /// Revenue that pays for the draft; nothing when it never does.
    pub break_even: Option<Money>,
    /// Per month: its start, before, after.
    pub months: Vec<(Timestamp, Money, Money)>,
    /// A page of partners.
    pub partners: Vec<PartnerLine>,
    /// What was searched for.
    pub query: String,
    /// `losses`, or `gains`.
    pub order: String,
    /// The next page.
    pub next: Option<String>,
    /// The simulated rules are the present draft, so they can be published.
    pub publishable: bool,
    /// The reader may stop it.
    pub can_manage: bool,
}

/// The page of one simulation.
#[must_use]
pub fn replay(cx: &Cx, shell: &AdminShell, view: &Replay) -> Markup {
    let base = view.of.rules();
    let open = matches!(view.run.status.as_str(), "waiting" | "running" | "stopping");
    let body = html! {
        @if open {
            div #run.stack.wide hx-get=(cx.path) hx-select="#run" hx-trigger="every 1s" hx-swap="outerHTML"
                aria-live="polite" { (running(cx, view, &base)) }
        } @else {
            div #run.stack.wide { (finished(cx, view, &base)) }
        }
    };
    let title = format!("{}: {}", t!(cx, "rule-replay"), span(cx, &view.run));
    below(cx, shell, &view.of, &title, &html! {}, &body)
}

fn running(cx: &Cx, view: &Replay, base: &str) -> Markup {
    let run = &view.run;
    let text = t!(
        cx,
        "rule-replay-progress",
        done = run.done,
        total = run.total
    );
    let part = |n: i64| u64::try_from(n).unwrap_or(0);
    let card = Card::new(t!(cx, "rule-replay-running"))
        .actions(state(cx, &run.status))
        .body(html! {
            div.stack {
                (meter(&t!(cx, "rule-events"), &text, part(run.done), part(run.total).max(1), Tone::Info))
                div.row {
                    (Button::link(t!(cx, "rule-replay-look"), format!("{base}/replay/{}", run.id)))
                    @if view.can_manage {
                        form method="post" action={ (base) "/replay/" (run.id) "/stop" } {
                            (csrf(cx)) (Button::submit(t!(cx, "rule-replay-stop")))
                        }
                    }
                }
            }
        });
    html! { (card) }
}

fn finished(cx: &Cx, view: &Replay, base: &str) -> Markup {
    html! {
        div.row {
            (state(cx, &view.run.status))
            @if view.publishable && view.can_manage && view.run.status == "done" {
                (Button::link(t!(cx, "rule-publish"), format!("{base}/publish")).primary().small())
            }
        }
        @if let Some(words) = &view.failed { (banner(Tone::Bad, &html! { (words) }, &html! {})) }
        @if view.run.status == "stopped" {
            p.muted { (t!(cx, "rule-replay-partly", done = view.run.done, total = view.run.total)) }
        }
        @if let Some(cost) = view.run.cost {
            (figures(cx, view, cost))
            (chart(cx, view))
            (partners(cx, view, base))
        }
    }
}

fn figures(cx: &Cx, view: &Replay, (before, after): (Money, Money)) -> Markup {
    let difference = Money::new(after.minor.saturating_sub(before.minor), after.currency);
    let (winners, losers, customers) = view.counts;
    let cac = match view.cac {
        Some((before, after)) => format!("{} → {}", fmt::money(cx, before), fmt::money(cx, after)),
        None => "—".to_owned(),
    };
    let pays = match view.break_even {
        Some(sum) if sum.minor == 0 => t!(cx, "rule-pays-now"),
        Some(sum) => fmt::money(cx, sum),
        None => t!(cx, "rule-pays-never"),
    };
    let text = |n: usize| fmt::number(cx, i64::try_from(n).unwrap_or(0));
    stats(
        cx,
        &[
            Stat::new("before", t!(cx, "rule-before"), fmt::money(cx, before)),
            Stat::new("after", t!(cx, "rule-after"), fmt::money(cx, after))
                .note(fmt::money_signed(cx, difference)),
            Stat::new("winners", t!(cx, "rule-winners"), text(winners)).note(t!(
                cx,
                "rule-losers-n",
                n = losers
            )),
            Stat::new("cac", t!(cx, "rule-cac"), cac).note(t!(
                cx,
                "rule-new-customers",
                n = customers
            )),
            Stat::new("pays", t!(cx, "rule-break-even"), pays).note(t!(cx, "rule-break-even-note")),
        ],
    )
}

fn chart(cx: &Cx, view: &Replay) -> Markup {
    let minor = |sum: &Money| u64::try_from(sum.minor).unwrap_or(0);
    let labels: Vec<String> = view
        .months
        .iter()
        .map(|(at, ..)| fmt::month(cx, *at))
        .collect();
    let series = [
        Series::main(
            t!(cx, "rule-after"),
            view.months
                .iter()
                .map(|(_, _, after)| minor(after))
                .collect(),
        ),
        Series::comparison(
            t!(cx, "rule-before"),
            view.months
                .iter()
                .map(|(_, before, _)| minor(before))
                .collect(),
        ),
    ];
    let currency = view
        .run
        .cost
        .map_or(comity_domain::Currency::EUR, |cost| cost.0.currency);
    let money = |value: u64| {
        fmt::money(
            cx,
            Money::new(i64::try_from(value).unwrap_or(i64::MAX), currency),
        )
    };
    let short = |value: u64| {
        let whole = 10_i64.pow(currency.digits());
        fmt::short(cx, i64::try_from(value).unwrap_or(i64::MAX) / whole)
    };
    let title = t!(cx, "rule-per-month");
    html! {
        @if view.months.len() > 1 {
            (Card::new(title.clone()).actions(legend(&series)).body(line(cx, &Line {
                title: &title,
                labels: &labels,
                series: &series,
                value: &money,
                axis: &short,
                low: false,
            })))
        }
    }
}

fn partners(cx: &Cx, view: &Replay, base: &str) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "rule-partner")),
        Column::num(t!(cx, "rule-events")),
        Column::num(t!(cx, "rule-before")),
        Column::num(t!(cx, "rule-after")),
        Column::num(t!(cx, "rule-difference")),
    ];
    let rows = view.partners.iter().map(|line| {
        let difference = Money::new(
            line.after.minor.saturating_sub(line.before.minor),
            line.after.currency,
        );
        let href = format!("/admin/partners/{}", line.partner);
        let cells = vec![
            who(&line.name, Some(&href), ""),
            html! { (fmt::number(cx, line.events)) },
            html! { (fmt::money(cx, line.before)) },
            html! { (fmt::money(cx, line.after)) },
            html! { (fmt::money_signed(cx, difference)) },
        ];
        Row::new(line.partner.to_string(), &line.name, cells)
    });
    let here = format!("{base}/replay/{}", view.run.id);
    let orders = [
        ("gains", t!(cx, "rule-order-gains")),
        ("losses", t!(cx, "rule-order-losses")),
    ];
    let tabs: Vec<Tab> = orders
        .into_iter()
        .map(|(code, label)| Tab {
            label,
            href: format!("{here}?order={code}"),
            count: None,
            current: view.order == code,
        })
        .collect();
    let export = Button::link(t!(cx, "rule-export"), format!("{here}/partners.csv")).small();
    let card = Card::new(t!(cx, "rule-per-partner"))
        .id("partners")
        .actions(html! { (export) })
        .flush(html! {
            (FilterBar::new(cx, "partners").search(t!(cx, "rule-search"), &view.query).keep("order", &view.order))
            @if view.partners.is_empty() {
                (empty(Icon::Users, &t!(cx, "rule-no-partners"), &t!(cx, "rule-no-partners-text"), &html! {}))
            } @else {
                (Table::new(cx, t!(cx, "rule-per-partner"), columns).rows(rows))
                (pager(cx, view.partners.len(), view.next.as_deref()))
            }
        });
    html! { (chips(cx, &t!(cx, "rule-order"), &tabs)) (card) }
}
