//! A list of payments for people: rails paid by hand, and banks with their own import.

use comity_domain::PayoutBatchId;
use comity_domain::payout::PayoutMethod;

use super::{RailError, Transfer, batch_reference, guard_cell, positive, reference};

/// The columns; the first five come back in a reconciliation file.
pub const COLUMNS: [&str; 11] = [
    "batch",
    "reference",
    "status",
    "amount",
    "currency",
    "rail",
    "holder",
    "account",
    "bank",
    "instructions",
    "statement",
];

/// Writes the list as UTF-8 with a byte order mark, so that spreadsheets read names right.
/// No cell can be taken for a formula.
pub fn list(batch: PayoutBatchId, transfers: &[Transfer]) -> Result<Vec<u8>, RailError> {
    positive(transfers)?;
    let mut out = b"\xef\xbb\xbf".to_vec();
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut out);
    writer.write_record(COLUMNS).map_err(|_| RailError::Write)?;
    for transfer in transfers {
        let record = record(batch, transfer);
        writer
            .write_record(record.map(|cell| guard_cell(&cell)))
            .map_err(|_| RailError::Write)?;
    }
    writer.flush().map_err(|_| RailError::Write)?;
    drop(writer);
    Ok(out)
}

fn record(batch: PayoutBatchId, transfer: &Transfer) -> [String; 11] {
    let text = |text: &str| text.to_owned();
    let none = String::new;
    let (holder, account, bank, instructions) = match &transfer.method {
        PayoutMethod::Sepa { holder, iban, bic } => {
            let bank = bic.as_ref().map_or_else(none, |bic| text(bic.as_str()));
            (text(holder), text(iban.as_str()), bank, none())
        }
        PayoutMethod::Ach {
            holder,
            routing_number,
            account_number,
            savings,
        } => {
            let kind = if *savings { "savings" } else { "checking" };
            (
                text(holder),
                text(account_number),
                text(routing_number.as_str()),
                text(kind),
            )
        }
        PayoutMethod::PayPal { email } | PayoutMethod::StoreCredit { email } => {
            (none(), text(email.as_str()), none(), none())
        }
        PayoutMethod::Wise { holder, email } => {
            (text(holder), text(email.as_str()), none(), none())
        }
        PayoutMethod::Stripe { account } => (none(), text(account), none(), none()),
        PayoutMethod::Manual { instructions } => (none(), none(), none(), text(instructions)),
    };
    [
        batch_reference(batch),
        reference(transfer.payout),
        none(),
        transfer.amount.decimal(),
        transfer.amount.currency.to_string(),
        text(transfer.method.rail().code()),
        holder,
        account,
        bank,
        instructions,
        transfer.statement.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rail::samples::{batch, transfer};
    use comity_domain::Currency;
    use comity_domain::payout::Rail;

    #[test]
    fn the_list_is_frozen_and_has_no_formulas() {
        let transfers: Vec<Transfer> = (1..)
            .zip(Rail::ALL)
            .map(|(number, rail)| transfer(number, rail, 12_345, Currency::EUR))
            .collect();
        let bytes = list(batch(), &transfers).unwrap();
        let text = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        assert_eq!(text, include_str!("golden/list.csv"));
        assert!(!text.contains(",=") && !text.contains(",\"="), "{text}");
    }
}
