//! How programs pay: schedules and limits, and the switch that stops all payouts.

use axum::Json;
use axum::extract::State;
use comity_app::payout::{self, Switch};
use comity_domain::payout::{PayoutRules, Schedule};
use comity_domain::{Permission, ProgramId};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id};
use crate::route::{Audience, Routes};

/// The resource of payout rules.
#[derive(OpenApi)]
#[openapi(paths(show, change, switch, stop))]
pub struct Doc;

/// Routes of payout rules and of the switch. Letting payouts go on needs a person.
#[must_use]
pub fn routes() -> Routes {
    let (view, prepare) = (
        Audience::Api(Permission::View),
        Audience::Api(Permission::PreparePayouts),
    );
    Routes::new()
        .get("/api/v1/programs/{id}/payout-rules", view, show)
        .put("/api/v1/programs/{id}/payout-rules", prepare, change)
        .get("/api/v1/payout-switch", view, switch)
        .post("/api/v1/payout-switch/stop", prepare, stop)
}

/// When runs are planned; a planned run still waits for a person.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum ScheduleJson {
    /// Only when a person plans one.
    Manual,
    /// On a day of every month; the last one where a month is shorter.
    Monthly {
        /// 1 to 31.
        day: i8,
    },
    /// On a day of every week.
    Weekly {
        /// 1 is Monday, 7 is Sunday.
        weekday: i8,
    },
    /// On any day on which at least so much is due.
    Threshold {
        /// Minor units of the program's currency.
        due_minor: i64,
    },
}

impl From<Schedule> for ScheduleJson {
    fn from(schedule: Schedule) -> Self {
        match schedule {
            Schedule::Manual => Self::Manual,
            Schedule::Monthly { day } => Self::Monthly { day },
            Schedule::Weekly { weekday } => Self::Weekly { weekday },
            Schedule::Threshold { due_minor } => Self::Threshold { due_minor },
        }
    }
}

impl From<ScheduleJson> for Schedule {
    fn from(schedule: ScheduleJson) -> Self {
        match schedule {
            ScheduleJson::Manual => Self::Manual,
            ScheduleJson::Monthly { day } => Self::Monthly { day },
            ScheduleJson::Weekly { weekday } => Self::Weekly { weekday },
            ScheduleJson::Threshold { due_minor } => Self::Threshold { due_minor },
        }
    }
}

/// The rules of a program. Amounts are minor units of its currency; a limit that is left out
/// does not exist. The least that is paid to a partner is a setting of the program.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayoutRulesJson {
    schedule: ScheduleJson,
    /// Most that one run pays.
    #[schema(example = 500_000)]
    run_cap_minor: Option<i64>,
    /// Most that one partner gets in a run.
    partner_cap_minor: Option<i64>,
    /// Most that all runs of one day pay together.
    day_cap_minor: Option<i64>,
    /// Partners may ask for their payout in the portal.
    partners_may_ask: bool,
    /// Partners are paid only once they have given their tax details.
    needs_tax_profile: bool,
    /// A self-billing invoice is issued with every payout that arrives.
    issues_invoices: bool,
}

impl From<PayoutRules> for PayoutRulesJson {
    fn from(rules: PayoutRules) -> Self {
        Self {
            schedule: rules.schedule.into(),
            run_cap_minor: rules.run_cap_minor,
            partner_cap_minor: rules.partner_cap_minor,
            day_cap_minor: rules.day_cap_minor,
            partners_may_ask: rules.partners_may_ask,
            needs_tax_profile: rules.needs_tax_profile,
            issues_invoices: rules.issues_invoices,
        }
    }
}

/// Get the payout rules of a program.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/payout-rules", tag = "Payouts", params(("id" = String, Path)),
    responses((status = 200, body = PayoutRulesJson), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
) -> WebResult<Json<PayoutRulesJson>> {
    let rules = payout::program_rules(&web.app, &actor, id).await?;
    Ok(Json(rules.into()))
}

/// Set the payout rules of a program. A key may lower limits and set new ones; raising or
/// removing one needs a person who approves payouts.
#[utoipa::path(
    put, path = "/api/v1/programs/{id}/payout-rules", tag = "Payouts", params(("id" = String, Path)),
    request_body = PayoutRulesJson,
    responses((status = 200, body = PayoutRulesJson), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn change(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<PayoutRulesJson>,
) -> WebResult<Json<PayoutRulesJson>> {
    let rules = PayoutRules {
        schedule: input.schedule.into(),
        run_cap_minor: input.run_cap_minor,
        partner_cap_minor: input.partner_cap_minor,
        day_cap_minor: input.day_cap_minor,
        partners_may_ask: input.partners_may_ask,
        needs_tax_profile: input.needs_tax_profile,
        issues_invoices: input.issues_invoices,
    };
    let rules = payout::set_program_rules(&web.app, &actor, id, rules).await?;
    Ok(Json(rules.into()))
}

/// Whether payouts are stopped.
#[derive(Debug, Serialize, ToSchema)]
pub struct SwitchOut {
    /// Nothing is planned, approved or sent; asking providers what became of payments goes on.
    stopped: bool,
    /// Why; empty when payouts go on.
    reason: String,
    /// When it was last turned; absent when nobody ever did.
    changed_at: Option<String>,
}

impl From<Switch> for SwitchOut {
    fn from(switch: Switch) -> Self {
        let never = switch.changed_by.is_empty();
        Self {
            stopped: switch.stopped,
            reason: switch.reason,
            changed_at: (!never).then(|| switch.changed_at.to_string()),
        }
    }
}

/// Say whether payouts are stopped.
#[utoipa::path(
    get, path = "/api/v1/payout-switch", tag = "Payouts",
    responses((status = 200, body = SwitchOut))
)]
pub async fn switch(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
) -> WebResult<Json<SwitchOut>> {
    Ok(Json(payout::switch(&web.app, &actor).await?.into()))
}

/// Why payouts are stopped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StopIn {
    /// Read by the team.
    #[schema(example = "the bank reports an odd payment")]
    reason: String,
}

/// Stop all payouts of the organisation at once. Letting them go on needs a person.
#[utoipa::path(
    post, path = "/api/v1/payout-switch/stop", tag = "Payouts", request_body = StopIn,
    responses((status = 200, body = SwitchOut), (status = 422, body = Problem))
)]
pub async fn stop(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<StopIn>,
) -> WebResult<Json<SwitchOut>> {
    let switch = payout::stop(&web.app, &actor, &input.reason).await?;
    Ok(Json(switch.into()))
}
