//! Partners: the list, bulk acts, export, inviting.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::partner::{self, Filter, Listed, NewPartner};
use comity_app::{AppError, program, segment};
use comity_domain::partner::EnrollmentStatus;
use comity_domain::program::Program;
use comity_domain::{EnrollmentId, Money, Permission};
use comity_ui::admin::partner::{Invite, List, Member};
use comity_ui::component::{FormState, Tone};
use comity_ui::i18n::Lang;
use comity_ui::{admin::partner as pages, t};

use super::admin_shell;
use super::csv::{self, Sheet};
use crate::error::WebResult;
use crate::extract::{Fields, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of the list.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePartners);
    Routes::new()
        .get("/admin/partners", Audience::Team(Permission::View), list)
        .get(
            "/admin/partners.csv",
            Audience::Team(Permission::View),
            export,
        )
        .post("/admin/partners", manage, create)
        .get("/admin/partners/new", manage, new)
        .post("/admin/partners/bulk", manage, bulk)
}

fn filter(query: &Fields) -> Filter {
    Filter {
        program: query.read("program"),
        status: EnrollmentStatus::from_code(&query.text("status")),
        find: query.text("q").to_lowercase(),
        group: query.read("group"),
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let filter = filter(&paging.query);
    let programs = program::list(app, actor).await?;
    let groups = segment::groups(app, actor, filter.program).await?;
    let counts = partner::counts(app, actor, filter.program).await?;
    let several = programs.len() > 1;
    let sort = paging.query.text("sort");
    let limit = paging.limit + 1;
    let listed = if let Some(order) = partner::Sort::parse(&sort) {
        let rows = partner::sorted(app, actor, &filter, order, paging.after()?, limit).await?;
        let view = |(row, _)| member(&programs, row, several);
        paging.listed(rows, |(_, place)| place.to_string(), view)
    } else {
        let rows = partner::list(app, actor, &filter, paging.after()?, limit).await?;
        let view = |row| member(&programs, row, several);
        paging.listed(rows, |row| row.enrollment.id.to_string(), view)
    };
    let positive = |n: i64| u64::try_from(n).unwrap_or(0);
    let view = List {
        rows: listed.data.into_iter().flatten().collect(),
        counts: counts
            .into_iter()
            .map(|(status, n)| (status, positive(n)))
            .collect(),
        status: filter.status,
        query: paging.query.text("q"),
        sort,
        programs: named(&programs),
        program: paging.query.text("program"),
        groups: groups
            .into_iter()
            .map(|(g, _)| (g.id.to_string(), g.name))
            .collect(),
        group: paging.query.text("group"),
        next: listed.next_cursor,
        can_manage: team.actor.may(Permission::ManagePartners),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

/// Programs for a choice: id and name.
pub(super) fn named(programs: &[Program]) -> Vec<(String, String)> {
    let pair = |program: &Program| (program.id.to_string(), program.name.clone());
    programs.iter().map(pair).collect()
}

fn member(programs: &[Program], row: Listed, several: bool) -> Option<Member> {
    let of = programs
        .iter()
        .find(|program| program.id == row.enrollment.program)?;
    Some(Member {
        enrollment: row.enrollment.id,
        partner: row.enrollment.partner,
        name: row.name,
        email: row.email,
        program: if several {
            of.name.clone()
        } else {
            String::new()
        },
        status: row.enrollment.status,
        clicks: row.clicks,
        leads: row.leads,
        sales: row.sales,
        revenue: Money::new(row.revenue_minor, of.currency),
        earned: Money::new(row.commission_minor, of.currency),
    })
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let programs = program::list(&web.app, &team.actor).await?;
    let rows = partner::list(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let mut sheet = Sheet::new(&[
        "partner_id",
        "enrollment_id",
        "name",
        "email",
        "company",
        "country",
        "program",
        "status",
        "clicks",
        "leads",
        "sales",
        "revenue",
        "earned",
        "currency",
    ]);
    for row in rows {
        let Some(of) = programs.iter().find(|p| p.id == row.enrollment.program) else {
            continue;
        };
        let amount = |minor| Money::new(minor, of.currency).decimal();
        sheet.row(&[
            &row.enrollment.partner.to_string(),
            &row.enrollment.id.to_string(),
            &row.name,
            &row.email,
            &row.company,
            &row.country,
            &of.name,
            row.enrollment.status.code(),
            &row.clicks.to_string(),
            &row.leads.to_string(),
            &row.sales.to_string(),
            &amount(row.revenue_minor),
            &amount(row.commission_minor),
            of.currency.code(),
        ]);
    }
    Ok(sheet.download("partners.csv"))
}

async fn invite_page(web: &WebState, team: &Team, form: FormState) -> WebResult<maud::Markup> {
    let programs = program::list(&web.app, &team.actor).await?;
    let shell = admin_shell(web, team).await?;
    let view = Invite {
        programs: named(&programs),
        form,
    };
    Ok(pages::invite(&team.cx, &shell, &view))
}

async fn new(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let state = paging.query.state();
    let form = state
        .with("send_mail", "1")
        .with("lang", team.cx.lang.code());
    Ok(Page(invite_page(&web, &team, form).await?))
}

async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let input = fields.read("program").map(|program| NewPartner {
        program,
        name: fields.text("name"),
        email: fields.text("email"),
        company: fields.text("company"),
        country: fields.text("country"),
        website: fields.text("website"),
        lang: Lang::parse(&fields.text("lang")).unwrap_or_default(),
        groups: Vec::new(),
        types: Vec::new(),
        send_mail: fields.checked("send_mail"),
    });
    let done = match input {
        Some(input) => partner::invite(&web.app, &team.actor, input).await,
        None => Err(AppError::field("program", "required")),
    };
    match done {
        Ok((partner, _)) => {
            let path = format!("/admin/partners/{}", partner.id);
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "partner-invited")))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(invite_page(&web, &team, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// Approves or pauses the ticked ones; those that cannot change are left as they are.
async fn bulk(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let act = EnrollmentStatus::from_code(&fields.text("act"));
    let allowed = [EnrollmentStatus::Approved, EnrollmentStatus::Paused];
    let status = act.filter(|status| allowed.contains(status));
    let status = status.ok_or_else(|| AppError::field("act", "not_a_choice"))?;
    let mut changed = 0_u32;
    for id in fields.all("id") {
        let Ok(id) = id.parse::<EnrollmentId>() else {
            continue;
        };
        match partner::set_status(&web.app, &team.actor, id, status, "").await {
            Ok(_) => changed += 1,
            Err(AppError::Conflict(_) | AppError::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let (tone, text) = if changed == 0 {
        (Tone::Warn, t!(team.cx, "partner-bulk-none"))
    } else {
        (Tone::Ok, t!(team.cx, "partner-bulk-done", n = changed))
    };
    Ok(see_with("/admin/partners", tone, &text).into_response())
}
