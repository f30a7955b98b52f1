//! Events in: recorded once per natural key, decided at event time, in any order.

mod check;
mod customer;
mod edge;
mod edit;
mod enrich;
pub mod fact;
mod hint;
mod journey;
mod lead;
mod place;
mod read;
mod record;
mod refund;
mod ship;

use std::collections::BTreeMap;

use comity_domain::attribution::Decision;
use comity_domain::commission::Item;
use comity_domain::tracking::EventKind;
use comity_domain::{ClickId, Money, ProgramId, Timestamp};
use comity_store::commission::Commission;
use serde::{Deserialize, Serialize};

pub use comity_store::click::{Click, Filter as ClickFilter, Listed as ListedClick};
pub use comity_store::customer::Customer;
pub use comity_store::event::{Event, Filter as EventFilter};
pub use edge::{Edge, complete_until, report_edge, unrecorded};
pub(crate) use edit::{differs, order};
pub use enrich::{Enriched, enrich};
pub use hint::{HEARD, Heard, hear, take_hint};
pub use journey::{Journey, journey};
pub use lead::{NewLead, SubmittedLead, submit_lead, submitted_leads};
pub use place::{Hints, currency_of, program_of};
pub use read::{click, clicks, customers, events};
pub use record::{decide_waiting, record};
pub(crate) use refund::settle_amounts;
pub use ship::{ShippedClick, ship_clicks};

/// What an event says happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// A lead, sale, renewal, refund, chargeback or custom action.
    Kind(EventKind),
    /// A whole sale was cancelled: whatever is left of it is reversed.
    Void,
    /// A chargeback was decided for the brand: its reversal is undone.
    ChargebackWon,
    /// An order was edited: the amount and lines are what it comes to now, before refunds.
    OrderEdited,
    /// A customer became known; binds the customer to the click.
    CustomerSeen,
    /// No business event: `aliases` are further names of the sale in `refers_to`.
    SaleNames,
}

impl Happening {
    /// The stable code, unique with the external id.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Kind(kind) => kind.code(),
            Self::Void => "void",
            Self::ChargebackWon => "chargeback_won",
            Self::OrderEdited => "order_edited",
            Self::CustomerSeen => "customer",
            Self::SaleNames => "sale_names",
        }
    }
}

/// Who bought, as far as the sender says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCustomer {
    /// The shop's own id, or empty.
    pub external_id: String,
    /// Address, or empty.
    pub email: String,
    /// Name, or empty.
    pub name: String,
    /// ISO country code, or empty.
    pub country: String,
}

/// An event as it arrives, whatever brought it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEvent {
    /// In which program.
    pub program: ProgramId,
    /// What happened.
    pub happening: Happening,
    /// The sender's id: with program and kind the natural key.
    pub external_id: String,
    /// Further names of this sale that later events may refer to.
    pub aliases: Vec<String>,
    /// Names of the sale a refund is about.
    pub refers_to: Vec<String>,
    /// The click that came along.
    pub click: Option<ClickId>,
    /// Coupon codes used.
    pub coupons: Vec<String>,
    /// The customer.
    pub customer: NewCustomer,
    /// What commissions count: after discount, without tax and shipping. For
    /// refunds what of that went back.
    pub net: Money,
    /// Price before discount, without tax and shipping.
    pub gross: Money,
    /// Lines of the order.
    pub items: Vec<Item>,
    /// When it happened; now when not said.
    pub occurred_at: Option<Timestamp>,
    /// Remaining fields.
    pub metadata: BTreeMap<String, String>,
}

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The event as stored.
    pub event: Event,
    /// True when the same event was recorded before: nothing was done.
    pub repeated: bool,
    /// Who was credited and why, for events that are attributed.
    pub decision: Option<Decision>,
    /// What was earned, or what remains of it after a refund.
    pub commissions: Vec<Commission>,
}
