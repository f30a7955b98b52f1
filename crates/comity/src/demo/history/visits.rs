//! A day's clicks: seasons, weekends, machines and a partner who falls silent.

use comity_app::AppError;
use comity_app::tracking::{self, ShippedClick, ship_clicks};
use comity_domain::time::{DAY, HOUR, MINUTE};
use comity_domain::{ClickId, Timestamp, VisitorId};

use super::{DAYS, Player};
use crate::demo::{Story, cast};

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
pub(super) async fn visits(
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

pub(super) fn shipped(story: &Story, player: &Player, at: Timestamp, person: bool) -> ShippedClick {
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
        // ClickRush buys its visitors from an advertising network.
        destination: if player.partner.name == "ClickRush" {
            format!(
                "https://acme.example/?gclid=Cj0KCQ{}",
                dice.below(1_000_000)
            )
        } else {
            "https://acme.example/".to_owned()
        },
        sub_ids_json: "{}".to_owned(),
    };
    ShippedClick {
        click,
        counts: person,
        stands_for: None,
    }
}
