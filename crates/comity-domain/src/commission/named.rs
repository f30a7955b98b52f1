//! What rules call by name, so that typos are found.

use std::collections::BTreeSet;

use super::condition::Condition;
use super::rule::RuleSet;

/// Names from outside the rules: of the shop's products and of the program's tiers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalogue {
    /// Product ids.
    pub products: BTreeSet<String>,
    /// Stock keeping units.
    pub skus: BTreeSet<String>,
    /// Categories.
    pub categories: BTreeSet<String>,
    /// Tiers of partners.
    pub tiers: BTreeSet<String>,
}

/// Every name the rules use.
#[must_use]
pub fn named(set: &RuleSet) -> Catalogue {
    let mut found = Catalogue::default();
    for rule in &set.rules {
        collect(&rule.when, &mut found);
    }
    found
}

fn collect(condition: &Condition, into: &mut Catalogue) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                collect(part, into);
            }
        }
        Condition::Not(part) => collect(part, into),
        Condition::Product(list) => into.products.extend(list.iter().cloned()),
        Condition::Sku(list) => into.skus.extend(list.iter().cloned()),
        Condition::Category(list) => into.categories.extend(list.iter().cloned()),
        Condition::PartnerTier(list) => into.tiers.extend(list.iter().cloned()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bps;
    use crate::commission::{RewardSpec, Rule};

    #[test]
    fn names_are_found_however_deep() {
        let text = |name: &str| vec![name.to_owned()];
        let when = Condition::All(vec![
            Condition::Not(Box::new(Condition::Product(text("pro")))),
            Condition::Any(vec![
                Condition::Sku(text("PRO-1")),
                Condition::Category(text("plans")),
                Condition::PartnerTier(text("Gold")),
            ]),
        ]);
        let set = RuleSet::of(Rule {
            when,
            ..Rule::new("a", "A", RewardSpec::Percent(Bps(1_000)))
        });
        let one = |name: &str| BTreeSet::from([name.to_owned()]);
        let found = Catalogue {
            products: one("pro"),
            skus: one("PRO-1"),
            categories: one("plans"),
            tiers: one("Gold"),
        };
        assert_eq!(named(&set), found);
    }
}
