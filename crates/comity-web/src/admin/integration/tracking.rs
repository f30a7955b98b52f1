//! Tracking: what to paste where, and whether anything has arrived.

use axum::extract::State;
use comity_app::program::{self, ProgramChange};
use comity_app::tracking::{self, EventFilter as Filter};
use comity_app::{AppError, link};
use comity_domain::program::BrowserSales;
use comity_domain::{Permission, ProgramId};
use comity_ui::component::Tone;
use comity_ui::integration::tracking::{self as pages, Tracking};
use comity_ui::{fmt, t};

use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Paging, Team};
use crate::page::{Page, see, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;
use axum::response::IntoResponse;

pub(super) fn routes() -> Routes {
    let all = Audience::Team(Permission::ManageIntegrations);
    Routes::new()
        .get("/admin/settings/tracking", all, page)
        .post("/admin/settings/tracking", all, save)
}

/// The page of the chosen program, or of the first.
async fn page(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult {
    let programs = program::list(&web.app, &team.actor).await?;
    let wanted: Option<ProgramId> = paging.query.read("program");
    let chosen = programs
        .iter()
        .find(|program| Some(program.id) == wanted)
        .or(programs.first());
    let Some(program) = chosen else {
        return Ok(see("/admin/programs"));
    };
    let filter = Filter {
        program: Some(program.id),
        ..Filter::default()
    };
    let last = tracking::events(&web.app, &team.actor, &filter, None, 1).await?;
    let parameter = program.settings.click_param.clone();
    let site = program.website.trim_end_matches('/');
    let view = Tracking {
        id: program.id.to_string(),
        program: program.name.clone(),
        others: programs
            .iter()
            .filter(|other| other.id != program.id)
            .map(|other| (other.id.to_string(), other.name.clone()))
            .collect(),
        sites: link::sites(program),
        pixel: pixel(&web.app.config.redirect_url, &program.id.to_string()),
        browser_sales: program.settings.browser_sales.code().to_owned(),
        snippet: snippet(&web.app.config.redirect_url, &program.id.to_string()),
        example: example(
            &web.app.config.base_url,
            &program.id.to_string(),
            program.currency.code(),
        ),
        landing: format!("{site}/?{parameter}=clk_01jd0000000000000000000000"),
        parameter,
        first: last
            .into_iter()
            .next()
            .map(|event| (event.external_id, fmt::ago(&team.cx, event.received_at))),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::page(&team.cx, &shell, &view)).into_response())
}

/// Chooses what becomes of sales that only a browser reported.
async fn save(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let id: ProgramId = fields
        .read("program")
        .ok_or(AppError::NotFound("program"))?;
    let choice = BrowserSales::from_code(&fields.text("browser_sales"))
        .ok_or_else(|| AppError::field("browser_sales", "unknown"))?;
    let program = program::get(&web.app, &team.actor, id).await?;
    let mut change = ProgramChange::from(&program);
    change.settings.browser_sales = choice;
    program::update_settings(&web.app, &team.actor, id, change).await?;
    let done = t!(team.cx, "tracking-browser-saved");
    let back = format!("/admin/settings/tracking?program={id}");
    Ok(see_with(&back, Tone::Ok, &done))
}

/// The image for a thank-you page without scripts.
fn pixel(host: &str, key: &str) -> String {
    format!(
        "<noscript><img src=\"{host}/t/p.gif?key={key}&amp;type=lead&amp;external_id=YOUR-NUMBER\" \
         width=\"1\" height=\"1\" alt=\"\" referrerpolicy=\"no-referrer-when-downgrade\"></noscript>"
    )
}

/// The tag for the brand's pages; the redirect host serves the script.
fn snippet(host: &str, key: &str) -> String {
    format!(
        "<script>window.comity=window.comity||function(){{(comity.q=comity.q||[]).push(arguments)}}</script>\n\
         <script async src=\"{host}/comity.js\" data-comity-key=\"{key}\"></script>"
    )
}

/// One sale as a server tells it.
fn example(host: &str, program: &str, currency: &str) -> String {
    let body = format!(
        "{{\"type\": \"sale\", \"external_id\": \"order-1001\", \"program_id\": \"{program}\",\n       \
         \"click_id\": \"…\", \"amount_minor\": 10000, \"currency\": \"{currency}\"}}"
    );
    let head = "-H \"Authorization: Bearer $COMITY_KEY\" -H \"Content-Type: application/json\"";
    format!("curl {host}/api/v1/events \\\n  {head} \\\n  -d '{body}'")
}
