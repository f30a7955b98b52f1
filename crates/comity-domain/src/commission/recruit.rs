//! Partners who recruit partners (G10): who may be whose recruiter.

use crate::PartnerId;

/// Why a partner cannot be the recruiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecruitError {
    /// Partners cannot recruit themselves.
    #[error("a partner cannot recruit themselves")]
    Itself,
    /// The chain of recruiters would close on itself.
    #[error("recruiters would form a loop")]
    Loop,
    /// The chain above the recruiter is longer than allowed.
    #[error("chain of recruiters is too long")]
    TooLong,
}

/// The longest chain of recruiters that is followed.
const MAX_CHAIN: usize = 64;

/// Checks that `recruiter` may be recorded as the one who recruited `partner`.
/// `recruiter_of` gives the known recruiter of a partner.
pub fn check_recruiter(
    partner: PartnerId,
    recruiter: PartnerId,
    recruiter_of: impl Fn(PartnerId) -> Option<PartnerId>,
) -> Result<(), RecruitError> {
    if partner == recruiter {
        return Err(RecruitError::Itself);
    }
    let mut above = recruiter;
    for _ in 0..MAX_CHAIN {
        match recruiter_of(above) {
            None => return Ok(()),
            Some(next) if next == partner => return Err(RecruitError::Loop),
            Some(next) => above = next,
        }
    }
    Err(RecruitError::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawId;

    fn partner(n: u8) -> PartnerId {
        PartnerId(RawId([n; 16]))
    }

    #[test]
    fn loops_of_any_length_are_refused() {
        // 1 was recruited by 2, 2 by 3.
        let above = |p: PartnerId| match p.0.0[0] {
            1 => Some(partner(2)),
            2 => Some(partner(3)),
            _ => None,
        };
        assert_eq!(
            check_recruiter(partner(3), partner(1), above),
            Err(RecruitError::Loop)
        );
        assert_eq!(
            check_recruiter(partner(2), partner(2), above),
            Err(RecruitError::Itself)
        );
        assert_eq!(check_recruiter(partner(4), partner(1), above), Ok(()));
    }

    #[test]
    fn a_loop_that_is_already_stored_does_not_hang() {
        let above = |p: PartnerId| {
            Some(if p == partner(5) {
                partner(6)
            } else {
                partner(5)
            })
        };
        assert_eq!(
            check_recruiter(partner(1), partner(5), above),
            Err(RecruitError::TooLong)
        );
    }
}
