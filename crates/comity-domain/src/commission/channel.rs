//! Through which channel a credited contact came.

use crate::attribution::TouchKind;

/// The longest name of a channel, in characters: longer marks are ids, not names.
const MAX_NAME: usize = 60;

/// The channel of a contact, lower case: for a click the partner's first mark on it
/// (`s1`), else what the link is labelled; every other contact is its own channel.
///
/// Partners choose marks and labels themselves, so a rule that pays more for a channel
/// trusts them with it.
#[must_use]
pub fn channel(touch: TouchKind, mark: Option<&str>, label: Option<&str>) -> String {
    let names = [mark, label].into_iter().flatten();
    let named = names
        .map(|name| name.trim().to_lowercase())
        .find(|name| !name.is_empty() && name.chars().count() <= MAX_NAME);
    match touch {
        TouchKind::Click => named.unwrap_or_else(|| touch.code().to_owned()),
        TouchKind::ExclusiveCoupon => TouchKind::Coupon.code().to_owned(),
        other => other.code().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_is_named_by_its_mark_then_by_its_link() {
        let long = "x".repeat(61);
        let of = |mark, label| channel(TouchKind::Click, mark, label);
        assert_eq!(of(Some(" Newsletter "), Some("Blog")), "newsletter");
        assert_eq!(of(Some(" "), Some("Blog")), "blog");
        assert_eq!(of(Some(&long), Some("Blog")), "blog");
        assert_eq!(of(None, None), "click");
    }

    #[test]
    fn what_is_no_click_is_its_own_channel() {
        assert_eq!(channel(TouchKind::Qr, Some("blog"), None), "qr");
        assert_eq!(channel(TouchKind::ExclusiveCoupon, None, None), "coupon");
        assert_eq!(
            channel(TouchKind::ReferralClaim, None, None),
            "referral_claim"
        );
    }
}
