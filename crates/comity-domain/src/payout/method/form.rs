//! Reads form fields into checked details and keeps what is wrong with each.

use super::{FieldError, Iban, MethodFields, PayoutMethod, Problem};

/// Longest holder name: what pain.001 carries.
const MAX_HOLDER: usize = 70;

/// Reads fields and keeps what is wrong with them.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) errors: Vec<FieldError>,
}

impl Reader {
    pub(super) fn read<T>(&mut self, field: &'static str, text: &str) -> Option<T>
    where
        T: std::str::FromStr,
        Problem: From<T::Err>,
    {
        if text.trim().is_empty() {
            return self.fail(field, Problem::Missing);
        }
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => self.fail(field, Problem::from(error)),
        }
    }

    pub(super) fn plain(
        &mut self,
        field: &'static str,
        text: &str,
        fits: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return self.fail(field, Problem::Missing);
        }
        if fits(text) {
            Some(text.to_owned())
        } else {
            self.fail(field, Problem::Invalid)
        }
    }

    pub(super) fn fail<T>(&mut self, field: &'static str, problem: Problem) -> Option<T> {
        self.errors.push(FieldError { field, problem });
        None
    }

    pub(super) fn holder(&mut self, text: &str) -> Option<String> {
        self.plain("holder", text, |text| {
            text.chars().count() <= MAX_HOLDER && !text.chars().any(char::is_control)
        })
    }

    pub(super) fn sepa(&mut self, fields: &MethodFields) -> Option<PayoutMethod> {
        let holder = self.holder(&fields.holder);
        let iban: Option<Iban> = self.read("iban", &fields.iban);
        let iban = match iban {
            Some(iban) if !iban.in_sepa() => self.fail("iban", Problem::Country),
            checked => checked,
        };
        let bic = if fields.bic.trim().is_empty() {
            None
        } else {
            self.read("bic", &fields.bic)
        };
        let (holder, iban) = holder.zip(iban)?;
        Some(PayoutMethod::Sepa { holder, iban, bic })
    }

    pub(super) fn ach(&mut self, fields: &MethodFields) -> Option<PayoutMethod> {
        // Names in NACHA entries have 22 places; a longer one is cut there, so it may be longer here.
        let holder = self.holder(&fields.holder);
        let routing_number = self.read("routing_number", &fields.routing_number);
        let account_number = self.plain("account_number", &fields.account_number, |text| {
            (4..=17).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        let savings = match fields.account_type.trim() {
            "savings" => Some(true),
            "checking" => Some(false),
            "" => self.fail("account_type", Problem::Missing),
            _ => self.fail("account_type", Problem::Invalid),
        };
        let ((holder, routing_number), (account_number, savings)) = holder
            .zip(routing_number)
            .zip(account_number.zip(savings))?;
        Some(PayoutMethod::Ach {
            holder,
            routing_number,
            account_number,
            savings,
        })
    }
}
