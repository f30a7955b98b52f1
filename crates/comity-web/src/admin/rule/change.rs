//! What is done to the draft besides editing a rule: order, copies, text, ways back.

use axum::extract::State;
use comity_app::AppError;
use comity_app::commission::draft;
use comity_app::program::{self, PolicyKind};
use comity_domain::ProgramId;
use comity_domain::commission::{Rule, RuleSet};
use comity_ui::component::{FormState, Tone};
use comity_ui::{Cx, t};

use super::edit::fresh_id;
use super::{editor, path};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::page::{refused, see_with};
use crate::state::WebState;

/// One act on the draft.
pub(super) async fn change(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let (app, actor, cx) = (&web.app, &team.actor, &team.cx);
    let text = match fields.text("act").as_str() {
        "undo" => {
            draft::undo(app, actor, id).await?;
            t!(cx, "rule-undone")
        }
        "discard" => {
            draft::discard(app, actor, id).await?;
            t!(cx, "rule-discarded")
        }
        "restore" => restore(&web, &team, id, &fields).await?,
        act => {
            let mut set = draft::get(app, actor, id).await?.set;
            let rule = fields.text("rule");
            let place = set.rules.iter().position(|one| one.id == rule);
            let place = place.ok_or(AppError::NotFound("rule"))?;
            arrange(&mut set.rules, place, act)?;
            draft::save(app, actor, id, &set).await?;
            said(cx, act)
        }
    };
    Ok(see_with(&path(id), Tone::Ok, &text))
}

fn said(cx: &Cx, act: &str) -> String {
    if act == "remove" {
        t!(cx, "rule-removed-done")
    } else {
        t!(cx, "rule-saved")
    }
}

fn arrange(rules: &mut Vec<Rule>, place: usize, act: &str) -> Result<(), AppError> {
    match act {
        "up" if place > 0 => rules.swap(place, place - 1),
        "down" if place + 1 < rules.len() => rules.swap(place, place + 1),
        "up" | "down" => {}
        "duplicate" => {
            if let Some(rule) = rules.get(place).cloned() {
                let id = fresh_id(rules, &rule.name);
                rules.insert(place + 1, Rule { id, ..rule });
            }
        }
        "remove" => {
            rules.remove(place);
        }
        _ => return Err(AppError::field("act", "not_a_choice")),
    }
    Ok(())
}

/// An old version becomes the draft.
async fn restore(
    web: &WebState,
    team: &Team,
    id: ProgramId,
    fields: &Fields,
) -> Result<String, AppError> {
    let all = program::policies(&web.app, &team.actor, id, PolicyKind::Commission).await?;
    let wanted = fields.read::<i64>("version");
    let found = all
        .into_iter()
        .find(|policy| Some(policy.version) == wanted);
    let policy = found.ok_or(AppError::NotFound("version"))?;
    let set: RuleSet = serde_json::from_str(&policy.body_json)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    draft::save(&web.app, &team.actor, id, &set).await?;
    Ok(t!(team.cx, "rule-restored", n = policy.version))
}

/// The draft from its JSON. What cannot be read stays in the field, with its place.
pub(super) async fn text(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let body = fields.raw("body");
    match serde_json::from_str::<RuleSet>(body) {
        Ok(set) => {
            draft::save(&web.app, &team.actor, id, &set).await?;
            let text = t!(team.cx, "rule-saved");
            Ok(see_with(&path(id), Tone::Ok, &text))
        }
        Err(error) => {
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            let (line, column) = (error.line(), error.column());
            let words = t!(
                team.cx,
                "rule-line",
                line = line,
                column = column,
                what = what
            );
            let form = FormState::default().with("body", body).error("body", words);
            let page = editor::render(&web, &team, id, &Fields::default(), form).await?;
            Ok(refused(page))
        }
    }
}
