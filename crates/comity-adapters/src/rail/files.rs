//! The port of the use cases, over the formats of this folder.

use comity_app::port::{
    Expected, NachaSender, PaymentFile, PaymentFileError, PaymentFiles, PaymentRun, ReportError,
};
use comity_domain::payout::{PayoutEvent, Rail};
use comity_domain::{PayoutBatchId, PayoutId, Zone};

use super::nacha::{self, Originator, nacha};
use super::pain001::{Debtor, Order, Version, pain001};
use super::reconcile::{self, Fault, reconcile};
use super::{RailError, Transfer, batch_reference, csv};

/// SEPA runs as `pain.001.001.09`, those of banks in the United States as NACHA files once the
/// sender is set, all others as a list.
#[derive(Debug, Clone, Copy, Default)]
pub struct BankFiles;

impl PaymentFiles for BankFiles {
    fn write(&self, rail: Rail, run: &PaymentRun) -> Result<PaymentFile, PaymentFileError> {
        let transfers: Vec<Transfer> = run
            .payments
            .iter()
            .map(|payment| Transfer {
                payout: payment.payout,
                amount: payment.amount,
                method: payment.method.clone(),
                statement: payment.note.clone(),
            })
            .collect();
        let reference = batch_reference(run.batch);
        let (name, body) = if rail == Rail::Sepa {
            let order = order(run)?;
            (
                format!("{reference}.xml"),
                pain001(&order, &transfers, Version::V09),
            )
        } else if let Some(sender) = run.payer.nacha.as_ref().filter(|_| rail == Rail::Ach) {
            let order = nacha_order(run);
            (
                format!("{reference}.ach"),
                nacha(&originator(sender)?, &order, &transfers),
            )
        } else {
            (
                format!("{reference}-{}.csv", rail.code()),
                csv::list(run.batch, &transfers),
            )
        };
        let bytes = body.map_err(|error| refused(&error))?;
        let body = String::from_utf8(bytes).map_err(|_| PaymentFileError {
            field: "file",
            code: "not_text",
        })?;
        Ok(PaymentFile { name, body })
    }

    fn read_report(
        &self,
        body: &[u8],
        batch: PayoutBatchId,
        expected: &[Expected],
    ) -> Result<Vec<(PayoutId, PayoutEvent)>, ReportError> {
        let waiting: Vec<reconcile::Expected> = expected
            .iter()
            .map(|payment| reconcile::Expected {
                payout: payment.payout,
                amount: payment.amount,
            })
            .collect();
        let found = reconcile(body, batch, &waiting).map_err(|error| ReportError {
            place: format!("line {}", error.line),
            code: fault_code(&error.what),
        })?;
        match found.different.first() {
            Some(different) => Err(ReportError {
                place: different.payout.to_string(),
                code: "amount_differs",
            }),
            None => Ok(found.matched),
        }
    }
}

fn originator(sender: &NachaSender) -> Result<Originator, PaymentFileError> {
    let routing = |text: &str| {
        text.parse().map_err(|_| PaymentFileError {
            field: "payer_nacha",
            code: "invalid",
        })
    };
    Ok(Originator {
        bank: routing(&sender.bank)?,
        bank_name: sender.bank_name.clone(),
        origin: sender.origin.clone(),
        origin_name: sender.origin_name.clone(),
        company_name: sender.company_name.clone(),
        company_id: sender.company_id.clone(),
        odfi: routing(&sender.odfi)?,
    })
}

/// The modifier tells the files of one day apart; it comes from the batch, so that the same
/// run is the same file.
fn nacha_order(run: &PaymentRun) -> nacha::Order {
    const MODIFIERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let bytes = run.batch.0.0;
    let modifier = MODIFIERS[usize::from(bytes[15]) % MODIFIERS.len()];
    let reference = batch_reference(run.batch);
    nacha::Order {
        batch: run.batch,
        created_at: run.at.datetime_in(&Zone::utc()),
        effective_on: run.at.plus_days(1).date_in(&Zone::utc()),
        modifier: char::from(modifier),
        description: "PAYOUT".to_owned(),
        reference: reference[reference.len() - 8..].to_owned(),
        first_trace: 1,
    }
}

fn order(run: &PaymentRun) -> Result<Order, PaymentFileError> {
    let missing = |field| PaymentFileError {
        field,
        code: "missing",
    };
    let iban = run.payer.iban.parse().map_err(|_| missing("payer_iban"))?;
    let bic = (!run.payer.bic.is_empty())
        .then(|| run.payer.bic.parse().map_err(|_| missing("payer_bic")))
        .transpose()?;
    Ok(Order {
        batch: run.batch,
        created_at: run.at,
        execute_on: run.at.date_in(&Zone::utc()),
        debtor: Debtor {
            name: run.payer.name.clone(),
            iban,
            bic,
        },
    })
}

pub(super) fn refused(error: &RailError) -> PaymentFileError {
    let (field, code) = match error {
        RailError::Empty => ("payouts", "empty"),
        RailError::TooMany => ("payouts", "too_many"),
        RailError::WrongRail(_) => ("payouts", "wrong_rail"),
        RailError::Currency(..) => ("currency", "not_carried"),
        RailError::Amount(_) => ("amount", "not_carried"),
        RailError::Sender(_) => ("payer", "invalid"),
        RailError::Write => ("file", "not_written"),
    };
    PaymentFileError { field, code }
}

const fn fault_code(fault: &Fault) -> &'static str {
    match fault {
        Fault::TooLarge => "too_large",
        Fault::Column(_) => "column_missing",
        Fault::Shape => "unreadable",
        Fault::Twice(_) => "twice",
        _ => "other_batch",
    }
}
