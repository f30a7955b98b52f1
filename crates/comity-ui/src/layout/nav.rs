//! The admin navigation as data: a page is added by one line.

use super::admin::NavCounts;
use crate::i18n::Key;
use crate::icon::Icon;
use crate::key;

/// A page of the navigation.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// Its name.
    pub key: Key,
    /// Its address; sub-pages below it keep it marked.
    pub href: &'static str,
    /// Pages elsewhere that belong to it.
    pub also: &'static [&'static str],
    /// Its icon.
    pub icon: Icon,
    /// The letter after `g` that goes there, or empty.
    pub go: &'static str,
    /// The number beside it.
    pub count: fn(&NavCounts) -> u64,
}

/// A titled group of pages.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// Heading; the first group has none.
    pub title: Option<Key>,
    /// Pages in order.
    pub items: &'static [Item],
}

const NONE: fn(&NavCounts) -> u64 = |_| 0;

const fn item(key: Key, href: &'static str, icon: Icon, go: &'static str) -> Item {
    Item {
        key,
        href,
        also: &[],
        icon,
        go,
        count: NONE,
    }
}

/// The side bar of the admin app.
pub const ADMIN: &[Group] = &[
    Group {
        title: None,
        items: &[
            item(key!("shell-nav-overview"), "/admin", Icon::House, "o"),
            Item {
                count: |n| n.payouts,
                ..item(
                    key!("shell-nav-payouts"),
                    "/admin/payouts",
                    Icon::Wallet,
                    "y",
                )
            },
            Item {
                count: |n| n.inquiries,
                ..item(
                    key!("shell-nav-inquiries"),
                    "/admin/inquiries",
                    Icon::MessageSquare,
                    "q",
                )
            },
        ],
    },
    Group {
        title: Some(key!("shell-nav-partners")),
        items: &[
            item(
                key!("shell-nav-all-partners"),
                "/admin/partners",
                Icon::Users,
                "p",
            ),
            Item {
                count: |n| n.applications,
                ..item(
                    key!("shell-nav-applications"),
                    "/admin/applications",
                    Icon::UserPlus,
                    "a",
                )
            },
            Item {
                also: &["/admin/types"],
                ..item(key!("shell-nav-groups"), "/admin/groups", Icon::Layers, "t")
            },
            Item {
                also: &["/admin/coupons"],
                ..item(key!("shell-nav-links"), "/admin/links", Icon::Link, "l")
            },
            item(
                key!("shell-nav-announcements"),
                "/admin/announcements",
                Icon::Mail,
                "n",
            ),
        ],
    },
    Group {
        title: Some(key!("shell-nav-results")),
        items: &[
            item(
                key!("shell-nav-customers"),
                "/admin/customers",
                Icon::ShoppingBag,
                "u",
            ),
            Item {
                also: &["/admin/clicks", "/admin/trace"],
                ..item(
                    key!("shell-nav-events"),
                    "/admin/events",
                    Icon::Activity,
                    "e",
                )
            },
            item(
                key!("shell-nav-commissions"),
                "/admin/commissions",
                Icon::BadgeDollarSign,
                "c",
            ),
            Item {
                also: &["/admin/dormant"],
                ..item(key!("shell-nav-rewards"), "/admin/rewards", Icon::Gift, "w")
            },
            Item {
                count: |n| n.risk,
                ..item(
                    key!("shell-nav-risk"),
                    "/admin/risk",
                    Icon::ShieldAlert,
                    "r",
                )
            },
        ],
    },
    Group {
        title: Some(key!("shell-nav-program")),
        items: &[
            Item {
                also: &["/admin/objectives", "/admin/costs"],
                ..item(
                    key!("shell-nav-programs"),
                    "/admin/programs",
                    Icon::Target,
                    "m",
                )
            },
            item(
                key!("shell-nav-settings"),
                "/admin/settings",
                Icon::Settings,
                "s",
            ),
        ],
    },
];

/// The tabs of the settings, by name and address.
pub const SETTINGS: &[(Key, &str)] = &[
    (key!("shell-set-brand"), "/admin/settings"),
    (key!("shell-set-domains"), "/admin/settings/domains"),
    (key!("shell-set-tracking"), "/admin/settings/tracking"),
    (key!("shell-set-payouts"), "/admin/settings/payouts"),
    (key!("shell-set-rates"), "/admin/settings/rates"),
    (key!("shell-set-team"), "/admin/settings/team"),
    (key!("shell-set-keys"), "/admin/settings/api-keys"),
    (key!("shell-set-webhooks"), "/admin/settings/webhooks"),
    (key!("shell-set-connections"), "/admin/settings/connections"),
    (key!("shell-set-import"), "/admin/settings/import"),
    (key!("shell-set-outbox"), "/admin/settings/outbox"),
    (key!("shell-set-audit"), "/admin/settings/audit"),
];

/// True when `path` is the page of this tab or lies below it; the first tab has nothing below.
pub(super) fn is_setting(href: &str, path: &str) -> bool {
    let below = path
        .strip_prefix(href)
        .is_some_and(|rest| rest.starts_with('/'));
    path == href || (below && href != SETTINGS[0].1)
}

/// What can be begun from anywhere: name, the page that begins it, icon.
pub const ACTIONS: &[(Key, &str, Icon)] = &[
    (
        key!("shell-act-partner"),
        "/admin/partners/new",
        Icon::UserPlus,
    ),
    (key!("shell-act-link"), "/admin/links/new", Icon::Link),
    (key!("shell-act-coupon"), "/admin/coupons/new", Icon::Tag),
    (
        key!("shell-act-program"),
        "/admin/programs/new",
        Icon::Target,
    ),
    (key!("shell-act-trace"), "/admin/trace", Icon::Activity),
];

/// True when `path` is one of the item's pages or lies below it.
pub(super) fn is_current(item: &Item, path: &str) -> bool {
    let own = |base: &str| {
        let below = path
            .strip_prefix(base)
            .is_some_and(|rest| rest.starts_with('/'));
        path == base || (below && base != "/admin")
    };
    own(item.href) || item.also.iter().any(|base| own(base))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_page_marks_exactly_one_item() {
        let items: Vec<&Item> = ADMIN.iter().flat_map(|group| group.items).collect();
        for item in &items {
            for base in [item.href].iter().chain(item.also) {
                for path in [(*base).to_owned(), format!("{base}/x")] {
                    let marked = items
                        .iter()
                        .filter(|other| is_current(other, &path))
                        .count();
                    assert_eq!(marked, usize::from(path != "/admin/x"), "{path}");
                }
            }
        }
    }

    #[test]
    fn each_settings_page_marks_exactly_one_tab() {
        for (_, href) in SETTINGS {
            for path in [(*href).to_owned(), format!("{href}/x")] {
                let marked = SETTINGS.iter().filter(|(_, tab)| is_setting(tab, &path));
                let wanted = usize::from(path != "/admin/settings/x");
                assert_eq!(marked.count(), wanted, "{path}");
            }
        }
    }

    #[test]
    fn go_keys_are_unique() {
        let keys: Vec<&str> = ADMIN.iter().flat_map(|g| g.items).map(|i| i.go).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }
}
