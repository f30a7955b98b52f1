//! Applications: checking the form, and deciding without a person where allowed.

mod form;

pub use form::{Answer, FormError, check_answers};

use crate::code::coded;
use crate::program::ProgramSettings;

coded! {
    /// Where an application stands.
    ApplicationStatus {
        /// Waiting for a decision.
        Submitted = "submitted",
        /// The team asked something.
        InfoRequested = "info_requested",
        /// In.
        Approved = "approved",
        /// Refused, with a reason.
        Rejected = "rejected",
    }
}

coded! {
    /// Why an application was refused; the applicant reads it in words.
    RejectReason {
        /// More detail is needed before a decision.
        NeedsDetail = "needs_detail",
        /// The requirements are not met.
        Requirements = "requirements",
        /// Not the right fit now.
        Fit = "fit",
        /// Not offered in this country.
        Country = "country",
        /// A competitor.
        Competitor = "competitor",
        /// Looks like abuse.
        Risk = "risk",
        /// Something else, see the text.
        Other = "other",
    }
}

/// What speaks against approving without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signals {
    /// Another application or partner with the same normalised address.
    pub duplicate: bool,
    /// A throw-away address.
    pub disposable_email: bool,
    /// No site or channel given.
    pub no_channel: bool,
    /// The address belongs to a team member.
    pub team_member: bool,
}

/// What to do with a fresh application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Approve at once.
    Approve,
    /// Refuse at once.
    Reject(RejectReason),
    /// A person decides; the flags say why.
    Review(Vec<&'static str>),
}

/// Decides by the program's rules (D3): a risky application is never approved
/// without a person.
#[must_use]
pub fn decide(settings: &ProgramSettings, country: &str, signals: Signals) -> Verdict {
    if settings
        .refused_countries
        .iter()
        .any(|refused| refused.eq_ignore_ascii_case(country))
    {
        return Verdict::Reject(RejectReason::Country);
    }
    let checks = [
        (signals.duplicate, "duplicate"),
        (signals.disposable_email, "disposable_email"),
        (signals.no_channel, "no_channel"),
        (signals.team_member, "team_member"),
    ];
    let flags: Vec<_> = checks
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, flag)| flag)
        .collect();
    let risky = signals.duplicate || signals.disposable_email || signals.team_member;
    if settings.auto_approve && !risky {
        Verdict::Approve
    } else {
        Verdict::Review(flags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Signals = Signals {
        duplicate: false,
        disposable_email: false,
        no_channel: false,
        team_member: false,
    };

    #[test]
    fn a_flagged_application_always_meets_a_person() {
        let settings = ProgramSettings {
            auto_approve: true,
            ..ProgramSettings::default()
        };
        assert_eq!(decide(&settings, "DE", CLEAN), Verdict::Approve);
        let flagged = Signals {
            disposable_email: true,
            ..CLEAN
        };
        assert_eq!(
            decide(&settings, "DE", flagged),
            Verdict::Review(vec!["disposable_email"])
        );
    }

    #[test]
    fn a_refused_country_is_refused_whatever_else() {
        let settings = ProgramSettings {
            auto_approve: true,
            refused_countries: vec!["KP".to_owned()],
            ..ProgramSettings::default()
        };
        assert_eq!(
            decide(&settings, "kp", CLEAN),
            Verdict::Reject(RejectReason::Country)
        );
    }
}
