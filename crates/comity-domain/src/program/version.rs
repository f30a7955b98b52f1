//! Which version of a policy decides about an event (X3).

use crate::Timestamp;
use crate::code::coded;

coded! {
    /// To whom a new version applies: asked each time one is published.
    ApplyTo {
        /// Customers who first appear after publication.
        NewCustomers = "new_customers",
        /// Events that happen after publication.
        NewEvents = "new_events",
        /// Every event decided from now on, whenever it happened.
        All = "all",
    }
}

/// What is needed to know about a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// To whom it applies.
    pub apply_to: ApplyTo,
    /// When it was published.
    pub published_at: Timestamp,
}

/// The index of the version that decides; `versions` run from new to old. The
/// oldest one decides whatever no other claims, so imported history is decided too.
#[must_use]
pub fn choose(
    versions: &[Version],
    event_at: Timestamp,
    customer_since: Option<Timestamp>,
) -> Option<usize> {
    let claims = |version: &Version| match version.apply_to {
        ApplyTo::All => true,
        ApplyTo::NewEvents => event_at >= version.published_at,
        ApplyTo::NewCustomers => customer_since.unwrap_or(event_at) >= version.published_at,
    };
    versions
        .iter()
        .position(claims)
        .or_else(|| versions.len().checked_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn version(apply_to: ApplyTo, second: i64) -> Version {
        Version {
            apply_to,
            published_at: Timestamp::from_seconds(second),
        }
    }

    #[test]
    fn old_customers_keep_the_old_version() {
        let versions = [
            version(ApplyTo::NewCustomers, 100),
            version(ApplyTo::NewEvents, 0),
        ];
        let at = Timestamp::from_seconds;
        assert_eq!(choose(&versions, at(200), Some(at(50))), Some(1));
        assert_eq!(choose(&versions, at(200), Some(at(150))), Some(0));
        assert_eq!(choose(&versions, at(200), None), Some(0));
    }

    #[test]
    fn late_events_are_decided_at_event_time_and_history_by_the_oldest() {
        let versions = [
            version(ApplyTo::NewEvents, 100),
            version(ApplyTo::NewEvents, 50),
        ];
        assert_eq!(
            choose(&versions, Timestamp::from_seconds(99), None),
            Some(1)
        );
        assert_eq!(choose(&versions, Timestamp::from_seconds(1), None), Some(1));
        assert_eq!(choose(&[], Timestamp::from_seconds(1), None), None);
    }
}
