//! The two partners somebody has to look at: one buys from itself, one buys its clicks.

use comity_app::AppError;
use comity_app::fraud::{self, Deed, Filter};
use comity_app::tracking::{NewCustomer, record, ship_clicks};
use comity_domain::fraud::SignalKind;
use comity_domain::ledger::ReversalReason;
use comity_domain::program::Program;
use comity_domain::time::{DAY, MINUTE, SECOND};
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, Timestamp};

use super::orders::{blank, colleague};
use super::visits::shipped;
use super::{DAYS, Player};
use crate::demo::Story;
use crate::demo::people::Team;

/// Cases looked at in one week; the story has a handful.
const MOST: i64 = 50;

/// The manager looks at what is older than two days; the last week is left for the reader.
pub(super) async fn review(story: &Story, crew: &Team, day: i64) -> Result<(), AppError> {
    if day > DAYS - 8 {
        return Ok(());
    }
    let (app, manager) = (&story.app, &crew.manager);
    let waiting = Filter {
        state: "undecided".to_owned(),
        ..Filter::default()
    };
    for row in fraud::cases(app, manager, &waiting, None, MOST).await? {
        if app.clock.now().since(row.case.opened_at) < 2 * DAY {
            continue;
        }
        let own = row.case.signals.contains(SignalKind::SameCompany.code());
        let (deed, text) = if own {
            let text = "The order came from your own company. Our terms exclude own purchases.";
            (Deed::Reject(ReversalReason::SelfReferral), text)
        } else {
            let text =
                "We looked at the campaign: this order stands. Please agree ads with us first.";
            (Deed::Release { mute: false }, text)
        };
        fraud::act(app, manager, row.case.id, deed, text).await?;
    }
    Ok(())
}

/// What the reader finds: an own purchase that is overdue, and a bought click of yesterday
/// whose partner appeals.
pub(super) async fn stage(
    story: &Story,
    crew: &Team,
    programs: &[Program; 3],
    players: &[Player],
    (day, evening): (i64, Timestamp),
) -> Result<(), AppError> {
    let named = |name: &str| players.iter().find(|player| player.partner.name == name);
    if day == DAYS - 5
        && let Some(hawk) = named("Coupon Hawk")
    {
        let email = colleague(&hawk.partner.email);
        order(story, crew, programs, hawk, (evening, 25 * MINUTE), &email).await?;
    }
    if day == DAYS - 1
        && let Some(rush) = named("ClickRush")
    {
        let email = "customer-rush@mail.example";
        order(story, crew, programs, rush, (evening, 3 * SECOND), email).await?;
        let rows = fraud::cases(&story.app, &crew.manager, &of(rush), None, 1).await?;
        if let Some(row) = rows.first() {
            let partner = Actor::Partner {
                tenant: crew.tenant,
                id: rush.partner.id,
                impersonator: None,
            };
            story.clock.set(evening.plus(40 * MINUTE));
            let text = "We run a search campaign that your team agreed to in spring.";
            fraud::appeal(&story.app, &partner, row.case.commission, text, &[]).await?;
        }
    }
    Ok(())
}

fn of(player: &Player) -> Filter {
    Filter {
        partner: Some(player.partner.id),
        state: "open".to_owned(),
        ..Filter::default()
    }
}

/// A click and an order so much later.
async fn order(
    story: &Story,
    crew: &Team,
    programs: &[Program; 3],
    player: &Player,
    (at, later): (Timestamp, i64),
    email: &str,
) -> Result<(), AppError> {
    let click = shipped(story, player, at, true);
    let id = click.click.id;
    story.clock.set(at.plus(later));
    ship_clicks(&story.app, &[click]).await?;
    let program = &programs[player.program];
    let number = format!("order-{}", player.slug);
    let mut sale = blank(
        program,
        EventKind::Sale,
        number.clone(),
        12_900,
        at.plus(later),
    );
    sale.click = Some(id);
    sale.customer = NewCustomer {
        external_id: format!("customer-{number}"),
        email: email.to_owned(),
        name: String::new(),
        country: "DE".to_owned(),
    };
    let system = Actor::System {
        tenant: crew.tenant,
    };
    record(&story.app, &system, "stripe", sale).await?;
    Ok(())
}
