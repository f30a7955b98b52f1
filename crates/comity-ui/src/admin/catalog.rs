//! Products of the brand: the list with its file, and the form of one.

use comity_domain::{ProductId, ProgramId, RawId, Timestamp};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Table, Tone, badge, csrf, empty,
    error_summary, export, file_drop, pager,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// One product of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// The shop's id.
    pub external_id: String,
    /// Stock keeping unit, or empty.
    pub sku: String,
    /// What people read, or empty.
    pub name: String,
    /// Its category, or empty.
    pub category: String,
    /// It was taken out of the catalogue.
    pub archived: bool,
    /// The latest event that named it.
    pub last_sold_at: Option<Timestamp>,
}

/// The program of a list or a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// Its id.
    pub id: ProgramId,
    /// Its name.
    pub name: String,
}

impl Of {
    /// The address of its products.
    #[must_use]
    pub fn products(&self) -> String {
        format!("/admin/programs/{}/products", self.id)
    }
}

/// `GET …/products` with `q`, `category`, `status`. Posts: itself (`external_id`, `sku`, `name`,
/// `category`), `…/products/import` (`file`), `/admin/products/{id}/status`.
#[derive(Debug, Clone)]
pub struct Products {
    /// The program.
    pub of: Of,
    /// Newest first.
    pub rows: Vec<Product>,
    /// What was searched.
    pub query: String,
    /// The chosen category and status, or empty.
    pub chosen: (String, String),
    /// All categories.
    pub categories: Vec<String>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Values and errors of the form of a new product.
    pub form: FormState,
    /// What is wrong with a file: the place and the words.
    pub refused: Vec<(String, String)>,
    /// The reader may change them.
    pub can_manage: bool,
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &Products) -> Markup {
    let base = view.of.products();
    let narrowed = !view.query.is_empty() || !view.chosen.0.is_empty() || !view.chosen.1.is_empty();
    let body = html! {
        (Card::new("").id("products").flush(html! {
            @if narrowed || !view.rows.is_empty() { (bar(cx, view)) }
            @if !view.rows.is_empty() { (table(cx, view)) }
            @else if narrowed {
                (empty(Icon::Search, &t!(cx, "shell-list-none"), &t!(cx, "shell-list-none-text"), &html! {}))
            } @else {
                (empty(Icon::Layers, &t!(cx, "catalog-none"), &t!(cx, "catalog-none-text"), &html! {}))
            }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
        @if view.can_manage {
            div.split {
                (Card::new(t!(cx, "catalog-new")).body(html! {
                    form.stack method="post" action=(base) {
                        (csrf(cx))
                        (error_summary(cx, &view.form))
                        (fields(cx, &view.form))
                        div.row { (Button::submit(t!(cx, "catalog-add")).primary()) }
                    }
                }))
                (from_file(cx, view, &base))
            }
        }
    };
    framed(cx, shell, view, &body)
}

fn framed(cx: &Cx, shell: &AdminShell, view: &Products, body: &Markup) -> Markup {
    let (programs, rules) = (t!(cx, "shell-nav-programs"), t!(cx, "rule-title"));
    let program = format!("/admin/programs/{}", view.of.id);
    let list = format!("{program}/rules");
    let parents = [
        (programs.as_str(), "/admin/programs"),
        (view.of.name.as_str(), program.as_str()),
        (rules.as_str(), list.as_str()),
    ];
    let file = format!("{}.csv", view.of.products());
    let actions = html! { (export(cx, &file)) };
    admin::detail(
        cx,
        shell,
        &parents,
        &t!(cx, "catalog-title"),
        &actions,
        body,
    )
}

fn bar<'a>(cx: &'a Cx, view: &Products) -> FilterBar<'a> {
    let mut categories = vec![(String::new(), t!(cx, "catalog-all-categories"))];
    categories.extend(view.categories.iter().map(|one| (one.clone(), one.clone())));
    let states = vec![
        (String::new(), t!(cx, "catalog-all-states")),
        ("active".to_owned(), t!(cx, "catalog-active")),
        ("archived".to_owned(), t!(cx, "catalog-archived")),
    ];
    FilterBar::new(cx, "products")
        .search(t!(cx, "catalog-search"), &view.query)
        .choice(
            "category",
            t!(cx, "catalog-category"),
            categories,
            &view.chosen.0,
        )
        .choice("status", t!(cx, "catalog-state"), states, &view.chosen.1)
}

fn table(cx: &Cx, view: &Products) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "catalog-product")),
        Column::text(t!(cx, "catalog-sku")),
        Column::text(t!(cx, "catalog-category")),
        Column::tight(t!(cx, "catalog-sold")),
    ];
    let rows = view.rows.iter().map(|one| {
        let name = if one.name.is_empty() {
            &one.external_id
        } else {
            &one.name
        };
        let sold = one
            .last_sold_at
            .map(|at| fmt::date(cx, at))
            .unwrap_or_default();
        let cells = vec![
            html! {
                @if view.can_manage { a.link href={ "/admin/products/" (one.id) } { (name) } }
                @else { (name) }
                @if one.archived { " " (badge(Tone::Neutral, &t!(cx, "catalog-archived"))) }
                @if !one.name.is_empty() { br; small.muted { (one.external_id) } }
            },
            html! { (one.sku) },
            html! { (one.category) },
            html! { (sold) },
        ];
        Row::new(one.id.to_string(), name, cells)
    });
    html! { (Table::new(cx, t!(cx, "catalog-title"), columns).rows(rows)) }
}

