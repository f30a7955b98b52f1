//! What a partner sees of their own: read models of the portal, filtered by the acting
//! partner. Somebody else's thing is not found. A team member who looks through the
//! partner's eyes reads the same (Y5) and changes nothing.

mod choice;
mod earning;
mod export;
mod here;
mod home;
mod inquiry;
mod link;
mod news;
mod payout;
mod reward;
mod statement;
mod terms;

pub use choice::{Choices, MailChoice, MailChoices, choices, set_choices};
pub(crate) use choice::{load as choices_of, put as put_choices};
pub use comity_store::commission::{Commission, Listed as ListedCommission};
pub use comity_store::inquiry::{Filter as InquiryFilter, Inquiry, Listed as InquiryListed};
pub use comity_store::link::Listed as ListedLink;
pub use comity_store::statement::Line;
pub use earning::{EarningDetail, Search, earning, earnings, sums};
pub use export::export;
pub use here::{Here, here};
pub use home::{Balance, Day, Home, home};
pub use inquiry::{answer, ask, inquiries, inquiry, inquiry_counts, of_commission};
pub use link::{LinkResults, Links, destinations, link, links};
pub use news::{latest, news};
pub use payout::{PayoutDetail, may_ask, method, payout, payouts};
pub use reward::{Recruiting, Rewards, Units, rewards};
pub use statement::{Month, Statement, months, statement};
pub use terms::{Standing, standing};

use comity_domain::{Actor, PartnerId, TenantId};

use crate::AppError;

/// Days of the chart on the home page.
const DAYS: i64 = 30;

/// The acting partner.
fn acting(actor: &Actor) -> Result<(TenantId, PartnerId), AppError> {
    match actor {
        Actor::Partner { tenant, id, .. } => Ok((*tenant, *id)),
        Actor::User { .. } | Actor::Key { .. } | Actor::System { .. } => Err(AppError::Forbidden),
    }
}

/// The acting partner, unless somebody looks through their eyes.
fn acting_self(actor: &Actor) -> Result<(TenantId, PartnerId), AppError> {
    match actor {
        Actor::Partner {
            tenant,
            id,
            impersonator: None,
        } => Ok((*tenant, *id)),
        _ => Err(AppError::Forbidden),
    }
}
