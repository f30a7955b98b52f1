//! How much of a commission a refund takes back: in proportion, and without residue.

use crate::{Money, MoneyError};

/// Why a refund cannot be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// All refunds together exceed the sale (I5).
    #[error("refunds exceed the sale")]
    ExceedsSale,
    /// The sale has no amount to be proportional to, or the refund is below zero.
    #[error("refund or sale without an amount")]
    NoAmount,
    /// Amounts overflow or have different currencies.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The commission to take back now, so that all reversals together are
/// `commission × refunded ÷ sale`, rounded half to even (I4, I14).
///
/// `refunded_total` includes the present refund; `reversed_so_far` is what earlier
/// refunds took back. Because the total is computed and not the part, any order and
/// any number of partial refunds up to the sale leaves exactly zero. The result may
/// be zero for a refund too small to move a minor unit.
pub fn reversal_due(
    commission: Money,
    sale: Money,
    refunded_total: Money,
    reversed_so_far: Money,
) -> Result<Money, RefundError> {
    refunded_total.sub(sale)?;
    if !sale.is_positive() || refunded_total.minor < 0 {
        return Err(RefundError::NoAmount);
    }
    if refunded_total.minor > sale.minor {
        return Err(RefundError::ExceedsSale);
    }
    let target = commission.scaled(refunded_total.minor, sale.minor)?;
    Ok(target.sub(reversed_so_far)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    const fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn i5_more_than_the_sale_is_refused() {
        let due = reversal_due(eur(10), eur(100), eur(101), eur(0));
        assert_eq!(due, Err(RefundError::ExceedsSale));
        assert_eq!(
            reversal_due(eur(10), eur(0), eur(0), eur(0)),
            Err(RefundError::NoAmount)
        );
    }

    proptest! {
        #[test]
        fn i4_partial_refunds_leave_no_residue(
            commission in 0_i64..5_000_000,
            parts in prop::collection::vec(1_i64..1_000_000, 1..20),
        ) {
            let sale = eur(parts.iter().sum());
            let (mut refunded, mut reversed) = (eur(0), eur(0));
            for part in parts {
                refunded = refunded.add(eur(part)).unwrap();
                let due = reversal_due(eur(commission), sale, refunded, reversed).unwrap();
                prop_assert!(due.minor >= 0);
                reversed = reversed.add(due).unwrap();
            }
            prop_assert_eq!(reversed.minor, commission);
        }
    }
}
