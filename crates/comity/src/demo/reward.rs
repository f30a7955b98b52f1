//! What the story gives beside commissions, what it costs, and what a customer may cost.

use std::collections::BTreeMap;

use comity_app::AppError;
use comity_app::application::{NewApplication, approve, submit};
use comity_app::commission::{RefereeAct, RefereeFilter, act_on_referee, referee_rewards};
use comity_app::kpi::{NewCost, NewGuard, enter_cost, set_guard};
use comity_app::recognition::{self, Act, Filter, NewBadge, NewPerk};
use comity_domain::commission::{
    EventKind, Measure, Milestone, Period, Prize, RewardSpec, Rule, RuleSet, Then,
};
use comity_domain::kpi::{AllowableCac, CacAction, CacGuard, CostKind};
use comity_domain::partner::{Enrollment, Partner};
use comity_domain::program::Program;
use comity_domain::{Bps, Currency, EnrollmentId, Money};
use comity_store::partner;
use comity_ui::i18n::Lang;

use super::Story;
use super::people::Team;

/// Grants looked at in a week.
const WEEK: i64 = 20;

/// A quarter of every sale; a bonus, a box of goods, and a share for whoever brings a creator.
pub(super) fn creator_rules() -> RuleSet {
    let reached = |id: &str, name: &str, at: i64, prize: Prize| {
        let milestone = Milestone {
            measure: Measure::Count,
            period: Period::Lifetime,
            at,
            repeat: false,
            prize,
        };
        Rule {
            on: vec![EventKind::Sale],
            then: Then::Stack,
            ..Rule::new(id, name, RewardSpec::Milestone(milestone))
        }
    };
    let goods = Prize::Perk {
        unit: "box_of_goods".to_owned(),
        quantity: 1,
    };
    let hundred = Prize::Cash(Money::new(10_000, Currency::USD));
    let mut set = RuleSet::of(reached("fifth-sale", "Box for the fifth sale", 5, goods));
    set.rules.push(reached(
        "tenth-sale",
        "Bonus for the tenth sale",
        10,
        hundred,
    ));
    let share = RewardSpec::Percent(Bps(2_500));
    set.rules.push(Rule::new("share", "Creator share", share));
    let recruiter = Rule::recruiter_share("recruiter", "Bringing a creator", Bps(1_000), 365);
    set.rules.push(recruiter);
    set
}

/// The catalogue and a badge of the creators, the costs of all months, and the guard.
pub(super) async fn offer(
    story: &Story,
    crew: &Team,
    programs: &[Program; 3],
) -> Result<(), AppError> {
    let [affiliates, _, creators] = programs;
    let perk = |name: &str, description: &str, cost_minor| NewPerk {
        name: name.to_owned(),
        description: description.to_owned(),
        cost_minor,
        active: true,
        ..NewPerk::default()
    };
    let app = &story.app;
    let goods = perk(
        "Box of goods",
        "A shirt, stickers and a handwritten card.",
        2_400,
    );
    let ticket = perk("Summit ticket", "A seat at our yearly meeting.", 19_000);
    for (program, new) in [
        (creators, goods.clone()),
        (creators, ticket),
        (affiliates, goods),
    ] {
        recognition::create_perk(app, &crew.owner, program.id, new).await?;
    }
    for (name, threshold) in [("First ten", 10), ("A hundred", 100), ("Five hundred", 500)] {
        let badge = NewBadge {
            name: name.to_owned(),
            description: "Sales and renewals since you joined.".to_owned(),
            measure: "count".to_owned(),
            threshold,
            unit: "box_of_goods".to_owned(),
            quantity: 1,
            active: true,
        };
        recognition::create_badge(app, &crew.owner, affiliates.id, badge).await?;
    }
    let badge = NewBadge {
        name: "Storyteller".to_owned(),
        description: "Fifteen sales through your own videos and posts.".to_owned(),
        measure: "count".to_owned(),
        threshold: 15,
        unit: "summit_ticket".to_owned(),
        quantity: 1,
        active: true,
    };
    recognition::create_badge(app, &crew.owner, creators.id, badge).await?;
    let guard = CacGuard {
        allowable: AllowableCac {
            ltv: Money::new(60_000, affiliates.currency),
            margin: Bps(8_000),
            share: Bps(1_500),
        },
        warn_at: Bps(8_000),
        above: CacAction::Warn,
        min_customers: 10,
    };
    let new = NewGuard {
        guard: Some(guard),
        platform_minor: 4_900,
        management_minor: 0,
    };
    set_guard(app, &crew.owner, affiliates.id, new).await
}