fn fields(cx: &Cx, form: &FormState) -> Markup {
    html! {
        div.fields2 {
            (Field::text("external_id", t!(cx, "catalog-id")).bind(form).required().max(200)
                .hint(t!(cx, "catalog-id-hint")))
            (Field::text("sku", t!(cx, "catalog-sku")).bind(form).optional(cx).max(200))
            (Field::text("name", t!(cx, "catalog-name")).bind(form).optional(cx).max(200))
            (Field::text("category", t!(cx, "catalog-category")).bind(form).optional(cx).max(200))
        }
    }
}

fn from_file(cx: &Cx, view: &Products, base: &str) -> Card {
    Card::new(t!(cx, "catalog-file")).id("file-form").body(html! {
        form.stack method="post" action={ (base) "/import" } enctype="multipart/form-data" {
            (csrf(cx))
            @if !view.refused.is_empty() {
                div role="alert" {
                    p { (t!(cx, "catalog-file-refused")) }
                    @for (place, words) in &view.refused { p.error { (place) ": " (words) } }
                }
            }
            (file_drop(cx, "file", &t!(cx, "catalog-file-choose"), ".csv,.tsv,.txt", &t!(cx, "catalog-file-hint")))
            div.row { (Button::submit(t!(cx, "catalog-file-read"))) }
        }
    })
}

/// `GET` and `POST /admin/products/{id}`; `…/status` with `status`.
#[derive(Debug, Clone)]
pub struct ProductPage {
    /// The program.
    pub of: Of,
    /// The product.
    pub product: Product,
    /// Values and errors.
    pub form: FormState,
}

/// One product.
#[must_use]
pub fn detail(cx: &Cx, shell: &AdminShell, view: &ProductPage) -> Markup {
    let one = &view.product;
    let here = format!("/admin/products/{}", one.id);
    let (programs, products, list) = (
        t!(cx, "shell-nav-programs"),
        t!(cx, "catalog-title"),
        view.of.products(),
    );
    let program = format!("/admin/programs/{}", view.of.id);
    let parents = [
        (programs.as_str(), "/admin/programs"),
        (view.of.name.as_str(), program.as_str()),
        (products.as_str(), list.as_str()),
    ];
    let (next, verb, effect) = if one.archived {
        (
            "active",
            t!(cx, "catalog-restore"),
            t!(cx, "catalog-restore-effect"),
        )
    } else {
        (
            "archived",
            t!(cx, "catalog-archive"),
            t!(cx, "catalog-archive-effect"),
        )
    };
    let body = html! {
        (Card::new("").body(html! {
            form.stack method="post" action=(here) {
                (csrf(cx))
                (error_summary(cx, &view.form))
                (fields(cx, &view.form))
                div.row {
                    (Button::submit(t!(cx, "catalog-save")).primary())
                    (Button::link(t!(cx, "shell-cancel"), list.clone()))
                }
            }
        }))
        (Card::new("").body(html! {
            form.stack method="post" action={ (here) "/status" } {
                (csrf(cx))
                p { (effect) }
                div.row { (Button::submit(verb).value("status", next)) }
            }
        }))
    };
    let title = if one.name.is_empty() {
        &one.external_id
    } else {
        &one.name
    };
    admin::detail(cx, shell, &parents, title, &html! {}, &body)
}

fn sample_product(n: u8, text: &str) -> Product {
    Product {
        id: ProductId(RawId([n; 16])),
        external_id: text.to_owned(),
        sku: "PRO-1".to_owned(),
        name: if n == 1 {
            String::new()
        } else {
            text.to_owned()
        },
        category: text.to_owned(),
        archived: n == 2,
        last_sold_at: Some(sample::now()),
    }
}

fn sample_list(rows: Vec<Product>) -> Products {
    Products {
        of: Of {
            id: ProgramId(RawId([1; 16])),
            name: HOSTILE.to_owned(),
        },
        rows,
        query: String::new(),
        chosen: (String::new(), String::new()),
        categories: vec!["plans".to_owned(), HOSTILE.to_owned()],
        next: None,
        form: FormState::default().error("external_id", HOSTILE),
        refused: vec![("line 3".to_owned(), HOSTILE.to_owned())],
        can_manage: true,
    }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-products", |cx| {
            let rows = vec![sample_product(1, "pro"), sample_product(2, HOSTILE)];
            list(cx, &AdminShell::sample(), &sample_list(rows))
        }),
        ("admin-products-empty", |cx| {
            list(cx, &AdminShell::sample(), &sample_list(Vec::new()))
        }),
        ("admin-product", |cx| {
            let view = ProductPage {
                of: sample_list(Vec::new()).of,
                product: sample_product(2, HOSTILE),
                form: FormState::default().error("sku", HOSTILE),
            };
            detail(cx, &AdminShell::sample(), &view)
        }),
    ]
}
