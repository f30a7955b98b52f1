//! The guard over the cost of a customer as a form.

use axum::extract::State;
use comity_app::kpi::{self, Economics as Report, NewGuard};
use comity_app::{AppError, FieldError, program};
use comity_domain::kpi::{AllowableCac, CacAction, CacGuard};
use comity_domain::{Bps, Currency, Money, ProgramId};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;

use super::{first_page, render, taken, typed_money};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{refused, see_with};
use crate::state::WebState;

/// The form as the guard in force fills it.
pub(super) fn filled(report: &Report) -> FormState {
    let settings = &report.program.settings;
    let money = |minor| Money::new(minor, report.program.currency).decimal();
    let form = FormState::default()
        .with("platform", money(settings.platform_cost_minor))
        .with("management", money(settings.management_cost_minor));
    let Some(guard) = &report.guard else {
        return form
            .with("above", "off")
            .with("warn_at", "80")
            .with("min_customers", "10");
    };
    let above = match guard.above {
        CacAction::Warn => "warn",
        CacAction::Approve => "approve",
        CacAction::Clamp => "clamp",
    };
    form.with("above", above)
        .with("ltv", guard.allowable.ltv.decimal())
        .with("margin", percent(guard.allowable.margin))
        .with("share", percent(guard.allowable.share))
        .with("warn_at", percent(guard.warn_at))
        .with("min_customers", guard.min_customers.to_string())
}

/// Hundredths of a percent as the field shows them.
fn percent(rate: Bps) -> String {
    let text = format!("{}.{:02}", rate.0 / 100, rate.0 % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A percentage as typed, in hundredths of a percent.
fn typed_percent(text: &str) -> Option<Bps> {
    // Any currency of two digits reads two places after the point.
    let parsed = Money::parse(&text.replace(',', "."), Currency::EUR).ok()?;
    u32::try_from(parsed.minor).ok().map(Bps)
}

fn guard_of(fields: &Fields, currency: Currency) -> Result<NewGuard, AppError> {
    let mut errors = Vec::new();
    let platform_minor = taken(&mut errors, typed_money(fields, "platform", currency));
    let management_minor = taken(&mut errors, typed_money(fields, "management", currency));
    let above = match fields.text("above").as_str() {
        "off" => None,
        "warn" => Some(CacAction::Warn),
        "approve" => Some(CacAction::Approve),
        "clamp" => Some(CacAction::Clamp),
        _ => return Err(AppError::field("above", "not_a_choice")),
    };
    let rate = |name: &str| {
        typed_percent(&fields.text(name)).ok_or_else(|| FieldError::new(name, "not_a_number"))
    };
    let guard = above.map(|above| CacGuard {
        allowable: AllowableCac {
            ltv: Money::new(
                taken(&mut errors, typed_money(fields, "ltv", currency)),
                currency,
            ),
            margin: Bps(taken(&mut errors, rate("margin").map(|rate| rate.0))),
            share: Bps(taken(&mut errors, rate("share").map(|rate| rate.0))),
        },
        warn_at: Bps(taken(&mut errors, rate("warn_at").map(|rate| rate.0))),
        above,
        min_customers: taken(
            &mut errors,
            fields
                .read("min_customers")
                .ok_or_else(|| FieldError::new("min_customers", "not_a_number")),
        ),
    });
    if errors.is_empty() {
        Ok(NewGuard {
            guard,
            platform_minor,
            management_minor,
        })
    } else {
        Err(AppError::Invalid(errors))
    }
}

pub(super) async fn set_guard(
    State(web): State<WebState>,
    mut team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let currency = program::get(&web.app, &team.actor, id).await?.currency;
    let done = match guard_of(&fields, currency) {
        Ok(new) => kpi::set_guard(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_with(
            &format!("/admin/programs/{id}/economics"),
            Tone::Ok,
            &t!(team.cx, "economics-guard-saved"),
        )),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            let paging = first_page();
            let page = render(&web, &mut team, id, &paging, (Some(form), None)).await?;
            Ok(refused(page))
        }
        Err(error) => Err(error.into()),
    }
}
