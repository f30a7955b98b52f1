//! SEPA and other credit transfers as an ISO 20022 `pain.001` file.

use std::collections::BTreeMap;
use std::io::Write;

use comity_domain::payout::PayoutMethod;
use comity_domain::payout::method::{Bic, Iban};
use comity_domain::{Currency, PayoutBatchId, Timestamp};
use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{RailError, Transfer, bank_text, batch_reference, positive, reference};

/// The version that the bank takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
    /// `pain.001.001.03`, of 2009; some banks take nothing newer.
    V03,
    /// `pain.001.001.09`, of 2019; required for SEPA since November 2025.
    V09,
}

impl Version {
    const fn namespace(self) -> &'static str {
        match self {
            Self::V03 => "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03",
            Self::V09 => "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
        }
    }

    const fn bic(self) -> &'static str {
        match self {
            Self::V03 => "BIC",
            Self::V09 => "BICFI",
        }
    }
}

/// Whose money it is.
#[derive(Clone, Debug)]
pub struct Debtor {
    /// Name of the account's holder.
    pub name: String,
    /// The account.
    pub iban: Iban,
    /// Its bank, where the bank wants it.
    pub bic: Option<Bic>,
}

/// The frame of a file.
#[derive(Clone, Debug)]
pub struct Order {
    /// The batch; its reference identifies the file, so a bank refuses a second one.
    pub batch: PayoutBatchId,
    /// When the batch was fixed.
    pub created_at: Timestamp,
    /// When the bank shall pay.
    pub execute_on: Date,
    /// The payer.
    pub debtor: Debtor,
}

/// Most payments in a file: banks refuse larger ones.
const MAX_TRANSFERS: usize = 10_000;
/// Largest SEPA payment: €999,999,999.99.
const MAX_MINOR: i64 = 99_999_999_999;

/// A failed write; the file is in memory, so it does not happen.
struct Failed;

impl From<std::io::Error> for Failed {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

type Written = Result<(), Failed>;

/// Writes the file: one payment information block per currency, each with its control sum.
pub fn pain001(
    order: &Order,
    transfers: &[Transfer],
    version: Version,
) -> Result<Vec<u8>, RailError> {
    positive(transfers)?;
    if transfers.len() > MAX_TRANSFERS {
        return Err(RailError::TooMany);
    }
    if bank_text(&order.debtor.name, 70).is_empty() {
        return Err(RailError::Sender("name"));
    }
    let mut groups: BTreeMap<Currency, Vec<Payment<'_>>> = BTreeMap::new();
    for transfer in transfers {
        let payment = payment(transfer)?;
        groups
            .entry(transfer.amount.currency)
            .or_default()
            .push(payment);
    }
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 1));
    xml.document(order, transfers, &groups, version)
        .map_err(|Failed| RailError::Write)?;
    let mut bytes = xml.0.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

struct Payment<'a> {
    transfer: &'a Transfer,
    holder: String,
    iban: &'a Iban,
    bic: Option<&'a Bic>,
}

fn payment(transfer: &Transfer) -> Result<Payment<'_>, RailError> {
    let PayoutMethod::Sepa { holder, iban, bic } = &transfer.method else {
        return Err(RailError::WrongRail(transfer.payout));
    };
    if transfer.amount.minor > MAX_MINOR {
        return Err(RailError::Amount(transfer.payout));
    }
    let holder = bank_text(holder, 70);
    let holder = if holder.is_empty() {
        "NOTPROVIDED".to_owned()
    } else {
        holder
    };
    Ok(Payment {
        transfer,
        holder,
        iban,
        bic: bic.as_ref(),
    })
}

/// Sum as a decimal; thousandths cover all currencies' digits.
fn control_sum<'a>(transfers: impl Iterator<Item = &'a Transfer>) -> String {
    let thousandths: i128 = transfers
        .map(|transfer| {
            let digits = transfer.amount.currency.digits();
            i128::from(transfer.amount.minor) * 10_i128.pow(3_u32.saturating_sub(digits))
        })
        .sum();
    let text = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
    text.strip_suffix('0').unwrap_or(&text).to_owned()
}

/// A writer of elements.
struct Xml<W: Write>(Writer<W>);

impl<W: Write> Xml<W> {
    fn leaf(&mut self, name: &str, text: &str) -> Written {
        self.leaf_with(BytesStart::new(name), text)
    }

