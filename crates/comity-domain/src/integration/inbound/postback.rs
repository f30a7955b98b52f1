//! Server-to-server postbacks: one event in the parameters of a GET or a form POST.

use std::collections::BTreeMap;

use super::event::{Basis, Figures, IncomingEvent, Kind, Normalised, click_text};
use super::field::{NormaliseError, Problem, decimal};
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// Longest value that is read, in characters.
const VALUE_CHARS_MAX: usize = 500;
/// Most parameters a postback may have.
const PARAMETERS_MAX: usize = 60;
/// Parameters that have a meaning; all others are kept as metadata.
const KNOWN: [&str; 17] = [
    "event",
    "order",
    "cid",
    "amount",
    "tax",
    "shipping",
    "currency",
    "coupon",
    "customer",
    "email",
    "name",
    "country",
    "refers_to",
    "subscription",
    "at",
    "ts",
    "sig",
];

/// Reads decoded parameters. A parameter given twice is refused rather than guessed about.
///
/// `event` is `lead`, `sale` (default), `renewal`, `refund`, `void`, `chargeback`,
/// `chargeback_won`, `order_edited` or `cancellation`. `amount` is decimal and net unless `tax` or `shipping` say
/// what is inside it; refunds without those count as net too. `received_at` dates events without
/// `at`.
pub fn normalise(
    parameters: &[(String, String)],
    received_at: Timestamp,
) -> Result<Normalised, NormaliseError> {
    let parameters = once(parameters)?;
    let text = |name: &str| parameters.get(name).cloned();
    let event = text("event");
    let kind = kind(event.as_deref().unwrap_or("sale"))?;
    let order = text("order").ok_or_else(|| NormaliseError::new("order", Problem::Missing))?;
    let mut found = IncomingEvent::new(kind, order, time(text("at"), received_at)?);
    found.figures = figures(&parameters, kind)?;
    if let Some(click) = text("cid") {
        let click = click_text(&click);
        found.click_id = Some(click.ok_or_else(|| NormaliseError::new("cid", Problem::Shape))?);
    }
    found.customer.external_id = text("customer");
    found.customer.email = text("email");
    found.customer.name = text("name");
    found.customer.country = text("country").map(|country| country.to_ascii_uppercase());
    found.subscription_id = text("subscription");
    found.refers_to = text("refers_to").into_iter().collect();
    let reverses = matches!(
        kind,
        Kind::Refund | Kind::Void | Kind::Chargeback | Kind::ChargebackWon | Kind::OrderEdited
    );
    if reverses && found.refers_to.is_empty() {
        return Err(NormaliseError::new("refers_to", Problem::Missing));
    }
    let codes = text("coupon").unwrap_or_default();
    let codes = codes
        .split(',')
        .map(str::trim)
        .filter(|code| !code.is_empty());
    found.coupons = codes.map(str::to_owned).collect();
    let extra = parameters
        .into_iter()
        .filter(|(name, _)| !KNOWN.contains(&name.as_str()));
    found.metadata = extra.collect();
    Ok(found.into())
}

/// Non-empty parameters by name.
fn once(parameters: &[(String, String)]) -> Result<BTreeMap<String, String>, NormaliseError> {
    if parameters.len() > PARAMETERS_MAX {
        return Err(NormaliseError::new("", Problem::Shape));
    }
    let mut named = BTreeMap::new();
    for (name, value) in parameters {
        let name: String = name.chars().take(64).collect();
        let value: String = value.trim().chars().take(VALUE_CHARS_MAX).collect();
        if named.insert(name.clone(), value).is_some() {
            return Err(NormaliseError::new(name, Problem::Twice));
        }
    }
    named.retain(|_, value| !value.is_empty());
    Ok(named)
}

fn kind(name: &str) -> Result<Kind, NormaliseError> {
    Ok(match name {
        "lead" => Kind::Lead,
        "sale" => Kind::Sale,
        "renewal" => Kind::Renewal,
        "refund" => Kind::Refund,
        "void" => Kind::Void,
        "chargeback" => Kind::Chargeback,
        "chargeback_won" => Kind::ChargebackWon,
        "order_edited" => Kind::OrderEdited,
        "cancellation" => Kind::Cancellation,
        _ => return Err(NormaliseError::new("event", Problem::Shape)),
    })
}

/// RFC 3339 or Unix seconds.
fn time(at: Option<String>, received_at: Timestamp) -> Result<Timestamp, NormaliseError> {
    let Some(text) = at else {
        return Ok(received_at);
    };
    let seconds = || {
        text.parse()
            .ok()
            .filter(|_| text.len() <= 12)
            .map(Timestamp::from_seconds)
    };
    Timestamp::parse_rfc3339(&text)
        .or_else(seconds)
        .ok_or_else(|| NormaliseError::new("at", Problem::NotTime))
}

fn figures(
    parameters: &BTreeMap<String, String>,
    kind: Kind,
) -> Result<Option<Figures>, NormaliseError> {
    let Some(amount) = parameters.get("amount") else {
        let needed = matches!(
            kind,
            Kind::Sale | Kind::Renewal | Kind::Refund | Kind::Chargeback | Kind::OrderEdited
        );
        let missing = NormaliseError::new("amount", Problem::Missing);
        return if needed { Err(missing) } else { Ok(None) };
    };
    let currency = parameters.get("currency");
    let currency = currency.ok_or_else(|| NormaliseError::new("currency", Problem::Missing))?;
    let currency: Currency = currency
        .parse()
        .map_err(|_| NormaliseError::new("currency", Problem::Currency))?;
    let read = |name: &str, text: &str| {
        let money =
            decimal(text, currency).map_err(|problem| NormaliseError::new(name, problem))?;
        if money.minor < 0 {
            Err(NormaliseError::new(name, Problem::Negative))
        } else {
            Ok(money)
        }
    };
    let part = |name: &str| {
        parameters
            .get(name)
            .map_or(Ok(Money::zero(currency)), |text| read(name, text))
    };
    let gross = read("amount", amount)?;
    let (tax, shipping) = (part("tax")?, part("shipping")?);
    let net = gross.sub(tax).and_then(|net| net.sub(shipping));
    let amount = net.map_err(|_| NormaliseError::new("amount", Problem::Overflow))?;
    if amount.minor < 0 {
        return Err(NormaliseError::new("amount", Problem::Negative));
    }
    let discount = Money::zero(currency);
    let basis = Basis::Net;
    Ok(Some(Figures {
        amount,
        basis,
        gross,
        tax,
        shipping,
        discount,
        refunded_to_date: None,
    }))
}
