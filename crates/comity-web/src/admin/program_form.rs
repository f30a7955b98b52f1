//! The editor of a program's application form (D2).

use axum::extract::State;
use comity_app::AppError;
use comity_app::program::{self, ProgramChange};
use comity_domain::program::{FieldKind, FormField, Program, Slug};
use comity_domain::{Permission, ProgramId};
use comity_ui::admin::program_form::{self as pages, Editor, SPARE};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Most rows of a sent form: the most questions there may be, and the spare ones.
const MAX_ROWS: usize = 40;

/// Routes of the editor.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/programs/{id}/form", view, show)
        .post("/admin/programs/{id}/form", manage, save)
}

/// A question with the row it was typed in.
struct Typed {
    row: usize,
    order: u32,
    field: FormField,
}

fn filled(program: &Program) -> FormState {
    let all = program.settings.form.iter().enumerate();
    all.fold(FormState::default(), |form, (row, field)| {
        let required = if field.required { "1" } else { "" };
        form.with(&format!("key_{row}"), &field.key)
            .with(&format!("label_{row}"), &field.label)
            .with(&format!("kind_{row}"), field.kind.code())
            .with(&format!("choices_{row}"), field.choices.join("\n"))
            .with(&format!("required_{row}"), required)
            .with(&format!("order_{row}"), (row + 1).to_string())
    })
}

async fn render(
    web: &WebState,
    team: &Team,
    program: &Program,
    (rows, form): (usize, FormState),
) -> WebResult<Markup> {
    let view = Editor {
        id: program.id,
        name: program.name.clone(),
        rows,
        can_manage: team.actor.may(Permission::ManagePrograms),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::page(&team.cx, &shell, &view))
}

async fn show(State(web): State<WebState>, team: Team, Id(id): Id<ProgramId>) -> WebResult<Page> {
    let program = program::get(&web.app, &team.actor, id).await?;
    let rows = program.settings.form.len() + SPARE;
    let form = filled(&program);
    Ok(Page(render(&web, &team, &program, (rows, form)).await?))
}

/// The questions of a sent form in their new order; rows without a label are left out.
fn typed(fields: &Fields) -> Vec<Typed> {
    let mut all: Vec<Typed> = Vec::new();
    for row in 0..MAX_ROWS {
        let label = fields.text(&format!("label_{row}"));
        if label.is_empty() {
            continue;
        }
        let known = fields.text(&format!("key_{row}"));
        let lines = fields.raw(&format!("choices_{row}")).lines();
        let choices = lines.map(str::trim).filter(|line| !line.is_empty());
        let field = FormField {
            key: if known.is_empty() {
                key(&label, &all)
            } else {
                known
            },
            label,
            kind: FieldKind::from_code(&fields.text(&format!("kind_{row}")))
                .unwrap_or(FieldKind::Text),
            required: fields.checked(&format!("required_{row}")),
            choices: choices.map(str::to_owned).collect(),
        };
        let order = fields.read(&format!("order_{row}")).unwrap_or(u32::MAX);
        all.push(Typed { row, order, field });
    }
    // The sort is stable: questions without a number stay where they were typed, at the end.
    all.sort_by_key(|one| one.order);
    all
}

/// A key that no other question has.
fn key(label: &str, known: &[Typed]) -> String {
    let slug = Slug::suggest(label).map(|slug| slug.as_str().replace('-', "_"));
    let short: String = slug.unwrap_or_default().chars().take(30).collect();
    let taken = |key: &str| known.iter().any(|one| one.field.key == key);
    let numbers = 1..=MAX_ROWS;
    numbers
        .map(|n| format!("q{n}_{short}"))
        .find(|key| !taken(key))
        .unwrap_or(short)
}

async fn save(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let program = program::get(&web.app, &team.actor, id).await?;
    let typed = typed(&fields);
    let mut change = ProgramChange::from(&program);
    change.settings.form = typed.iter().map(|one| one.field.clone()).collect();
    match program::update_settings(&web.app, &team.actor, id, change).await {
        Ok(_) => {
            let path = format!("/admin/programs/{id}/form");
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "program-changed")))
        }
        Err(AppError::Invalid(mut errors)) => {
            for error in &mut errors {
                error.field = beside(&error.field, &typed);
            }
            let form = form_state(&team.cx, &fields, &errors);
            let rows = (0..MAX_ROWS).filter(|row| !fields.all(&format!("label_{row}")).is_empty());
            let page = render(&web, &team, &program, (rows.count(), form)).await?;
            Ok(refused(page))
        }
        Err(error) => Err(error.into()),
    }
}

/// The field of the form for a place like `form[2].choices`.
fn beside(place: &str, typed: &[Typed]) -> String {
    let inside = place
        .strip_prefix("form[")
        .and_then(|rest| rest.split_once("]."));
    let found = inside.and_then(|(index, part)| {
        let one = typed.get(index.parse::<usize>().ok()?)?;
        Some(format!("{part}_{}", one.row))
    });
    found.unwrap_or_else(|| place.to_owned())
}
