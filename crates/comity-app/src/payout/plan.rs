//! Who would be paid now, and planning a run from it.

use std::collections::{BTreeMap, BTreeSet};

use comity_domain::ledger::{Account, HoldReason};
use comity_domain::partner::{Enrollment, EnrollmentStatus};
use comity_domain::payout::{
    MethodFacts, PartnerBalanceFacts, Plan, PlanPolicy, Planned, Progress, Rail, plan,
};
use comity_domain::program::Program;
use comity_domain::{
    Actor, Bps, EnrollmentId, Money, PartnerId, Permission, ProgramId, TenantId, TermsId,
};
use comity_store::payout::{self as store, Batch, Method, Payout, rules as stored};
use comity_store::{Tx, commission, ledger, partner, program};
use serde_json::json;

use crate::{App, AppError, audit, authorise};

/// Most payouts in one run: what one bank file and one page can hold.
const MAX_PAYOUTS: usize = 2_000;

/// A plan with the names a person needs to judge it.
#[derive(Clone)]
pub struct Preview {
    /// The program.
    pub program: Program,
    /// Who is paid and who is not.
    pub plan: Plan,
    /// Names by partner.
    pub names: BTreeMap<PartnerId, String>,
    /// Partner and available balance by membership.
    pub balances: BTreeMap<EnrollmentId, (PartnerId, Money)>,
    methods: BTreeMap<PartnerId, Method>,
    /// The terms in force.
    terms: Option<TermsId>,
}

/// Plans without writing anything; `selected` limits it to some partners.
pub async fn preview(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    selected: Option<BTreeSet<PartnerId>>,
) -> Result<Preview, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    load(&mut tx, app, tenant, id, selected).await
}

