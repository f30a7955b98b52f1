//! United States bank transfers as a NACHA file: one batch of PPD credits.

use comity_domain::payout::PayoutMethod;
use comity_domain::payout::method::RoutingNumber;
use comity_domain::{Currency, PayoutBatchId};
use jiff::civil::{Date, DateTime};

use super::{RailError, Transfer, bank_text, positive};

/// Who sends, as agreed with the bank.
#[derive(Clone, Debug)]
pub struct Originator {
    /// Routing number of the bank that takes the file.
    pub bank: RoutingNumber,
    /// Its name.
    pub bank_name: String,
    /// The number the bank gave for the file header, often the tax number with a digit before it.
    pub origin: String,
    /// The sender's name in the file header.
    pub origin_name: String,
    /// The company's name as recipients see it.
    pub company_name: String,
    /// The company's number.
    pub company_id: String,
    /// Routing number of the bank that originates the entries.
    pub odfi: RoutingNumber,
}

/// The frame of a file.
#[derive(Clone, Debug)]
pub struct Order {
    /// The batch.
    pub batch: PayoutBatchId,
    /// When the file was made, in the bank's time zone.
    pub created_at: DateTime,
    /// When the entries shall settle.
    pub effective_on: Date,
    /// `A` to `Z`, `0` to `9`: tells the files of one day apart.
    pub modifier: char,
    /// What recipients read, at most ten characters: `PAYOUT`.
    pub description: String,
    /// Reference in the file header, at most eight characters.
    pub reference: String,
    /// Number of the first entry's trace.
    pub first_trace: u32,
}

/// Most entries in a file: trace numbers have seven places.
const MAX_ENTRIES: usize = 9_999;
/// Largest amount: ten places of cents.
const MAX_MINOR: i64 = 9_999_999_999;
/// Lines are written in blocks of ten.
const BLOCK: usize = 10;

/// Writes the file: lines of 94 characters, filled with nines to a multiple of ten.
pub fn nacha(
    sender: &Originator,
    order: &Order,
    transfers: &[Transfer],
) -> Result<Vec<u8>, RailError> {
    positive(transfers)?;
    if transfers.len() > MAX_ENTRIES {
        return Err(RailError::TooMany);
    }
    check(sender, order)?;
    let mut totals = Totals::default();
    let mut lines = vec![file_header(sender, order), batch_header(sender, order)];
    for (index, transfer) in (0..).zip(transfers) {
        lines.push(entry(
            sender,
            order.first_trace + index,
            transfer,
            &mut totals,
        )?);
    }
    lines.push(batch_control(sender, &totals));
    let blocks = (lines.len() + 1).div_ceil(BLOCK);
    lines.push(file_control(blocks, &totals));
    lines.resize(blocks * BLOCK, "9".repeat(94));
    Ok(lines.join("\n").into_bytes())
}

#[derive(Default)]
struct Totals {
    entries: u32,
    hash: u64,
    credit: i64,
}

fn check(sender: &Originator, order: &Order) -> Result<(), RailError> {
    let short = |text: &str, max| (1..=max).contains(&bank_text(text, 99).len());
    let plain =
        |text: &str, max| short(text, max) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    for (name, fits) in [
        ("bank_name", short(&sender.bank_name, 23)),
        ("origin", plain(&sender.origin, 10)),
        ("origin_name", short(&sender.origin_name, 23)),
        ("company_name", short(&sender.company_name, 16)),
        ("company_id", plain(&sender.company_id, 10)),
        ("description", short(&order.description, 10)),
        (
            "modifier",
            order.modifier.is_ascii_uppercase() || order.modifier.is_ascii_digit(),
        ),
        (
            "reference",
            order.reference.len() <= 8 && order.reference.is_ascii(),
        ),
    ] {
        if !fits {
            return Err(RailError::Sender(name));
        }
    }
    Ok(())
}

/// Letters to the left, filled with spaces, cut to the width.
fn left(text: &str, width: usize) -> String {
    format!("{:width$}", bank_text(text, width))
}

fn file_header(sender: &Originator, order: &Order) -> String {
    let at = order.created_at.strftime("%y%m%d%H%M");
    format!(
        "101 {}{:0>10}{at}{}094101{}{}{:8}",
        sender.bank.as_str(),
        sender.origin,
        order.modifier,
        left(&sender.bank_name, 23),
        left(&sender.origin_name, 23),
        order.reference,
    )
}

fn batch_header(sender: &Originator, order: &Order) -> String {
    format!(
        "5220{}{:20}{:10}PPD{}{:6}{}{:3}1{}0000001",
        left(&sender.company_name, 16),
        "",
        sender.company_id,
        left(&order.description, 10),
        "",
        order.effective_on.strftime("%y%m%d"),
        "",
        &sender.odfi.as_str()[..8],
    )
}

