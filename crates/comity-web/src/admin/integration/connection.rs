//! Connections to shops and billing systems.

use axum::extract::State;
use comity_app::AppError;
use comity_app::integration::inbound::{self, Kind, Listed, NewConnection};
use comity_domain::{ConnectionId, InboxId, Permission};
use comity_ui::component::{FormState, Tone};
use comity_ui::i18n::Key;
use comity_ui::integration::connection::{self as pages, Connection, Detail, List, Message, New};
use comity_ui::{key, t};

use super::{export, programs};
use crate::admin::admin_shell;
use crate::admin::narrow::narrow;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;
use axum::response::IntoResponse;

pub(super) fn routes() -> Routes {
    let all = Audience::Team(Permission::ManageIntegrations);
    Routes::new()
        .get("/admin/settings/connections", all, list)
        .get("/admin/settings/connections.csv", all, export::connections)
        .get(
            "/admin/settings/connections/{id}/messages.csv",
            all,
            export::messages,
        )
        .post("/admin/settings/connections", all, create)
        .get("/admin/settings/connections/new", all, new)
        .get("/admin/settings/connections/{id}", all, show)
        .post("/admin/settings/connections/{id}/secret", all, rotate)
        .post("/admin/settings/connections/{id}/rotated", all, rotated)
        .post("/admin/settings/connections/{id}/pause", all, pause)
        .post("/admin/settings/connections/{id}/resume", all, resume)
        .post(
            "/admin/settings/connections/{id}/messages/{message}/replay",
            all,
            replay,
        )
}

const fn kind_name(kind: Kind) -> Key {
    match kind {
        Kind::Stripe => key!("integration-kind-stripe"),
        Kind::Shopify => key!("integration-kind-shopify"),
        Kind::WooCommerce => key!("integration-kind-woocommerce"),
        Kind::Postback => key!("integration-kind-postback"),
    }
}

fn view(web: &WebState, programs: &[(String, String)], listed: Listed) -> Connection {
    let Listed { connection, failed } = listed;
    let program = connection.program.to_string();
    let found = programs.iter().find(|(id, _)| *id == program);
    let path = Kind::from_code(&connection.kind).map(|kind| kind.path(connection.id));
    Connection {
        id: connection.id,
        name: connection.name,
        program: found.map(|(_, name)| name.clone()).unwrap_or_default(),
        paused: connection.status == "paused",
        address: format!("{}{}", web.app.config.base_url, path.unwrap_or_default()),
        has_secret: !connection.secret.is_empty(),
        rotating: !connection.old_secret.is_empty(),
        last_event_at: connection.last_event_at,
        kind: connection.kind,
        failed,
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let programs = programs(&web, &team).await?;
    let query = paging.query.text("q");
    let rows = if query.is_empty() {
        inbound::list(&web.app, &team.actor, paging.after()?, paging.limit + 1).await?
    } else {
        let all = inbound::list(&web.app, &team.actor, None, export::MAX).await?;
        narrow(all, &query, export::connection_texts)
    };
    let paging = Paging {
        limit: if query.is_empty() {
            paging.limit
        } else {
            export::MAX
        },
        ..paging
    };
    let listed = paging.listed(
        rows,
        |row| row.connection.id.to_string(),
        |row| view(&web, &programs, row),
    );
    let shell = admin_shell(&web, &team).await?;
    let list = List {
        rows: listed.data,
        query,
        next: listed.next_cursor,
    };
    Ok(Page(pages::list(&team.cx, &shell, &list)))
}

async fn form(web: &WebState, team: &Team, form: FormState) -> WebResult<maud::Markup> {
    let view = New {
        kinds: Kind::ALL
            .into_iter()
            .map(|kind| (kind.code().to_owned(), team.cx.text(kind_name(kind))))
            .collect(),
        programs: programs(web, team).await?,
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::new(&team.cx, &shell, &view))
}

async fn new(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    form(&web, &team, FormState::default()).await.map(Page)
}

async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let Some(program) = fields.read("program") else {
        let missing = AppError::field("program", "required");
        return again(&web, &team, &fields, missing).await;
    };
    let input = NewConnection {
        program,
        kind: fields.text("kind"),
        name: fields.text("name"),
        secret: fields.text("secret"),
    };
    let given = !input.secret.is_empty();
    match inbound::create(&web.app, &team.actor, input).await {
        Ok(made) if made.secret.is_empty() || given => {
            let path = format!("/admin/settings/connections/{}", made.id);
            let text = t!(team.cx, "integration-saved");
            Ok(see_with(&path, Tone::Ok, &text))
        }
        Ok(made) => {
            let secret = made.secret.clone();
            let programs = programs(&web, &team).await?;
            let listed = Listed {
                connection: made,
                failed: 0,
            };
            let shell = admin_shell(&web, &team).await?;
            let shown = view(&web, &programs, listed);
            Ok(Page(pages::made(&team.cx, &shell, &shown, &secret)).into_response())
        }
        Err(error) => again(&web, &team, &fields, error).await,
    }
}

