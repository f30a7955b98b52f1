//! Files of other systems.

use axum::extract::State;
use axum::response::Response;
use comity_app::AppError;
use comity_app::integration::import::{self, NewImport};
use comity_domain::{ImportId, Permission};
use comity_ui::component::{FormState, Tone};
use comity_ui::integration::import::{self as pages, Detail, File, List};
use comity_ui::t;

use super::{export, programs};
use crate::admin::admin_shell;
use crate::admin::narrow::narrow;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team, Upload};
use crate::form::form_state;
use crate::page::{Page, download, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

pub(super) fn routes() -> Routes {
    let all = Audience::Team(Permission::ManageIntegrations);
    Routes::new()
        .get("/admin/settings/import", all, list)
        .post("/admin/settings/import", all, upload)
        .get("/admin/settings/import/{id}", all, show)
        .get("/admin/settings/import.csv", all, export::imports)
        .get("/admin/settings/import/{id}/errors.csv", all, errors)
        .post("/admin/settings/import/{id}/columns", all, columns)
        .post("/admin/settings/import/{id}/start", all, start)
        .post("/admin/settings/import/{id}/stop", all, stop)
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn file(row: &import::Import) -> File {
    File {
        id: row.id,
        name: row.file_name.clone(),
        kind: row.kind.clone(),
        status: row.status.clone(),
        total: count(row.rows_total),
        done: count(row.rows_done),
        failed: count(row.rows_failed),
        at: row.created_at,
    }
}

async fn page(
    web: &WebState,
    team: &Team,
    paging: &Paging,
    form: FormState,
) -> WebResult<maud::Markup> {
    let query = paging.query.text("q");
    let mut paging = paging.clone();
    let rows = if query.is_empty() {
        import::list(&web.app, &team.actor, paging.after()?, paging.limit + 1).await?
    } else {
        paging.limit = export::MAX;
        let all = import::list(&web.app, &team.actor, None, export::MAX).await?;
        narrow(all, &query, export::import_texts)
    };
    let listed = paging.listed(rows, |row| row.id.to_string(), |row| file(&row));
    let view = List {
        rows: listed.data,
        query,
        programs: programs(web, team).await?,
        form,
        next: listed.next_cursor,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::list(&team.cx, &shell, &view))
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
    let result = match upload.fields.read("program") {
        None => Err(AppError::field("program", "required")),
        Some(_) if upload.bytes.is_empty() => Err(AppError::field("file", "required")),
        Some(program) => {
            let input = NewImport {
                program,
                kind: upload.fields.text("kind"),
                file_name: upload.file_name,
                bytes: upload.bytes,
            };
            import::upload(&web.app, &team.actor, input).await
        }
    };
    match result {
        Ok(kept) => Ok(back(kept.id, &t!(team.cx, "integration-saved"))),
        Err(AppError::Invalid(errors)) => {
            let state = form_state(&team.cx, &upload.fields, &errors);
            Ok(refused(page(&web, &team, &paging, state).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn back(id: ImportId, text: &str) -> Response {
    see_with(&format!("/admin/settings/import/{id}"), Tone::Ok, text)
}

async fn show(State(web): State<WebState>, team: Team, Id(id): Id<ImportId>) -> WebResult<Page> {
    let preview = import::preview(&web.app, &team.actor, id).await?;
    let mapping = preview.kind.fields().iter().map(|field| {
        let held = preview.columns.iter().find(|c| c.field == Some(*field));
        let heading = held.map(|column| column.heading.clone());
        (field.code(), heading.unwrap_or_default())
    });
    let problems: Vec<(u64, String)> = if preview.import.status == "preview" {
        let rows = preview.problems.iter();
        rows.map(|row| {
            let code = row.problems.first().map(|problem| problem.code.code());
            (row.number, code.unwrap_or("duplicate_row").to_owned())
        })
        .collect()
    } else {
        let failed = import::failures(&preview.import).into_iter();
        failed.take(200).map(|row| (row.row, row.code)).collect()
    };
    let view = Detail {
        file: file(&preview.import),
        mapping: mapping.collect(),
        headings: preview.columns.iter().map(|c| c.heading.clone()).collect(),
        ready: u64::try_from(preview.ready).unwrap_or(0),
        broken: u64::try_from(preview.broken).unwrap_or(0),
        lacking: preview.lacking.to_owned(),
        cells: preview.cells,
        problems,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::detail(&team.cx, &shell, &view)))
}

async fn errors(State(web): State<WebState>, team: Team, Id(id): Id<ImportId>) -> WebResult {
    let body = import::error_report(&web.app, &team.actor, id).await?;
    Ok(download(
        &format!("{id}-errors.csv"),
        "text/csv; charset=utf-8",
        body,
    ))
}

async fn columns(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ImportId>,
    fields: Fields,
) -> WebResult {
    let kept = import::get(&web.app, &team.actor, id).await?;
    let kind = comity_domain::integration::import::ImportKind::from_code(&kept.kind);
    let wanted = kind.map(|kind| kind.fields()).unwrap_or_default();
    let chosen: Vec<(String, String)> = wanted
        .iter()
        .map(|field| (field.code().to_owned(), fields.raw(field.code()).to_owned()))
        .collect();
    import::choose(&web.app, &team.actor, id, &chosen).await?;
    Ok(back(id, &t!(team.cx, "integration-saved")))
}

async fn start(State(web): State<WebState>, team: Team, Id(id): Id<ImportId>) -> WebResult {
    import::start(&web.app, &team.actor, id).await?;
    Ok(back(id, &t!(team.cx, "import-started")))
}

async fn stop(State(web): State<WebState>, team: Team, Id(id): Id<ImportId>) -> WebResult {
    import::stop(&web.app, &team.actor, id).await?;
    Ok(back(id, &t!(team.cx, "import-stopped-now")))
}
