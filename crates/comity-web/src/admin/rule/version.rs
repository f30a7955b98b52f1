//! One published version.

use axum::extract::State;
use comity_app::AppError;
use comity_app::commission::draft;
use comity_app::program::{self, Policy, PolicyKind};
use comity_domain::commission::{Difference, RuleSet, differences};
use comity_domain::program::ApplyTo;
use comity_domain::{Permission, ProgramId};
use comity_ui::admin::rule::{self as pages, Change, VersionView};
use comity_ui::rule::{Names, cap, paragraph};
use comity_ui::{Cx, t};

use super::{names, of};
use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Id, Team};
use crate::page::Page;
use crate::state::WebState;

pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id((id, n)): Id<(ProgramId, i64)>,
) -> WebResult<Page> {
    let (app, actor, cx) = (&web.app, &team.actor, &team.cx);
    let draft = draft::get(app, actor, id).await?;
    let all = program::policies(app, actor, id, PolicyKind::Commission).await?;
    let found = all.iter().find(|policy| policy.version == n);
    let policy = found.ok_or(AppError::NotFound("version"))?;
    let set = read(policy)?;
    let before = all.iter().find(|policy| policy.version == n - 1);
    let before = before.map(read).transpose()?;
    let names = names(&web, &team, &draft).await?;
    let rules = set.rules.iter();
    let view = VersionView {
        of: of(&draft.program),
        number: policy.version,
        who: draft::person(app, actor, &policy.created_by).await?,
        at: policy.created_at,
        note: policy.note.clone(),
        applies: applies(cx, &policy.apply_to),
        rules: rules
            .map(|rule| (rule.name.clone(), paragraph(cx, rule, &names)))
            .collect(),
        caps: set.caps.iter().map(|one| cap(cx, one)).collect(),
        changes: before
            .map(|before| changes(cx, &before, &set, &names))
            .unwrap_or_default(),
        json: serde_json::to_string_pretty(&set).unwrap_or_default(),
        current: all.first().is_some_and(|latest| latest.version == n),
        can_manage: actor.may(Permission::ManagePrograms),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::version(cx, &shell, &view)))
}

pub(super) fn read(policy: &Policy) -> Result<RuleSet, AppError> {
    serde_json::from_str(&policy.body_json)
        .map_err(|error| AppError::Internal(format!("stored rules do not read back: {error}")))
}

fn applies(cx: &Cx, code: &str) -> String {
    match ApplyTo::from_code(code) {
        Some(ApplyTo::NewCustomers) => t!(cx, "program-apply-customers"),
        Some(ApplyTo::NewEvents) => t!(cx, "program-apply-events"),
        Some(ApplyTo::All) => t!(cx, "rule-apply-all"),
        None => code.to_owned(),
    }
}

/// The differences of two versions in words.
pub(super) fn changes(cx: &Cx, old: &RuleSet, new: &RuleSet, names: &Names) -> Vec<Change> {
    let words = |rule| paragraph(cx, rule, names);
    let caps = |set: &RuleSet| {
        let all: Vec<String> = set.caps.iter().map(|one| cap(cx, one)).collect();
        all.join(" ")
    };
    let change = |kind, name: &str, before, after| Change {
        kind,
        name: name.to_owned(),
        before,
        after,
    };
    differences(old, new)
        .into_iter()
        .map(|found| match found {
            Difference::Added(rule) => change("added", &rule.name, String::new(), words(rule)),
            Difference::Changed(was, rule) => {
                change("changed", &rule.name, words(was), words(rule))
            }
            Difference::Moved(rule) => change("moved", &rule.name, String::new(), String::new()),
            Difference::Removed(rule) => change("removed", &rule.name, words(rule), String::new()),
            Difference::Caps => change("changed", &t!(cx, "rule-caps"), caps(old), caps(new)),
        })
        .collect()
}