async fn again(web: &WebState, team: &Team, fields: &Fields, error: AppError) -> WebResult {
    let AppError::Invalid(errors) = error else {
        return Err(error.into());
    };
    let state = form_state(&team.cx, fields, &errors);
    Ok(refused(form(web, team, state).await?))
}

async fn page(
    web: &WebState,
    team: &Team,
    id: ConnectionId,
    paging: &Paging,
    form: FormState,
) -> WebResult<maud::Markup> {
    let programs = programs(web, team).await?;
    let listed = inbound::get(&web.app, &team.actor, id).await?;
    let (status, find) = (paging.query.text("status"), paging.query.text("q"));
    let of = (status.as_str(), find.as_str());
    let (before, limit) = (paging.after()?, paging.limit + 1);
    let rows = inbound::messages(&web.app, &team.actor, id, of, before, limit).await?;
    let messages = paging.listed(
        rows,
        |row| row.id.to_string(),
        |row| Message {
            id: row.id,
            topic: row.topic,
            status: row.status,
            detail: row.detail,
            at: row.received_at,
        },
    );
    let shell = admin_shell(web, team).await?;
    let detail = Detail {
        connection: view(web, &programs, listed),
        messages: messages.data,
        status,
        query: find,
        next: messages.next_cursor,
        form,
    };
    Ok(pages::detail(&team.cx, &shell, &detail))
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ConnectionId>,
    paging: Paging,
) -> WebResult<Page> {
    page(&web, &team, id, &paging, FormState::default())
        .await
        .map(Page)
}

async fn rotate(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ConnectionId>,
    paging: Paging,
    fields: Fields,
) -> WebResult {
    let given = fields.text("secret");
    match inbound::rotate(&web.app, &team.actor, id, &given).await {
        Ok(connection) if given.is_empty() => {
            let secret = connection.secret.clone();
            let programs = programs(&web, &team).await?;
            let listed = Listed {
                connection,
                failed: 0,
            };
            let shell = admin_shell(&web, &team).await?;
            let shown = view(&web, &programs, listed);
            Ok(Page(pages::made(&team.cx, &shell, &shown, &secret)).into_response())
        }
        Ok(connection) => Ok(back(&team, connection.id)),
        Err(AppError::Invalid(errors)) => {
            let state = form_state(&team.cx, &Fields::default(), &errors);
            Ok(refused(page(&web, &team, id, &paging, state).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn back(team: &Team, id: ConnectionId) -> axum::response::Response {
    let path = format!("/admin/settings/connections/{id}");
    see_with(&path, Tone::Ok, &t!(team.cx, "integration-saved"))
}

async fn rotated(State(web): State<WebState>, team: Team, Id(id): Id<ConnectionId>) -> WebResult {
    inbound::end_rotation(&web.app, &team.actor, id).await?;
    Ok(back(&team, id))
}

async fn pause(State(web): State<WebState>, team: Team, Id(id): Id<ConnectionId>) -> WebResult {
    inbound::set_paused(&web.app, &team.actor, id, true).await?;
    Ok(back(&team, id))
}

async fn resume(State(web): State<WebState>, team: Team, Id(id): Id<ConnectionId>) -> WebResult {
    inbound::set_paused(&web.app, &team.actor, id, false).await?;
    Ok(back(&team, id))
}

async fn replay(
    State(web): State<WebState>,
    team: Team,
    Id((id, message)): Id<(ConnectionId, InboxId)>,
) -> WebResult {
    let replayed = inbound::replay(&web.app, &team.actor, message).await?;
    let outcome = format!("{} {}", replayed.status, replayed.detail);
    let tone = if replayed.status == "failed" {
        Tone::Warn
    } else {
        Tone::Ok
    };
    let text = t!(team.cx, "integration-replayed", outcome = outcome.trim());
    Ok(see_with(
        &format!("/admin/settings/connections/{id}"),
        tone,
        &text,
    ))
}
