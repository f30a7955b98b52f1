//! Exchange rates: the upload, the list by day, everything as a file.

use axum::extract::State;
use axum::response::Response;
use comity_app::fx::{self, RateDay};
use comity_app::{AppError, FieldError};
use comity_domain::Permission;
use comity_ui::component::{FormState, Tone};
use comity_ui::settings::rates::{self as pages, Day, Rates};
use comity_ui::{Cx, t};
use maud::Markup;

use crate::admin::admin_shell;
use crate::admin::csv::Sheet;
use crate::error::WebResult;
use crate::extract::{Paging, Team, Upload};
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

const PATH: &str = "/admin/settings/rates";
/// Shown when no currency is chosen.
const USUAL: [&str; 6] = ["USD", "GBP", "CHF", "JPY", "PLN", "SEK"];
/// Days of an export: more than were ever published.
const EXPORT_DAYS: i64 = 20_000;

pub(super) fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    Routes::new()
        .get(PATH, view, list)
        .get("/admin/settings/rates.csv", view, export)
        .post(PATH, Audience::Team(Permission::PreparePayouts), upload)
}

fn day(cx: &Cx, row: &RateDay, currency: &str) -> Day {
    let wanted = |code: &str| match currency {
        "" => USUAL.contains(&code),
        chosen => code == chosen,
    };
    let rates = row.rates.iter().filter(|(code, _)| wanted(code.code()));
    let date = row.day.parse().ok();
    Day {
        at: date.map_or(row.imported_at, |date| cx.zone.start_of(date)),
        code: row.day.clone(),
        rates: rates
            .map(|(code, ratio)| (code.to_string(), ratio.decimal()))
            .collect(),
        source: row.source.clone(),
        read_at: row.imported_at,
    }
}

async fn page(web: &WebState, team: &Team, paging: &Paging, form: FormState) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let after = paging.cursor.clone().unwrap_or_default();
    let query = paging.query.text("q");
    let rows = fx::page(app, actor, &after, &query, paging.limit + 1).await?;
    let currency = paging.query.text("currency");
    let listed = paging.listed(
        rows,
        |row| row.day.clone(),
        |row| day(&team.cx, &row, &currency),
    );
    let view = Rates {
        days: listed.data,
        waiting: fx::waiting(app, actor).await?,
        query,
        next: listed.next_cursor,
        can_change: actor.may(Permission::PreparePayouts),
        currency,
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::page(&team.cx, &shell, &view))
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    page(&web, &team, &paging, FormState::default())
        .await
        .map(Page)
}

async fn upload(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
    upload: Upload,
) -> WebResult {
    let cx = &team.cx;
    let why = if upload.bytes.is_empty() {
        t!(cx, "fx-bad-file")
    } else {
        match fx::import(&web.app, &team.actor, &upload.bytes).await {
            Ok(done) => {
                let text = t!(
                    cx,
                    "fx-done",
                    new = done.new,
                    known = done.known,
                    to = done.to
                );
                return Ok(see_with(PATH, Tone::Ok, &text));
            }
            Err(AppError::Invalid(errors)) => sentence(cx, &errors),
            Err(error) => return Err(error.into()),
        }
    };
    let form = FormState::default().error("", why);
    Ok(refused(page(&web, &team, &paging, form).await?))
}

/// What is wrong with a file, and where.
fn sentence(cx: &Cx, errors: &[FieldError]) -> String {
    let Some(error) = errors.first() else {
        return t!(cx, "fx-bad-heading");
    };
    let why = match error.code {
        "rates_too_large" => t!(cx, "fx-bad-too-large"),
        "rates_columns" => t!(cx, "fx-bad-columns"),
        "rates_date" => t!(cx, "fx-bad-date"),
        "rates_twice" => t!(cx, "fx-bad-twice"),
        "rates_rate" => t!(cx, "fx-bad-rate"),
        "rates_empty" => t!(cx, "fx-bad-empty"),
        "rates_missing_day" => t!(cx, "fx-bad-missing-day"),
        "rates_missing_rate" => t!(cx, "fx-bad-missing-rate"),
        "rates_gap" => t!(cx, "fx-bad-gap"),
        "rates_differ" => t!(cx, "fx-bad-differ"),
        _ => t!(cx, "fx-bad-heading"),
    };
    t!(cx, "fx-refused", why = why, place = &error.field)
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let find = paging.query.text("q");
    let rows = fx::page(&web.app, &team.actor, "", &find, EXPORT_DAYS).await?;
    let mut sheet = Sheet::new(&["day", "currency", "units_for_one_euro", "source"]);
    for row in &rows {
        for (currency, ratio) in &row.rates {
            sheet.row(&[&row.day, currency.code(), &ratio.decimal(), &row.source]);
        }
    }
    Ok(sheet.download("exchange-rates.csv"))
}
