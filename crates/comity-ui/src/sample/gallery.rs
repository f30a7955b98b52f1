//! All components on one page, with invented data: the place to judge them together.

use comity_domain::money::{Currency, Money};
use comity_domain::time::HOUR;
use maud::{Markup, html};

use super::{HOSTILE, Sample};
use crate::chart::{self, Bar, Line, Series, Stage};
use crate::component::{
    Button, Card, Choice, Column, Delta, FeedItem, Field, FilterBar, FormState, Menu, Row, Stat,
    Step, Tab, Table, Task, Tone, avatar_large, badge, banner, checkbox, checklist, chips, choices,
    code_block, copy_box, empty, error_summary, explain, feed, file_drop, key_values, label, meter,
    pager, qr, select, stats, tabs, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt};

/// The gallery with usual and with hostile names.
pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("gallery", |cx| page(cx, "Maya Okafor")),
        ("gallery-hostile", |cx| page(cx, HOSTILE)),
    ]
}

fn page(cx: &Cx, name: &str) -> Markup {
    let actions = html! {
        (Button::link("Import CSV", "#"))
        (Button::link("Invite partner", "#").primary().icon(Icon::Plus).creates())
    };
    let body = html! {
        (numbers(cx))
        (list(cx, name))
        div.grid2 {
            (controls(cx, name))
            (facts(cx, name))
        }
        (messages(cx, name))
    };
    let mut cx = cx.clone();
    cx.path = "/admin/partners".to_owned();
    cx.query = "sort=-revenue&cursor=abc".to_owned();
    let shell = AdminShell {
        organisation: name.to_owned(),
        demo: true,
        ..AdminShell::sample()
    };
    admin::page(&cx, &shell, "Gallery", &actions, &body)
}

fn money(cx: &Cx, minor: i64) -> String {
    fmt::money(cx, Money::new(minor, Currency::USD))
}

fn numbers(cx: &Cx) -> Markup {
    let days: Vec<String> = (1..=30).map(|day| format!("{day} Nov")).collect();
    let wave = |n: u64| {
        (0..30)
            .map(move |i: u64| 3_000 + (i * n * 37 % 41) * 90 + i * 40)
            .collect()
    };
    let series = [
        Series::main("This period", wave(3)),
        Series::comparison("Previous", wave(7)),
    ];
    let up = |text: &str, up| {
        Some(Delta {
            text: text.to_owned(),
            up,
            good: up,
        })
    };
    let all = [
        Stat::new("revenue", "Partner revenue", money(cx, 14_248_000))
            .delta(up("12.4%", true))
            .formula("Net sales credited to partners in the last 30 days.")
            .spark(chart::spark(&series[0].values, 1)),
        Stat::new("active", "Active partners", "18")
            .delta(up("3", true))
            .spark(chart::spark(&series[1].values, 2)),
        Stat::new("sales", "Conversions", fmt::number(cx, 1_204)).note("of 48,000 clicks"),
        Stat::new("roi", "Program ROI", "5.8×").delta(up("0.4", false)),
    ];
    let line = Line {
        title: "Revenue from partners",
        labels: &days,
        series: &series,
        value: &|v| money(cx, i64::try_from(v).unwrap_or(0) * 100),
        axis: &|v| fmt::short(cx, i64::try_from(v).unwrap_or(0)),
        low: false,
    };
    let stage = |name: &str, value, of: u64| Stage {
        name: name.to_owned(),
        value,
        of: Some(of),
    };
    let stages = [
        stage("Clicks", 48_210, 0),
        stage("Leads", 6_020, 48_210),
        stage("Trials", 2_400, 6_020),
        stage("Customers", 1_204, 2_400),
    ];
    let bar = |name: &str, value: u64| Bar {
        name: name.to_owned(),
        value,
        text: money(cx, i64::try_from(value).unwrap_or(0)),
    };
    let bars = [
        bar("Affiliates", 918_000),
        bar("Creators", 505_600),
        bar("Strategic integration partners", 41_606),
    ];
    html! {
        (stats(cx, &all))
        (Card::new("Revenue from partners").actions(chart::legend(&series)).body(chart::line(cx, &line)))
        div.grid2 {
            (Card::new("Funnel").body(chart::funnel(cx, &stages)))
            (Card::new("By group").body(chart::hbars("By group", &bars, 2)))
        }
    }
}

fn list(cx: &Cx, name: &str) -> Markup {
    let mut cx = cx.clone();
    cx.path = "/admin/partners".to_owned();
    cx.query = "sort=-revenue".to_owned();
    let all = [
        Tab::query(&cx, "All", "status", "", true).count(25),
        Tab::query(&cx, "Active", "status", "active", false).count(20),
        Tab::query(&cx, "Applied", "status", "applied", false).count(3),
    ];
    let columns = vec![
        Column::text("Partner"),
        Column::text("Group"),
        Column::tight("Status"),
        Column::num("Clicks").sort("clicks"),
        Column::num("Revenue").sort("revenue"),
        Column::num("Owed"),
        Column::text(""),
    ];
    let row = |id: &str, name: &str, tone, state: &str, clicks: i64| {
        let cells = vec![
            who(name, Some("#"), "maya@example.org"),
            label("Affiliates"),
            badge(tone, state),
            html! { (fmt::number(&cx, clicks)) },
            html! { (money(&cx, clicks * 75)) },
            html! { (money(&cx, clicks * 5)) },
            html! { (Button::link("Open", "#").small()) },
        ];
        Row::new(id, name, cells)
    };
    let rows = [
        row("a", name, Tone::Ok, "Active", 24_698),
        row("b", "Лена Соколова", Tone::Warn, "Held", 10_153),
        row("c", "Northwind Labs", Tone::Neutral, "Paused", 4_620),
        row("d", "Jonas Weiß", Tone::Bad, "Banned", 0),
    ];
    let groups = ["All groups", "Creators"]
        .map(|g| (g.to_owned(), g.to_owned()))
        .to_vec();
    let bulk = html! { (Button::submit("Approve").small()) (Button::submit("Move").small()) };
    html! {
        (chips(&cx, "Status", &all))
        (Card::new("").id("partners").flush(html! {
            (FilterBar::new(&cx, "partners").search("Search name or email", "").choice("group", "Group", groups, "").keep("sort", "-revenue"))
            form method="post" action="#" {
                (crate::component::csrf(&cx))
                (Table::new(&cx, "Partners", columns).rows(rows).selectable())
                (Table::bulk(&cx, &bulk))
            }
            (pager(&cx, 25, Some("next")))
        }))
    }
}

