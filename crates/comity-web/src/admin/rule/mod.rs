//! Reward rules of a program: the draft and its form, versions, publishing, simulation (H1–H12, X3).

mod change;
mod condition;
mod edit;
mod editor;
mod example;
mod publish;
mod read;
mod replay;
mod reward;
mod tier;
mod version;

use comity_app::commission::draft::{self, Draft};
use comity_app::{agreement, catalog, segment};
use comity_domain::commission::Problem;
use comity_domain::program::Program;
use comity_domain::{Permission, ProgramId};
use comity_ui::admin::rule::Of;
use comity_ui::component::problem;
use comity_ui::rule::Names;
use comity_ui::{Cx, t};

use crate::error::WebResult;
use crate::extract::Team;
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Agreements offered as whose rule it is: the newest, as many as a list can hold.
const MAX_AGREEMENTS: i64 = 500;

/// Routes of the rules.
pub fn routes() -> Routes {
    let (view, manage) = (
        Audience::Team(Permission::View),
        Audience::Team(Permission::ManagePrograms),
    );
    Routes::new()
        .get("/admin/programs/{id}/rules", view, editor::show)
        .post("/admin/programs/{id}/rules/change", manage, change::change)
        .post("/admin/programs/{id}/rules/text", manage, change::text)
        .get("/admin/programs/{id}/rules/edit", manage, edit::show)
        .post("/admin/programs/{id}/rules/edit", manage, edit::save)
        .get("/admin/programs/{id}/rules/caps", manage, edit::show_caps)
        .post("/admin/programs/{id}/rules/caps", manage, edit::save_caps)
        .get("/admin/programs/{id}/tiers", view, tier::show)
        .post("/admin/programs/{id}/tiers", manage, tier::save)
        .post("/admin/tiers/{id}/remove", manage, tier::remove)
        .get("/admin/programs/{id}/rules/publish", manage, publish::show)
        .post(
            "/admin/programs/{id}/rules/publish",
            manage,
            publish::publish,
        )
        .get(
            "/admin/programs/{id}/rules/versions/{n}",
            view,
            version::show,
        )
        .get("/admin/programs/{id}/rules/replay", view, replay::list)
        .post("/admin/programs/{id}/rules/replay", manage, replay::start)
        .get(
            "/admin/programs/{id}/rules/replay/{replay}",
            view,
            replay::show,
        )
        .post(
            "/admin/programs/{id}/rules/replay/{replay}/stop",
            manage,
            replay::stop,
        )
        .get(
            "/admin/programs/{id}/rules/replay/{replay}/partners.csv",
            view,
            replay::export,
        )
}

fn of(program: &Program) -> Of {
    Of {
        id: program.id,
        name: program.name.clone(),
    }
}

fn path(id: ProgramId) -> String {
    format!("/admin/programs/{id}/rules")
}

/// What types, groups and partners in rules are called.
pub(super) async fn names(web: &WebState, team: &Team, draft: &Draft) -> WebResult<Names> {
    let (app, actor) = (&web.app, &team.actor);
    let mut names = Names::none(draft.program.currency);
    let types = segment::types(app, actor).await?;
    names.types = types.into_iter().map(|one| (one.id, one.name)).collect();
    let groups = segment::groups(app, actor, Some(draft.program.id)).await?;
    names.groups = groups
        .into_iter()
        .map(|(group, _)| (group.id, group.name))
        .collect();
    let partners = draft::members(app, actor, draft).await?;
    names.partners = partners.into_iter().map(|one| (one.id, one.name)).collect();
    let agreements =
        agreement::list(app, actor, draft.program.id, "", None, MAX_AGREEMENTS).await?;
    names.agreements = agreements
        .into_iter()
        .map(|one| {
            (
                one.agreement.id,
                format!("{} ({})", one.agreement.name, one.partner_name),
            )
        })
        .collect();
    let tiers = segment::tiers(app, actor, draft.program.id).await?;
    names.tiers = tiers.into_iter().map(|(tier, _)| tier.name).collect();
    names.categories = catalog::categories(app, actor, draft.program.id).await?;
    Ok(names)
}

/// A problem as the place and the words: the rule's number and name, the field.
fn told(cx: &Cx, draft: &Draft, found: &Problem) -> (String, String) {
    let field = found
        .path
        .split_once(']')
        .map_or(found.path.as_str(), |(_, rest)| rest);
    let field = field.trim_start_matches('.').to_owned();
    let words = problem(cx, found.code.code());
    let place = found.rule.as_ref().and_then(|id| {
        let index = draft.set.rules.iter().position(|rule| rule.id == *id)?;
        Some(t!(cx, "rule-place", n = index + 1, field = &field))
    });
    (place.unwrap_or(field), words)
}
