//! What a program's owner can set without code, with defaults that work.

use serde::{Deserialize, Serialize};

use super::{Program, ProgramStatus};

/// One more question on the application form (D2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Stable key of the answer.
    pub key: String,
    /// The question as applicants read it.
    pub label: String,
    /// How it is answered.
    pub kind: FieldKind,
    /// Whether an answer is needed.
    pub required: bool,
    /// Choices, for kinds that list them.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// An address of a page.
    Url,
    /// A whole number.
    Number,
    /// One of the listed choices.
    Choice,
    /// Any of the listed choices.
    Choices,
    /// A box to tick, as for a consent.
    Check,
}

/// What becomes of a sale that only the visitor's browser reported (issue 3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrowserSales {
    /// It waits, unverified, until the shop's server or payment provider reports the same sale.
    #[default]
    Hold,
    /// It is written down and never counts.
    Refuse,
    /// It counts at once: for programs that can live with forged sales.
    Accept,
}

impl BrowserSales {
    /// All choices, the safest default first.
    pub const ALL: [Self; 3] = [Self::Hold, Self::Refuse, Self::Accept];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Refuse => "refuse",
            Self::Accept => "accept",
        }
    }

    /// The choice with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }
}

impl FieldKind {
    /// Every kind, in the order editors offer them.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::LongText,
        Self::Url,
        Self::Number,
        Self::Choice,
        Self::Choices,
        Self::Check,
    ];

    /// The stable code, as in stored settings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Url => "url",
            Self::Number => "number",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Check => "check",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the question lists its answers.
    #[must_use]
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }
}

/// Settings with defaults from SEMANTICS section 6.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProgramSettings {
    /// One sentence on the public page.
    pub promise: String,
    /// A few paragraphs about the program.
    pub description: String,
    /// Brand hue in degrees, 0 to 359.
    pub brand_hue: u16,
    /// Brand chroma in thousandths, at most 200.
    pub brand_chroma: u16,
    /// Days a commission waits before it can be paid (the refund period).
    pub hold_days: u16,
    /// Smallest payout in minor units.
    pub payout_minimum_minor: i64,
    /// Above this total a second person must approve a payout batch; minor units.
    pub four_eyes_above_minor: i64,
    /// Days a changed payout method waits before it is used.
    pub payout_cooling_days: u16,
    /// Hosts that deep links may lead to; subdomains included.
    pub deep_link_hosts: Vec<String>,
    /// Name of the click id in landing addresses.
    pub click_param: String,
    /// What becomes of sales that only a browser reported.
    pub browser_sales: BrowserSales,
    /// Query appended to landing addresses, as in `utm_source={partner}`.
    pub utm_template: String,
    /// Where links of a closed program lead.
    pub fallback_url: String,
    /// Approve applications without a person, unless something looks risky (D3).
    pub auto_approve: bool,
    /// Countries whose applications are refused, as ISO codes.
    pub refused_countries: Vec<String>,
    /// Days after which a rejected applicant may apply again.
    pub reapply_days: u16,
    /// Questions beyond name, e-mail and site.
    pub form: Vec<FormField>,
    /// After so many days without a sale a partner is reminded once (H9); 0 for never.
    pub nudge_after_days: u16,
    /// Discount the referred customer gets, in hundredths of a percent (H3).
    pub referee_discount_bps: u32,
    /// Platform cost per month for the cost ledger (K3), minor units.
    pub platform_cost_minor: i64,
    /// Management cost per month for the cost ledger (K3), minor units.
    pub management_cost_minor: i64,
}

impl Default for ProgramSettings {
    fn default() -> Self {
        Self {
            promise: String::new(),
            description: String::new(),
            brand_hue: 268,
            brand_chroma: 190,
            hold_days: 30,
            payout_minimum_minor: 5_000,
            four_eyes_above_minor: 500_000,
            payout_cooling_days: 3,
            deep_link_hosts: Vec::new(),
            click_param: "cid".to_owned(),
            browser_sales: BrowserSales::Hold,
            utm_template: String::new(),
            fallback_url: String::new(),
            auto_approve: false,
            refused_countries: Vec::new(),
            reapply_days: 30,
            form: Vec::new(),
            nudge_after_days: 0,
            referee_discount_bps: 0,
            platform_cost_minor: 0,
            management_cost_minor: 0,
        }
    }
}

/// One line of the launch checklist (A8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readiness {
    /// What is checked; the tail of a translation key.
    pub item: &'static str,
    /// Whether it is done.
    pub done: bool,
}

/// The launch checklist of a program: what a partner would miss on day one.
#[must_use]
pub fn readiness(
    program: &Program,
    terms_published: bool,
    rules_published: bool,
    links: u64,
) -> Vec<Readiness> {
    let item = |item, done| Readiness { item, done };
    vec![
        item("promise", !program.settings.promise.is_empty()),
        item("website", !program.website.is_empty()),
        item("rules", rules_published),
        item("terms", terms_published),
        item("link", links > 0),
        item("active", program.status == ProgramStatus::Active),
    ]
}
