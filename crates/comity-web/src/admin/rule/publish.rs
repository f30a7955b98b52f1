//! Publishing the draft with an explicit scope (X3).

use axum::extract::State;
use comity_app::commission::draft::{self, Draft};
use comity_app::commission::{simulation, span};
use comity_app::program::{self, PolicyKind, Publication};
use comity_app::{AppError, FieldError};
use comity_domain::commission::RuleSet;
use comity_domain::program::ApplyTo;
use comity_domain::{Money, ProgramId};
use comity_ui::admin::rule::{self as pages, Effect, Publish};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::version::{changes, read};
use super::{names, of, path, told};
use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

/// Simulations looked at for one of the present draft.
const RECENT: i64 = 20;

pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
) -> WebResult<Page> {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let form = FormState::default().with("apply_to", "new_events");
    Ok(Page(page(&web, &team, &draft, form).await?))
}

async fn page(web: &WebState, team: &Team, draft: &Draft, form: FormState) -> WebResult<Markup> {
    let cx = &team.cx;
    let names = names(web, team, draft).await?;
    let old = match &draft.current {
        Some(policy) => read(policy)?,
        None => RuleSet::default(),
    };
    let (problems, doubts) = (draft.problems.iter(), draft.doubts.iter());
    let view = Publish {
        of: of(&draft.program),
        number: draft.current.as_ref().map_or(0, |policy| policy.version) + 1,
        changes: changes(cx, &old, &draft.set, &names),
        problems: problems.map(|found| told(cx, draft, found)).collect(),
        doubts: doubts.map(|found| told(cx, draft, found)).collect(),
        effect: effect(web, team, draft).await?,
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::publish(cx, &shell, &view))
}

/// What a finished simulation of the same rules over the whole past found.
async fn effect(web: &WebState, team: &Team, draft: &Draft) -> Result<Option<Effect>, AppError> {
    let (app, actor, id) = (&web.app, &team.actor, draft.program.id);
    let body = serde_json::to_string(&draft.set).map_err(|e| AppError::Internal(e.to_string()))?;
    let Some((first, last)) = span(app, actor, id).await? else {
        return Ok(None);
    };
    let runs = simulation::list(app, actor, id, None, RECENT).await?;
    let fits = |run: &&simulation::Simulation| {
        run.status == "done" && run.body_json == body && run.from <= first && last < run.to
    };
    let Some(run) = runs.iter().find(fits) else {
        return Ok(None);
    };
    let (run, summary) = simulation::get(app, actor, run.id).await?;
    let money = |minor| Money::new(minor, draft.program.currency);
    Ok(summary.map(|summary| Effect {
        events: run.done,
        before: money(summary.before_minor),
        after: money(summary.after_minor),
        winners: summary.winners,
        losers: summary.losers,
    }))
}

pub(super) async fn publish(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let done = match scope(&web, &team, &draft, &fields).await {
        Ok(scope) => {
            let (app, actor, kind) = (&web.app, &team.actor, PolicyKind::Commission);
            let body = serde_json::to_string(&draft.set);
            let body = body.map_err(|error| AppError::Internal(error.to_string()))?;
            let note = fields.text("note");
            let accept_doubts = fields.checked("accept_doubts");
            if !draft.doubts.is_empty() && !accept_doubts {
                let error = FieldError::new("accept_doubts", "required");
                let form = form_state(&team.cx, &fields, &[error]);
                return Ok(refused(page(&web, &team, &draft, form).await?));
            }
            let how = Publication {
                apply_to: scope,
                note: &note,
                accept_doubts,
            };
            let policy = program::publish_policy(app, actor, id, kind, &body, how).await;
            policy.map(|policy| (policy.version, scope))
        }
        Err(error) => Err(error),
    };
    match done {
        Ok((n, ApplyTo::All)) => {
            let text = t!(team.cx, "rule-published-all", n = n);
            Ok(see_with(&path(id), Tone::Ok, &text))
        }
        Ok((n, _)) => {
            let text = t!(team.cx, "rule-published", n = n);
            Ok(see_with(&path(id), Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(page(&web, &team, &draft, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// To whom it applies. The whole past only with its effect seen and confirmed.
async fn scope(
    web: &WebState,
    team: &Team,
    draft: &Draft,
    fields: &Fields,
) -> Result<ApplyTo, AppError> {
    let scope = ApplyTo::from_code(&fields.text("apply_to"))
        .ok_or_else(|| AppError::field("apply_to", "not_a_choice"))?;
    if scope != ApplyTo::All {
        return Ok(scope);
    }
    let past = span(&web.app, &team.actor, draft.program.id).await?;
    if past.is_some() && effect(web, team, draft).await?.is_none() {
        return Err(AppError::field("apply_to", "effect_first"));
    }
    if past.is_some() && !fields.checked("confirmed") {
        let error = FieldError::new("confirmed", "required");
        return Err(AppError::Invalid(vec![error]));
    }
    Ok(scope)
}