pub(super) async fn load(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    id: ProgramId,
    selected: Option<BTreeSet<PartnerId>>,
) -> Result<Preview, AppError> {
    let program = program::get(tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let terms = program::current_terms(tx, tenant, id).await?;
    let mut preview = Preview {
        plan: Plan::default(),
        names: BTreeMap::new(),
        balances: BTreeMap::new(),
        methods: BTreeMap::new(),
        terms: terms.map(|terms| terms.id),
        program,
    };
    let set = stored::rules(tx, tenant, id).await?;
    let rules = set.map(|row| row.rules).unwrap_or_default();
    let taxes = comity_store::tax::rules(tx, tenant).await?;
    let today = app.now().date_in(&preview.program.zone);
    let mut facts = Vec::new();
    for (account, balance) in ledger::balances_of(tx, tenant, "available:").await? {
        let Some(enrollment) = account.enrollment() else {
            continue;
        };
        if let Some(mut fact) = fact(tx, tenant, &mut preview, enrollment, balance).await? {
            let (who, zone) = ((tenant, fact.partner), &preview.program.zone);
            let day = (today, zone);
            let (rate, known) = crate::tax::withheld(tx, who, &taxes, fact.available, day).await?;
            fact.withholding = rate;
            fact.tax_blocked = rules.needs_tax_profile && !known;
            facts.push(fact);
        }
    }
    let currencies = BTreeSet::from([preview.program.currency]);
    let rails = Rail::ALL
        .iter()
        .map(|rail| (*rail, supported(*rail, &currencies)))
        .collect();
    let currency = preview.program.currency;
    let midnight = preview.program.zone.start_of(today);
    let planned = stored::planned_since(tx, tenant, id, midnight).await?;
    let limit = |cap: Option<i64>| cap.map(|cap| (currency, cap)).into_iter().collect();
    let policy = PlanPolicy {
        kill_switch: stored::switch(tx, tenant).await?.stopped,
        partner_cap: limit(rules.partner_cap_minor),
        run_cap: limit(rules.run_limit(planned)),
        selected,
        rails,
        four_eyes_from: None,
    };
    preview.plan = plan(&facts, &policy, app.now());
    Ok(preview)
}

/// SEPA moves euros, NACHA dollars; the others what the program pays in.
fn supported(
    rail: Rail,
    own: &BTreeSet<comity_domain::Currency>,
) -> BTreeSet<comity_domain::Currency> {
    match rail {
        Rail::Sepa => BTreeSet::from([comity_domain::Currency::EUR]),
        Rail::Ach => BTreeSet::from([comity_domain::Currency::USD]),
        Rail::PayPal | Rail::Wise | Rail::Stripe | Rail::StoreCredit | Rail::Manual => own.clone(),
    }
}

async fn fact(
    tx: &mut Tx,
    tenant: TenantId,
    preview: &mut Preview,
    id: EnrollmentId,
    balance: Money,
) -> Result<Option<PartnerBalanceFacts>, AppError> {
    let Some(enrollment) = partner::enrollment(tx, tenant, id).await? else {
        return Ok(None);
    };
    if enrollment.program != preview.program.id || balance.currency != preview.program.currency {
        return Ok(None);
    }
    // The books credit what is owed.
    let available = balance
        .negated()
        .map_err(|error| AppError::Internal(error.to_string()))?;
    if let Some(partner) = partner::get(tx, tenant, enrollment.partner).await? {
        preview.names.insert(partner.id, partner.name);
    }
    preview.balances.insert(id, (enrollment.partner, available));
    let method = store::method(tx, tenant, enrollment.partner).await?;
    let held = held(tx, preview.terms, &enrollment).await?;
    let fact = PartnerBalanceFacts {
        enrollment: id,
        program: enrollment.program,
        partner: enrollment.partner,
        available,
        minimum_minor: preview.program.settings.payout_minimum_minor,
        method: method.as_ref().map(|method| MethodFacts {
            id: method.id,
            rail: rail_of(method),
            cooling_off_until: Some(method.usable_from),
            fee_minor: 0,
        }),
        held,
        tax_blocked: false,
        withholding: Bps(0),
        existing: store::live(tx, tenant, id).await?,
    };
    if let Some(method) = method {
        preview.methods.insert(enrollment.partner, method);
    }
    Ok(Some(fact))
}

/// Nobody is paid whose membership was ended for a violation, or under terms they have not
/// accepted (D4); the portal says the same.
async fn held(
    tx: &mut Tx,
    terms: Option<TermsId>,
    enrollment: &Enrollment,
) -> Result<Option<HoldReason>, AppError> {
    if enrollment.status == EnrollmentStatus::Banned {
        return Ok(Some(HoldReason::PartnerSuspended));
    }
    let Some(terms) = terms else {
        return Ok(None);
    };
    let (tenant, partner) = (enrollment.tenant, enrollment.partner);
    let accepted = program::accepted_at(tx, tenant, terms, partner).await?;
    Ok(accepted.is_none().then_some(HoldReason::TermsNotAccepted))
}

fn rail_of(method: &Method) -> Rail {
    method.details.rail()
}

/// Plans a run: one batch per rail, waiting for approval. Nothing moves yet.
pub async fn create(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    selected: Option<BTreeSet<PartnerId>>,
) -> Result<Vec<Batch>, AppError> {
    let tenant = authorise(actor, Permission::PreparePayouts)?;
    let mut tx = app.store.write().await?;
    let batches = draft(&mut tx, app, actor, id, selected).await?;
    tx.commit().await?;
    app.announce(tenant, "payout");
    Ok(batches)
}

/// Plans a run in the caller's transaction.
pub(super) async fn draft(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    id: ProgramId,
    selected: Option<BTreeSet<PartnerId>>,
) -> Result<Vec<Batch>, AppError> {
    crate::ledger::lock(tx, id).await?;
    let preview = load(tx, app, actor.tenant(), id, selected).await?;
    if preview.plan.payable.is_empty() {
        return Err(AppError::Conflict("nothing_to_pay"));
    }
    if preview.plan.payable.len() > MAX_PAYOUTS {
        return Err(AppError::Conflict("too_many_payouts"));
    }
    let mut by_rail: BTreeMap<Rail, Vec<&Planned>> = BTreeMap::new();
    for planned in &preview.plan.payable {
        by_rail.entry(planned.rail).or_default().push(planned);
    }
    let mut batches = Vec::new();
    for (rail, planned) in by_rail {
        batches.push(write(tx, app, actor, &preview, rail, &planned).await?);
    }
    Ok(batches)
}

async fn write(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    preview: &Preview,
    rail: Rail,
    planned: &[&Planned],
) -> Result<Batch, AppError> {
    let (now, program) = (app.now(), &preview.program);
    let mut total = Money::zero(program.currency);
    for payment in planned {
        total = total
            .add(payment.net)
            .map_err(|error| AppError::Internal(error.to_string()))?;
    }
    let date = now.date_in(&program.zone);
    let batch = Batch {
        id: app.id(),
        tenant: program.tenant,
        program: program.id,
        period: format!("{:04}-{:02}", date.year(), date.month()),
        rail,
        status: "planned".to_owned(),
        total,
        payouts: i64::try_from(planned.len()).unwrap_or(i64::MAX),
        created_by: actor.label(),
        approved_by: String::new(),
        file_name: String::new(),
        file_body: String::new(),
        created_at: now,
        approved_at: None,
        sent_at: None,
        settled_at: None,
    };
    store::insert_batch(tx, &batch).await?;
    for payment in planned {
        let Some(method) = preview.methods.get(&payment.partner) else {
            continue;
        };
        for part in &payment.parts {
            let payout = Payout {
                id: app.id(),
                tenant: program.tenant,
                batch: batch.id,
                program: program.id,
                enrollment: part.enrollment,
                partner: payment.partner,
                amount: part.gross,
                withheld: part.withheld,
                method: method.details.clone(),
                masked: method.masked.clone(),
                progress: Progress::planned(now),
                failure: String::new(),
                provider_ref: String::new(),
                created_at: now,
                updated_at: now,
            };
            store::insert(tx, &payout).await?;
            commission::plan_for(tx, payout.tenant, payout.id, payout.enrollment).await?;
        }
    }
    let label = batch.id.to_string();
    let detail = json!({ "rail": rail.code(), "payouts": batch.payouts });
    let entry = audit::Entry {
        action: "payout.planned",
        object_kind: "payout_batch",
        object_id: &label,
        detail,
    };
    audit::record(tx, app, actor, entry).await?;
    Ok(batch)
}

/// What the books say a membership can be paid.
pub async fn available(
    tx: &mut Tx,
    tenant: TenantId,
    enrollment: EnrollmentId,
    currency: comity_domain::Currency,
) -> Result<Money, AppError> {
    let balance = ledger::balance(tx, tenant, Account::Available(enrollment), currency).await?;
    balance
        .negated()
        .map_err(|error| AppError::Internal(error.to_string()))
}
