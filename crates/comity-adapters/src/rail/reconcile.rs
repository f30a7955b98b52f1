//! Reads back what a bank or provider did with a batch: everything is understood, or nothing is applied.

use std::collections::BTreeMap;

use comity_domain::payout::PayoutEvent;
use comity_domain::{Currency, Money, PayoutBatchId, PayoutId};

use super::{batch_reference, payout_of};

/// Largest file that is read: a million lines of a bank.
const MAX_BYTES: usize = 64 << 20;

/// Names under which banks and providers give the columns.
const REFERENCE: &[&str] = &[
    "reference",
    "payout",
    "end_to_end_id",
    "endtoendid",
    "sender_item_id",
];
const BATCH: &[&str] = &["batch", "message_id", "msgid", "sender_batch_id"];
const STATUS: &[&str] = &["status", "transaction_status", "result"];
const AMOUNT: &[&str] = &["amount", "value"];
const CURRENCY: &[&str] = &["currency", "ccy"];

/// A payout of the batch that waits for its result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expected {
    /// The payout.
    pub payout: PayoutId,
    /// What was sent.
    pub amount: Money,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Too large to be read.
    #[error("file is too large")]
    TooLarge,
    /// A column is missing in the heading.
    #[error("column `{0}` is missing")]
    Column(&'static str),
    /// Not a CSV line with the heading's columns.
    #[error("not a line of this file")]
    Shape,
    /// The line belongs to another batch.
    #[error("line belongs to another batch")]
    OtherBatch,
    /// The payout is not in this batch.
    #[error("payout {0} is not in this batch")]
    NotInBatch(PayoutId),
    /// The payout was there before.
    #[error("payout {0} is there twice")]
    Twice(PayoutId),
    /// The status is none that we know.
    #[error("unknown status")]
    Status,
    /// The amount or currency cannot be read.
    #[error("amount cannot be read")]
    Amount,
}

/// The place and reason for which a file is refused; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Refused {
    /// The line.
    pub line: u64,
    /// What is wrong.
    pub what: Fault,
}

/// A payout whose amount at the bank is not ours: nothing is booked, a person looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Different {
    /// The payout.
    pub payout: PayoutId,
    /// What was sent.
    pub sent: Money,
    /// What the file says.
    pub found: Money,
}

/// The result of reading a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reconciliation {
    /// Understood, with the event for the protocol.
    pub matched: Vec<(PayoutId, PayoutEvent)>,
    /// In the file with another amount.
    pub different: Vec<Different>,
    /// In the batch and not in the file.
    pub missing: Vec<PayoutId>,
    /// Lines that are not ours, by number: a bank's list has other payments too.
    pub foreign: Vec<u64>,
}

/// Reads a CSV file (comma or semicolon, any column order) against a batch.
pub fn reconcile(
    file: &[u8],
    batch: PayoutBatchId,
    expected: &[Expected],
) -> Result<Reconciliation, Refused> {
    let refused = |line, what| Refused { line, what };
    if file.len() > MAX_BYTES {
        return Err(refused(1, Fault::TooLarge));
    }
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let heading = file.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let semicolons = heading.iter().filter(|&&b| b == b';').count();
    let commas = heading.iter().filter(|&&b| b == b',').count();
    let delimiter = if semicolons > commas { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(file);
    let heading = reader.headers().map_err(|_| refused(1, Fault::Shape))?;
    let columns = Columns::find(heading).map_err(|what| refused(1, what))?;
    let waiting: BTreeMap<PayoutId, Money> = expected
        .iter()
        .map(|payout| (payout.payout, payout.amount))
        .collect();
    let mut found = Reconciliation::default();
    let mut seen = BTreeMap::new();
    for (index, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|_| refused(index, Fault::Shape))?;
        let line = record.position().map_or(index, csv::Position::line);
        let row = columns
            .row(&record, batch, &waiting)
            .map_err(|what| refused(line, what))?;
        let Some(row) = row else {
            found.foreign.push(line);
            continue;
        };
        if seen.insert(row.payout, line).is_some() {
            return Err(refused(line, Fault::Twice(row.payout)));
        }
        if row.found == row.sent {
            found.matched.push((row.payout, row.event));
        } else {
            let Row {
                payout,
                sent,
                found: amount,
                ..
            } = row;
            found.different.push(Different {
                payout,
                sent,
                found: amount,
            });
        }
    }
    found.missing = waiting
        .into_keys()
        .filter(|payout| !seen.contains_key(payout))
        .collect();
    Ok(found)
}

struct Columns {
    reference: usize,
    batch: Option<usize>,
    status: usize,
    amount: usize,
    currency: usize,
}

struct Row {
    payout: PayoutId,
    sent: Money,
    found: Money,
    event: PayoutEvent,
}

impl Columns {
    fn find(heading: &csv::StringRecord) -> Result<Self, Fault> {
        let names: Vec<String> = heading
            .iter()
            .map(|name| name.trim().to_ascii_lowercase().replace([' ', '-'], "_"))
            .collect();
        let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        Ok(Self {
            reference: find(REFERENCE).ok_or(Fault::Column("reference"))?,
            batch: find(BATCH),
            status: find(STATUS).ok_or(Fault::Column("status"))?,
            amount: find(AMOUNT).ok_or(Fault::Column("amount"))?,
            currency: find(CURRENCY).ok_or(Fault::Column("currency"))?,
        })
    }

