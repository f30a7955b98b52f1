//! One link: its address, numbers, QR code, and changing it.

use comity_domain::link::LinkStatus;
use maud::{Markup, html};

use super::new::destination;
use super::{Link, status_badge, toggle};
use crate::component::{Button, Card, FormState, copy_box, csrf, error_summary, key_values, qr};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// `GET /admin/links/{id}`; posts to itself (`destination`, `label`, `expires_on`) and to `…/status`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The link.
    pub link: Link,
    /// Whether the reader may change it.
    pub can_manage: bool,
    /// Values and errors.
    pub form: FormState,
}

/// A link's page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let link = &view.link;
    let facts = [
        (
            t!(cx, "link-partner"),
            html! {
                a.link href={ "/admin/partners/" (link.partner) } { (link.partner_name) }
            },
        ),
        (t!(cx, "link-destination"), html! { (link.destination) }),
        (
            t!(cx, "link-clicks"),
            html! { (fmt::number(cx, link.clicks)) },
        ),
        (
            t!(cx, "link-sales"),
            html! { (fmt::number(cx, link.sales)) },
        ),
        (
            t!(cx, "shell-date"),
            html! { (fmt::datetime(cx, link.created_at)) },
        ),
    ];
    let body = html! {
        (Card::new(t!(cx, "link-address")).actions(status_badge(cx, link.status)).body(html! {
            (copy_box(cx, &t!(cx, "link-address"), &link.url))
            (key_values(&facts))
        }))
        (Card::new(t!(cx, "link-qr")).actions(html! {
            (Button::link(t!(cx, "link-qr-download"), format!("/admin/links/{}/qr.svg", link.id))
                .small().icon(Icon::Download))
        }).body(qr(&link.url, &t!(cx, "link-qr"))))
        @if view.can_manage { (edit(cx, view)) }
    };
    let title = t!(cx, "shell-nav-links");
    let actions = html! {
        @if view.can_manage { (toggle(cx, &format!("/admin/links/{}/status", link.id), link.status)) }
    };
    admin::detail(
        cx,
        shell,
        &[(title.as_str(), "/admin/links")],
        &link.url,
        &actions,
        &body,
    )
}

fn edit(cx: &Cx, view: &Detail) -> Markup {
    let path = format!("/admin/links/{}", view.link.id);
    html! {
        (Card::new(t!(cx, "link-edit")).body(html! {
            form.stack method="post" action=(path) {
                (csrf(cx))
                (error_summary(cx, &view.form))
                (destination(cx, &view.form))
                div.row { (Button::submit(t!(cx, "link-save")).primary()) }
            }
        }))
        @if view.link.status != LinkStatus::Archived {
            (Card::new(t!(cx, "link-archive")).danger().body(html! {
                p { (t!(cx, "link-archive-text")) }
                form method="post" action={ (path) "/status" } {
                    (csrf(cx))
                    (Button::submit(t!(cx, "link-archive")).danger().value("status", LinkStatus::Archived.code()))
                }
            }))
        }
    }
}
