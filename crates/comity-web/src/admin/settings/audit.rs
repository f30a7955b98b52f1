//! The audit log.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::settings::{self as app, Line};
use comity_app::team;
use comity_ui::settings::audit::{self as pages, AuditRow, Log};

use crate::admin::admin_shell;
use crate::error::{WebError, WebResult};
use crate::extract::{Paging, Team};
use crate::limit::Class;
use crate::page::{Page, download};
use crate::state::WebState;

/// Lines of an export; a longer log is exported by the command line.
const MAX_EXPORT: i64 = 50_000;

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
        actor: names.get(&line.actor_label).cloned().unwrap_or(line.actor_label),
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
    Ok(members.into_iter().map(|user| (user.id.to_string(), user.name)).collect())
}

/// `GET /admin/settings/audit.csv`: the whole log, newest first.
pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    web.limiter.check(Class::Export, &team.id.to_string(), web.app.now())?;
    let query = paging.query.text("q");
    let lines = app::audit_page(&web.app, &team.actor, None, &query, MAX_EXPORT).await?;
    let csv = csv(&lines).map_err(|error| WebError::internal(&error.to_string()))?;
    Ok(download("audit.csv", "text/csv; charset=utf-8", csv))
}

fn csv(lines: &[Line]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "line", "at", "actor_kind", "actor", "action", "object_kind", "object", "detail", "hash",
    ])?;
    for line in lines {
        writer.write_record([
            line.seq.to_string(),
            line.at.to_string(),
            guarded(&line.actor_kind),
            guarded(&line.actor_label),
            guarded(&line.action),
            guarded(&line.object_kind),
            guarded(&line.object_id),
            guarded(&line.detail_json),
            hex::encode(line.hash),
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Cells that a spreadsheet would run are shown as text (ASVS 1.2.10).
fn guarded(text: &str) -> String {
    let runs = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
    if text.starts_with(runs) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM", "\t=1", "＝1"] {
            assert!(guarded(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(guarded("plain"), "plain");
    }
}
