//! Books of non-cash rewards: units of a perk that are granted, fulfilled or taken back.
//!
//! Perk units are not money: they have no currency and never mix with amounts, so
//! they have a small double-entry book of their own with the same rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{EnrollmentId, JournalId, PerkGrantId, Timestamp};

/// A kind of unit as a program defines it: `gift_card`, `swag_box`, `months_free`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PerkUnit(String);

/// Longest unit name.
const MAX_UNIT: usize = 40;

/// Why perk units cannot move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PerkError {
    /// Unit names are 1 to 40 lower-case letters, digits and underscores.
    #[error("invalid perk unit")]
    BadUnit,
    /// The number of units must be over zero.
    #[error("number of units must be over zero")]
    NotPositive,
    /// The partner does not have that many units open.
    #[error("not enough open units")]
    NotEnough,
    /// The sum leaves the range.
    #[error("number of units out of range")]
    Overflow,
}

impl PerkUnit {
    /// Checks a unit name.
    pub fn parse(text: &str) -> Result<Self, PerkError> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if text.is_empty() || text.len() > MAX_UNIT || !text.bytes().all(plain) {
            return Err(PerkError::BadUnit);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where units are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PerkPlace {
    /// With the program, not granted.
    Program,
    /// Granted, not handed over.
    Open,
    /// Handed over.
    Fulfilled,
}

/// One movement of units between two places: balanced by construction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PerkMove {
    /// Its id.
    pub id: JournalId,
    /// When it counts.
    pub at: Timestamp,
    /// Whose units.
    pub enrollment: EnrollmentId,
    /// With which grant.
    pub grant: PerkGrantId,
    /// The unit.
    pub unit: PerkUnit,
    /// Number of units, over zero.
    pub count: i64,
    /// From where.
    pub from: PerkPlace,
    /// To where.
    pub to: PerkPlace,
}

/// Units per enrollment, unit and place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PerkBalances(BTreeMap<(EnrollmentId, PerkUnit, PerkPlace), i64>);

impl PerkBalances {
    /// Units of an enrollment at a place.
    #[must_use]
    pub fn of(&self, enrollment: EnrollmentId, unit: &PerkUnit, place: PerkPlace) -> i64 {
        self.0
            .get(&(enrollment, unit.clone(), place))
            .copied()
            .unwrap_or(0)
    }

    /// Loads the units of an enrollment at a place, as a store keeps them.
    pub fn set(&mut self, enrollment: EnrollmentId, unit: PerkUnit, place: PerkPlace, count: i64) {
        self.0.insert((enrollment, unit, place), count);
    }

    /// Applies a movement; a refused one changes nothing (I9).
    pub fn apply(&mut self, step: &PerkMove) -> Result<(), PerkError> {
        if step.count <= 0 {
            return Err(PerkError::NotPositive);
        }
        let from = self.of(step.enrollment, &step.unit, step.from);
        if step.from != PerkPlace::Program && from < step.count {
            return Err(PerkError::NotEnough);
        }
        let to = self.of(step.enrollment, &step.unit, step.to);
        let left = from.checked_sub(step.count).ok_or(PerkError::Overflow)?;
        let sum = to.checked_add(step.count).ok_or(PerkError::Overflow)?;
        if step.from != step.to {
            self.0
                .insert((step.enrollment, step.unit.clone(), step.from), left);
            self.0
                .insert((step.enrollment, step.unit.clone(), step.to), sum);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawId;

    fn step(count: i64, from: PerkPlace, to: PerkPlace) -> PerkMove {
        PerkMove {
            id: JournalId(RawId([1; 16])),
            at: Timestamp::from_seconds(0),
            enrollment: EnrollmentId(RawId([2; 16])),
            grant: PerkGrantId(RawId([3; 16])),
            unit: PerkUnit::parse("swag_box").unwrap(),
            count,
            from,
            to,
        }
    }

    #[test]
    fn units_are_granted_before_they_are_handed_over() {
        use PerkPlace::{Fulfilled, Open, Program};
        let mut book = PerkBalances::default();
        assert_eq!(
            book.apply(&step(1, Open, Fulfilled)),
            Err(PerkError::NotEnough)
        );
        assert_eq!(
            book.apply(&step(0, Program, Open)),
            Err(PerkError::NotPositive)
        );
        book.apply(&step(3, Program, Open)).unwrap();
        book.apply(&step(2, Open, Fulfilled)).unwrap();
        assert_eq!(
            book.apply(&step(2, Open, Program)),
            Err(PerkError::NotEnough)
        );
        let now = step(1, Open, Open);
        let at = |place| book.of(now.enrollment, &now.unit, place);
        assert_eq!((at(Program), at(Open), at(Fulfilled)), (-3, 1, 2));
    }

    #[test]
    fn unit_names_are_plain() {
        for bad in ["", "Swag", "a b", "ä", &"x".repeat(41)] {
            assert_eq!(PerkUnit::parse(bad), Err(PerkError::BadUnit), "{bad}");
        }
    }
}
