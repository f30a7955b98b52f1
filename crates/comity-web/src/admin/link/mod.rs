//! Links and codes of the organisation.

mod export;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::link::{self, Filter, LinkChange, NewCoupon, NewLink};
use comity_app::{AppError, partner, program};
use comity_domain::link::LinkStatus;
use comity_domain::partner::EnrollmentStatus;
use comity_domain::time::DAY;
use comity_domain::{CouponId, EnrollmentId, LinkId, Permission, Timestamp, Zone};
use comity_ui::admin::link::{Code, Detail, Link, List, New};
use comity_ui::component::{FormState, Tone, qr_path};
use comity_ui::{admin::link as pages, t};

use super::admin_shell;
use super::partner::named;
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, download, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Most memberships offered in a choice.
const CHOICES: i64 = 500;

/// Routes of links and codes.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let manage = Audience::Team(Permission::ManagePartners);
    Routes::new()
        .get("/admin/links", view, list)
        .post("/admin/links", manage, create)
        .get("/admin/links.csv", view, export::links)
        .get("/admin/links/new", manage, new)
        .get("/admin/links/{id}", view, show)
        .get("/admin/links/{id}/qr.svg", view, qr)
        .post("/admin/links/{id}", manage, update)
        .post("/admin/links/{id}/status", manage, set_status)
        .get("/admin/coupons", view, coupons)
        .get("/admin/coupons.csv", view, export::codes)
        .post("/admin/coupons", manage, create_coupon)
        .get("/admin/coupons/new", manage, new_coupon)
        .post("/admin/coupons/{id}/status", manage, set_coupon_status)
}

fn filter(query: &Fields) -> Filter {
    Filter {
        program: query.read("program"),
        enrollment: query.read("enrollment"),
        status: LinkStatus::from_code(&query.text("status")),
        find: query.text("q").to_lowercase(),
    }
}

