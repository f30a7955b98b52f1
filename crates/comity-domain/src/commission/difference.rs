//! What differs between two versions of the rules.

use std::collections::BTreeSet;

use super::rule::{Rule, RuleSet};

/// One difference, in the order of the newer rules; what is gone comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference<'a> {
    /// A rule that was not there.
    Added(&'a Rule),
    /// A rule that says something else: before and after.
    Changed(&'a Rule, &'a Rule),
    /// A rule that stands elsewhere in the order.
    Moved(&'a Rule),
    /// A rule that is gone.
    Removed(&'a Rule),
    /// The limits over all rules changed.
    Caps,
}

/// The differences from `old` to `new`; rules are the same when their ids are.
/// As few rules as possible are called moved.
#[must_use]
pub fn differences<'a>(old: &'a RuleSet, new: &'a RuleSet) -> Vec<Difference<'a>> {
    let before = |id: &str| old.rules.iter().find(|rule| rule.id == id);
    let stay = in_order(old, new);
    let mut found = Vec::new();
    for rule in &new.rules {
        match before(&rule.id) {
            None => found.push(Difference::Added(rule)),
            Some(was) => {
                if was != rule {
                    found.push(Difference::Changed(was, rule));
                }
                if !stay.contains(rule.id.as_str()) {
                    found.push(Difference::Moved(rule));
                }
            }
        }
    }
    let gone = |rule: &&Rule| !new.rules.iter().any(|one| one.id == rule.id);
    found.extend(old.rules.iter().filter(gone).map(Difference::Removed));
    if old.caps != new.caps {
        found.push(Difference::Caps);
    }
    found
}

/// The ids of a longest common subsequence: the rules that keep their order.
fn in_order<'a>(old: &'a RuleSet, new: &RuleSet) -> BTreeSet<&'a str> {
    let (rows, columns) = (old.rules.len(), new.rules.len());
    let mut longest = vec![vec![0_usize; columns + 1]; rows + 1];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            longest[i][j] = if old.rules[i].id == new.rules[j].id {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut kept = BTreeSet::new();
    while i < rows && j < columns {
        if old.rules[i].id == new.rules[j].id {
            kept.insert(old.rules[i].id.as_str());
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bps;
    use crate::commission::RewardSpec;
    use proptest::prelude::*;

    fn set(ids: &[u8]) -> RuleSet {
        let rule = |id: &u8| {
            let name = format!("r{id}");
            Rule::new(&name, &name, RewardSpec::Percent(Bps(100)))
        };
        RuleSet {
            rules: ids.iter().map(rule).collect(),
            caps: Vec::new(),
        }
    }

    #[test]
    fn one_rule_that_goes_to_the_end_is_the_only_one_moved() {
        let (old, new) = (set(&[1, 2, 3, 4]), set(&[2, 3, 4, 1]));
        assert_eq!(differences(&old, &new), [Difference::Moved(&new.rules[3])]);
    }

    #[test]
    fn a_change_an_addition_and_a_removal_are_told_apart() {
        let (old, mut new) = (set(&[1, 2]), set(&[1, 3]));
        new.rules[0].name = "other".to_owned();
        let found = differences(&old, &new);
        let expected = [
            Difference::Changed(&old.rules[0], &new.rules[0]),
            Difference::Added(&new.rules[1]),
            Difference::Removed(&old.rules[1]),
        ];
        assert_eq!(found, expected);
    }

    proptest! {
        #[test]
        fn nothing_differs_exactly_when_the_sets_are_equal(
            old in prop::sample::subsequence((0_u8..8).collect::<Vec<_>>(), 0..8).prop_shuffle(),
            new in prop::sample::subsequence((0_u8..8).collect::<Vec<_>>(), 0..8).prop_shuffle(),
        ) {
            let (old, new) = (set(&old), set(&new));
            prop_assert_eq!(differences(&old, &new).is_empty(), old == new);
        }
    }
}
