//! The terms of a program, for anybody to read and print (I1).

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{Button, prose};
use crate::icon::Icon;
use crate::layout::public::{self, PublicShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// `GET /p/{slug}/terms`.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Head and foot.
    pub shell: PublicShell,
    /// Number of the version.
    pub version: u32,
    /// Since when it holds.
    pub since: Timestamp,
    /// The text: `# ` headings, `- ` lists, paragraphs.
    pub text: String,
}

impl Terms {
    /// Usual terms.
    #[must_use]
    pub fn sample() -> Self {
        let text = "# Rewards\n\n20% of the net sale for twelve months. Refunds reverse the reward.\n\n\
            # What is not allowed\n\n- Buying through your own link.\n- Setting cookies without a click.\n\
            - Bidding on our brand in paid search.";
        Self {
            shell: PublicShell::sample(),
            version: 3,
            since: sample::now().plus_days(-9),
            text: text.to_owned(),
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        Self {
            text: format!("# {HOSTILE}\n\n{}", HOSTILE.repeat(20)),
            ..Self::sample()
        }
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Terms) -> Markup {
    let title = t!(cx, "public-terms-title", brand = &view.shell.brand);
    let body = html! {
        div.row.between {
            h1 { (title) }
            span.noprint { (Button::plain(t!(cx, "public-print")).icon(Icon::Printer).small().prints()) }
        }
        p.muted { (t!(cx, "public-terms-version", n = view.version, date = fmt::date(cx, view.since))) }
        (prose(&view.text))
    };
    public::narrow(cx, &view.shell, &title, &body)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("public-terms", |cx| page(cx, &Terms::sample())),
        ("public-terms-hostile", |cx| page(cx, &Terms::hostile())),
    ]
}
