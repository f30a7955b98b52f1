//! Loading the totals that rules, tiers of partners and instalments count with.

use comity_domain::commission::{
    Counter, EventKind, Measure, Period, RuleSet, Subject, Totals, needs,
};
use comity_domain::program::Program;
use comity_domain::{CustomerId, EnrollmentId, Timestamp};
use comity_store::Tx;
use comity_store::commission::{CounterQuery, Owner, totals};

use crate::AppError;

/// Whose total, and before when.
#[derive(Clone, Copy)]
pub(crate) struct Whose<'a> {
    /// In which program.
    pub(crate) program: &'a Program,
    /// One membership, or everybody.
    pub(crate) enrollment: Option<EnrollmentId>,
    /// One customer of that membership, or all.
    pub(crate) customer: Option<CustomerId>,
    /// What came before this instant.
    pub(crate) at: Timestamp,
}

/// One total over the period around the instant, of events of `kinds` (empty: all), of what
/// `rule` paid (empty: all rules).
pub(crate) async fn total(
    tx: &mut Tx,
    whose: &Whose<'_>,
    (measure, period): (Measure, Period),
    kinds: &[EventKind],
    rule: &str,
) -> Result<i64, AppError> {
    let (from, _) = period.bounds(whose.at, &whose.program.zone);
    let kinds: Vec<String> = kinds.iter().cloned().map(String::from).collect();
    let owner = match (whose.enrollment, whose.customer) {
        (None, _) => Owner::Everybody(whose.program.id),
        (Some(id), None) => Owner::Membership(id),
        (Some(id), Some(customer)) => Owner::Buyer(id, customer),
    };
    let query = CounterQuery {
        owner,
        from,
        to: whose.at,
        kinds: if kinds.is_empty() {
            String::new()
        } else {
            format!(" {} ", kinds.join(" "))
        },
        rule: rule.to_owned(),
    };
    let found = totals(tx, whose.program.tenant, &query).await?;
    Ok(match measure {
        Measure::Count => found.events,
        Measure::Revenue => found.revenue_minor,
        Measure::Commission => found.commission_minor,
        Measure::NewCustomers => found.new_customers,
    })
}

/// Every total that `set` may read for an event of `kind` of one membership and customer.
pub(super) async fn counters(
    tx: &mut Tx,
    set: &RuleSet,
    kind: &EventKind,
    whose: Whose<'_>,
) -> Result<Totals, AppError> {
    let needs = needs(set);
    let mut loaded = Vec::new();
    for counter in needs.for_kind(kind) {
        let value = of_counter(tx, counter, whose).await?;
        loaded.push((counter.clone(), value));
    }
    Ok(Totals(loaded))
}

async fn of_counter(tx: &mut Tx, counter: &Counter, own: Whose<'_>) -> Result<i64, AppError> {
    let whole = counter.subject == Subject::Program;
    let customer = own
        .customer
        .filter(|_| counter.subject == Subject::Customer);
    let whose = Whose {
        enrollment: own.enrollment.filter(|_| !whole),
        customer,
        ..own
    };
    let rule = counter.rule.as_deref().unwrap_or_default();
    total(
        tx,
        &whose,
        (counter.measure, counter.period),
        &counter.events,
        rule,
    )
    .await
}
