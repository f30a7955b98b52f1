//! Language and theme: forms that set a cookie and come back.

use maud::{Markup, html};

use crate::component::csrf;
use crate::i18n::Lang;
use crate::icon::Icon;
use crate::{Cx, Theme, t};

/// Where language and theme are set: `POST /preferences` with `lang` or `theme` and `back`
/// (a local path). Answers 303 to `back`.
pub const PREFERENCES: &str = "/preferences";

fn theme_text(cx: &Cx, theme: Theme) -> (Icon, String) {
    match theme {
        Theme::System => (Icon::Monitor, t!(cx, "shell-theme-system")),
        Theme::Light => (Icon::Sun, t!(cx, "shell-theme-light")),
        Theme::Dark => (Icon::Moon, t!(cx, "shell-theme-dark")),
    }
}

/// Entries of a menu: three themes and all languages.
pub(super) fn menu_entries(cx: &Cx) -> Markup {
    html! {
        form method="post" action=(PREFERENCES) {
            (csrf(cx))
            input type="hidden" name="back" value=(cx.here());
            p.h { (t!(cx, "shell-theme")) }
            @for theme in [Theme::System, Theme::Light, Theme::Dark] {
                @let (icon, text) = theme_text(cx, theme);
                button type="submit" name="theme" value=(theme.code())
                    aria-current=[(theme == cx.theme).then_some("true")] {
                    (icon) span { (text) }
                    @if theme == cx.theme { span.tick { (Icon::Check) } }
                }
            }
            p.h { (t!(cx, "shell-language")) }
            @for &lang in Lang::ALL {
                button type="submit" name="lang" value=(lang.code()) lang=(lang.code())
                    aria-current=[(lang == cx.lang).then_some("true")] {
                    (Icon::Languages) span { (lang.native_name()) }
                    @if lang == cx.lang { span.tick { (Icon::Check) } }
                }
            }
        }
    }
}

/// A small menu for pages without a user menu.
pub(super) fn public_menu(cx: &Cx) -> Markup {
    html! {
        button.btn.ghost.sm type="button" popovertarget="preferences" {
            (Icon::Languages) span { (cx.lang.native_name()) }
        }
        div.menu #preferences popover { (menu_entries(cx)) }
    }
}