fn entry(
    sender: &Originator,
    trace: u32,
    transfer: &Transfer,
    totals: &mut Totals,
) -> Result<String, RailError> {
    let PayoutMethod::Ach {
        holder,
        routing_number,
        account_number,
        savings,
    } = &transfer.method
    else {
        return Err(RailError::WrongRail(transfer.payout));
    };
    if transfer.amount.currency != Currency::USD {
        return Err(RailError::Currency(
            transfer.payout,
            transfer.amount.currency,
        ));
    }
    totals.credit = totals.credit.saturating_add(transfer.amount.minor);
    // The batch total has twelve places; ten of an entry times 9,999 entries might not fit.
    if transfer.amount.minor > MAX_MINOR || totals.credit > 999_999_999_999 {
        return Err(RailError::Amount(transfer.payout));
    }
    let routing = routing_number.as_str();
    totals.entries += 1;
    totals.hash += routing[..8].parse::<u64>().unwrap_or(0);
    let code = if *savings { 32 } else { 22 };
    // Fifteen places take the random part of the payout's id, which is unique.
    let id = transfer.payout.0.text().to_ascii_uppercase();
    Ok(format!(
        "6{code}{routing}{account_number:17}{:010}{}{}  0{}{trace:07}",
        transfer.amount.minor,
        &id[id.len() - 15..],
        left(holder, 22),
        &sender.odfi.as_str()[..8],
    ))
}

fn batch_control(sender: &Originator, totals: &Totals) -> String {
    format!(
        "8220{:06}{:010}{:012}{:012}{:10}{:25}{}0000001",
        totals.entries,
        totals.hash % 10_000_000_000,
        0,
        totals.credit,
        sender.company_id,
        "",
        &sender.odfi.as_str()[..8],
    )
}

fn file_control(blocks: usize, totals: &Totals) -> String {
    format!(
        "9000001{blocks:06}{:08}{:010}{:012}{:012}{:39}",
        totals.entries,
        totals.hash % 10_000_000_000,
        0,
        totals.credit,
        "",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rail::samples::{batch, data, payout, transfer};
    use comity_domain::payout::Rail;
    use jiff::civil::date;

    fn sender() -> Originator {
        Originator {
            bank: "031300012".parse().unwrap(),
            bank_name: "Federal Reserve Bank".into(),
            origin: "231380104".into(),
            origin_name: "My Bank Name".into(),
            company_name: "Name on Account".into(),
            company_id: "231380104".into(),
            odfi: "121042882".parse().unwrap(),
        }
    }

    fn order() -> Order {
        Order {
            batch: batch(),
            created_at: date(2019, 8, 16).at(10, 55, 0, 0),
            effective_on: date(2019, 8, 16),
            modifier: 'A',
            description: "REG.SALARY".into(),
            reference: "12345678".into(),
            first_trace: 2,
        }
    }

    fn named(name: &str, minor: i64) -> Transfer {
        let mut transfer = transfer(1, Rail::Ach, minor, Currency::USD);
        if let PayoutMethod::Ach { holder, .. } = &mut transfer.method {
            *holder = name.into();
        }
        transfer
    }

    #[test]
    fn the_published_example_is_written_again() {
        let written = nacha(
            &sender(),
            &order(),
            &[named("Credit Account 1", 100_000_000)],
        );
        let written = String::from_utf8(written.unwrap()).unwrap();
        // The example leaves the recipient's number empty; ours has the payout's.
        let id = payout(1).0.text().to_ascii_uppercase();
        let written = written.replace(&id[id.len() - 15..], &" ".repeat(15));
        assert_eq!(written, data("nacha/ppd-credit.ach").trim_end_matches('\n'));
    }

    #[test]
    fn every_line_has_94_places_and_the_totals_agree() {
        let transfers: Vec<Transfer> = (1..=23)
            .map(|number| named("Фёдор Очень-Длинное-Имя Константинопольский", number))
            .collect();
        let written = String::from_utf8(nacha(&sender(), &order(), &transfers).unwrap()).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(lines.len() % 10, 0);
        assert!(lines.iter().all(|line| line.len() == 94 && line.is_ascii()));
        let entries: Vec<&&str> = lines.iter().filter(|line| line.starts_with('6')).collect();
        let sum: i64 = entries
            .iter()
            .map(|line| line[29..39].parse::<i64>().unwrap())
            .sum();
        let hash: u64 = entries
            .iter()
            .map(|line| line[3..11].parse::<u64>().unwrap())
            .sum();
        let control = lines.iter().find(|line| line.starts_with('8')).unwrap();
        assert_eq!(control[4..10].parse(), Ok(23));
        assert_eq!(control[10..20].parse(), Ok(hash));
        assert_eq!(control[32..44].parse(), Ok(sum));
        let end = lines
            .iter()
            .find(|line| line.starts_with("9000001"))
            .unwrap();
        assert_eq!(end[7..13].parse(), Ok(lines.len() / 10));
        assert_eq!(end[43..55].parse(), Ok(sum));
    }

    #[test]
    fn what_the_bank_would_refuse_is_refused_here() {
        let write = |transfer: Transfer| nacha(&sender(), &order(), &[transfer]).err();
        let one = payout(1);
        let eur = transfer(1, Rail::Ach, 5, Currency::EUR);
        assert_eq!(write(eur), Some(RailError::Currency(one, Currency::EUR)));
        assert_eq!(
            write(named("A", 10_000_000_000)),
            Some(RailError::Amount(one))
        );
        assert_eq!(write(named("A", 0)), Some(RailError::Amount(one)));
        let mut wrong = sender();
        wrong.company_id = "12 45".into();
        let found = nacha(&wrong, &order(), &[named("A", 1)]).err();
        assert_eq!(found, Some(RailError::Sender("company_id")));
    }
}
