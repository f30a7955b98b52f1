//! Words about programs: models, statuses, and the rules in a sentence (G4).

use comity_domain::attribution::{AttributionPolicy, CreditModel};
use comity_domain::commission::{Beneficiary, RewardSpec, RuleSet, TierPay};
use comity_domain::program::{
    BusinessStage, Complexity, ProgramModel, ProgramSettings, ProgramStatus,
};
use comity_domain::{Bps, Currency, Money};
use maud::Markup;

use crate::component::{Tone, badge};
use crate::i18n::Key;
use crate::public::landing::Point;
use crate::{Cx, fmt, key, t};

/// Name and one sentence of a model (A3).
#[must_use]
pub const fn model_keys(model: ProgramModel) -> (Key, Key) {
    match model {
        ProgramModel::Affiliate => (
            key!("program-model-affiliate"),
            key!("program-model-affiliate-is"),
        ),
        ProgramModel::Referral => (
            key!("program-model-referral"),
            key!("program-model-referral-is"),
        ),
        ProgramModel::Strategic => (
            key!("program-model-strategic"),
            key!("program-model-strategic-is"),
        ),
        ProgramModel::Community => (
            key!("program-model-community"),
            key!("program-model-community-is"),
        ),
        ProgramModel::Creator => (
            key!("program-model-creator"),
            key!("program-model-creator-is"),
        ),
        ProgramModel::Ambassador => (
            key!("program-model-ambassador"),
            key!("program-model-ambassador-is"),
        ),
    }
}

/// The name of a stage (A6).
#[must_use]
pub const fn stage_key(stage: BusinessStage) -> Key {
    match stage {
        BusinessStage::Early => key!("program-stage-early"),
        BusinessStage::Growth => key!("program-stage-growth"),
        BusinessStage::Mature => key!("program-stage-mature"),
    }
}

/// The name of a grade.
#[must_use]
pub const fn grade_key(grade: Complexity) -> Key {
    match grade {
        Complexity::Low => key!("program-grade-low"),
        Complexity::Medium => key!("program-grade-medium"),
        Complexity::High => key!("program-grade-high"),
    }
}

/// The name of a status.
#[must_use]
pub const fn status_key(status: ProgramStatus) -> Key {
    match status {
        ProgramStatus::Draft => key!("program-status-draft"),
        ProgramStatus::Active => key!("program-status-active"),
        ProgramStatus::Paused => key!("program-status-paused"),
        ProgramStatus::Closed => key!("program-status-closed"),
    }
}

/// The status as a badge.
#[must_use]
pub fn status_badge(cx: &Cx, status: ProgramStatus) -> Markup {
    let tone = match status {
        ProgramStatus::Draft => Tone::Info,
        ProgramStatus::Active => Tone::Ok,
        ProgramStatus::Paused => Tone::Warn,
        ProgramStatus::Closed => Tone::Neutral,
    };
    badge(tone, &cx.text(status_key(status)))
}

/// What reaching a status does, and the button that does it.
#[must_use]
pub const fn change_keys(status: ProgramStatus) -> (Key, Key) {
    match status {
        ProgramStatus::Active | ProgramStatus::Draft => {
            (key!("program-do-open"), key!("program-effect-open"))
        }
        ProgramStatus::Paused => (key!("program-do-pause"), key!("program-effect-pause")),
        ProgramStatus::Closed => (key!("program-do-close"), key!("program-effect-close")),
    }
}

/// The main reward in a few words, or nothing when partners earn no money.
#[must_use]
pub fn reward(cx: &Cx, rules: &RuleSet) -> Option<String> {
    let rule = rules
        .rules
        .iter()
        .find(|rule| rule.to == Beneficiary::Partner)?;
    match &rule.reward {
        RewardSpec::Percent(rate) => Some(t!(
            cx,
            "program-pays-percent",
            rate = fmt::percent(cx, *rate)
        )),
        RewardSpec::Flat(sum) | RewardSpec::PerItem(sum) => {
            Some(t!(cx, "program-pays-flat", sum = fmt::money(cx, *sum)))
        }
        RewardSpec::Tiers(table) => {
            let rates = table.tiers.iter().filter_map(|tier| match tier.pay {
                TierPay::Percent(rate) => Some(rate),
                TierPay::Flat(_) => None,
            });
            let best: Bps = rates.max()?;
            Some(t!(cx, "program-pays-up-to", rate = fmt::percent(cx, best)))
        }
        RewardSpec::Milestone(_)
        | RewardSpec::Instalments(_)
        | RewardSpec::ShareOfCommission(_)
        | RewardSpec::Perk { .. } => None,
    }
}

/// Who is credited, in a sentence.
#[must_use]
pub fn credit(cx: &Cx, policy: &AttributionPolicy) -> String {
    let n = policy.window_days;
    match policy.model {
        CreditModel::First | CreditModel::LifetimeFirstOwner => {
            t!(cx, "program-credit-first", n = n)
        }
        CreditModel::Linear
        | CreditModel::TimeDecay { .. }
        | CreditModel::Position { .. }
        | CreditModel::ManualSplit { .. } => t!(cx, "program-credit-shared", n = n),
        CreditModel::CouponFirst => t!(cx, "program-credit-coupon", n = n),
        CreditModel::Last => t!(cx, "program-credit-last", n = n),
    }
}

/// Reward, attribution and payout in plain words, for the public page.
#[must_use]
pub fn points(
    cx: &Cx,
    rules: &RuleSet,
    policy: &AttributionPolicy,
    settings: &ProgramSettings,
    currency: Currency,
) -> Vec<Point> {
    let minimum = fmt::money(cx, Money::new(settings.payout_minimum_minor, currency));
    let mut all = Vec::new();
    if let Some(title) = reward(cx, rules) {
        all.push(Point {
            title,
            text: t!(cx, "program-point-reward"),
        });
    }
    all.push(Point {
        title: t!(cx, "program-point-window", n = policy.window_days),
        text: credit(cx, policy),
    });
    all.push(Point {
        title: t!(cx, "program-point-payout", sum = minimum),
        text: t!(cx, "program-point-hold", n = settings.hold_days),
    });
    if settings.referee_discount_bps > 0 {
        let rate = fmt::percent(cx, Bps(settings.referee_discount_bps));
        all.push(Point {
            title: t!(cx, "program-point-friends", rate = rate),
            text: t!(cx, "program-point-friends-text"),
        });
    }
    all
}
