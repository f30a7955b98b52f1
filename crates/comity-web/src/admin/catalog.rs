//! Products of a program: the list, the form, the file.

use axum::extract::State;
use axum::response::Response;
use comity_app::catalog::{self, Filter, NewProduct};
use comity_app::{AppError, program};
use comity_domain::{Permission, ProductId, ProgramId};
use comity_ui::admin::catalog::{self as pages, Of, Product, ProductPage, Products};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::t;
use maud::Markup;

use super::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team, Upload};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of products.
pub fn routes() -> Routes {
    let (view, manage) = (
        Audience::Team(Permission::View),
        Audience::Team(Permission::ManagePrograms),
    );
    Routes::new()
        .get("/admin/programs/{id}/products", view, show)
        .get("/admin/programs/{id}/products.csv", view, file)
        .post("/admin/programs/{id}/products", manage, create)
        .post("/admin/programs/{id}/products/import", manage, import)
        .get("/admin/products/{id}", manage, one)
        .post("/admin/products/{id}", manage, change)
        .post("/admin/products/{id}/status", manage, set_status)
}

fn row(one: catalog::Product) -> Product {
    Product {
        id: one.id,
        external_id: one.external_id,
        sku: one.sku,
        name: one.name,
        category: one.category,
        archived: one.status == "archived",
        last_sold_at: one.last_sold_at,
    }
}

fn filter(query: &Fields) -> Filter {
    Filter {
        find: query.text("q"),
        category: query.text("category"),
        status: query.text("status"),
    }
}

/// What a refused form or file adds to the list.
#[derive(Default)]
struct Refusal {
    form: FormState,
    file: Vec<(String, String)>,
}

async fn render(
    web: &WebState,
    team: &Team,
    id: ProgramId,
    paging: &Paging,
    refusal: Refusal,
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let program = program::get(app, actor, id).await?;
    let filter = filter(&paging.query);
    let rows = catalog::list(app, actor, id, &filter, paging.after()?, paging.limit + 1).await?;
    let listed = paging.listed(rows, |row| row.id.to_string(), row);
    let view = Products {
        of: Of {
            id,
            name: program.name,
        },
        rows: listed.data,
        query: filter.find,
        chosen: (filter.category, filter.status),
        categories: catalog::categories(app, actor, id).await?,
        next: listed.next_cursor,
        form: refusal.form,
        refused: refusal.file,
        can_manage: actor.may(Permission::ManagePrograms),
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::list(&team.cx, &shell, &view))
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Page> {
    Ok(Page(
        render(&web, &team, id, &paging, Refusal::default()).await?,
    ))
}

async fn file(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let rows = catalog::list(&web.app, &team.actor, id, &filter, None, csv::ROWS).await?;
    let columns = [
        "product",
        "sku",
        "name",
        "category",
        "status",
        "source",
        "last_sold_at",
    ];
    Ok(csv::file("products.csv", &columns, rows, |one| {
        let sold = csv::time(one.last_sold_at);
        vec![
            one.external_id,
            one.sku,
            one.name,
            one.category,
            one.status,
            one.source,
            sold,
        ]
    }))
}

fn typed(fields: &Fields) -> NewProduct {
    NewProduct {
        external_id: fields.text("external_id"),
        sku: fields.text("sku"),
        name: fields.text("name"),
        category: fields.text("category"),
    }
}

fn path(id: ProgramId) -> String {
    format!("/admin/programs/{id}/products")
}

async fn create(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
    fields: Fields,
) -> WebResult {
    match catalog::create(&web.app, &team.actor, id, &typed(&fields)).await {
        Ok(_) => Ok(see_with(&path(id), Tone::Ok, &t!(team.cx, "catalog-saved"))),
        Err(AppError::Invalid(errors)) => {
            let refusal = Refusal {
                form: form_state(&team.cx, &fields, &errors),
                ..Refusal::default()
            };
            Ok(refused(render(&web, &team, id, &paging, refusal).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn import(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
    upload: Upload,
) -> WebResult {
    match catalog::import(&web.app, &team.actor, id, &upload.bytes).await {
        Ok(done) => {
            let (added, changed, same) = (done.added, done.changed, done.same);
            let text = t!(
                team.cx,
                "catalog-file-done",
                added = added,
                changed = changed,
                same = same
            );
            Ok(see_with(&path(id), Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let place = |field: &str| match field.strip_prefix("line ") {
                Some(line) => t!(team.cx, "catalog-line", line = line),
                None => t!(team.cx, "catalog-file"),
            };
            let told = errors.iter();
            let refusal = Refusal {
                file: told
                    .map(|error| (place(&error.field), problem(&team.cx, error.code)))
                    .collect(),
                ..Refusal::default()
            };
            Ok(refused(render(&web, &team, id, &paging, refusal).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn one(State(web): State<WebState>, team: Team, Id(id): Id<ProductId>) -> WebResult<Page> {
    Ok(Page(render_one(&web, &team, id, None).await?))
}

async fn render_one(
    web: &WebState,
    team: &Team,
    id: ProductId,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let product = catalog::get(&web.app, &team.actor, id).await?;
    let program = program::get(&web.app, &team.actor, product.program).await?;
    let filled = FormState::default()
        .with("external_id", &product.external_id)
        .with("sku", &product.sku)
        .with("name", &product.name)
        .with("category", &product.category);
    let view = ProductPage {
        of: Of {
            id: program.id,
            name: program.name,
        },
        product: row(product),
        form: form.unwrap_or(filled),
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::detail(&team.cx, &shell, &view))
}

async fn change(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProductId>,
    fields: Fields,
) -> WebResult {
    match catalog::change(&web.app, &team.actor, id, &typed(&fields)).await {
        Ok(done) => Ok(see_with(
            &path(done.program),
            Tone::Ok,
            &t!(team.cx, "catalog-saved"),
        )),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render_one(&web, &team, id, Some(form)).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn set_status(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProductId>,
    fields: Fields,
) -> WebResult {
    let done = match fields.text("status").as_str() {
        "archived" => catalog::archive(&web.app, &team.actor, id).await?,
        "active" => catalog::restore(&web.app, &team.actor, id).await?,
        _ => return Err(AppError::field("status", "not_a_choice").into()),
    };
    Ok(see_with(
        &path(done.program),
        Tone::Ok,
        &t!(team.cx, "catalog-saved"),
    ))
}
