//! What every page of the team shows around its content.

use comity_app::{kpi, program};
use comity_ui::layout::admin::{AdminShell, NavCounts, ProgramRef};

use crate::error::WebResult;
use crate::extract::Team;
use crate::state::WebState;

/// The frame of a page: organisation, programs, counts, and the message of the last act.
pub async fn admin_shell(web: &WebState, team: &Team) -> WebResult<AdminShell> {
    let programs = program::list(&web.app, &team.actor).await?;
    let waiting = kpi::waiting(&web.app, &team.actor).await?;
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let here = programs
        .iter()
        .position(|program| team.cx.path.contains(&program.id.to_string()))
        .unwrap_or(0);
    let entries = programs.iter().enumerate();
    Ok(AdminShell {
        organisation: team.signed.tenant.name.clone(),
        programs: entries
            .map(|(index, program)| ProgramRef {
                name: program.name.clone(),
                href: format!("/admin/programs/{}", program.id),
                current: index == here,
            })
            .collect(),
        user: team.signed.name.clone(),
        email: team.signed.email.clone(),
        counts: NavCounts {
            applications: number(waiting.applications),
            payouts: number(waiting.batches),
            inquiries: number(waiting.inquiries),
            risk: number(waiting.risk),
        },
        flash: team.flash.clone(),
        demo: team.signed.tenant.is_demo,
    })
}
