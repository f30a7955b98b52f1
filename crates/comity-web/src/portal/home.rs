//! `/portal`: the balance, the link, the numbers, the next step.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::portal::{self, Home};
use comity_app::{AppError, link, tracking};
use comity_domain::ProgramId;
use comity_domain::link::LinkStatus;
use comity_domain::partner::EnrollmentStatus;
use comity_ui::component::Task;
use comity_ui::portal::home::{self as pages, Home as View};
use comity_ui::{Cx, route, t};

use super::frame::{Frame, PROGRAM_COOKIE};
use super::present;
use crate::error::WebResult;
use crate::extract::{Id, set_cookie};
use crate::page::{Page, see};
use crate::state::WebState;

/// The choice of a program is kept for a year.
const YEAR: u32 = 365 * 86_400;
/// Older announcements are read on their own page.
const NEWS_DAYS: i64 = 30;

/// `GET /portal`.
pub(super) async fn page(State(web): State<WebState>, frame: Frame) -> WebResult {
    if let Some(response) = frame.terms_first() {
        return Ok(response);
    }
    let home = portal::home(&web.app, frame.actor(), &frame.here).await?;
    let rewards = portal::rewards(&web.app, frame.actor(), &frame.here).await?;
    let news = portal::latest(&web.app, frame.actor(), &frame.here, 1).await?;
    let recently = web.app.now().plus_days(-NEWS_DAYS);
    let links = portal::links(&web.app, frame.actor(), &frame.here).await?;
    // The oldest active link is the one a partner has printed and remembers.
    let main = links.rows.iter().rev();
    let mut active = main.filter(|row| row.link.status == LinkStatus::Active);
    let cx = &frame.cx;
    let earns = frame.here.enrollment.status.earns();
    let view = View {
        late: tracking::complete_until(&web.app).await?,
        balances: vec![present::balance(&home.balance)],
        clears_at: home.clears_at,
        next: present::next_payout(&frame.here, &home.balance, home.has_method),
        link: active.next().map(|row| link::url(&web.app, &row.link)),
        leads: home
            .days
            .iter()
            .map(|day| present::count(day.counts.leads))
            .sum(),
        customers: home
            .days
            .iter()
            .map(|day| present::count(day.counts.sales))
            .sum(),
        days: home
            .days
            .iter()
            .map(|day| (day.start, present::count(day.counts.clicks)))
            .collect(),
        tasks: if earns { tasks(cx, &home) } else { Vec::new() },
        recent: home
            .recent
            .iter()
            .map(|row| present::earning(cx, &row.commission, &row.external_id))
            .collect(),
        rewards: (!rewards.is_empty())
            .then(|| present::count(rewards.units.iter().map(|units| units.open).sum())),
        news: news.into_iter().find_map(|one| {
            let at = one.sent_at.unwrap_or(one.created_at);
            (at >= recently).then_some((one.subject, at))
        }),
        terms_changed: frame.here.terms_open,
        notice: notice(cx, &frame),
        shell: frame.shell,
    };
    Ok(Page(pages::page(cx, &view)).into_response())
}

fn tasks(cx: &Cx, home: &Home) -> Vec<Task> {
    let task = |title: String, text: String, done, action| Task {
        title,
        text,
        done,
        action,
    };
    let share = (
        t!(cx, "portal-task-share-go"),
        route::PORTAL_LINKS.to_owned(),
    );
    let method = (
        t!(cx, "portal-task-method-go"),
        route::PORTAL_METHOD.to_owned(),
    );
    let why = t!(cx, "portal-task-share-text");
    vec![
        task(t!(cx, "portal-task-share"), why, home.clicked, Some(share)),
        task(
            t!(cx, "portal-task-method"),
            String::new(),
            home.has_method,
            Some(method),
        ),
        task(t!(cx, "portal-task-sale"), String::new(), home.sold, None),
    ]
}

/// Why nothing is earned at the moment, with the team's own words where there are some.
fn notice(cx: &Cx, frame: &Frame) -> String {
    let enrollment = &frame.here.enrollment;
    let text = match enrollment.status {
        EnrollmentStatus::Approved => return String::new(),
        EnrollmentStatus::Invited => t!(cx, "portal-status-invited"),
        EnrollmentStatus::Pending => t!(cx, "portal-status-pending"),
        EnrollmentStatus::Rejected => t!(cx, "portal-status-rejected"),
        EnrollmentStatus::Paused => t!(cx, "portal-status-paused"),
        EnrollmentStatus::Banned => t!(cx, "portal-status-banned"),
        EnrollmentStatus::Archived => t!(cx, "portal-status-archived"),
    };
    if enrollment.reason_text.is_empty() {
        text
    } else {
        format!("{text} {}", enrollment.reason_text)
    }
}

/// `GET /portal/programs/{id}`: shows another of the partner's programs from now on.
pub(super) async fn choose(
    State(web): State<WebState>,
    frame: Frame,
    Id(id): Id<ProgramId>,
) -> WebResult<Response> {
    let here = portal::here(&web.app, frame.actor(), Some(id)).await?;
    if here.program.id != id {
        return Err(AppError::NotFound("program").into());
    }
    let mut response = see(route::PORTAL);
    set_cookie(
        response.headers_mut(),
        PROGRAM_COOKIE,
        &id.to_string(),
        YEAR,
        web.is_https(),
    );
    Ok(response)
}
