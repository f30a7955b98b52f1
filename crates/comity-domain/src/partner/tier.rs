//! Tiers of partners: levels of a program that are given by hand or reached by totals (E3, H1).

use serde::{Deserialize, Serialize};

use crate::commission::{Measure, Period};
use crate::{ProgramId, TenantId, TierId, Timestamp};

/// The most tiers of a program: more levels mean nothing to people.
pub const MAX_TIERS: usize = 20;

/// The total that reaches a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// What is added up.
    pub measure: Measure,
    /// Over which period, in the program's time zone.
    pub period: Period,
    /// The total to reach (amounts in minor units).
    pub at: i64,
}

/// One level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Its id.
    pub id: TierId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// What people and rules call it; unique in the program.
    pub name: String,
    /// Its place, unique in the program: the higher, the better.
    pub level: i64,
    /// The total that reaches it; nothing when it is given by hand only.
    pub reach: Option<Reach>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Why a list of tiers makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TierError {
    /// Two tiers have one level.
    #[error("two tiers have one level")]
    SameLevel,
    /// A higher tier is reached no later than a lower one, so the lower is never held.
    #[error("a higher tier is reached no later than a lower one")]
    NotAbove,
    /// There are more than [`MAX_TIERS`].
    #[error("too many tiers")]
    TooMany,
}

/// Whether levels and totals rise together: totals of one kind over one period are compared.
pub fn check_tiers(tiers: &[Tier]) -> Result<(), TierError> {
    if tiers.len() > MAX_TIERS {
        return Err(TierError::TooMany);
    }
    for (index, a) in tiers.iter().enumerate() {
        for b in &tiers[index + 1..] {
            if a.level == b.level {
                return Err(TierError::SameLevel);
            }
            let (low, high) = if a.level < b.level { (a, b) } else { (b, a) };
            if let (Some(low), Some(high)) = (low.reach, high.reach)
                && (low.measure, low.period) == (high.measure, high.period)
                && high.at <= low.at
            {
                return Err(TierError::NotAbove);
            }
        }
    }
    Ok(())
}

/// The highest tier whose total is reached; `total` answers what was added up before.
#[must_use]
pub fn reached(tiers: &[Tier], total: impl Fn(Reach) -> i64) -> Option<&Tier> {
    let mut best: Option<&Tier> = None;
    for tier in tiers {
        let higher = best.is_none_or(|best| best.level < tier.level);
        if let Some(reach) = tier.reach.filter(|_| higher)
            && total(reach) >= reach.at
        {
            best = Some(tier);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawId;

    fn tier(level: i64, at: Option<i64>) -> Tier {
        Tier {
            id: TierId(RawId([u8::try_from(level).unwrap(); 16])),
            tenant: TenantId(RawId([1; 16])),
            program: ProgramId(RawId([1; 16])),
            name: format!("tier {level}"),
            level,
            reach: at.map(|at| Reach {
                measure: Measure::Count,
                period: Period::Lifetime,
                at,
            }),
            created_at: Timestamp::from_seconds(0),
        }
    }

    fn stands(tiers: &[Tier], sales: i64) -> Option<i64> {
        reached(tiers, |_| sales).map(|tier| tier.level)
    }

    #[test]
    fn the_highest_reached_tier_counts_in_any_order() {
        let mut tiers = vec![
            tier(3, Some(50)),
            tier(1, Some(1)),
            tier(2, Some(10)),
            tier(4, None),
        ];
        for _ in 0..2 {
            let found = [0, 1, 9, 10, 49, 50, 900].map(|sales| stands(&tiers, sales));
            let wanted = [None, Some(1), Some(1), Some(2), Some(2), Some(3), Some(3)];
            assert_eq!(
                found, wanted,
                "a tier without a total is given by hand only"
            );
            tiers.reverse();
        }
    }

    #[test]
    fn totals_must_rise_with_the_levels() {
        assert_eq!(check_tiers(&[tier(1, Some(5)), tier(2, Some(6))]), Ok(()));
        for wrong in [5, 4] {
            let tiers = [tier(2, Some(wrong)), tier(1, Some(5))];
            assert_eq!(check_tiers(&tiers), Err(TierError::NotAbove));
        }
        let twice = [tier(1, None), tier(1, Some(1))];
        assert_eq!(check_tiers(&twice), Err(TierError::SameLevel));
        let many: Vec<Tier> = (1..=21).map(|level| tier(level, None)).collect();
        assert_eq!(check_tiers(&many), Err(TierError::TooMany));
    }
}
