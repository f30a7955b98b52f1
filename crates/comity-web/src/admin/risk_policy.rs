//! What a program does about each signal, with the report of what it would have done.

use axum::extract::State;
use comity_app::fraud::{self, Effect, Replay};
use comity_app::{AppError, FieldError, program};
use comity_domain::fraud::{Policy, SignalAction, SignalKind, SignalPolicy};
use comity_domain::program::Program;
use comity_domain::{Money, Permission, ProgramId};
use comity_ui::admin::risk::{self as pages, Outcome, PolicyPage, Report, Stopped};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

/// Days the report looks back unless asked otherwise, and at most.
const DAYS: u16 = 30;
const MAX_DAYS: u16 = 90;

/// `GET /admin/risk/policy/{id}`.
pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
) -> WebResult<Page> {
    let in_force = fraud::in_force(&web.app, &team.actor, id).await?;
    let form = filled(&in_force.policy);
    Ok(Page(render(&web, &team, id, form, None).await?))
}

/// `POST /admin/risk/policy/{id}`: shows what the settings would have done, or saves them.
pub(super) async fn submit(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let (app, actor) = (&web.app, &team.actor);
    let of = program::get(app, actor, id).await?;
    let now = fraud::in_force(app, actor, id).await?.policy;
    let done = match typed(&of, &now, &fields) {
        Ok(draft) if fields.text("act") == "save" => fraud::publish(app, actor, id, &draft)
            .await
            .map(Done::Saved),
        Ok(draft) => {
            let days = fields.read("days").unwrap_or(DAYS).min(MAX_DAYS);
            let report = fraud::replay(app, actor, id, &draft, days).await;
            report.map(|report| Done::Shown(days, report))
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(Done::Saved(version)) => {
            let path = format!("/admin/risk/policy/{id}");
            let text = t!(team.cx, "fraud-saved", n = version);
            Ok(see_with(&path, Tone::Ok, &text))
        }
        Ok(Done::Shown(days, replay)) => {
            let report = Some(report(days, replay));
            let page = render(&web, &team, id, fields.state(), report).await?;
            Ok(axum::response::IntoResponse::into_response(Page(page)))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, id, form, None).await?))
        }
        Err(error) => Err(error.into()),
    }
}

enum Done {
    Saved(i64),
    Shown(u16, Replay),
}

async fn render(
    web: &WebState,
    team: &Team,
    id: ProgramId,
    form: FormState,
    report: Option<Report>,
) -> WebResult<Markup> {
    let of = program::get(&web.app, &team.actor, id).await?;
    let in_force = fraud::in_force(&web.app, &team.actor, id).await?;
    let shell = admin_shell(web, team).await?;
    let view = PolicyPage {
        program: (id.to_string(), of.name),
        policy: in_force.policy,
        version: in_force.version,
        form,
        report,
        can_manage: team.actor.may(Permission::ManagePrograms),
    };
    Ok(pages::policy(&team.cx, &shell, &view))
}

/// The form as the policy in force fills it.
fn filled(policy: &Policy) -> FormState {
    let limits = &policy.thresholds;
    let mut form = FormState::default();
    for &kind in SignalKind::ALL {
        let (setting, code) = (policy.of(kind), kind.code());
        let action = match setting.action {
            SignalAction::Observe => "observe",
            SignalAction::Hold => "hold",
            SignalAction::Reject => "reject",
        };
        form = form
            .with(&format!("action_{code}"), action)
            .with(&format!("weight_{code}"), setting.weight.to_string());
        if setting.trial_until.is_some() {
            form = form.with(&format!("trial_{code}"), "1");
        }
    }
    let ceiling = limits.ceiling.map(Money::decimal).unwrap_or_default();
    [
        ("service_hours", policy.service_hours.to_string()),
        ("hold_score", policy.hold_score.to_string()),
        (
            "fastest_conversion_millis",
            limits.fastest_conversion_millis.to_string(),
        ),
        (
            "shared_network_hours",
            limits.shared_network_hours.to_string(),
        ),
        (
            "customers_on_address",
            limits.customers_on_address.to_string(),
        ),
        ("velocity_events", limits.velocity_events.to_string()),
        ("velocity_mad", limits.velocity_mad.to_string()),
        ("empty_clicks", limits.empty_clicks.to_string()),
        ("refund_sales", limits.refund_sales.to_string()),
        ("refund_times", limits.refund_times.to_string()),
        ("ceiling", ceiling),
        ("brand_words", joined(&policy.brand_words)),
        ("allowed_campaigns", joined(&policy.allowed_campaigns)),
        ("banned_referrers", joined(&policy.banned_referrers)),
    ]
    .into_iter()
    .fold(form, |form, (name, value)| form.with(name, value))
}

