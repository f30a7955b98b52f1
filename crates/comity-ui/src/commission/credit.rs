//! Why a partner was credited: models and contacts in plain words.

use comity_domain::attribution::{CreditModel, Decision, TouchKind};
use comity_domain::id::EnrollmentId;
use comity_domain::money::Bps;

use crate::component::Step;
use crate::{Cx, fmt, t};

/// The name of an attribution model.
#[must_use]
pub fn model(cx: &Cx, model: &CreditModel) -> String {
    match model {
        CreditModel::Last => t!(cx, "commission-model-last"),
        CreditModel::First => t!(cx, "commission-model-first"),
        CreditModel::Linear => t!(cx, "commission-model-linear"),
        CreditModel::TimeDecay { .. } => t!(cx, "commission-model-decay"),
        CreditModel::Position { .. } => t!(cx, "commission-model-position"),
        CreditModel::CouponFirst => t!(cx, "commission-model-coupon"),
        CreditModel::LifetimeFirstOwner => t!(cx, "commission-model-owner"),
        CreditModel::ManualSplit { .. } => t!(cx, "commission-model-split"),
    }
}

/// A kind of contact.
#[must_use]
pub fn touch(cx: &Cx, kind: TouchKind) -> String {
    match kind {
        TouchKind::Manual => t!(cx, "commission-touch-manual"),
        TouchKind::DealRegistration => t!(cx, "commission-touch-deal"),
        TouchKind::ExclusiveCoupon => t!(cx, "commission-touch-exclusive"),
        TouchKind::ReferralClaim => t!(cx, "commission-touch-named"),
        TouchKind::EmailClaim => t!(cx, "commission-touch-email"),
        TouchKind::Coupon => t!(cx, "commission-touch-coupon"),
        TouchKind::Click => t!(cx, "commission-touch-click"),
        TouchKind::Qr => t!(cx, "commission-touch-qr"),
        TouchKind::View => t!(cx, "commission-touch-view"),
    }
}

/// What decided, in a sentence.
#[must_use]
pub fn rule(cx: &Cx, decision: &Decision) -> String {
    t!(
        cx,
        "commission-credit-model",
        model = model(cx, &decision.rule.model),
        days = decision.rule.window_days
    )
}

/// Why a membership has its share of an event; the share last.
#[must_use]
pub fn credit(cx: &Cx, decision: &Decision, own: EnrollmentId) -> Vec<Step> {
    let line = |text: String, detail: String| Step {
        text,
        detail,
        amount: String::new(),
        result: false,
    };
    let mut steps: Vec<Step> = decision
        .credits
        .iter()
        .chain(&decision.coupon_credits)
        .filter(|credit| credit.enrollment == own)
        .filter_map(|credit| {
            let found = decision
                .considered
                .iter()
                .find(|one| one.touch.id == credit.touch)?;
            let at = fmt::datetime(cx, found.touch.at);
            Some(line(touch(cx, found.touch.kind), at))
        })
        .collect();
    let others = decision
        .considered
        .iter()
        .filter(|one| one.touch.enrollment != own)
        .count();
    steps.push(line(
        rule(cx, decision),
        t!(cx, "commission-credit-others", n = others),
    ));
    let shares = decision.shares();
    if let Some(share) = shares.iter().find(|share| share.enrollment == own) {
        let share = fmt::percent(cx, Bps(share.share_bps));
        let text = t!(cx, "commission-credit-share", share = share);
        steps.push(Step {
            result: true,
            ..line(text, String::new())
        });
    }
    steps
}

/// The word for the code of a contact, or the code itself when a program named it.
#[must_use]
pub fn touch_word(cx: &Cx, code: &str) -> String {
    let known = TouchKind::ALL.iter().find(|kind| kind.code() == code);
    known.map_or_else(|| code.to_owned(), |kind| touch(cx, *kind))
}