fn controls(cx: &Cx, name: &str) -> Markup {
    let form = FormState::default()
        .with("name", name)
        .with("amount", "12.5")
        .with("model", "affiliate")
        .error("email", "Enter an address like name@example.org");
    let option = |value: &str, title: &str, text: &str| Choice {
        value: value.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
    };
    let models = [
        option("affiliate", "Affiliate", "A share of each sale."),
        option(
            "referral",
            "Customer referral",
            "Customers bring customers; both are rewarded.",
        ),
    ];
    let plain = ["USD", "EUR"].map(|c| (c.to_owned(), c.to_owned()));
    let body = html! {
        (error_summary(cx, &form))
        (Field::text("name", "Name").bind(&form).required())
        (Field::email("email", "Email").bind(&form).hint("Where invitations go."))
        div.fields2 {
            (Field::money("amount", "Amount", Currency::EUR).bind(&form))
            (Field::text("slug", "Slug").prefix("go.acme.test/").optional(cx))
            (select("currency", "Currency", &plain, &form))
            (Field::date("due", "Due"))
        }
        (Field::area("note", "Note").bind(&form))
        (choices("model", "Model", &models, &form))
        (checkbox("terms", &html! { "I accept the " a.link href="#" { "terms" } }, "Version 3 of 12 Nov.", &form))
        (file_drop(cx, "file", "Partner list", ".csv", "CSV, up to 10 MB."))
        div.row.tight {
            (Button::submit("Save").primary())
            (Button::plain("Cancel"))
            (Button::submit("Ban").danger())
            (Button::submit("Ban 3 partners").danger().primary())
            (Button::plain("More").ghost().toggles("more"))
            (Menu::new(cx, "more").link("Edit", "#", Some(Icon::Pencil)).line().danger("Archive", "#", Some(Icon::Ban)))
            (Button::plain("Off").disabled(true))
            (Button::plain("Print").icon_only(Icon::Printer).prints())
        }
    };
    html! { (Card::new("Controls").body(body).footer(html! { "Saved 5 min ago" })) }
}

fn facts(cx: &Cx, name: &str) -> Markup {
    let step = |text: &str, detail: &str, amount: &str, result| Step {
        text: text.to_owned(),
        detail: detail.to_owned(),
        amount: amount.to_owned(),
        result,
    };
    let steps = [
        step("Net order", "$100.00 − $10.00 discount", "$90.00", false),
        step(
            "Rule “Standard”, version 3",
            "20% of the net order",
            "$18.00",
            false,
        ),
        step("Monthly cap", "not reached", "", false),
        step("You earn", "", "$18.00", true),
    ];
    let item = |icon, tone, text: &str, hours: i64| FeedItem {
        icon,
        tone,
        text: html! { b { (name) } " " (text) },
        detail: String::new(),
        at: cx.now.plus(-hours * HOUR),
    };
    let items = [
        item(Icon::ShoppingBag, Tone::Ok, "earned $15.80", 1),
        item(
            Icon::TriangleAlert,
            Tone::Warn,
            "14 sign-ups from one address",
            30,
        ),
    ];
    let task = |title: &str, done| Task {
        title: title.to_owned(),
        text: "It takes one minute.".to_owned(),
        done,
        action: Some(("Start".to_owned(), "#".to_owned())),
    };
    let pairs = [
        ("Email".to_owned(), html! { "maya@example.org" }),
        ("Name".to_owned(), html! { (name) }),
    ];
    html! {
        (Card::new("Facts").body(html! {
            div.row { (avatar_large(name)) (key_values(&pairs)) }
            (meter("Q4 goal: 400 customers", "244 of 400", 244, 400, Tone::Ok))
            (copy_box(cx, "Link", "https://go.acme.test/maya"))
            (code_block(cx, "Snippet", "<script async src=\"https://go.acme.test/c.js\"></script>"))
            (qr("https://go.acme.test/maya", "QR"))
            (explain(&steps))
            (feed(cx, "live", None, &items))
            (checklist(cx, &[task("Create the program", true), task("Invite three partners", false)]))
        }))
    }
}

fn messages(cx: &Cx, name: &str) -> Markup {
    let tones = [Tone::Info, Tone::Ok, Tone::Warn, Tone::Bad];
    let all = [
        Tab::new(cx, "Overview", "/"),
        Tab::new(cx, "Links", "/x"),
        Tab::new(cx, "Commissions", "/y"),
    ];
    html! {
        (tabs(cx, "Sections", &all))
        @for tone in tones {
            (banner(tone, &html! { b { "Heads up. " } (name) }, &html! { (Button::link("Open", "#").small()) }))
        }
        (Card::new("").flush(empty(
            Icon::Users,
            "Partners are people who send you customers",
            "Start with three you know.",
            &html! { (Button::link("Invite partner", "#").primary()) (Button::link("Import", "#")) },
        )))
    }
}