    /// A line of this batch, or `None` for a payment that is not ours at all.
    fn row(
        &self,
        record: &csv::StringRecord,
        batch: PayoutBatchId,
        waiting: &BTreeMap<PayoutId, Money>,
    ) -> Result<Option<Row>, Fault> {
        let cell = |index: usize| record.get(index).unwrap_or("").trim();
        let Some(payout) = payout_of(cell(self.reference)) else {
            return Ok(None);
        };
        if let Some(named) = self.batch.map(cell).filter(|named| !named.is_empty()) {
            let ours = [
                batch_reference(batch),
                batch.to_string(),
                format!("comity-{payout}"),
            ];
            if !ours.iter().any(|own| own.eq_ignore_ascii_case(named)) {
                return Err(Fault::OtherBatch);
            }
        }
        let sent = *waiting.get(&payout).ok_or(Fault::NotInBatch(payout))?;
        let currency: Currency = cell(self.currency).parse().map_err(|_| Fault::Amount)?;
        // Lists with semicolons have decimal commas; a thousands separator is refused.
        let amount = cell(self.amount).replacen(',', ".", 1);
        let found = Money::parse(&amount, currency).map_err(|_| Fault::Amount)?;
        let event = event(cell(self.status)).ok_or(Fault::Status)?;
        Ok(Some(Row {
            payout,
            sent,
            found,
            event,
        }))
    }
}

/// Statuses of banks (ISO 20022 `pain.002`), providers and people.
fn event(status: &str) -> Option<PayoutEvent> {
    match status
        .to_ascii_lowercase()
        .replace([' ', '-'], "_")
        .as_str()
    {
        "paid" | "completed" | "success" | "settled" | "booked" | "acsc" | "accc" => {
            Some(PayoutEvent::Paid)
        }
        "accepted" | "pending" | "processing" | "sent" | "unclaimed" | "onhold" | "actc"
        | "acsp" | "accp" | "acwc" | "pdng" => Some(PayoutEvent::Accepted),
        "failed" | "rejected" | "denied" | "blocked" | "cancelled" | "canceled" | "rjct"
        | "canc" => Some(PayoutEvent::Failed),
        "returned" | "refunded" | "reversed" | "bounced" | "bounced_back" => {
            Some(PayoutEvent::Returned)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rail::samples::{batch, payout, transfer};
    use crate::rail::{csv::list, reference};
    use comity_domain::RawId;
    use comity_domain::payout::Rail;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn expected() -> Vec<Expected> {
        (1..=4)
            .map(|number| Expected {
                payout: payout(number),
                amount: eur(1_205),
            })
            .collect()
    }

    fn line(number: u8, status: &str, amount: &str) -> String {
        format!(
            "{},{},{status},{amount},EUR\n",
            batch_reference(batch()),
            reference(payout(number))
        )
    }

    fn read(lines: &str) -> Result<Reconciliation, Refused> {
        let file = format!("batch,reference,status,amount,currency\n{lines}");
        reconcile(file.as_bytes(), batch(), &expected())
    }

    #[test]
    fn results_are_matched_differ_miss_or_are_not_ours() {
        let file = line(1, "Paid", "12.05")
            + &line(2, "RJCT", "12.05")
            + &line(3, "paid", "12.04")
            + "x,rent,booked,900.00,EUR\n";
        let found = read(&file).unwrap();
        let matched = [
            (payout(1), PayoutEvent::Paid),
            (payout(2), PayoutEvent::Failed),
        ];
        assert_eq!(found.matched, matched);
        let different = Different {
            payout: payout(3),
            sent: eur(1_205),
            found: eur(1_204),
        };
        assert_eq!(found.different, [different]);
        assert_eq!((found.missing, found.foreign), (vec![payout(4)], vec![5]));
    }

    #[test]
    fn a_file_of_another_batch_is_refused_with_place_and_reason() {
        let good = line(1, "paid", "12.05");
        let what = |lines: String| read(&lines).map_err(|error| (error.line, error.what));
        let other = PayoutBatchId(RawId([0x33; 16]));
        let wrong = good
            .clone()
            .replace(&batch_reference(batch()), &batch_reference(other));
        assert_eq!(what(good.clone() + &wrong), Err((3, Fault::OtherBatch)));
        let unknown = what(good.clone() + &line(9, "paid", "12.05"));
        assert_eq!(unknown, Err((3, Fault::NotInBatch(payout(9)))));
        assert_eq!(
            what(good.clone() + &good),
            Err((3, Fault::Twice(payout(1))))
        );
        assert_eq!(what(line(1, "maybe", "12.05")), Err((2, Fault::Status)));
        assert_eq!(what(line(1, "paid", "12,05")), Err((2, Fault::Shape)));
        assert_eq!(what(line(1, "paid", "12.055")), Err((2, Fault::Amount)));
        let none = reconcile(b"a,b\n1,2\n", batch(), &expected()).unwrap_err();
        assert_eq!(
            none,
            Refused {
                line: 1,
                what: Fault::Column("reference")
            }
        );
    }

    #[test]
    fn our_own_list_comes_back_filled_in_with_semicolons_too() {
        let transfers: Vec<_> = (1..=4)
            .map(|number| transfer(number, Rail::Sepa, 1_205, Currency::EUR))
            .collect();
        let sent = String::from_utf8(list(batch(), &transfers).unwrap()).unwrap();
        let filled = sent.replace(",,12.05", ",paid,12.05");
        let semicolons = filled.replace(',', ";").replace(";12.05;", ";12,05;");
        for file in [filled, semicolons] {
            let found = reconcile(file.as_bytes(), batch(), &expected()).unwrap();
            assert_eq!((found.matched.len(), found.missing.len()), (4, 0));
        }
    }
}