/// One word per line.
fn joined<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let all: Vec<&str> = words.into_iter().map(String::as_str).collect();
    all.join("\n")
}

/// The policy in force with what was typed; a field that is missing keeps its value.
fn typed(of: &Program, now: &Policy, fields: &Fields) -> Result<Policy, AppError> {
    let mut policy = now.clone();
    let mut errors = Vec::new();
    for &kind in SignalKind::ALL {
        match setting(policy.of(kind), kind, fields) {
            Ok(setting) => {
                policy.signals.insert(kind, setting);
            }
            Err(error) => errors.push(error),
        }
    }
    limits(&mut policy, fields, &mut errors);
    match fields.filled("ceiling") {
        None => policy.thresholds.ceiling = None,
        Some(text) => match Money::parse(&text.replace(',', "."), of.currency) {
            Ok(sum) => policy.thresholds.ceiling = Some(sum),
            Err(_) => errors.push(FieldError::new("ceiling", "not_a_number")),
        },
    }
    let lines = |name: &str| -> Vec<String> {
        let all = fields.raw(name).lines().map(str::trim);
        all.filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    policy.allowed_campaigns = lines("allowed_campaigns").into_iter().collect();
    let lower = |name: &str| lines(name).iter().map(|line| line.to_lowercase()).collect();
    policy.brand_words = lower("brand_words");
    policy.banned_referrers = lower("banned_referrers");
    if errors.is_empty() {
        Ok(policy)
    } else {
        Err(AppError::Invalid(errors))
    }
}

fn setting(
    now: SignalPolicy,
    kind: SignalKind,
    fields: &Fields,
) -> Result<SignalPolicy, FieldError> {
    let code = kind.code();
    let (action, weight) = (format!("action_{code}"), format!("weight_{code}"));
    let trial = fields.checked(&format!("trial_{code}"));
    Ok(SignalPolicy {
        action: match fields.text(&action).as_str() {
            "" => now.action,
            "observe" => SignalAction::Observe,
            "hold" => SignalAction::Hold,
            "reject" => SignalAction::Reject,
            _ => return Err(FieldError::new(action, "not_a_choice")),
        },
        weight: match fields.filled(&weight) {
            None => now.weight,
            Some(text) => text
                .parse()
                .map_err(|_| FieldError::new(weight, "out_of_range"))?,
        },
        trial_until: now.trial_until.filter(|_| trial),
    })
}

fn limits(policy: &mut Policy, fields: &Fields, errors: &mut Vec<FieldError>) {
    let mut number = |name: &'static str, into: &mut i64| {
        if let Some(text) = fields.filled(name) {
            match text.parse() {
                Ok(value) => *into = value,
                Err(_) => errors.push(FieldError::new(name, "not_a_number")),
            }
        }
    };
    let limits = &mut policy.thresholds;
    number(
        "fastest_conversion_millis",
        &mut limits.fastest_conversion_millis,
    );
    number("shared_network_hours", &mut limits.shared_network_hours);
    number("customers_on_address", &mut limits.customers_on_address);
    number("velocity_events", &mut limits.velocity_events);
    number("empty_clicks", &mut limits.empty_clicks);
    number("refund_sales", &mut limits.refund_sales);
    number("refund_times", &mut limits.refund_times);
    let mut small = |name: &'static str, into: &mut u16| {
        if let Some(text) = fields.filled(name) {
            match text.parse() {
                Ok(value) => *into = value,
                Err(_) => errors.push(FieldError::new(name, "not_a_number")),
            }
        }
    };
    small("velocity_mad", &mut limits.velocity_mad);
    small("hold_score", &mut policy.hold_score);
    small("service_hours", &mut policy.service_hours);
}

fn report(days: u16, replay: Replay) -> Report {
    let stopped = |effect: &Effect| Stopped {
        commissions: effect.commissions,
        amount: effect.amount,
        partners: effect.partners,
    };
    let outcome = |(now, then): &(Effect, Effect)| Outcome {
        now: stopped(now),
        then: stopped(then),
    };
    Report {
        days,
        conversions: replay.conversions,
        cut_off: replay.cut_off,
        held: outcome(&replay.held),
        rejected: outcome(&replay.rejected),
        kinds: replay
            .kinds
            .iter()
            .map(|(kind, (seen, effect))| (*kind, *seen, stopped(effect)))
            .collect(),
    }
}
