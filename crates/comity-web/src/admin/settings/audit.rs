//! The audit log.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::settings::{self as app, Line};
use comity_app::team;
use comity_ui::audit::who;
use comity_ui::settings::audit::{self as pages, AuditRow, Log};

use crate::admin::admin_shell;
use crate::admin::csv::{self, Sheet};
use crate::error::WebResult;
use crate::extract::{Paging, Team};
use crate::page::Page;
use crate::state::WebState;

pub(super) async fn page(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult {
    show(&web, &team, &paging, None).await
}

pub(super) async fn verify(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult {
    let found = app::verify_audit(&web.app, &team.actor).await?;
    show(&web, &team, &paging, Some((found.lines, found.broken_at))).await
}

async fn show(
    web: &WebState,
    team: &Team,
    paging: &Paging,
    verified: Option<(i64, Option<i64>)>,
) -> WebResult<Response> {
    let query = paging.query.text("q");
    let before = paging.after::<i64>()?;
    let lines = app::audit_page(&web.app, &team.actor, before, &query, paging.limit + 1).await?;
    let names = names(web, team).await?;
    let row = |line: Line| AuditRow {
        seq: line.seq,
        at: line.at,
        actor: who(
            &team.cx,
            &line.actor_kind,
            &line.actor_label,
            names.get(&line.actor_label).map(String::as_str),
        ),
        action: line.action,
        object: line.object_id,
        detail: line.detail_json,
    };
    let listed = paging.listed(lines, |line| line.seq.to_string(), row);
    let view = Log {
        query,
        lines: listed.data,
        next: listed.next_cursor,
        verified,
    };
    let shell = admin_shell(web, team).await?;
    Ok(Page(pages::page(&team.cx, &shell, &view)).into_response())
}

/// Names of the team by the id in the log.
async fn names(web: &WebState, team: &Team) -> WebResult<HashMap<String, String>> {
    let members = team::list(&web.app, &team.actor).await?;
    Ok(members
        .into_iter()
        .map(|user| (user.id.to_string(), user.name))
        .collect())
}

/// `GET /admin/settings/audit.csv`: the whole log, newest first.
pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let query = paging.query.text("q");
    let lines = app::audit_page(&web.app, &team.actor, None, &query, csv::ROWS).await?;
    let columns = [
        "line",
        "at",
        "actor_kind",
        "actor",
        "action",
        "object_kind",
        "object",
        "detail",
        "hash",
    ];
    let mut sheet = Sheet::new(&columns);
    for line in &lines {
        sheet.row(&[
            &line.seq.to_string(),
            &line.at.to_string(),
            &line.actor_kind,
            &line.actor_label,
            &line.action,
            &line.object_kind,
            &line.object_id,
            &line.detail_json,
            &hex::encode(line.hash),
        ]);
    }
    Ok(sheet.download("audit.csv"))
}
