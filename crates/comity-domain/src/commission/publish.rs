//! What a newly published rule set applies to (X3). Asked at every publication.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The scope of a change of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishScope {
    /// Only customers whose first commission comes after the publication;
    /// everybody else stays on the version they began with.
    NewCustomers,
    /// Events from the publication on, for all customers.
    NewEvents,
    /// Also events before it: what was decided is adjusted by the difference.
    All,
}

impl PublishScope {
    /// True when the version published at `published` decides an event at `event`
    /// of a customer on whom the partner first earned at `first_commission`.
    #[must_use]
    pub fn covers(
        self,
        published: Timestamp,
        event: Timestamp,
        first_commission: Option<Timestamp>,
    ) -> bool {
        match self {
            Self::All => true,
            Self::NewEvents => event >= published,
            Self::NewCustomers => {
                event >= published && first_commission.is_none_or(|first| first >= published)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x3_the_scope_decides_who_keeps_the_old_rules() {
        let [before, published, after] = [1, 2, 3].map(Timestamp::from_seconds);
        let covered = |event, first| {
            [
                PublishScope::NewCustomers,
                PublishScope::NewEvents,
                PublishScope::All,
            ]
            .map(|scope| scope.covers(published, event, first))
        };
        assert_eq!(covered(before, None), [false, false, true]);
        assert_eq!(covered(after, Some(before)), [false, true, true]);
        assert_eq!(covered(after, None), [true, true, true]);
        assert_eq!(covered(published, Some(published)), [true, true, true]);
    }
}
