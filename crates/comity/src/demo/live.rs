//! Traffic while the demonstration runs: real clicks over the redirect host, and
//! now and then a lead and a sale.

use std::net::SocketAddr;
use std::time::Duration;

use comity_app::tracking::{Happening, Hints, NewCustomer, NewEvent, program_of, record};
use comity_app::{App, AppError, link};
use comity_domain::time::{DAY, MINUTE};
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, ClickId, LinkId, Money, RawId};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::cast;
use super::chance::Chance;

/// Mean pause between clicks.
const PAUSE_MS: u64 = 2_500;

/// Clicks and buys until told to stop.
pub async fn simulate(app: App, redirect: SocketAddr, mut stop: watch::Receiver<bool>) {
    let seed = u64::try_from(app.now().micros()).unwrap_or(1);
    let dice = Chance::new(seed);
    let mut number: u32 = 0;
    loop {
        let pause = Duration::from_millis(PAUSE_MS / 2 + dice.below(PAUSE_MS));
        if tokio::time::timeout(pause, stop.wait_for(|stop| *stop))
            .await
            .is_ok()
        {
            return;
        }
        number = number.wrapping_add(1);
        if let Err(error) = visit(&app, redirect, &dice, number).await {
            tracing::debug!("a simulated visit failed: {error}");
        }
    }
}

async fn visit(
    app: &App,
    redirect: SocketAddr,
    dice: &Chance,
    number: u32,
) -> Result<(), AppError> {
    let links = link::facts_since(
        app,
        app.now().plus(-4_000 * DAY),
        LinkId(RawId([0; 16])),
        60,
    )
    .await?;
    let Some(first) = links.first() else {
        return Ok(());
    };
    // Squaring prefers the front of the list, which holds the strong partners.
    let roll = dice.below(100) * dice.below(100) / 100;
    let index = usize::try_from(roll).unwrap_or(0) * links.len() / 100;
    let chosen = links.get(index).unwrap_or(first);
    let agent = format!("{} Demo/{number}", dice.pick(cast::BROWSERS));
    let Some(click) = follow(redirect, chosen.link.slug.as_str(), &agent).await else {
        return Ok(());
    };
    if !dice.happens(160) {
        return Ok(());
    }
    let actor = Actor::System {
        tenant: chosen.link.tenant,
    };
    let hints = Hints {
        click: Some(click),
        ..Hints::default()
    };
    let program = program_of(app, &actor, &hints).await?;
    let stamp = app.now().micros();
    let cents = if dice.happens(500) { 4_900 } else { 12_900 };
    let currency = chosen.program.currency;
    let event = |kind, id: String, cents| NewEvent {
        program,
        happening: Happening::Kind(kind),
        external_id: id,
        aliases: Vec::new(),
        refers_to: Vec::new(),
        click: Some(click),
        coupons: Vec::new(),
        customer: NewCustomer {
            external_id: format!("live-{stamp}"),
            country: dice.pick(cast::COUNTRIES).to_owned(),
            ..NewCustomer::default()
        },
        net: Money::new(cents, currency),
        gross: Money::new(cents, currency),
        items: Vec::new(),
        // Nobody decides within a second; the story runs faster than people.
        occurred_at: Some(app.now().plus(3 * MINUTE)),
        metadata: std::collections::BTreeMap::new(),
    };
    record(
        app,
        &actor,
        "api",
        event(EventKind::Lead, format!("live-lead-{stamp}"), 0),
    )
    .await?;
    if dice.happens(500) {
        record(
            app,
            &actor,
            "api",
            event(EventKind::Sale, format!("live-order-{stamp}"), cents),
        )
        .await?;
    }
    Ok(())
}

/// Follows a link as a browser does; the click id stands in the landing address.
async fn follow(redirect: SocketAddr, slug: &str, agent: &str) -> Option<ClickId> {
    let request = format!(
        "GET /{slug} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\nAccept-Language: en\r\n\
         Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nConnection: close\r\n\r\n"
    );
    let exchange = async {
        let mut stream = TcpStream::connect(redirect).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.take(16_384).read_to_end(&mut answer).await.ok()?;
        let text = String::from_utf8(answer).ok()?;
        let (_, after) = text.split_once("cid=")?;
        let id: String = after
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        id.parse().ok()
    };
    tokio::time::timeout(Duration::from_secs(5), exchange)
        .await
        .ok()
        .flatten()
}
