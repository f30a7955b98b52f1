//! What people decided about signals, and what signals on trial would have done.

use std::collections::BTreeMap;

use super::decision::{Verdict, VerdictAction};
use super::policy::SignalAction;
use super::signal::SignalKind;
use crate::{Bps, Money, MoneyError};

/// A signal that a person looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewed {
    /// The kind.
    pub kind: SignalKind,
    /// The person found fraud.
    pub confirmed: bool,
}

/// How often a kind of signal was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    /// Reviewed signals.
    pub reviewed: u32,
    /// Those confirmed.
    pub confirmed: u32,
}

impl Precision {
    /// Confirmed ÷ reviewed; nothing before the first review.
    #[must_use]
    pub fn share(self) -> Option<Bps> {
        let share = u64::from(self.confirmed)
            .checked_mul(10_000)?
            .checked_div(u64::from(self.reviewed))?;
        u32::try_from(share).ok().map(Bps)
    }
}

/// How often each kind was right, over all reviews.
#[must_use]
pub fn precision(reviews: &[Reviewed]) -> BTreeMap<SignalKind, Precision> {
    let mut kinds = BTreeMap::new();
    for review in reviews {
        let entry = kinds.entry(review.kind).or_insert(Precision {
            reviewed: 0,
            confirmed: 0,
        });
        entry.reviewed += 1;
        entry.confirmed += u32::from(review.confirmed);
    }
    kinds
}

/// What a kind of signal on trial would have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WouldHave {
    /// Commissions it would have held or rejected that went through.
    pub commissions: u32,
    /// Their sum.
    pub amount: Money,
}

/// What each kind would have done over past verdicts and their commissions.
/// Only commissions that nothing else stopped are counted.
pub fn would_have<'a>(
    past: impl IntoIterator<Item = (&'a Verdict, Money)>,
) -> Result<BTreeMap<SignalKind, WouldHave>, MoneyError> {
    let mut kinds: BTreeMap<SignalKind, WouldHave> = BTreeMap::new();
    for (verdict, amount) in past {
        if verdict.action >= VerdictAction::Hold {
            continue;
        }
        for contribution in &verdict.contributions {
            if contribution.would > SignalAction::Observe {
                let none = WouldHave {
                    commissions: 0,
                    amount: Money::zero(amount.currency),
                };
                let entry = kinds.entry(contribution.evidence.kind()).or_insert(none);
                entry.commissions += 1;
                entry.amount = entry.amount.add(amount)?;
            }
        }
    }
    Ok(kinds)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fraud::{Evidence, Policy, SignalPolicy, decide};
    use crate::{Currency, Timestamp};

    #[test]
    fn precision_is_nothing_before_the_first_review() {
        let review = |confirmed| Reviewed {
            kind: SignalKind::TooFast,
            confirmed,
        };
        let kinds = precision(&[review(true), review(true), review(false)]);
        assert_eq!(kinds[&SignalKind::TooFast].share(), Some(Bps(6_666)));
        assert_eq!(
            Precision {
                reviewed: 0,
                confirmed: 0
            }
            .share(),
            None
        );
    }

    #[test]
    fn a_trial_reports_what_it_would_have_held() {
        let mut policy = Policy::default();
        let until = Some(Timestamp::from_seconds(1));
        let setting = SignalPolicy {
            action: SignalAction::Hold,
            weight: 70,
            trial_until: until,
        };
        policy.set(SignalKind::DataCenter, setting).unwrap();
        let verdict = |seen| decide(seen, &policy, &BTreeSet::new(), Timestamp::default());
        let trial = verdict(vec![Evidence::DataCenter]);
        let stopped = verdict(vec![Evidence::DataCenter, Evidence::SamePayment]);
        let eur = |minor| Money::new(minor, Currency::EUR);
        let report =
            would_have([(&trial, eur(500)), (&trial, eur(70)), (&stopped, eur(9))]).unwrap();
        assert_eq!(
            report[&SignalKind::DataCenter],
            WouldHave {
                commissions: 2,
                amount: eur(570)
            }
        );
        assert_eq!(report.len(), 1);
    }
}
