//! `verify`: reads everything back and names the first place that is wrong.

use std::collections::BTreeMap;

use comity_domain::ledger::chain::Head;
use comity_domain::{Currency, TenantId};
use comity_store::{Tx, ledger, perk, tenant};

use crate::settings::verify_tenant;
use crate::{App, AppError};

/// Entries read at once: a few megabytes.
const PAGE: i64 = 2_000;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whose books.
    pub tenant: TenantId,
    /// Where: a chain position, an account, an audit line.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Organisations.
    pub tenants: usize,
    /// Journals whose hash was computed again.
    pub journals: u64,
    /// Balances compared with the fold of their lines.
    pub balances: usize,
    /// Lines of audit logs.
    pub audit_lines: u64,
    /// What is wrong; empty is good.
    pub findings: Vec<Finding>,
}

/// Checks every organisation: the ledger's chain, each balance against the fold of
/// its lines, sums of zero, and the audit chain.
pub async fn verify_all(app: &App) -> Result<Checked, AppError> {
    let mut checked = Checked::default();
    let mut after = None;
    loop {
        let mut tx = app.store.read().await?;
        let page = tenant::list(&mut tx, after, 100).await?;
        let Some(last) = page.last() else {
            return Ok(checked);
        };
        after = Some(last.id);
        for owner in &page {
            checked.tenants += 1;
            chain(&mut tx, owner.id, &mut checked).await?;
            balances(&mut tx, owner.id, &mut checked).await?;
            perks(&mut tx, owner.id, &mut checked).await?;
        }
        drop(tx);
        for owner in &page {
            audit_lines(app, owner.id, &mut checked).await?;
        }
    }
}

fn report(checked: &mut Checked, tenant: TenantId, place: String, what: impl ToString) {
    checked.findings.push(Finding {
        tenant,
        place,
        what: what.to_string(),
    });
}

async fn chain(tx: &mut Tx, tenant: TenantId, checked: &mut Checked) -> Result<(), AppError> {
    let mut head = Head::default();
    loop {
        let after = i64::try_from(head.sequence).unwrap_or(i64::MAX);
        let entries = match ledger::entries_after(tx, tenant, after, PAGE).await {
            Ok(entries) => entries,
            // A column that no version writes: the row itself was changed.
            Err(error) => {
                report(checked, tenant, format!("after journal {after}"), error);
                return Ok(());
            }
        };
        if entries.is_empty() {
            return Ok(());
        }
        for entry in &entries {
            if let Err(broken) = head.verify_next(entry) {
                report(
                    checked,
                    tenant,
                    format!("journal {}", broken.sequence),
                    broken,
                );
                return Ok(());
            }
            checked.journals += 1;
        }
    }
}

async fn balances(tx: &mut Tx, tenant: TenantId, checked: &mut Checked) -> Result<(), AppError> {
    let fold = ledger::fold(tx, tenant).await?;
    let mut stored: BTreeMap<(String, Currency), i64> = BTreeMap::new();
    let mut after = String::new();
    loop {
        let page = ledger::balances(tx, tenant, &after, PAGE).await?;
        let Some((last, _)) = page.last() else { break };
        after = last.to_string();
        stored.extend(
            page.into_iter()
                .map(|(a, m)| ((a.to_string(), m.currency), m.minor)),
        );
    }
    checked.balances += stored.len();
    let keys: std::collections::BTreeSet<_> = fold.keys().chain(stored.keys()).cloned().collect();
    for key in keys {
        if fold.get(&key).unwrap_or(&0) != stored.get(&key).unwrap_or(&0) {
            let place = format!("balance {} {}", key.0, key.1);
            report(checked, tenant, place, "differs from the fold of its lines");
        }
    }
    let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
    for ((_, currency), minor) in &fold {
        *sums.entry(*currency).or_default() += i128::from(*minor);
    }
    for (currency, _) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
        report(
            checked,
            tenant,
            format!("all accounts in {currency}"),
            "do not sum to zero",
        );
    }
    Ok(())
}

/// The book of perks: balances equal the fold of the moves, and no grant's state disagrees with them.
async fn perks(tx: &mut Tx, tenant: TenantId, checked: &mut Checked) -> Result<(), AppError> {
    let fold = perk::fold(tx, tenant).await?;
    let stored = perk::all_balances(tx, tenant).await?;
    checked.balances += stored.len();
    let keys: std::collections::BTreeSet<_> = fold.keys().chain(stored.keys()).cloned().collect();
    for key in keys {
        if fold.get(&key).unwrap_or(&0) != stored.get(&key).unwrap_or(&0) {
            let place = format!("perks {} {} {}", key.0, key.1, key.2);
            report(
                checked,
                tenant,
                place,
                "differ from the fold of their moves",
            );
        }
    }
    for id in perk::stray(tx, tenant).await? {
        let what = "has a state its moves do not have";
        report(checked, tenant, format!("perk grant {id}"), what);
    }
    Ok(())
}

async fn audit_lines(app: &App, tenant: TenantId, checked: &mut Checked) -> Result<(), AppError> {
    let found = verify_tenant(app, tenant).await?;
    checked.audit_lines += u64::try_from(found.lines).unwrap_or(0);
    if let Some(line) = found.broken_at {
        let place = format!("audit line {line}");
        report(checked, tenant, place, "does not follow the chain");
    }
    Ok(())
}
