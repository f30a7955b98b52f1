//! The draft as a page.

use axum::extract::State;
use comity_app::commission::draft::{self, Draft};
use comity_domain::Permission;
use comity_domain::ProgramId;
use comity_domain::commission::Problem;
use comity_ui::admin::rule::{self as pages, Editor, RuleLine};
use comity_ui::component::FormState;
use comity_ui::rule::{cap, paragraph};
use maud::Markup;

use super::{example, names, of, told};
use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::page::Page;
use crate::state::WebState;

pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Page> {
    let form = FormState::default();
    Ok(Page(render(&web, &team, id, &paging.query, form).await?))
}

/// The page; `form` holds a refused text.
pub(super) async fn render(
    web: &WebState,
    team: &Team,
    id: ProgramId,
    query: &Fields,
    form: FormState,
) -> WebResult<Markup> {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let names = names(web, team, &draft).await?;
    let cx = &team.cx;
    let changed = match &draft.changed {
        Some((who, at)) => Some((draft::person(&web.app, &team.actor, who).await?, *at)),
        None => None,
    };
    let rules = draft.set.rules.iter().map(|rule| RuleLine {
        id: rule.id.clone(),
        name: rule.name.clone(),
        text: paragraph(cx, rule, &names),
        problems: told_of(team, &draft, (&draft.problems, Some(&rule.id))),
        doubts: told_of(team, &draft, (&draft.doubts, Some(&rule.id))),
    });
    let view = Editor {
        of: of(&draft.program),
        rules: rules.collect(),
        caps: draft.set.caps.iter().map(|one| cap(cx, one)).collect(),
        problems: told_of(team, &draft, (&draft.problems, None)),
        json: serde_json::to_string_pretty(&draft.set).unwrap_or_default(),
        form,
        changed,
        version: draft.current.as_ref().map_or(0, |policy| policy.version),
        can_undo: draft.can_undo,
        can_manage: team.actor.may(Permission::ManagePrograms),
        example: example::view(cx, &draft, &names, query, web.app.now()),
        names,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::editor(cx, &shell, &view))
}

/// What was found about one rule, or outside rules.
fn told_of(
    team: &Team,
    draft: &Draft,
    (found, rule): (&[Problem], Option<&String>),
) -> Vec<(String, String)> {
    let own = found.iter().filter(|found| {
        let inside = found.path.starts_with("rules[");
        match rule {
            Some(id) => inside && found.rule.as_ref() == Some(id),
            None => !inside,
        }
    });
    own.map(|found| told(&team.cx, draft, found)).collect()
}
