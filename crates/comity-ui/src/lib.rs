//! Pages, components, mails and translations: everything a person sees.
//!
//! A page is a plain function from a context and a view model to markup:
//!
//! ```
//! use comity_domain::time::Timestamp;
//! use comity_ui::component::{Button, Card, empty};
//! use comity_ui::icon::Icon;
//! use comity_ui::i18n::Lang;
//! use comity_ui::layout::admin::{self, AdminShell};
//! use comity_ui::{Cx, t};
//! use maud::{Markup, html};
//!
//! fn links(cx: &Cx, shell: &AdminShell) -> Markup {
//!     let new = Button::link(t!(cx, "shell-nav-links"), "/admin/links/new").primary().icon(Icon::Plus);
//!     let body = html! {
//!         (Card::new("").flush(empty(Icon::Link, "…", "…", &html! {})))
//!     };
//!     admin::page(cx, shell, &t!(cx, "shell-nav-links"), &html! { (new) }, &body)
//! }
//!
//! let cx = Cx::new(Lang::En, "/admin/links", Timestamp::default());
//! assert!(links(&cx, &AdminShell::sample()).into_string().contains("aria-current=\"page\""));
//! ```
//!
//! Rules: no text outside the catalogues ([`t!`]), no number, amount or date outside
//! [`fmt`], no `style` attribute (the policy is `style-src 'self'`), SVG children closed
//! with `{}`. Every page registers its samples in [`sample`], so that tests render it with
//! typical, empty and hostile data in every language. `docs/guides/add-a-page.md` walks
//! through one.

pub mod admin;
pub mod application;
pub mod asset;
pub mod audit;
pub mod brand;
pub mod chart;
pub mod commission;
pub mod component;
mod cx;
pub mod explain;
pub mod fmt;
pub mod fraud;
pub mod i18n;
pub mod icon;
pub mod integration;
pub mod layout;
pub mod mail;
pub mod partner;
pub mod payout;
pub mod portal;
pub mod program;
pub mod public;
pub mod reference;
pub mod route;
pub mod rule;
pub mod sample;
pub mod segment;
pub mod session;
pub mod settings;

pub use cx::{Cx, Theme};