    fn leaf_with(&mut self, start: BytesStart<'_>, text: &str) -> Written {
        let end = start.to_end().into_owned();
        self.0.write_event(Event::Start(start.clone()))?;
        self.0.write_event(Event::Text(BytesText::new(text)))?;
        self.0.write_event(Event::End(end))?;
        Ok(())
    }

    fn inside(&mut self, name: &str, body: impl FnOnce(&mut Self) -> Written) -> Written {
        self.0.write_event(Event::Start(BytesStart::new(name)))?;
        body(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name)))?;
        Ok(())
    }

    /// Elements nested in each other with one text in the innermost.
    fn path(&mut self, names: &[&str], text: &str) -> Written {
        match names {
            [] => Ok(()),
            [leaf] => self.leaf(leaf, text),
            [first, rest @ ..] => self.inside(first, |xml| xml.path(rest, text)),
        }
    }

    fn document(
        &mut self,
        order: &Order,
        transfers: &[Transfer],
        groups: &BTreeMap<Currency, Vec<Payment<'_>>>,
        version: Version,
    ) -> Written {
        self.0
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut root = BytesStart::new("Document");
        root.push_attribute(("xmlns", version.namespace()));
        self.0.write_event(Event::Start(root))?;
        self.inside("CstmrCdtTrfInitn", |xml| {
            xml.header(order, transfers)?;
            groups
                .iter()
                .try_for_each(|(currency, payments)| xml.group(order, *currency, payments, version))
        })?;
        self.0.write_event(Event::End(BytesEnd::new("Document")))?;
        Ok(())
    }

    fn header(&mut self, order: &Order, transfers: &[Transfer]) -> Written {
        self.inside("GrpHdr", |xml| {
            xml.leaf("MsgId", &batch_reference(order.batch))?;
            // Whole seconds: some banks refuse fractions.
            let second = Timestamp::from_seconds(order.created_at.seconds());
            xml.leaf("CreDtTm", &second.to_string())?;
            xml.leaf("NbOfTxs", &transfers.len().to_string())?;
            xml.leaf("CtrlSum", &control_sum(transfers.iter()))?;
            xml.path(&["InitgPty", "Nm"], &bank_text(&order.debtor.name, 70))
        })
    }

    fn group(
        &mut self,
        order: &Order,
        currency: Currency,
        payments: &[Payment<'_>],
        version: Version,
    ) -> Written {
        let (debtor, sepa) = (&order.debtor, currency == Currency::EUR);
        self.inside("PmtInf", |xml| {
            xml.leaf(
                "PmtInfId",
                &format!("{}-{currency}", batch_reference(order.batch)),
            )?;
            xml.leaf("PmtMtd", "TRF")?;
            xml.leaf("NbOfTxs", &payments.len().to_string())?;
            let transfers = payments.iter().map(|payment| payment.transfer);
            xml.leaf("CtrlSum", &control_sum(transfers))?;
            if sepa {
                xml.path(&["PmtTpInf", "SvcLvl", "Cd"], "SEPA")?;
            }
            match version {
                Version::V03 => xml.leaf("ReqdExctnDt", &order.execute_on.to_string())?,
                Version::V09 => {
                    xml.path(&["ReqdExctnDt", "Dt"], &order.execute_on.to_string())?;
                }
            }
            xml.path(&["Dbtr", "Nm"], &bank_text(&debtor.name, 70))?;
            xml.path(&["DbtrAcct", "Id", "IBAN"], debtor.iban.as_str())?;
            match &debtor.bic {
                Some(bic) => xml.agent("DbtrAgt", bic, version)?,
                None => xml.path(&["DbtrAgt", "FinInstnId", "Othr", "Id"], "NOTPROVIDED")?,
            }
            // SEPA shares fees by rule; elsewhere that has to be said.
            xml.leaf("ChrgBr", if sepa { "SLEV" } else { "SHAR" })?;
            payments
                .iter()
                .try_for_each(|payment| xml.payment(payment, version))
        })
    }

    fn agent(&mut self, name: &str, bic: &Bic, version: Version) -> Written {
        self.path(&[name, "FinInstnId", version.bic()], bic.as_str())
    }

    fn payment(&mut self, payment: &Payment<'_>, version: Version) -> Written {
        let transfer = payment.transfer;
        self.inside("CdtTrfTxInf", |xml| {
            xml.path(&["PmtId", "EndToEndId"], &reference(transfer.payout))?;
            xml.inside("Amt", |xml| {
                let mut amount = BytesStart::new("InstdAmt");
                amount.push_attribute(("Ccy", transfer.amount.currency.code()));
                xml.leaf_with(amount, &transfer.amount.decimal())
            })?;
            if let Some(bic) = payment.bic {
                xml.agent("CdtrAgt", bic, version)?;
            }
            xml.path(&["Cdtr", "Nm"], &payment.holder)?;
            xml.path(&["CdtrAcct", "Id", "IBAN"], payment.iban.as_str())?;
            let statement = bank_text(&transfer.statement, 140);
            if statement.is_empty() {
                Ok(())
            } else {
                xml.path(&["RmtInf", "Ustrd"], &statement)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rail::samples::{batch, transfer};
    use comity_domain::payout::Rail;
    use std::process::{Command, Stdio};

    fn order(bic: Option<&str>) -> Order {
        Order {
            batch: batch(),
            created_at: Timestamp::parse_rfc3339("2026-11-21T10:00:00.5Z").unwrap(),
            execute_on: jiff::civil::date(2026, 11, 24),
            debtor: Debtor {
                name: "ООО «Ромашка» & Co".into(),
                iban: "GB29NWBK60161331926819".parse().unwrap(),
                bic: bic.map(|bic| bic.parse().unwrap()),
            },
        }
    }

    fn transfers() -> Vec<Transfer> {
        let mut all = vec![
            transfer(1, Rail::Sepa, 12_345, Currency::EUR),
            transfer(2, Rail::Sepa, 1, Currency::EUR),
            transfer(3, Rail::Sepa, 99_999_999_999, Currency::EUR),
            transfer(4, Rail::Sepa, 500, "JPY".parse().unwrap()),
            transfer(5, Rail::Sepa, 1_001, "BHD".parse().unwrap()),
        ];
        if let PayoutMethod::Sepa { bic, holder, .. } = &mut all[1].method {
            *bic = None;
            *holder = "Щербаков, Юрий".into();
        }
        all[2].statement = "\u{1}<&>\"']]>".into();
        all
    }

    fn validate(document: &[u8], schema: &str) {
        let root = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/data/iso20022/"
        );
        let mut child = Command::new("xmllint")
            .args(["--noout", "--schema", &format!("{root}{schema}"), "-"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("xmllint is needed: apt-get install libxml2-utils");
        child.stdin.take().unwrap().write_all(document).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    #[test]
    fn both_versions_fit_their_schema() {
        for (version, schema) in [
            (Version::V03, "pain.001.001.03.xsd"),
            (Version::V09, "pain.001.001.09.xsd"),
        ] {
            for bic in [None, Some("NWBKGB2L")] {
                validate(
                    &pain001(&order(bic), &transfers(), version).unwrap(),
                    schema,
                );
            }
        }
    }

    #[test]
    fn the_file_is_frozen() {
        let one = [transfer(1, Rail::Sepa, 12_345, Currency::EUR)];
        let bytes = pain001(&order(None), &one, Version::V09).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            include_str!("golden/pain001.xml")
        );
    }

    #[test]
    fn sums_are_per_currency_and_over_all() {
        let bytes = pain001(&order(None), &transfers(), Version::V09).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let sums: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("<CtrlSum>"))
            .map(str::trim)
            .collect();
        let expected = ["1000000624.451", "1.001", "1000000123.45", "500.00"];
        assert_eq!(
            sums,
            expected.map(|sum| format!("<CtrlSum>{sum}</CtrlSum>"))
        );
    }

    #[test]
    fn what_a_bank_would_refuse_is_refused_here() {
        let write = |transfers: &[Transfer]| pain001(&order(None), transfers, Version::V09).err();
        let wrong = |rail, minor| write(&[transfer(7, rail, minor, Currency::EUR)]);
        let seven = crate::rail::samples::payout(7);
        assert_eq!(write(&[]), Some(RailError::Empty));
        assert_eq!(wrong(Rail::PayPal, 1), Some(RailError::WrongRail(seven)));
        assert_eq!(wrong(Rail::Sepa, 0), Some(RailError::Amount(seven)));
        assert_eq!(wrong(Rail::Sepa, -5), Some(RailError::Amount(seven)));
        assert_eq!(
            wrong(Rail::Sepa, 100_000_000_000),
            Some(RailError::Amount(seven))
        );
    }
}
