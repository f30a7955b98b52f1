//! A year, day by day: clicks, leads, sales, renewals, refunds, holds and payouts.

use std::collections::BTreeMap;

use comity_app::application::{NewApplication, submit};
use comity_app::commission::{Act, act, release_due};
use comity_app::tracking::{
    self, Happening, NewCustomer, NewEvent, ShippedClick, record, ship_clicks,
};
use comity_app::{AppError, payout};
use comity_domain::commission::Item;
use comity_domain::ledger::HoldReason;
use comity_domain::partner::{Enrollment, Partner};
use comity_domain::program::Program;
use comity_domain::time::{DAY, HOUR, MINUTE};
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, ClickId, LinkId, Money, Timestamp, VisitorId};
use comity_store::{installation, link};
use comity_ui::i18n::Lang;

use super::people::{Cast, Team, join, programs, team};
use super::{CAST, Story, cast};

/// Plans of the made-up product: name and monthly price in cents.
const PLANS: &[(&str, i64)] = &[
    ("Starter", 1_900),
    ("Team", 4_900),
    ("Team", 4_900),
    ("Business", 12_900),
];
/// The days of the story.
const DAYS: i64 = 365;

/// A partner in the story.
struct Player {
    partner: Partner,
    enrollment: Enrollment,
    program: usize,
    link: LinkId,
    slug: String,
    /// Clicks per day in thousandths, at full season.
    pull: u64,
    joined: i64,
}

/// Money that comes back or again later.
enum Later {
    Renewal {
        player: usize,
        customer: String,
        cents: i64,
        number: u32,
    },
    Refund {
        program: usize,
        sale: String,
        cents: i64,
    },
}

/// The whole year.
pub(super) async fn tell(story: &Story) -> Result<(), AppError> {
    let start = story.end.plus(-DAYS * DAY);
    story.clock.set(start);
    let crew = team(story).await?;
    let programs = programs(story, &crew).await?;
    let mut players: Vec<Player> = Vec::new();
    let mut agenda: BTreeMap<i64, Vec<Later>> = BTreeMap::new();
    let mut orders: u32 = 0;
    for day in 0..DAYS {
        let morning = start.plus(day * DAY + 6 * HOUR);
        story.clock.set(morning);
        newcomers(story, &crew, &programs, &mut players, day).await?;
        let clicks = visits(story, &players, day, start).await?;
        for (player, click, at) in clicks {
            story.clock.set(at);
            orders += 1;
            let visit = Visit {
                player,
                click,
                at,
                number: orders,
            };
            buy(story, &crew, &programs, &players, visit, &mut agenda, day).await?;
        }
        story.clock.set(start.plus(day * DAY + 23 * HOUR));
        for later in agenda.remove(&day).unwrap_or_default() {
            follow(story, &crew, &programs, &players, later, &mut agenda, day).await?;
        }
        if day % 7 == 0 {
            while release_due(&story.app).await? > 0 {}
        }
        if day % 30 == 29 && day > 40 {
            pay(story, &crew, &programs, day > 350).await?;
        }
    }
    story.clock.set(story.end);
    applicants(story).await?;
    finish(story, &crew, &players).await
}

/// Partners join over the first nine months, the strongest first.
async fn newcomers(
    story: &Story,
    crew: &Team,
    programs: &[Program; 3],
    players: &mut Vec<Player>,
    day: i64,
) -> Result<(), AppError> {
    let due = |index: usize| i64::try_from(index).unwrap_or(i64::MAX) * 270 / 60;
    while players.len() < cast::PARTNERS.len() && due(players.len()) <= day {
        let rank = players.len();
        let program = if rank % 7 == 5 {
            2
        } else {
            usize::from(rank % 4 == 3)
        };
        let (partner, enrollment) =
            join(story, crew, &programs[program], cast::PARTNERS[rank]).await?;
        let mut tx = story.app.store.read().await?;
        let links = link::of_enrollment(&mut tx, crew.tenant, enrollment.id).await?;
        let own = links.into_iter().next().ok_or(AppError::NotFound("link"))?;
        // A power law: the first has 14 clicks a day, the tenth 1.4, the fiftieth 0.3.
        let pull = 14_000 / (rank as u64 + 1);
        players.push(Player {
            partner,
            enrollment,
            program,
            link: own.id,
            slug: own.slug.to_string(),
            pull,
            joined: day,
        });
    }
    Ok(())
}

/// Season in percent: summer is quiet, late autumn is strong, weekends are half.
fn season(day: i64, start: Timestamp) -> u64 {
    let date = start.plus(day * DAY).date_in(&comity_domain::Zone::utc());
    let month = [90, 95, 105, 100, 95, 85, 65, 70, 105, 115, 140, 120]
        [usize::try_from(date.month() - 1).unwrap_or(0)];
    let weekend = date.weekday().to_monday_zero_offset() >= 5;
    if weekend { month / 2 } else { month }
}

/// The seventh partner falls silent for the last six weeks: the dip.
fn asleep(rank: usize, day: i64) -> bool {
    rank == 6 && day > DAYS - 45
}

