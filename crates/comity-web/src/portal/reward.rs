//! `/portal/rewards`: perks, badges, partners brought.

use axum::extract::State;
use comity_app::portal::{self, Rewards};
use comity_app::recognition::Progress;
use comity_domain::{Currency, Money};
use comity_ui::portal::reward::{self as pages, Badge, Given, Recruiting, Units};
use comity_ui::{Cx, fmt, t};

use super::frame::Frame;
use crate::error::WebResult;
use crate::page::Page;
use crate::state::WebState;

/// `GET /portal/rewards`.
pub(super) async fn page(State(web): State<WebState>, frame: Frame) -> WebResult<Page> {
    let found = portal::rewards(&web.app, frame.actor(), &frame.here).await?;
    let currency = frame.here.program.currency;
    let view = view(&frame.cx, found, currency, frame.shell);
    Ok(Page(pages::page(&frame.cx, &view)))
}

fn view(
    cx: &Cx,
    found: Rewards,
    currency: Currency,
    shell: comity_ui::layout::portal::PortalShell,
) -> pages::Rewards {
    let names: Vec<(String, String)> = found
        .history
        .iter()
        .map(|row| (row.grant.unit.as_str().to_owned(), row.perk_name.clone()))
        .collect();
    let history = found.history.into_iter().map(|row| Given {
        name: row.perk_name,
        quantity: row.grant.quantity,
        status: row.grant.status,
        note: row.grant.note,
        at: row.grant.occurred_at,
    });
    pages::Rewards {
        shell,
        units: found
            .units
            .into_iter()
            .filter(|units| units.open + units.received > 0)
            .map(|units| Units {
                name: units.name,
                description: units.description,
                open: units.open,
                received: units.received,
            })
            .collect(),
        history: history.collect(),
        badges: found
            .badges
            .iter()
            .map(|one| badge(cx, one, currency, &names))
            .collect(),
        recruiting: found.recruiting.map(|of| Recruiting {
            link: of.link,
            count: u64::try_from(of.count).unwrap_or(0),
            rate: of.rate,
        }),
    }
}

fn badge(cx: &Cx, one: &Progress, currency: Currency, names: &[(String, String)]) -> Badge {
    let of = &one.badge;
    let money = matches!(of.measure.as_str(), "revenue" | "commission");
    let number = |n: i64| {
        if money {
            fmt::money(cx, Money::new(n, currency))
        } else {
            fmt::number(cx, n)
        }
    };
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let perk = names.iter().find(|(unit, _)| *unit == of.unit);
    Badge {
        name: of.name.clone(),
        description: of.description.clone(),
        text: t!(
            cx,
            "reward-progress",
            now = number(one.total.clamp(0, of.threshold)),
            goal = crate::admin::reward_goal(cx, of, currency)
        ),
        progress: (count(one.total), count(of.threshold)),
        unlocks: if of.unit.is_empty() {
            String::new()
        } else {
            let name = perk.map_or_else(|| of.unit.replace('_', " "), |(_, name)| name.clone());
            format!("{} × {name}", of.quantity)
        },
        awarded_at: one.awarded_at,
    }
}
