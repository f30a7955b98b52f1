//! Schedule and limits of a program's payouts.

use axum::extract::State;
use comity_app::payout::{program_rules, set_program_rules};
use comity_app::{AppError, FieldError, program};
use comity_domain::payout::{PayoutRules, Schedule};
use comity_domain::program::Program;
use comity_domain::{Money, Permission, ProgramId};
use comity_ui::admin::payout::{self as pages, Rules};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use crate::admin::admin_shell;
use crate::admin::partner::named;
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

const PATH: &str = "/admin/payouts/rules";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Team(Permission::View), show)
        .post(PATH, Audience::Team(Permission::PreparePayouts), save)
}

fn values(of: &Program, rules: &PayoutRules) -> FormState {
    let money = |minor: Option<i64>| {
        minor.map_or_else(String::new, |minor| {
            Money::new(minor, of.currency).decimal()
        })
    };
    let (day, weekday, due) = match rules.schedule {
        Schedule::Manual => (None, None, None),
        Schedule::Monthly { day } => (Some(day), None, None),
        Schedule::Weekly { weekday } => (None, Some(weekday), None),
        Schedule::Threshold { due_minor } => (None, None, Some(due_minor)),
    };
    let number = |n: Option<i8>| n.map_or_else(String::new, |n| n.to_string());
    FormState::default()
        .with("schedule", rules.schedule.code())
        .with("day", number(day))
        .with("weekday", number(weekday))
        .with("due", money(due))
        .with("run_cap", money(rules.run_cap_minor))
        .with("partner_cap", money(rules.partner_cap_minor))
        .with("day_cap", money(rules.day_cap_minor))
        .with(
            "partners_may_ask",
            if rules.partners_may_ask { "1" } else { "" },
        )
        .with(
            "needs_tax_profile",
            if rules.needs_tax_profile { "1" } else { "" },
        )
        .with(
            "issues_invoices",
            if rules.issues_invoices { "1" } else { "" },
        )
}

async fn render(web: &WebState, team: &Team, of: &Program, form: FormState) -> WebResult<Markup> {
    let programs = program::list(&web.app, &team.actor).await?;
    let view = Rules {
        programs: named(&programs),
        program: of.id.to_string(),
        currency: of.currency,
        can_change: team.actor.may(Permission::PreparePayouts),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::rules(&team.cx, &shell, &view))
}

async fn chosen(web: &WebState, team: &Team, fields: &Fields) -> WebResult<Program> {
    let asked: Option<ProgramId> = fields.read("program");
    let id = match asked {
        Some(id) => Some(id),
        None if fields.filled("program").is_none() => {
            let all = program::list(&web.app, &team.actor).await?;
            all.first().map(|program| program.id)
        }
        None => None,
    };
    let id = id.ok_or_else(WebError::not_found)?;
    Ok(program::get(&web.app, &team.actor, id).await?)
}

async fn show(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let of = chosen(&web, &team, &paging.query).await?;
    let rules = program_rules(&web.app, &team.actor, of.id).await?;
    let form = values(&of, &rules);
    Ok(Page(render(&web, &team, &of, form).await?))
}

fn typed(of: &Program, fields: &Fields) -> Result<PayoutRules, AppError> {
    let mut errors = Vec::new();
    let mut money = |name: &str| {
        let text = fields.filled(name)?.replace(',', ".");
        match Money::parse(&text, of.currency) {
            Ok(sum) => Some(sum.minor),
            Err(_) => {
                errors.push(FieldError::new(name, "not_a_number"));
                None
            }
        }
    };
    let rules = PayoutRules {
        schedule: match fields.text("schedule").as_str() {
            "monthly" => Schedule::Monthly {
                day: fields.read("day").unwrap_or(0),
            },
            "weekly" => Schedule::Weekly {
                weekday: fields.read("weekday").unwrap_or(0),
            },
            "threshold" => Schedule::Threshold {
                due_minor: money("due").unwrap_or(0),
            },
            _ => Schedule::Manual,
        },
        run_cap_minor: money("run_cap"),
        partner_cap_minor: money("partner_cap"),
        day_cap_minor: money("day_cap"),
        partners_may_ask: fields.checked("partners_may_ask"),
        needs_tax_profile: fields.checked("needs_tax_profile"),
        issues_invoices: fields.checked("issues_invoices"),
    };
    if errors.is_empty() {
        Ok(rules)
    } else {
        Err(AppError::Invalid(errors))
    }
}

async fn save(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let of = chosen(&web, &team, &fields).await?;
    let done = match typed(&of, &fields) {
        Ok(rules) => set_program_rules(&web.app, &team.actor, of.id, rules).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => {
            let path = format!("{PATH}?program={}", of.id);
            let text = t!(team.cx, "payout-rules-saved");
            Ok(see_with(&path, Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, &of, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}
