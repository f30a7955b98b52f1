//! Announcements: the list, its export, writing, sending and stopping them.

use axum::extract::State;
use axum::response::Response;
use comity_app::message::{self, Announcement, AnnouncementFilter, NewAnnouncement};
use comity_app::{AppError, program, segment};
use comity_domain::{AnnouncementId, GroupId, Permission, ProgramId};
use comity_ui::admin::announcement::{self as pages, Detail, Edit, Entry, List};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::partner::named;
use super::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of announcements.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let manage = Audience::Team(Permission::ManagePartners);
    Routes::new()
        .get("/admin/announcements", view, list)
        .get("/admin/announcements.csv", view, export)
        .get("/admin/announcements/new", manage, blank)
        .post("/admin/announcements/new", manage, create)
        .get("/admin/announcements/{id}", view, show)
        .get("/admin/announcements/{id}/edit", manage, edit)
        .post("/admin/announcements/{id}/edit", manage, change)
        .post("/admin/announcements/{id}/send", manage, send)
        .post("/admin/announcements/{id}/stop", manage, stop)
        .post("/admin/announcements/{id}/delete", manage, discard)
}

fn filter(query: &Fields) -> AnnouncementFilter {
    AnnouncementFilter {
        program: query.read("program"),
        state: query.text("state"),
        find: query.text("q").to_lowercase(),
    }
}