fn row(web: &WebState, listed: link::Listed) -> Link {
    let url = link::url(&web.app, &listed.link);
    Link {
        id: listed.link.id,
        url,
        destination: listed.link.destination,
        label: listed.link.label,
        partner: listed.link.partner,
        partner_name: listed.partner_name,
        status: listed.link.status,
        clicks: listed.clicks,
        sales: listed.sales,
        created_at: listed.link.created_at,
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let filter = filter(&paging.query);
    let after = paging.after()?;
    let rows = link::list(&web.app, &team.actor, &filter, after, paging.limit + 1).await?;
    let listed = paging.listed(rows, |one| one.link.id.to_string(), |one| row(&web, one));
    let programs = program::list(&web.app, &team.actor).await?;
    let view = List {
        programs: named(&programs),
        program: paging.query.text("program"),
        links: listed.data,
        codes: Vec::new(),
        of_codes: false,
        query: paging.query.text("q"),
        status: paging.query.text("status"),
        next: listed.next_cursor,
        can_manage: team.actor.may(Permission::ManagePartners),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

async fn coupons(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let filter = filter(&paging.query);
    let after = paging.after()?;
    let rows = link::coupons(&web.app, &team.actor, &filter, after, paging.limit + 1).await?;
    let code = |(coupon, partner_name): (comity_domain::link::Coupon, String)| Code {
        id: coupon.id,
        code: coupon.code,
        partner: coupon.partner,
        partner_name,
        exclusive: coupon.exclusive,
        status: coupon.status,
        created_at: coupon.created_at,
    };
    let listed = paging.listed(rows, |(coupon, _)| coupon.id.to_string(), code);
    let programs = program::list(&web.app, &team.actor).await?;
    let view = List {
        programs: named(&programs),
        program: paging.query.text("program"),
        links: Vec::new(),
        codes: listed.data,
        of_codes: true,
        query: paging.query.text("q"),
        status: paging.query.text("status"),
        next: listed.next_cursor,
        can_manage: team.actor.may(Permission::ManagePartners),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

async fn form_page(
    web: &WebState,
    team: &Team,
    of_codes: bool,
    form: FormState,
) -> WebResult<maud::Markup> {
    let filter = partner::Filter {
        status: Some(EnrollmentStatus::Approved),
        ..partner::Filter::default()
    };
    let members = partner::list(&web.app, &team.actor, &filter, None, CHOICES).await?;
    let members = members.into_iter();
    let host = web
        .app
        .config
        .redirect_url
        .split("://")
        .last()
        .unwrap_or_default();
    let view = New {
        members: members
            .map(|one| (one.enrollment.id.to_string(), one.name))
            .collect(),
        host: host.to_owned(),
        of_codes,
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::new(&team.cx, &shell, &view))
}

async fn new(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    Ok(Page(
        form_page(&web, &team, false, paging.query.state()).await?,
    ))
}

async fn new_coupon(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    Ok(Page(
        form_page(&web, &team, true, paging.query.state()).await?,
    ))
}

fn member(fields: &Fields) -> Result<EnrollmentId, AppError> {
    let known = fields.read("enrollment");
    known.ok_or_else(|| AppError::field("enrollment", "required"))
}

/// The end of a day: a link that ends on a date works through it.
fn end_of(fields: &Fields, zone: &Zone) -> Result<Option<Timestamp>, AppError> {
    let Some(text) = fields.filled("expires_on") else {
        return Ok(None);
    };
    let day = Timestamp::parse_rfc3339(&format!("{text}T12:00:00Z"));
    let day = day.ok_or_else(|| AppError::field("expires_on", "not_a_date"))?;
    let next = day.plus(DAY).date_in(&Zone::utc());
    Ok(Some(zone.start_of(next)))
}

async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let done = match (member(&fields), end_of(&fields, &team.cx.zone)) {
        (Ok(enrollment), Ok(expires_at)) => {
            let new = NewLink {
                enrollment,
                slug: fields.text("slug"),
                destination: fields.text("destination"),
                label: fields.text("label"),
                expires_at,
            };
            link::create(&web.app, &team.actor, new).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match done {
        Ok(link) => {
            let path = format!("/admin/links/{}", link.id);
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "link-created")))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(form_page(&web, &team, false, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn create_coupon(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let done = match member(&fields) {
        Ok(enrollment) => {
            let new = NewCoupon {
                enrollment,
                code: fields.text("code"),
                exclusive: fields.checked("exclusive"),
            };
            link::create_coupon(&web.app, &team.actor, new).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(see_with(
            "/admin/coupons",
            Tone::Ok,
            &t!(team.cx, "link-code-created"),
        )),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(form_page(&web, &team, true, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn detail(
    web: &WebState,
    team: &Team,
    id: LinkId,
    form: Option<FormState>,
) -> WebResult<maud::Markup> {
    let found = link::get(&web.app, &team.actor, id).await?;
    let zone = program::get(&web.app, &team.actor, found.program)
        .await?
        .zone;
    let filter = Filter {
        enrollment: Some(found.enrollment),
        find: found.slug.to_string(),
        ..Filter::default()
    };
    let rows = link::list(&web.app, &team.actor, &filter, None, CHOICES).await?;
    let listed = rows.into_iter().find(|one| one.link.id == id);
    let listed = listed.ok_or_else(WebError::not_found)?;
    let ends = found
        .expires_at
        .map(|at| at.plus(-1).date_in(&zone).to_string());
    let typed = FormState::default()
        .with("destination", &found.destination)
        .with("label", &found.label)
        .with("expires_on", ends.unwrap_or_default());
    let view = Detail {
        link: row(web, listed),
        can_manage: team.actor.may(Permission::ManagePartners),
        form: form.unwrap_or(typed),
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::page(&team.cx, &shell, &view))
}

async fn show(State(web): State<WebState>, team: Team, Id(id): Id<LinkId>) -> WebResult<Page> {
    Ok(Page(detail(&web, &team, id, None).await?))
}

async fn qr(State(web): State<WebState>, team: Team, Id(id): Id<LinkId>) -> WebResult<Response> {
    let found = link::get(&web.app, &team.actor, id).await?;
    let url = format!("{}?qr=1", link::url(&web.app, &found));
    let drawn = qr_path(&url).ok_or_else(WebError::not_found)?;
    let (size, path) = drawn;
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    );
    Ok(download(
        &format!("{}.svg", found.slug),
        "image/svg+xml",
        svg,
    ))
}

async fn update(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<LinkId>,
    fields: Fields,
) -> WebResult {
    let found = link::get(&web.app, &team.actor, id).await?;
    let zone = program::get(&web.app, &team.actor, found.program)
        .await?
        .zone;
    let done = match end_of(&fields, &zone) {
        Ok(expires_at) => {
            let change = LinkChange {
                destination: fields.text("destination"),
                label: fields.text("label"),
                expires_at,
            };
            link::update(&web.app, &team.actor, id, change).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => {
            let path = format!("/admin/links/{id}");
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "link-changed")))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(detail(&web, &team, id, Some(form)).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn status(fields: &Fields) -> Result<LinkStatus, AppError> {
    let known = LinkStatus::from_code(&fields.text("status"));
    known.ok_or_else(|| AppError::field("status", "not_a_choice"))
}

async fn set_status(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<LinkId>,
    fields: Fields,
) -> WebResult {
    link::set_status(&web.app, &team.actor, id, status(&fields)?).await?;
    let path = format!("/admin/links/{id}");
    Ok(see_with(&path, Tone::Ok, &t!(team.cx, "link-changed")).into_response())
}

async fn set_coupon_status(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<CouponId>,
    fields: Fields,
) -> WebResult {
    link::set_coupon_status(&web.app, &team.actor, id, status(&fields)?).await?;
    let text = t!(team.cx, "link-changed");
    Ok(see_with("/admin/coupons", Tone::Ok, &text).into_response())
}
