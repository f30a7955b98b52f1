//! Webhook endpoints.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::AppError;
use comity_app::integration::outbound::{self, KINDS, NewEndpoint};
use comity_domain::{DeliveryId, EndpointId, Permission};
use comity_ui::component::{FormState, Tone};
use comity_ui::integration::webhook::{self as pages, Delivery, Detail, Endpoint, List, New};
use comity_ui::t;

use super::export;
use crate::admin::admin_shell;
use crate::admin::narrow::narrow;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

pub(super) fn routes() -> Routes {
    let all = Audience::Team(Permission::ManageIntegrations);
    Routes::new()
        .get("/admin/settings/webhooks", all, list)
        .get("/admin/settings/webhooks.csv", all, export::endpoints)
        .get(
            "/admin/settings/webhooks/{id}/deliveries.csv",
            all,
            export::deliveries,
        )
        .post("/admin/settings/webhooks", all, create)
        .get("/admin/settings/webhooks/new", all, new)
        .get("/admin/settings/webhooks/{id}", all, show)
        .post("/admin/settings/webhooks/{id}/test", all, test)
        .post("/admin/settings/webhooks/{id}/secret", all, rotate)
        .post("/admin/settings/webhooks/{id}/rotated", all, rotated)
        .post("/admin/settings/webhooks/{id}/pause", all, pause)
        .post("/admin/settings/webhooks/{id}/resume", all, resume)
        .post(
            "/admin/settings/webhooks/{id}/deliveries/{delivery}/replay",
            all,
            replay,
        )
}

fn view(endpoint: comity_app::integration::outbound::Endpoint) -> Endpoint {
    let kinds = match endpoint.kinds.as_str() {
        "*" => Vec::new(),
        kinds => kinds.split(' ').map(str::to_owned).collect(),
    };
    Endpoint {
        id: endpoint.id,
        url: endpoint.url,
        description: endpoint.description,
        kinds,
        status: endpoint.status,
        failing_since: endpoint.failing_since,
        rotating: !endpoint.old_secret.is_empty(),
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let query = paging.query.text("q");
    let rows = if query.is_empty() {
        outbound::list(&web.app, &team.actor, paging.after()?, paging.limit + 1).await?
    } else {
        let all = outbound::list(&web.app, &team.actor, None, export::MAX).await?;
        narrow(all, &query, export::endpoint_texts)
    };
    let paging = Paging {
        limit: if query.is_empty() {
            paging.limit
        } else {
            export::MAX
        },
        ..paging
    };
    let listed = paging.listed(rows, |row| row.id.to_string(), view);
    let shell = admin_shell(&web, &team).await?;
    let list = List {
        rows: listed.data,
        query,
        next: listed.next_cursor,
    };
    Ok(Page(pages::list(&team.cx, &shell, &list)))
}

async fn form(
    web: &WebState,
    team: &Team,
    chosen: Vec<String>,
    form: FormState,
) -> WebResult<maud::Markup> {
    let shell = admin_shell(web, team).await?;
    let view = New {
        kinds: KINDS,
        chosen,
        form,
    };
    Ok(pages::new(&team.cx, &shell, &view))
}

async fn new(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    form(&web, &team, Vec::new(), FormState::default())
        .await
        .map(Page)
}

async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let input = NewEndpoint {
        url: fields.text("url"),
        kinds: fields.all("kinds"),
        description: fields.text("description"),
    };
    match outbound::create(&web.app, &team.actor, input).await {
        Ok(endpoint) => secret(&web, &team, endpoint.id, &endpoint.secret).await,
        Err(AppError::Invalid(errors)) => {
            let state = form_state(&team.cx, &fields, &errors);
            let chosen = fields.all("kinds");
            Ok(refused(form(&web, &team, chosen, state).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// The one page that shows a secret.
async fn secret(web: &WebState, team: &Team, id: EndpointId, secret: &str) -> WebResult {
    let shell = admin_shell(web, team).await?;
    Ok(Page(pages::made(&team.cx, &shell, id, secret)).into_response())
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EndpointId>,
    paging: Paging,
) -> WebResult<Page> {
    let endpoint = outbound::get(&web.app, &team.actor, id).await?;
    let (status, find) = (paging.query.text("status"), paging.query.text("q"));
    let of = (status.as_str(), find.as_str());
    let (before, limit) = (paging.after()?, paging.limit + 1);
    let rows = outbound::deliveries(&web.app, &team.actor, id, of, before, limit).await?;
    let deliveries = paging.listed(
        rows,
        |(row, _)| row.id.to_string(),
        |(row, kind)| Delivery {
            id: row.id,
            kind,
            status: row.status,
            attempts: row.attempts,
            response: row.response_status,
            excerpt: row.response_excerpt,
            at: row.created_at,
        },
    );
    let shell = admin_shell(&web, &team).await?;
    let detail = Detail {
        endpoint: view(endpoint),
        deliveries: deliveries.data,
        status,
        query: find,
        next: deliveries.next_cursor,
    };
    Ok(Page(pages::detail(&team.cx, &shell, &detail)))
}

fn back(id: EndpointId, text: &str) -> Response {
    see_with(&format!("/admin/settings/webhooks/{id}"), Tone::Ok, text)
}

async fn test(State(web): State<WebState>, team: Team, Id(id): Id<EndpointId>) -> WebResult {
    outbound::send_test(&web.app, &team.actor, id).await?;
    Ok(back(id, &t!(team.cx, "integration-test-sent")))
}

async fn rotate(State(web): State<WebState>, team: Team, Id(id): Id<EndpointId>) -> WebResult {
    let endpoint = outbound::rotate(&web.app, &team.actor, id).await?;
    secret(&web, &team, id, &endpoint.secret).await
}

async fn rotated(State(web): State<WebState>, team: Team, Id(id): Id<EndpointId>) -> WebResult {
    outbound::end_rotation(&web.app, &team.actor, id).await?;
    Ok(back(id, &t!(team.cx, "integration-saved")))
}

async fn pause(State(web): State<WebState>, team: Team, Id(id): Id<EndpointId>) -> WebResult {
    outbound::set_paused(&web.app, &team.actor, id, true).await?;
    Ok(back(id, &t!(team.cx, "integration-saved")))
}

async fn resume(State(web): State<WebState>, team: Team, Id(id): Id<EndpointId>) -> WebResult {
    outbound::set_paused(&web.app, &team.actor, id, false).await?;
    Ok(back(id, &t!(team.cx, "integration-saved")))
}

async fn replay(
    State(web): State<WebState>,
    team: Team,
    Id((id, delivery)): Id<(EndpointId, DeliveryId)>,
) -> WebResult {
    outbound::replay(&web.app, &team.actor, delivery).await?;
    Ok(back(id, &t!(team.cx, "integration-replay-queued")))
}