fn entry(row: &Announcement) -> Entry {
    Entry {
        id: row.id,
        kind: row.kind.clone(),
        subject: row.subject.clone(),
        program: row.program_name.clone(),
        group: row.group_name.clone(),
        state: row.state.clone(),
        sent: (row.sent, row.audience),
        at: row.sent_at.unwrap_or(row.created_at),
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let filter = filter(&paging.query);
    let limit = paging.limit + 1;
    let rows = message::announcements(app, actor, &filter, paging.after()?, limit).await?;
    let listed = paging.listed(rows, |row| row.id.to_string(), |row| entry(&row));
    let view = List {
        rows: listed.data,
        state: filter.state,
        query: paging.query.text("q"),
        programs: named(&program::list(app, actor).await?),
        program: paging.query.text("program"),
        next: listed.next_cursor,
        can_manage: actor.may(Permission::ManagePartners),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let rows = message::announcements(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let columns = [
        "announcement_id",
        "kind",
        "program",
        "group",
        "subject",
        "state",
        "audience",
        "sent",
        "left_out",
        "created_by",
        "created_at",
        "sent_at",
        "finished_at",
    ];
    Ok(csv::file("announcements.csv", &columns, &rows, |row| {
        let time = |at: Option<comity_domain::Timestamp>| at.map(|at| at.to_string());
        vec![
            row.id.to_string(),
            row.kind.clone(),
            row.program_name.clone(),
            row.group_name.clone(),
            row.subject.clone(),
            row.state.clone(),
            row.audience.to_string(),
            row.sent.to_string(),
            row.left_out.to_string(),
            row.created_by.clone(),
            row.created_at.to_string(),
            time(row.sent_at).unwrap_or_default(),
            time(row.finished_at).unwrap_or_default(),
        ]
    }))
}

async fn blank(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let form = FormState::default().with("program", paging.query.text("program"));
    Ok(Page(form_page(&web, &team, None, form).await?))
}

/// The form; a draft keeps its program.
async fn form_page(
    web: &WebState,
    team: &Team,
    draft: Option<&Announcement>,
    form: FormState,
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let mut programs = program::list(app, actor).await?;
    let of = draft.map(|draft| draft.program);
    programs.retain(|one| of.is_none_or(|id| one.id == id));
    let groups = segment::groups(app, actor, of).await?;
    let several = programs.len() > 1;
    let groups = groups.into_iter().filter_map(|(group, _)| {
        let of = programs.iter().find(|one| one.id == group.program)?;
        let name = if several {
            format!("{} · {}", of.name, group.name)
        } else {
            group.name
        };
        Some((group.id.to_string(), name))
    });
    let view = Edit {
        id: draft.map(|draft| draft.id),
        groups: groups.collect(),
        programs: named(&programs),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::edit(&team.cx, &shell, &view))
}

fn typed(fields: &Fields, program: ProgramId) -> Result<NewAnnouncement, AppError> {
    let group = match fields.filled("group") {
        None => None,
        Some(id) => {
            let id = id.parse::<GroupId>();
            Some(id.map_err(|_| AppError::field("group", "not_a_choice"))?)
        }
    };
    Ok(NewAnnouncement {
        program,
        group,
        subject: fields.text("subject"),
        // Browsers end lines with two characters; paragraphs are told by an empty line.
        body: fields.text("body").replace("\r\n", "\n"),
    })
}

async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let of = fields.read("program");
    let new = of
        .ok_or_else(|| AppError::field("program", "required"))
        .and_then(|id| typed(&fields, id));
    let done = match new {
        Ok(new) => message::draft(&web.app, &team.actor, new).await,
        Err(error) => Err(error),
    };
    kept(&web, &team, None, &fields, done).await
}

async fn edit(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<AnnouncementId>,
) -> WebResult<Page> {
    let (draft, _) = message::announcement(&web.app, &team.actor, id).await?;
    let group = draft.group.map(|id| id.to_string()).unwrap_or_default();
    let form = FormState::default()
        .with("group", group)
        .with("subject", &draft.subject)
        .with("body", &draft.body);
    Ok(Page(form_page(&web, &team, Some(&draft), form).await?))
}

async fn change(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<AnnouncementId>,
    fields: Fields,
) -> WebResult {
    let (draft, _) = message::announcement(&web.app, &team.actor, id).await?;
    let done = match typed(&fields, draft.program) {
        Ok(new) => message::change(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    kept(&web, &team, Some(&draft), &fields, done).await
}

async fn kept(
    web: &WebState,
    team: &Team,
    draft: Option<&Announcement>,
    fields: &Fields,
    done: Result<Announcement, AppError>,
) -> WebResult {
    match done {
        Ok(letter) => {
            let text = t!(team.cx, "announcement-saved");
            Ok(see_with(&path(letter.id), Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, fields, &errors);
            Ok(refused(form_page(web, team, draft, form).await?))
        }
        Err(AppError::Conflict(_)) => {
            let at = draft.map_or_else(|| "/admin/announcements".to_owned(), |one| path(one.id));
            Ok(see_with(&at, Tone::Bad, &t!(team.cx, "announcement-over")))
        }
        Err(error) => Err(error.into()),
    }
}

fn path(id: AnnouncementId) -> String {
    format!("/admin/announcements/{id}")
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<AnnouncementId>,
) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let (letter, audience) = message::announcement(app, actor, id).await?;
    let view = Detail {
        entry: entry(&letter),
        text: message::preview(app, actor, &letter, team.cx.lang).await?,
        author: letter.created_by,
        audience,
        left_out: letter.left_out,
        mails: app.mailer.is_configured(),
        can_manage: actor.may(Permission::ManagePartners),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::detail(&team.cx, &shell, &view)))
}

async fn send(State(web): State<WebState>, team: Team, Id(id): Id<AnnouncementId>) -> WebResult {
    let done = message::send(&web.app, &team.actor, id).await.map(drop);
    told(id, done, &team, &t!(team.cx, "announcement-sending"))
}

async fn stop(State(web): State<WebState>, team: Team, Id(id): Id<AnnouncementId>) -> WebResult {
    let done = message::stop(&web.app, &team.actor, id).await.map(drop);
    told(id, done, &team, &t!(team.cx, "announcement-stopped"))
}

fn told(id: AnnouncementId, done: Result<(), AppError>, team: &Team, text: &str) -> WebResult {
    match done {
        Ok(()) => Ok(see_with(&path(id), Tone::Ok, text)),
        Err(AppError::Conflict(_)) => {
            let over = t!(team.cx, "announcement-over");
            Ok(see_with(&path(id), Tone::Bad, &over))
        }
        Err(error) => Err(error.into()),
    }
}

async fn discard(State(web): State<WebState>, team: Team, Id(id): Id<AnnouncementId>) -> WebResult {
    match message::discard(&web.app, &team.actor, id).await {
        Ok(()) => {
            let text = t!(team.cx, "announcement-deleted");
            Ok(see_with("/admin/announcements", Tone::Ok, &text))
        }
        Err(error) => told(id, Err(error), &team, ""),
    }
}