/// On the first of a month finance enters what that month costs.
pub(super) async fn costs(story: &Story, crew: &Team, program: &Program) -> Result<(), AppError> {
    let today = story.app.now().date_in(&program.zone);
    if today.day() != 1 {
        return Ok(());
    }
    let mut list = vec![NewCost {
        kind: CostKind::Management,
        amount_minor: 40_000,
        enrollment: None,
        starts_on: today.to_string(),
        ends_on: today.last_of_month().to_string(),
        note: "Partner agency, monthly retainer".to_owned(),
    }];
    if today.month() % 6 == 3 {
        list.push(NewCost {
            kind: CostKind::Platform,
            amount_minor: 12_500,
            enrollment: None,
            starts_on: today.to_string(),
            ends_on: String::new(),
            note: "Photo shoot for banners".to_owned(),
        });
    }
    for cost in list {
        enter_cost(&story.app, &crew.finance, program.id, cost).await?;
    }
    Ok(())
}

/// Once a week the manager hands over what waits, and the shop reports used codes; some parcels
/// come back, the newest still wait.
pub(super) async fn hand_over(story: &Story, crew: &Team) -> Result<(), AppError> {
    let filter = Filter {
        status: "pending".to_owned(),
        ..Filter::default()
    };
    let app = &story.app;
    let rows = recognition::grants(app, &crew.manager, &filter, None, WEEK).await?;
    let late = story.app.now().plus_days(-14);
    for row in rows.iter().filter(|row| row.grant.occurred_at < late) {
        let (act, note) = if story.dice.happens(850) {
            (Act::Fulfil, "Sent with a card. Thank you!")
        } else {
            (
                Act::Fail,
                "The parcel came back. Is the address still right?",
            )
        };
        recognition::act(app, &crew.manager, row.grant.id, act, note).await?;
    }
    let promised = RefereeFilter {
        status: "granted".to_owned(),
        ..RefereeFilter::default()
    };
    let rows = referee_rewards(app, &crew.manager, &promised, None, WEEK).await?;
    for row in rows.iter().filter(|row| row.reward.occurred_at < late) {
        let id = row.reward.id;
        act_on_referee(app, &crew.manager, id, RefereeAct::Honour, "").await?;
    }
    Ok(())
}

/// A creator who applies through another one's recruiting link.
pub(super) async fn recruit(
    story: &Story,
    crew: &Team,
    program: &Program,
    by: EnrollmentId,
) -> Result<(Partner, Enrollment), AppError> {
    let application = NewApplication {
        name: "Noor Aziz".to_owned(),
        email: "noor@nooraziz.example".to_owned(),
        website: "https://nooraziz.example".to_owned(),
        country: "NL".to_owned(),
        pitch: "I film how small teams plan. A friend in your program sent me.".to_owned(),
        answers: BTreeMap::new(),
        terms: true,
        lang: Lang::En,
        source: "recruiting".to_owned(),
        by: by.to_string(),
        ip: "203.0.113.0".to_owned(),
    };
    let app = &story.app;
    let submitted = submit(app, program.slug.as_str(), application).await?;
    let id = submitted.application.id;
    let done = approve(app, &crew.manager, id, &[], &[]).await?;
    let mut tx = app.store.read().await?;
    let missing = AppError::NotFound("partner");
    let id = done.enrollment.ok_or(AppError::NotFound("partner"))?;
    let enrollment = partner::enrollment(&mut tx, crew.tenant, id).await?;
    let enrollment = enrollment.ok_or(missing)?;
    let person = partner::get(&mut tx, crew.tenant, enrollment.partner).await?;
    Ok((person.ok_or(AppError::NotFound("partner"))?, enrollment))
}
