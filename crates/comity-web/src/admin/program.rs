//! The programs of the organisation, and starting one.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::AppError;
use comity_app::program::{self, NewProgram};
use comity_domain::program::{Advice, BusinessStage, Program, ProgramModel, ProgramStatus, advise};
use comity_domain::{Currency, Permission, Zone};
use comity_ui::admin::program::{Entry, List, New};
use comity_ui::component::{FormState, Tone};
use comity_ui::{admin::program as pages, t};

use super::narrow::narrow;
use super::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Fields, Paging, Team};
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
        .get(
            "/admin/programs.csv",
            Audience::Team(Permission::View),
            export,
        )
        .post("/admin/programs", manage, create)
        .get("/admin/programs/new", manage, new)
}

/// The programs that fit the search and the filter.
async fn found(web: &WebState, team: &Team, query: &Fields) -> WebResult<Vec<Program>> {
    let mut rows = program::list(&web.app, &team.actor).await?;
    if let Some(status) = ProgramStatus::from_code(&query.text("status")) {
        rows.retain(|program| program.status == status);
    }
    Ok(narrow(rows, &query.text("q"), |program| {
        [
            program.name.clone(),
            program.slug.to_string(),
            program.settings.promise.clone(),
        ]
    }))
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let rows = found(&web, &team, &paging.query).await?;
    let listed = paging.cut(
        rows,
        |program| program.id.to_string(),
        |program| Entry {
            id: program.id,
            name: program.name,
            promise: program.settings.promise,
            model: program.model,
            status: program.status,
            slug: program.slug.to_string(),
        },
    );
    let view = List {
        programs: listed.data,
        query: paging.query.text("q"),
        status: paging.query.text("status"),
        next: listed.next_cursor,
        can_manage: team.actor.may(Permission::ManagePrograms),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let rows = found(&web, &team, &paging.query).await?;
    let columns = [
        "program_id",
        "name",
        "slug",
        "model",
        "status",
        "currency",
        "zone",
        "website",
        "promise",
        "created_at",
    ];
    Ok(csv::file("programs.csv", &columns, rows, |one| {
        vec![
            one.id.to_string(),
            one.name,
            one.slug.to_string(),
            one.model.code().to_owned(),
            one.status.code().to_owned(),
            one.currency.code().to_owned(),
            one.zone.name().to_owned(),
            one.website,
            one.settings.promise,
            one.created_at.to_string(),
        ]
    }))
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
