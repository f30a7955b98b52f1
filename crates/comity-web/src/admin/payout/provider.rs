//! Accounts at payment providers, and payments that wait for a person.

use axum::extract::State;
use comity_app::AppError;
use comity_app::payout::{self, AccountChange, RailAccount};
use comity_domain::Permission;
use comity_domain::payout::{PayoutState, Rail};
use comity_ui::admin::payout::{
    self as pages, Attention, AttentionRow, Messages, ProviderRow, ProviderSet, Providers,
};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::t;
use maud::Markup;

use crate::admin::admin_shell;
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Id, Paging, Team};
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

const PATH: &str = "/admin/settings/payouts/providers";
const RAILS: [Rail; 3] = [Rail::PayPal, Rail::Stripe, Rail::Wise];

pub(super) fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let approve = Audience::Team(Permission::ApprovePayouts);
    Routes::new()
        .get(PATH, view, show)
        .post("/admin/settings/payouts/providers/{rail}", approve, save)
        .post(
            "/admin/settings/payouts/providers/{rail}/test",
            approve,
            test,
        )
        .post(
            "/admin/settings/payouts/providers/{rail}/remove",
            approve,
            remove,
        )
        .get("/admin/payouts/attention", view, attention)
}

fn row(
    web: &WebState,
    team: &Team,
    rail: Rail,
    known: Option<&RailAccount>,
    typed: Option<FormState>,
) -> ProviderRow {
    let name = |field: &str| format!("{}_{field}", rail.code());
    let set = known.map(|known| ProviderSet {
        sandbox: known.sandbox,
        hint: known.hint.clone(),
        tested_at: known.tested_at,
        problem: known.problem.clone(),
        heard: known.hook_secret.as_ref().map(|_| Messages {
            noted: known.heard.noted,
            unknown: known.heard.unknown,
            refused: known.heard.refused,
            at: known.heard.at,
        }),
    });
    let stored = known.map(|known| {
        let sandbox = if known.sandbox { "1" } else { "" };
        FormState::default()
            .with(&name("account"), known.account.clone())
            .with(&name("sandbox"), sandbox)
    });
    ProviderRow {
        address: format!(
            "{}/hooks/payouts/{}/{}",
            web.app.config.base_url,
            rail.code(),
            team.actor.tenant()
        ),
        rail,
        set,
        form: typed.or(stored).unwrap_or_default(),
    }
}

async fn render(
    web: &WebState,
    team: &Team,
    mut typed: Option<(Rail, FormState)>,
) -> WebResult<Markup> {
    let known = payout::rail_accounts(&web.app, &team.actor).await?;
    let rows = RAILS.map(|rail| {
        let form = typed.take_if(|(of, _)| *of == rail).map(|(_, form)| form);
        row(
            web,
            team,
            rail,
            known.iter().find(|one| one.rail == rail),
            form,
        )
    });
    let view = Providers {
        rows: rows.to_vec(),
        can_change: team.actor.may(Permission::ApprovePayouts),
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::providers(&team.cx, &shell, &view))
}

async fn show(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    render(&web, &team, None).await.map(Page)
}

fn rail(code: &str) -> WebResult<Rail> {
    let found = Rail::from_code(code).filter(|rail| RAILS.contains(rail));
    found.ok_or_else(WebError::not_found)
}

async fn save(
    State(web): State<WebState>,
    team: Team,
    Id(code): Id<String>,
    fields: Fields,
) -> WebResult {
    let rail = rail(&code)?;
    let name = |field: &str| format!("{code}_{field}");
    let change = AccountChange {
        rail,
        sandbox: fields.checked(&name("sandbox")),
        account: fields.text(&name("account")),
        secret: fields.text(&name("secret")),
        hook: fields.raw(&name("hook")).to_owned(),
    };
    match payout::set_rail_account(&web.app, &team.actor, change).await {
        Ok(()) => Ok(see_with(PATH, Tone::Ok, &t!(team.cx, "payout-payer-saved"))),
        Err(AppError::Invalid(errors)) => {
            // The secret is never shown again, not even the one that was refused.
            let blank = fields.state().with(&name("secret"), "");
            let mut form = blank.with(&name("hook"), "");
            for error in &errors {
                form = form.error(&name(&error.field), problem(&team.cx, error.code));
            }
            Ok(refused(render(&web, &team, Some((rail, form))).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn test(State(web): State<WebState>, team: Team, Id(code): Id<String>) -> WebResult {
    let rail = rail(&code)?;
    let said = payout::test_rail_account(&web.app, &team.actor, rail).await?;
    Ok(if said.is_empty() {
        see_with(PATH, Tone::Ok, &t!(team.cx, "payout-provider-test-ok"))
    } else {
        see_with(PATH, Tone::Bad, &t!(team.cx, "payout-provider-test-bad"))
    })
}

async fn remove(State(web): State<WebState>, team: Team, Id(code): Id<String>) -> WebResult {
    payout::remove_rail_account(&web.app, &team.actor, rail(&code)?).await?;
    Ok(see_with(
        PATH,
        Tone::Ok,
        &t!(team.cx, "payout-provider-removed"),
    ))
}

async fn attention(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let rows = payout::queue(&web.app, &team.actor, paging.after()?, paging.limit + 1).await?;
    let listed = paging.listed(
        rows,
        |row| row.payout.id.to_string(),
        |row| AttentionRow {
            id: row.payout.id,
            batch: row.payout.batch,
            partner: row.payout.partner,
            name: row.partner_name,
            amount: row.payout.amount,
            reason: row.person,
            reference: row.reference,
            since: row.alerted_at,
            failed: row.payout.progress.state == PayoutState::Failed,
        },
    );
    let view = Attention {
        rows: listed.data,
        next: listed.next_cursor,
        can_prepare: team.actor.may(Permission::PreparePayouts),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::attention(&team.cx, &shell, &view)))
}
