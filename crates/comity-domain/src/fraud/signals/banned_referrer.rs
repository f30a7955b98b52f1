//! The click came from a banned place.

use crate::fraud::{Conversion, Evidence, Policy};

/// Fires when a pattern of the policy matches host and path of the referrer.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let referrer = conversion.click.as_ref()?.referrer.as_deref()?;
    let pattern = policy
        .banned_referrers
        .iter()
        .find(|pattern| matches(pattern, referrer))?;
    Some(Evidence::BannedReferrer {
        pattern: pattern.clone(),
    })
}

/// `*` stands for any text. A pattern without a path covers the whole host.
fn matches(pattern: &str, referrer: &str) -> bool {
    let host = referrer.split('/').next().unwrap_or(referrer);
    let text = if pattern.contains('/') {
        referrer
    } else {
        host
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(middle) = last.replace(part) {
            match rest.split_once(middle) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |end| rest.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_cover_hosts_and_paths() {
        for (pattern, referrer, expected) in [
            ("spam.example", "spam.example/page", true),
            ("spam.example", "notspam.example", false),
            ("*.spam.example", "a.spam.example/x", true),
            ("*.spam.example", "spam.example", false),
            ("shop.example/coupons*", "shop.example/coupons/today", true),
            ("shop.example/coupons*", "shop.example/blog", false),
            ("*coupon*deal*", "my.coupon.site.deal.example", true),
            ("*coupon*deal*", "deal.coupon.example", false),
            ("", "any.example", false),
        ] {
            assert_eq!(matches(pattern, referrer), expected, "{pattern} {referrer}");
        }
    }
}
