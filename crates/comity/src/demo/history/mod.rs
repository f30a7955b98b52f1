//! A year, day by day: clicks, leads, sales, renewals, refunds, holds and payouts.

mod orders;
mod risk;
mod visits;

use std::collections::BTreeMap;

use comity_app::application::{NewApplication, submit};
use comity_app::commission::release_due;
use comity_app::integration::inbound::{self, NewConnection};
use comity_app::{AppError, fraud, payout};
use comity_domain::partner::{Enrollment, Partner};
use comity_domain::program::Program;
use comity_domain::time::{DAY, HOUR};
use comity_domain::{ConnectionId, LinkId};
use comity_store::{installation, link};
use comity_ui::i18n::Lang;

use super::people::{Cast, Team, join, programs, team};
use super::{CAST, Story, cast, reward};
use orders::{Visit, buy, follow};
use visits::visits;

/// The days of the story.
const DAYS: i64 = 365;
/// Place of the creators' program.
const CREATORS: usize = 2;
/// The day a creator brings another one, after everybody else has joined.
const RECRUITED: i64 = 275;

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
    reward::offer(story, &crew, &programs).await?;
    let mut players: Vec<Player> = Vec::new();
    let mut agenda: BTreeMap<i64, Vec<Later>> = BTreeMap::new();
    let mut orders: u32 = 0;
    for day in 0..DAYS {
        let morning = start.plus(day * DAY + 6 * HOUR);
        story.clock.set(morning);
        reward::costs(story, &crew, &programs[0]).await?;
        newcomers(story, &crew, &programs, &mut players, day).await?;
        if day == RECRUITED {
            recruited(story, &crew, &programs[CREATORS], &mut players, day).await?;
        }
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
        let evening = start.plus(day * DAY + 22 * HOUR);
        risk::stage(story, &crew, &programs, &players, (day, evening)).await?;
        story.clock.set(start.plus(day * DAY + 23 * HOUR));
        for later in agenda.remove(&day).unwrap_or_default() {
            follow(story, &crew, &programs, &players, later, &mut agenda, day).await?;
        }
        if day % 7 == 0 {
            while release_due(&story.app).await? > 0 {}
            reward::hand_over(story, &crew).await?;
            risk::review(story, &crew, day).await?;
        }
        if day % 30 == 29 && day > 40 {
            pay(story, &crew, &programs, day > 350).await?;
        }
    }
    story.clock.set(story.end);
    while fraud::escalate_due(&story.app).await? > 0 {}
    applicants(story).await?;
    let connections = connect(story, &crew, &programs[0]).await?;
    finish(story, &crew, &players, connections).await
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

/// The first creator's recruit applies through the recruiting link and is let in.
async fn recruited(
    story: &Story,
    crew: &Team,
    program: &Program,
    players: &mut Vec<Player>,
    day: i64,
) -> Result<(), AppError> {
    let by = players.iter().find(|player| player.program == CREATORS);
    let by = by.ok_or(AppError::NotFound("partner"))?.enrollment.id;
    let (partner, enrollment) = reward::recruit(story, crew, program, by).await?;
    let mut tx = story.app.store.read().await?;
    let links = link::of_enrollment(&mut tx, crew.tenant, enrollment.id).await?;
    let own = links.into_iter().next().ok_or(AppError::NotFound("link"))?;
    players.push(Player {
        partner,
        enrollment,
        program: CREATORS,
        link: own.id,
        slug: own.slug.to_string(),
        pull: 3_000,
        joined: day,
    });
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
            by: String::new(),
            ip: "203.0.113.0".to_owned(),
        };
        submit(&story.app, "acme-partners", application).await?;
    }
    Ok(())
}

/// The shops that report to the first program. Their secrets are known, so that anybody can try a
/// signed message.
async fn connect(
    story: &Story,
    crew: &Team,
    program: &Program,
) -> Result<BTreeMap<String, ConnectionId>, AppError> {
    let mut made = BTreeMap::new();
    for &(kind, name, secret) in cast::CONNECTIONS {
        let new = NewConnection {
            program: program.id,
            kind: kind.to_owned(),
            name: name.to_owned(),
            secret: secret.to_owned(),
        };
        let connection = inbound::create(&story.app, &crew.owner, new).await?;
        made.insert(connection.kind, connection.id);
    }
    Ok(made)
}

async fn finish(
    story: &Story,
    crew: &Team,
    players: &[Player],
    connections: BTreeMap<String, ConnectionId>,
) -> Result<(), AppError> {
    let star = players.first().ok_or(AppError::NotFound("partner"))?;
    let (owner, manager) = crew.ids();
    let cast = Cast {
        tenant: crew.tenant,
        owner,
        manager,
        star: star.partner.id,
        star_slug: star.slug.clone(),
        connections,
    };
    let text =
        serde_json::to_string(&cast).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut tx = story.app.store.write().await?;
    installation::set(&mut tx, CAST, &text).await?;
    tx.commit().await?;
    Ok(())
}
