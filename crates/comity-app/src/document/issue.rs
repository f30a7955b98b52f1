//! Issuing a document in the transaction of the payout it is about.

use comity_domain::payout::PayoutState;
use comity_domain::tax::{TaxProfile, Vat, contained, of_lines, vat};
use comity_domain::{Bps, Money, MoneyError, Timestamp};
use comity_store::document::{self as store, Document};
use comity_store::payout::{Payout, rules};
use comity_store::{Tx, commission, event, partner, payout as payouts, program, tenant};
use serde::{Deserialize, Serialize};

use crate::tax::profile_on;
use crate::{App, AppError};

/// One side of an invoice, as it was on the day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Legal name.
    pub name: String,
    /// Address, line by line.
    pub address: String,
    /// ISO code of the country, or empty.
    pub country: String,
    /// Tax number, or empty.
    pub tax_id: String,
    /// VAT number, or empty.
    pub vat_id: String,
}

/// One commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLine {
    /// When it was earned.
    pub at: Timestamp,
    /// The order's own id, or the kind of commission.
    pub what: String,
    /// What is left of it after refunds.
    pub amount: Money,
    /// The VAT it contains, minor units.
    #[serde(default)]
    pub vat_minor: i64,
}

/// Everything on an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Who delivers: the partner.
    pub seller: Party,
    /// Who pays and issues it: the organisation.
    pub buyer: Party,
    /// The program's name.
    pub program: String,
    /// The run's name, as in `2026-11`.
    pub period: String,
    /// The commissions.
    pub lines: Vec<InvoiceLine>,
    /// What earlier debts and corrections change.
    pub other: Money,
    /// All of it.
    pub gross: Money,
    /// Tax kept back.
    pub withheld: Money,
    /// What was sent.
    pub net: Money,
    /// What stands on it about VAT.
    #[serde(default)]
    pub vat: Vat,
    /// The VAT that `gross` contains, minor units: all lines and `other` together.
    #[serde(default)]
    pub vat_minor: i64,
    /// The number of the invoice that this one cancels, or empty.
    pub cancels: String,
}

/// Issues the invoice of a payout that arrived, or cancels it when the payout came back.
/// Programs that do not issue invoices, and states that need none, change nothing.
pub async fn issue(tx: &mut Tx, app: &App, payout: &Payout) -> Result<(), AppError> {
    let of = rules::rules(tx, payout.tenant, payout.program).await?;
    if !of.is_some_and(|row| row.rules.issues_invoices) {
        return Ok(());
    }
    let known = store::of_payout(tx, payout.tenant, "invoice", payout.id).await?;
    match (payout.progress.state, known) {
        (PayoutState::Paid, None) => {
            let body = invoice(tx, app, payout).await?;
            put(tx, app, payout, "invoice", &body).await
        }
        (PayoutState::Returned, Some(known)) => {
            if store::of_payout(tx, payout.tenant, "cancellation", payout.id)
                .await?
                .is_some()
            {
                return Ok(());
            }
            let mut body: Invoice = serde_json::from_str(&known.body_json).map_err(|error| {
                AppError::Internal(format!("stored invoice does not read back: {error}"))
            })?;
            body.cancels = known.number();
            put(tx, app, payout, "cancellation", &body).await
        }
        _ => Ok(()),
    }
}

async fn put(
    tx: &mut Tx,
    app: &App,
    payout: &Payout,
    kind: &str,
    body: &Invoice,
) -> Result<(), AppError> {
    let of = program::get(tx, payout.tenant, payout.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let now = app.now();
    let year = i64::from(now.date_in(&of.zone).year());
    let document = Document {
        tenant: payout.tenant,
        seq: store::next(tx, payout.tenant, year).await?,
        kind: kind.to_owned(),
        program: payout.program,
        enrollment: payout.enrollment,
        partner: payout.partner,
        partner_name: String::new(),
        payout: payout.id,
        net: body.net,
        body_json: serde_json::to_string(body)
            .map_err(|error| AppError::Internal(error.to_string()))?,
        issued_at: now,
    };
    Ok(store::insert(tx, &document).await?)
}

async fn invoice(tx: &mut Tx, app: &App, payout: &Payout) -> Result<Invoice, AppError> {
    let broken = |error: comity_domain::MoneyError| AppError::Internal(error.to_string());
    let of = program::get(tx, payout.tenant, payout.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let batch = payouts::batch(tx, payout.tenant, payout.batch)
        .await?
        .ok_or(AppError::NotFound("payout batch"))?;
    let (mut lines, mut sum) = (Vec::new(), Money::zero(payout.amount.currency));
    for one in commission::of_payout(tx, payout.tenant, payout.id).await? {
        let amount = one.book.net();
        sum = sum.add(amount).map_err(broken)?;
        let event = match one.event {
            Some(id) => event::get(tx, payout.tenant, id).await?,
            None => None,
        };
        lines.push(InvoiceLine {
            at: one.occurred_at,
            what: event.map_or_else(|| one.kind.clone(), |event| event.external_id),
            amount,
            vat_minor: 0,
        });
    }
    let buyer = buyer(tx, payout).await?;
    let today = app.now().date_in(&comity_domain::Zone::utc());
    let profile = profile_on(tx, payout.tenant, payout.partner, today).await?;
    let rule = profile
        .as_ref()
        .map(|profile| vat(profile, &buyer.country))
        .unwrap_or_default();
    let mut invoice = Invoice {
        seller: seller(tx, payout, profile).await?,
        buyer,
        program: of.name,
        period: batch.period,
        lines,
        other: payout.amount.sub(sum).map_err(broken)?,
        gross: payout.amount,
        withheld: payout.withheld,
        net: payout.net().map_err(broken)?,
        vat: rule,
        vat_minor: 0,
        cancels: String::new(),
    };
    if let Vat::Domestic { rate } = rule {
        contain(&mut invoice, rate).map_err(broken)?;
    }
    Ok(invoice)
}

/// Writes the VAT that each line and the whole contain.
fn contain(invoice: &mut Invoice, rate: Bps) -> Result<(), MoneyError> {
    let amounts: Vec<Money> = invoice.lines.iter().map(|line| line.amount).collect();
    for (line, vat) in invoice.lines.iter_mut().zip(of_lines(&amounts, rate)?) {
        line.vat_minor = vat.minor;
    }
    invoice.vat_minor = contained(invoice.gross, rate)?.minor;
    Ok(())
}

async fn seller(
    tx: &mut Tx,
    payout: &Payout,
    profile: Option<TaxProfile>,
) -> Result<Party, AppError> {
    let known = partner::get(tx, payout.tenant, payout.partner)
        .await?
        .ok_or(AppError::NotFound("partner"))?;
    Ok(match profile {
        Some(profile) => Party {
            name: profile.legal_name,
            address: profile.address,
            country: profile.country,
            tax_id: profile.tax_id,
            vat_id: profile.vat_id,
        },
        None => Party {
            name: if known.company.is_empty() {
                known.name
            } else {
                known.company
            },
            country: known.country,
            ..Party::default()
        },
    })
}

/// The organisation as its settings have it.
async fn buyer(tx: &mut Tx, payout: &Payout) -> Result<Party, AppError> {
    let owner = tenant::get(tx, payout.tenant)
        .await?
        .ok_or(AppError::NotFound("organisation"))?;
    let settings: serde_json::Value =
        serde_json::from_str(&owner.settings_json).unwrap_or_default();
    let mut party: Party = serde_json::from_value(settings["company"].clone()).unwrap_or_default();
    if party.name.is_empty() {
        party.name = owner.name;
    }
    Ok(party)
}
