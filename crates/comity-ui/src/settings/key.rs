//! API keys.

use comity_domain::time::Timestamp;
use comity_domain::{ApiKeyId, RawId, Scope};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FormState, Listing, Row, Table, Tone, badge, banner, checkbox,
    copy_box, csrf, empty, error_summary, export, select,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// A key without its secret.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// Its id.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// Its last characters.
    pub hint: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Last used.
    pub used_at: Option<Timestamp>,
    /// Ends.
    pub expires_at: Option<Timestamp>,
    /// It works.
    pub active: bool,
}

/// The page. Posts `name`, `days` and a checkbox `scope-<code>` per scope to
/// `POST /admin/settings/api-keys`; ends keys with `POST /admin/settings/api-keys/{id}/revoke`.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Keys that fit the search, newest first.
    pub keys: Vec<KeyRow>,
    /// What was searched.
    pub query: String,
    /// The key that was just made: shown once.
    pub fresh: Option<String>,
    /// Kept values and errors.
    pub form: FormState,
}

fn scope_text(cx: &Cx, scope: Scope) -> String {
    match scope {
        Scope::Read => t!(cx, "settings-scope-read"),
        Scope::Events => t!(cx, "settings-scope-events"),
        Scope::Partners => t!(cx, "settings-scope-partners"),
        Scope::Programs => t!(cx, "settings-scope-programs"),
        Scope::Money => t!(cx, "settings-scope-money"),
        Scope::Integrations => t!(cx, "settings-scope-integrations"),
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Keys) -> Markup {
    let body = html! {
        @if let Some(secret) = &view.fresh {
            (banner(Tone::Ok, &html! { (t!(cx, "settings-key-fresh")) }, &html! {}))
            (Card::new("").body(copy_box(cx, &t!(cx, "settings-key-secret"), secret)))
        }
        (Card::new(t!(cx, "settings-key-new")).body(form(cx, &view.form)))
        (Card::new(t!(cx, "settings-key-title")).id("keys-list").flush(list(cx, view)))
    };
    let docs = html! { (export(cx, "/admin/settings/api-keys.csv")) (Button::link(t!(cx, "settings-key-docs"), "/api/docs").icon(Icon::Code)) };
    admin::settings(cx, shell, &docs, &body)
}

fn form(cx: &Cx, form: &FormState) -> Markup {
    let lives = vec![
        (String::new(), t!(cx, "settings-key-forever")),
        ("30".to_owned(), t!(cx, "settings-key-days", n = 30_u32)),
        ("90".to_owned(), t!(cx, "settings-key-days", n = 90_u32)),
        ("365".to_owned(), t!(cx, "settings-key-days", n = 365_u32)),
    ];
    html! {
        form.stack method="post" action="/admin/settings/api-keys" {
            (csrf(cx))
            (error_summary(cx, form))
            div.fields2 {
                (Field::text("name", t!(cx, "settings-key-name")).bind(form).required().max(80)
                    .hint(t!(cx, "settings-key-name-hint")))
                (select("days", &t!(cx, "settings-key-expires"), &lives, form))
            }
            fieldset.field {
                legend { (t!(cx, "settings-key-scopes")) }
                @for scope in Scope::ALL {
                    @let name = format!("scope-{}", scope.code());
                    (checkbox(&name, &html! { (scope_text(cx, scope)) }, scope.code(), form))
                }
                @if let Some(error) = form.error_of("scopes") { p.err { (error) } }
            }
            div.row { (Button::submit(t!(cx, "settings-key-create")).primary().icon(Icon::KeyRound)) }
        }
    }
}

fn list(cx: &Cx, view: &Keys) -> Markup {
    let (title, text) = (
        t!(cx, "settings-key-empty"),
        t!(cx, "settings-key-empty-text"),
    );
    let nothing = empty(Icon::KeyRound, &title, &text, &html! {});
    let listing = Listing {
        id: "keys-list",
        query: &view.query,
        shown: view.keys.len(),
        next: None,
    };
    listing.around(cx, &table(cx, &view.keys), &nothing)
}

fn table(cx: &Cx, keys: &[KeyRow]) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "settings-key-name")),
        Column::text(t!(cx, "settings-key-scopes")),
        Column::tight(t!(cx, "settings-key-used")),
        Column::tight(t!(cx, "settings-key-expires")),
        Column::text(""),
    ];
    let never = t!(cx, "settings-key-never");
    let rows = keys.iter().map(|key| {
        let date = |at: Option<Timestamp>| at.map_or(never.clone(), |at| fmt::date(cx, at));
        let scopes: Vec<String> = key.scopes.iter().map(|s| scope_text(cx, *s)).collect();
        let end = html! {
            @if key.active {
                form method="post" action={ "/admin/settings/api-keys/" (key.id) "/revoke" } {
                    (csrf(cx))
                    (Button::submit(t!(cx, "settings-key-revoke")).small().danger())
                }
            } @else {
                (badge(Tone::Neutral, &t!(cx, "settings-key-ended")))
            }
        };
        let cells = vec![
            html! { (key.name) " " span.mono.muted { "…" (key.hint) } },
            html! { (scopes.join("; ")) },
            html! { (date(key.used_at)) },
            html! { (date(key.expires_at)) },
            end,
        ];
        Row::new(key.id.to_string(), &key.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "settings-key-title"), columns).rows(rows)) }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, names: &[&str], fresh: Option<&str>, form: FormState) -> Markup {
        let cx = Cx {
            path: "/admin/settings/api-keys".to_owned(),
            ..cx.clone()
        };
        let keys = (1..).zip(names).map(|(n, name)| KeyRow {
            id: ApiKeyId(RawId([n; 16])),
            name: (*name).to_owned(),
            hint: "9f3c".to_owned(),
            scopes: vec![Scope::Read, Scope::Events],
            used_at: (n == 1).then(sample::now),
            expires_at: None,
            active: n == 1,
        });
        let view = Keys {
            keys: keys.collect(),
            query: String::new(),
            fresh: fresh.map(str::to_owned),
            form,
        };
        page(&cx, &AdminShell::sample(), &view)
    }
    vec![
        ("settings-key", |cx| {
            show(
                cx,
                &["Shop", "Old shop"],
                Some("cmt_live_0000"),
                FormState::default(),
            )
        }),
        ("settings-key-empty", |cx| {
            show(cx, &[], None, FormState::default())
        }),
        ("settings-key-hostile", |cx| {
            let form = FormState::default()
                .error("name", HOSTILE)
                .error("scopes", HOSTILE);
            show(cx, &[HOSTILE], None, form)
        }),
    ]
}
