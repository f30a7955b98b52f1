//! Products of a program: what rules may name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::AppError;
use comity_app::catalog::{self, Filter, NewProduct, Product};
use comity_domain::{Permission, ProductId, ProgramId};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Id, Listed, Paging};
use crate::route::{Audience, Routes};

/// The products resource.
#[derive(OpenApi)]
#[openapi(paths(list, create, show, change, set_status))]
pub struct Doc;

/// Routes of products.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    let manage = Audience::Api(Permission::ManagePrograms);
    Routes::new()
        .get("/api/v1/programs/{id}/products", view, list)
        .post("/api/v1/programs/{id}/products", manage, create)
        .get("/api/v1/products/{id}", view, show)
        .put("/api/v1/products/{id}", manage, change)
        .post("/api/v1/products/{id}/status", manage, set_status)
}

/// A product, or one stock keeping unit of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductOut {
    #[schema(example = "prd_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    program_id: String,
    /// The shop's product id, as events name it.
    external_id: String,
    sku: String,
    name: String,
    category: String,
    /// `active` or `archived`.
    status: String,
    /// `typed`, `import` or `event`.
    source: String,
    last_sold_at: Option<String>,
    created_at: String,
}

impl From<Product> for ProductOut {
    fn from(one: Product) -> Self {
        Self {
            id: one.id.to_string(),
            program_id: one.program.to_string(),
            external_id: one.external_id,
            sku: one.sku,
            name: one.name,
            category: one.category,
            status: one.status,
            source: one.source,
            last_sold_at: one.last_sold_at.map(|at| at.to_string()),
            created_at: one.created_at.to_string(),
        }
    }
}

/// List products, newest first.
#[utoipa::path(
    get, path = "/api/v1/programs/{id}/products", tag = "Products",
    params(
        ("id" = String, Path), ("q" = Option<String>, Query), ("category" = Option<String>, Query),
        ("status" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)
    ),
    responses((status = 200, body = Listed<ProductOut>), (status = 404, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Json<Listed<ProductOut>>> {
    let filter = Filter {
        find: paging.query.text("q"),
        category: paging.query.text("category"),
        status: paging.query.text("status"),
    };
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = catalog::list(&web.app, &actor, id, &filter, after, limit).await?;
    Ok(Json(paging.listed(
        rows,
        |row| row.id.to_string(),
        ProductOut::from,
    )))
}

/// What a product is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductIn {
    /// The shop's product id, as events name it.
    external_id: String,
    sku: Option<String>,
    name: Option<String>,
    category: Option<String>,
}

impl From<ProductIn> for NewProduct {
    fn from(input: ProductIn) -> Self {
        Self {
            external_id: input.external_id,
            sku: input.sku.unwrap_or_default(),
            name: input.name.unwrap_or_default(),
            category: input.category.unwrap_or_default(),
        }
    }
}

/// Add a product.
#[utoipa::path(
    post, path = "/api/v1/programs/{id}/products", tag = "Products", request_body = ProductIn,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ProductOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn create(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProgramId>,
    Body(input): Body<ProductIn>,
) -> WebResult<(StatusCode, Json<ProductOut>)> {
    let made = catalog::create(&web.app, &actor, id, &input.into()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// One product.
#[utoipa::path(
    get, path = "/api/v1/products/{id}", tag = "Products", params(("id" = String, Path)),
    responses((status = 200, body = ProductOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProductId>,
) -> WebResult<Json<ProductOut>> {
    Ok(Json(catalog::get(&web.app, &actor, id).await?.into()))
}

/// Change a product.
#[utoipa::path(
    put, path = "/api/v1/products/{id}", tag = "Products", request_body = ProductIn,
    params(("id" = String, Path)),
    responses((status = 200, body = ProductOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn change(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProductId>,
    Body(input): Body<ProductIn>,
) -> WebResult<Json<ProductOut>> {
    let done = catalog::change(&web.app, &actor, id, &input.into()).await?;
    Ok(Json(done.into()))
}

/// Whether a product is in the catalogue.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductStatusIn {
    /// `active` or `archived`.
    status: String,
}

/// Archive a product, or put it back.
#[utoipa::path(
    post, path = "/api/v1/products/{id}/status", tag = "Products", request_body = ProductStatusIn,
    params(("id" = String, Path)),
    responses((status = 200, body = ProductOut), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub async fn set_status(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(id): Id<ProductId>,
    Body(input): Body<ProductStatusIn>,
) -> WebResult<Json<ProductOut>> {
    let done = match input.status.as_str() {
        "archived" => catalog::archive(&web.app, &actor, id).await?,
        "active" => catalog::restore(&web.app, &actor, id).await?,
        _ => return Err(AppError::field("status", "not_a_choice").into()),
    };
    Ok(Json(done.into()))
}
