//! How much of a sale is reversed, as a fold over the set of its refunds.

use super::event::{Basis, Figures, IncomingEvent, Kind};
use crate::money::{Money, MoneyError};

/// How much of a sale is reversed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reversal {
    /// Money given back so far, gross; never more than the sale's gross.
    pub gross: Money,
    /// The part of the sale's net amount that is reversed so far; all of it once everything paid
    /// was given back, so partial reversals leave no residue.
    pub net: Money,
}

/// The refunds of one sale, gathered in any order and any number of times.
///
/// Providers that report single refunds are summed; providers that report running totals count
/// by their highest total; a void counts as everything; a chargeback counts until it is won. Gathering is commutative, and feeding one
/// refund twice is prevented by its natural key, which the caller checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundTotals {
    sale_net: Money,
    sale_gross: Money,
    single_gross: Money,
    running_gross: Money,
    charged_back: Money,
    won_back: Money,
    void: bool,
}

impl RefundTotals {
    /// No refunds yet. A sale without a known gross counts its net amount as gross.
    #[must_use]
    pub fn new(sale_net: Money, sale_gross: Money) -> Self {
        let zero = Money::zero(sale_net.currency);
        let sale_gross = if sale_gross.is_positive() {
            sale_gross
        } else {
            sale_net
        };
        Self {
            sale_net,
            sale_gross,
            single_gross: zero,
            running_gross: zero,
            charged_back: zero,
            won_back: zero,
            void: false,
        }
    }

    /// Takes one event into account; kinds that reverse nothing change nothing.
    pub fn add(&mut self, kind: Kind, figures: Option<Figures>) -> Result<(), MoneyError> {
        match (kind, figures) {
            (Kind::Void, _) => self.void = true,
            (
                Kind::Refund,
                Some(Figures {
                    refunded_to_date: Some(total),
                    ..
                }),
            ) => {
                let more = total.sub(self.running_gross)?;
                if more.is_positive() {
                    self.running_gross = total;
                }
            }
            (Kind::Refund, Some(figures)) => {
                self.single_gross = self.single_gross.add(self.gross_of(figures)?)?;
            }
            (Kind::Chargeback, Some(figures)) => {
                self.charged_back = self.charged_back.add(self.gross_of(figures)?)?;
            }
            (Kind::ChargebackWon, Some(figures)) => {
                self.won_back = self.won_back.add(self.gross_of(figures)?)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn gross_of(&self, figures: Figures) -> Result<Money, MoneyError> {
        match figures.basis {
            Basis::Net if self.sale_net.minor != 0 => figures
                .amount
                .scaled(self.sale_gross.minor, self.sale_net.minor),
            Basis::Net | Basis::Gross => Ok(figures.amount),
        }
    }

    /// What is reversed now, rounded half to even, capped at the sale.
    pub fn reversal(&self) -> Result<Reversal, MoneyError> {
        let refunded = self.single_gross.minor.max(self.running_gross.minor);
        let taken = self.charged_back.sub(self.won_back)?.minor.max(0);
        let refunded = refunded.checked_add(taken).ok_or(MoneyError::Overflow)?;
        if self.void || refunded >= self.sale_gross.minor {
            return Ok(Reversal {
                gross: self.sale_gross,
                net: self.sale_net,
            });
        }
        let net = self.sale_net.scaled(refunded, self.sale_gross.minor)?;
        Ok(Reversal {
            gross: Money::new(refunded, self.sale_gross.currency),
            net,
        })
    }
}

/// A known sale, for [`sale_by_amount`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSale {
    /// Its natural key.
    pub external_id: String,
    /// The provider's id of its customer.
    pub customer: Option<String>,
    /// What was paid.
    pub gross: Money,
}

/// The sale a refund is about when none of its names is known: the only one of the same customer
/// with the same gross amount. Two candidates are none: guessing could hit the wrong partner.
#[must_use]
pub fn sale_by_amount<'s>(event: &IncomingEvent, known: &'s [KnownSale]) -> Option<&'s KnownSale> {
    let (customer, gross) = (event.customer.external_id.as_ref()?, event.sale_gross?);
    let fits = |sale: &&KnownSale| sale.customer.as_ref() == Some(customer) && sale.gross == gross;
    let mut fitting = known.iter().filter(fits);
    fitting.next().filter(|_| fitting.next().is_none())
}
