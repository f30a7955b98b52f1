//! What visitors do: leads, sales, renewals, refunds.

use std::collections::BTreeMap;

use comity_app::AppError;
use comity_app::tracking::{Happening, NewCustomer, NewEvent, record};
use comity_domain::commission::Item;
use comity_domain::program::Program;
use comity_domain::time::MINUTE;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, ClickId, Money, Timestamp};

use super::{Later, Player};
use crate::demo::people::Team;
use crate::demo::{Story, cast};

/// Plans of the made-up product: name and monthly price in cents.
const PLANS: &[(&str, i64)] = &[
    ("Starter", 1_900),
    ("Team", 4_900),
    ("Team", 4_900),
    ("Business", 12_900),
];

/// Somebody who clicked and may buy.
pub(super) struct Visit {
    /// Index of the partner.
    pub player: usize,
    /// The click.
    pub click: ClickId,
    /// When they decide.
    pub at: Timestamp,
    /// Running number.
    pub number: u32,
}

/// A lead, and for most of them a sale the same day.
pub(super) async fn buy(
    story: &Story,
    crew: &Team,
    programs: &[Program; 3],
    players: &[Player],
    visit: Visit,
    agenda: &mut BTreeMap<i64, Vec<Later>>,
    day: i64,
) -> Result<(), AppError> {
    let player = &players[visit.player];
    let program = &programs[player.program];
    let (plan, price) = story.dice.pick(PLANS);
    let customer = format!("customer-{}", visit.number);
    let mut lead = blank(
        program,
        EventKind::Lead,
        format!("lead-{}", visit.number),
        0,
        visit.at,
    );
    lead.click = Some(visit.click);
    lead.customer = buyer(story, player, &customer, visit.number);
    let who = lead.customer.clone();
    let system = Actor::System {
        tenant: crew.tenant,
    };
    record(&story.app, &system, "api", lead).await?;
    if !story.dice.happens(620) {
        return Ok(());
    }
    let yearly = story.dice.happens(200);
    let cents = if yearly { price * 10 } else { price };
    let sale_id = format!("order-{}", 10_000 + visit.number);
    let mut sale = blank(
        program,
        EventKind::Sale,
        sale_id.clone(),
        cents,
        visit.at.plus(2 * MINUTE),
    );
    sale.customer = who;
    let net = sale.net;
    sale.items = vec![Item {
        product: plan.to_owned(),
        sku: None,
        category: Some("subscription".to_owned()),
        quantity: 1,
        net,
    }];
    story.clock.set(visit.at.plus(2 * MINUTE));
    record(&story.app, &system, "stripe", sale).await?;
    if story.dice.happens(45) {
        let back = if story.dice.happens(500) {
            cents
        } else {
            cents / 2
        };
        let on = day + 3 + i64::try_from(story.dice.below(40)).unwrap_or(0);
        let refund = Later::Refund {
            program: player.program,
            sale: sale_id,
            cents: back,
        };
        agenda.entry(on).or_default().push(refund);
    } else if !yearly {
        let renewal = Later::Renewal {
            player: visit.player,
            customer,
            cents,
            number: 1,
        };
        agenda.entry(day + 30).or_default().push(renewal);
    }
    Ok(())
}

fn buyer(story: &Story, player: &Player, id: &str, number: u32) -> NewCustomer {
    // Coupon Hawk's own people buy through its link now and then.
    let own = player.partner.name == "Coupon Hawk" && number.is_multiple_of(3);
    let email = if own {
        colleague(&player.partner.email)
    } else {
        format!("{id}@mail.example")
    };
    NewCustomer {
        external_id: id.to_owned(),
        email,
        name: String::new(),
        country: story.dice.pick(cast::COUNTRIES).to_owned(),
    }
}

/// Another mailbox of the same company.
pub(super) fn colleague(email: &str) -> String {
    let domain = email.split_once('@').map_or("", |(_, domain)| domain);
    format!("orders@{domain}")
}

pub(super) fn blank(
    program: &Program,
    kind: EventKind,
    id: String,
    cents: i64,
    at: Timestamp,
) -> NewEvent {
    NewEvent {
        program: program.id,
        happening: Happening::Kind(kind),
        external_id: id,
        aliases: Vec::new(),
        refers_to: Vec::new(),
        click: None,
        coupons: Vec::new(),
        customer: NewCustomer::default(),
        net: Money::new(cents, program.currency),
        gross: Money::new(cents, program.currency),
        items: Vec::new(),
        occurred_at: Some(at),
        metadata: BTreeMap::new(),
    }
}

/// Renewals go on until a customer leaves; refunds go back.
pub(super) async fn follow(
    story: &Story,
    crew: &Team,
    programs: &[Program; 3],
    players: &[Player],
    later: Later,
    agenda: &mut BTreeMap<i64, Vec<Later>>,
    day: i64,
) -> Result<(), AppError> {
    let (system, now) = (
        Actor::System {
            tenant: crew.tenant,
        },
        story.app.clock.now(),
    );
    match later {
        Later::Renewal {
            player,
            customer,
            cents,
            number,
        } => {
            if story.dice.happens(120) {
                return Ok(());
            }
            let program = &programs[players[player].program];
            let mut event = blank(
                program,
                EventKind::Renewal,
                format!("{customer}-r{number}"),
                cents,
                now,
            );
            event.customer.external_id.clone_from(&customer);
            record(&story.app, &system, "stripe", event).await?;
            let next = Later::Renewal {
                player,
                customer,
                cents,
                number: number + 1,
            };
            agenda.entry(day + 30).or_default().push(next);
        }
        Later::Refund {
            program,
            sale,
            cents,
        } => {
            let mut event = blank(
                &programs[program],
                EventKind::Refund,
                format!("refund-{sale}"),
                cents,
                now,
            );
            event.refers_to = vec![sale];
            record(&story.app, &system, "stripe", event).await?;
        }
    }
    Ok(())
}