/// A day's clicks; the answer is those that may buy.
async fn visits(
    story: &Story,
    players: &[Player],
    day: i64,
    start: Timestamp,
) -> Result<Vec<(usize, ClickId, Timestamp)>, AppError> {
    let mut batch = Vec::new();
    let mut interested = Vec::new();
    for (rank, player) in players.iter().enumerate() {
        let young = if day - player.joined < 5 { 300 } else { 1_000 };
        let mut count = story
            .dice
            .about(player.pull * season(day, start) / 100 * young / 1_000);
        if asleep(rank, day) {
            count = 0;
        }
        // ClickRush buys traffic that is none.
        let machine = player.partner.name == "ClickRush" && day > 300;
        count += if machine { 25 } else { 0 };
        for _ in 0..count {
            let seconds = i64::try_from(story.dice.below(14 * 3_600)).unwrap_or(0);
            let at = start.plus(day * DAY + 7 * HOUR).plus(seconds * 1_000_000);
            let person = !machine && !story.dice.happens(90);
            let click = shipped(story, player, at, person);
            if person && story.dice.happens(58) {
                interested.push((rank, click.click.id, at.plus(20 * MINUTE)));
            }
            batch.push(click);
        }
    }
    ship_clicks(&story.app, &batch).await?;
    interested.sort_by_key(|(_, _, at)| *at);
    Ok(interested)
}

fn shipped(story: &Story, player: &Player, at: Timestamp, person: bool) -> ShippedClick {
    let dice = &story.dice;
    let id: ClickId = comity_app::port::Random::id(dice.as_ref(), at).into();
    let visitor: VisitorId = comity_app::port::Random::id(dice.as_ref(), at).into();
    let (class, reason, agent) = if person {
        ("person", "", dice.pick(cast::BROWSERS))
    } else {
        (
            "crawler",
            "agent.search-engine",
            "Mozilla/5.0 (compatible; ExampleBot/1.0; +https://bot.example)",
        )
    };
    let click = tracking::Click {
        id,
        tenant: player.enrollment.tenant,
        program: player.enrollment.program,
        link: player.link,
        partner: player.partner.id,
        enrollment: player.enrollment.id,
        visitor,
        at,
        class: class.to_owned(),
        reason: reason.to_owned(),
        qr: dice.happens(30),
        ip_prefix: format!("203.0.{}.0", dice.below(200)),
        ip_hash: dice.next().to_be_bytes().to_vec(),
        user_agent: agent.to_owned(),
        referrer: dice.pick(cast::REFERRERS).to_owned(),
        destination: "https://acme.example/".to_owned(),
        sub_ids_json: "{}".to_owned(),
    };
    ShippedClick {
        click,
        counts: person,
        stands_for: None,
    }
}

struct Visit {
    player: usize,
    click: ClickId,
    at: Timestamp,
    number: u32,
}

/// A lead, and for most of them a sale the same day.
async fn buy(
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
    let recorded = record(&story.app, &system, "stripe", sale).await?;
    suspicious(story, crew, player, &recorded.commissions).await?;
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
    // Coupon Hawk buys through its own link now and then.
    let own = player.partner.name == "Coupon Hawk" && number.is_multiple_of(3);
    let email = if own {
        player.partner.email.clone()
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

/// The manager holds what looks wrong.
async fn suspicious(
    story: &Story,
    crew: &Team,
    player: &Player,
    commissions: &[comity_app::commission::Commission],
) -> Result<(), AppError> {
    if !matches!(player.partner.name.as_str(), "Coupon Hawk" | "ClickRush") {
        return Ok(());
    }
    for commission in commissions
        .iter()
        .filter(|commission| commission.hold_until.is_some())
    {
        let hold = Act::Hold(HoldReason::FraudReview);
        let text =
            "We are checking the traffic behind this order and will answer within three days.";
        act(&story.app, &crew.manager, commission.id, hold, text).await?;
    }
    Ok(())
}

fn blank(program: &Program, kind: EventKind, id: String, cents: i64, at: Timestamp) -> NewEvent {
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
async fn follow(
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

/// The monthly run: planned by the manager, approved by finance, settled. The
/// last one waits for approval, so that there is something to do.
async fn pay(
    story: &Story,
    crew: &Team,
    programs: &[Program; 3],
    last: bool,
) -> Result<(), AppError> {
    while release_due(&story.app).await? > 0 {}
    for program in programs {
        let batches = match payout::create(&story.app, &crew.manager, program.id, None).await {
            Err(AppError::Conflict("nothing_to_pay")) => continue,
            other => other?,
        };
        if last {
            continue;
        }
        for batch in batches {
            payout::approve(&story.app, &crew.finance, batch.id).await?;
            payout::mark_sent(&story.app, &crew.finance, batch.id).await?;
            payout::settle_batch(&story.app, &crew.finance, batch.id).await?;
        }
    }
    Ok(())
}

async fn applicants(story: &Story) -> Result<(), AppError> {
    for &(name, _, country, website) in cast::APPLICANTS {
        let host = website.trim_start_matches("https://");
        let host = if host.is_empty() {
            "mailinator.com"
        } else {
            host
        };
        let application = NewApplication {
            name: name.to_owned(),
            email: format!("hi@{host}"),
            website: website.to_owned(),
            country: country.to_owned(),
            pitch: "I write about tools for small teams and have used Acme for a year.".to_owned(),
            answers: BTreeMap::new(),
            terms: true,
            lang: Lang::En,
            source: "direct".to_owned(),
            ip: "203.0.113.0".to_owned(),
        };
        submit(&story.app, "acme-partners", application).await?;
    }
    Ok(())
}

async fn finish(story: &Story, crew: &Team, players: &[Player]) -> Result<(), AppError> {
    let star = players.first().ok_or(AppError::NotFound("partner"))?;
    let (owner, manager) = crew.ids();
    let cast = Cast {
        tenant: crew.tenant,
        owner,
        manager,
        star: star.partner.id,
        star_slug: star.slug.clone(),
    };
    let text =
        serde_json::to_string(&cast).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut tx = story.app.store.write().await?;
    installation::set(&mut tx, CAST, &text).await?;
    tx.commit().await?;
    Ok(())
}
