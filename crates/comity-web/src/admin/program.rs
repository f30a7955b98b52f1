//! The programs of the organisation, and starting one.

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::AppError;
use comity_app::program::{self, NewProgram};
use comity_domain::program::{Advice, BusinessStage, ProgramModel, advise};
use comity_domain::{Currency, Permission, Zone};
use comity_ui::admin::program::{Entry, List, New};
use comity_ui::component::{FormState, Tone};
use comity_ui::{admin::program as pages, t};

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Currencies offered first; the rest follow.
const USUAL: [&str; 6] = ["EUR", "USD", "GBP", "RUB", "CHF", "PLN"];

/// Routes of the list and the form.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/programs", Audience::Team(Permission::View), list)
        .post("/admin/programs", manage, create)
        .get("/admin/programs/new", manage, new)
}

async fn list(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    let programs = program::list(&web.app, &team.actor).await?;
    let view = List {
        programs: programs
            .into_iter()
            .map(|program| Entry {
                id: program.id,
                name: program.name,
                promise: program.settings.promise,
                model: program.model,
                status: program.status,
                slug: program.slug.to_string(),
            })
            .collect(),
        can_manage: team.actor.may(Permission::ManagePrograms),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

async fn form_page(
    web: &WebState,
    team: &Team,
    advice: Option<Advice>,
    form: FormState,
) -> WebResult<maud::Markup> {
    let rest = Currency::all().map(|currency| currency.code().to_owned());
    let mut currencies: Vec<String> = USUAL.map(str::to_owned).to_vec();
    currencies.extend(rest.filter(|code| !USUAL.contains(&code.as_str())));
    let view = New {
        currencies,
        advice,
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::new(&team.cx, &shell, &view))
}

async fn new(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    let form = FormState::default()
        .with("website", &team.signed.tenant.website)
        .with("model", ProgramModel::Affiliate.code())
        .with("stage", BusinessStage::Early.code())
        .with("zone", "UTC");
    Ok(Page(form_page(&web, &team, None, form).await?))
}

async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    if fields.checked("check") {
        let page = form_page(&web, &team, Some(advice(&fields)), fields.state()).await?;
        return Ok(Page(page).into_response());
    }
    let done = match typed(&team, &fields) {
        Ok(new) => program::create(&web.app, &team.actor, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(program) => {
            let path = format!("/admin/programs/{}", program.id);
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "program-created")))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            let advice = Some(advice(&fields)).filter(|advice| advice.warning.is_some());
            Ok(refused(form_page(&web, &team, advice, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn advice(fields: &Fields) -> Advice {
    let model = ProgramModel::from_code(&fields.text("model"));
    let stage = BusinessStage::from_code(&fields.text("stage"));
    advise(
        model.unwrap_or(ProgramModel::Affiliate),
        stage.unwrap_or(BusinessStage::Early),
        fields.checked("explaining"),
        fields.checked("happy"),
    )
}

fn typed(team: &Team, fields: &Fields) -> Result<NewProgram, AppError> {
    let wrong = |field| move || AppError::field(field, "not_a_choice");
    let model = ProgramModel::from_code(&fields.text("model")).ok_or_else(wrong("model"))?;
    let stage = BusinessStage::from_code(&fields.text("stage")).ok_or_else(wrong("stage"))?;
    Ok(NewProgram {
        name: fields.text("name"),
        slug: fields.text("slug"),
        model,
        stage,
        currency: fields.read("currency").ok_or_else(wrong("currency"))?,
        zone: Zone::named(&fields.text("zone")).ok_or_else(wrong("zone"))?,
        website: fields.text("website"),
        promise: fields.text("promise"),
        description: String::new(),
        lang: team.cx.lang,
    })
}
