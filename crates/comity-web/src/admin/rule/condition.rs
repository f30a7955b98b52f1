//! Conditions between the form's groups of tests and the tree of the rules.

use comity_domain::Currency;
use comity_domain::commission::{Condition, Measure, Range, Rule};
use comity_ui::admin::rule::Parts;
use comity_ui::component::FormState;
use comity_ui::rule::{Shape, Test};

use super::read::{Reader, add_test};
use super::reward::{fill_period, measure_code, percent_text, total_text};

impl Reader<'_> {
    /// The condition: every group must hold.
    pub(super) fn when(&mut self, parts: &Parts, old: Option<&Rule>) -> Condition {
        let mut all = Vec::new();
        if let Some(old) = old.filter(|_| self.fields.checked("keep_when")) {
            all.push(old.when.clone());
        }
        for (group, tests) in &parts.groups {
            let join = self.fields.text(&format!("g{group}_join"));
            let inside = match join.as_str() {
                "any" => ".any",
                "none" => ".not.any",
                "not_all" => ".not.all",
                _ => "",
            };
            let here = all.len();
            let mut rows = Vec::new();
            for (index, test) in tests {
                let place = if inside.is_empty() {
                    format!(".when.all[{}]", here + rows.len())
                } else {
                    format!(".when.all[{here}]{inside}[{}]", rows.len())
                };
                let leaf = self.leaf(*index, *test, &place);
                let not = self.fields.checked(&format!("c{index}_not"));
                rows.push(if not {
                    Condition::Not(Box::new(leaf))
                } else {
                    leaf
                });
            }
            match join.as_str() {
                "any" => all.push(Condition::Any(rows)),
                "none" => all.push(Condition::Not(Box::new(Condition::Any(rows)))),
                "not_all" => all.push(Condition::Not(Box::new(Condition::All(rows)))),
                _ => all.extend(rows),
            }
        }
        if all.is_empty() {
            Condition::Always
        } else {
            Condition::All(all)
        }
    }

    fn leaf(&mut self, index: usize, test: Test, place: &str) -> Condition {
        let name = |part: &str| format!("c{index}_{part}");
        match test.shape() {
            Shape::List => {
                self.at(place, &name("list"));
                let upper = matches!(test, Test::Coupon | Test::CustomerCountry);
                let mut list = self.list(&name("list"), upper);
                if test == Test::Channel {
                    list = list.iter().map(|name| name.to_lowercase()).collect();
                }
                if list.is_empty() {
                    self.refuse(&name("list"), "required");
                }
                of_list(test, list)
            }
            Shape::Money | Shape::Percent | Shape::Count => {
                self.at(place, &name("low"));
                let range = self.range(index, test.shape());
                of_range(test, range)
            }
            Shape::YesNo => {
                self.at(place, &name("yes"));
                let yes = self.fields.text(&name("yes")) != "0";
                if test == Test::CouponUsed {
                    Condition::CouponUsed(yes)
                } else {
                    Condition::CustomerIsNew(yes)
                }
            }
            Shape::Touches => Condition::Touch(self.ticked(index, place)),
            Shape::Types => Condition::PartnerType(self.ticked(index, place)),
            Shape::Groups => Condition::PartnerGroup(self.ticked(index, place)),
            Shape::Total => {
                self.at(place, &name("low"));
                let measure = self.measure(&name("measure"));
                let shape = if measure.is_amount() {
                    Shape::Money
                } else {
                    Shape::Count
                };
                Condition::PartnerTotal {
                    measure,
                    period: self.period(&format!("c{index}")),
                    range: self.range(index, shape),
                }
            }
            Shape::Metadata => {
                self.at(place, &name("key"));
                Condition::Metadata {
                    key: self.fields.text(&name("key")),
                    is: self.list(&name("list"), false),
                }
            }
        }
    }

    fn range(&mut self, index: usize, shape: Shape) -> Range {
        let mut end = |part: &str| {
            let field = format!("c{index}_{part}");
            self.fields.filled(&field)?;
            Some(match shape {
                Shape::Money => self.money(&field).minor,
                Shape::Percent => i64::from(self.percent(&field).0),
                _ => self.count(&field),
            })
        };
        let range = Range {
            at_least: end("low"),
            at_most: end("high"),
        };
        if range == Range::default() {
            self.refuse(&format!("c{index}_low"), "required");
        }
        range
    }

    /// The ticked choices of a row.
    fn ticked<T: std::str::FromStr>(&mut self, index: usize, place: &str) -> Vec<T> {
        let prefix = format!("c{index}_is_");
        self.at(place, &format!("c{index}_ids"));
        let names = self.fields.names();
        let all: Vec<T> = names
            .filter_map(|name| name.strip_prefix(&prefix)?.parse().ok())
            .collect();
        if all.is_empty() {
            self.refuse(&format!("c{index}_ids"), "required");
        }
        all
    }
}

fn of_list(test: Test, list: Vec<String>) -> Condition {
    match test {
        Test::Product => Condition::Product(list),
        Test::Sku => Condition::Sku(list),
        Test::Category => Condition::Category(list),
        Test::CustomerCountry => Condition::CustomerCountry(list),
        Test::Coupon => Condition::Coupon(list),
        Test::Channel => Condition::Channel(list),
        _ => Condition::PartnerTier(list),
    }
}

fn of_range(test: Test, range: Range) -> Condition {
    match test {
        Test::Amount => Condition::Amount(range),
        Test::DiscountDepth => Condition::DiscountDepth(range),
        Test::OrderNumber => Condition::OrderNumber(range),
        Test::SubscriptionMonths => Condition::SubscriptionMonths(range),
        Test::CustomerTenureDays => Condition::CustomerTenureDays(range),
        Test::PartnerTenureDays => Condition::PartnerTenureDays(range),
        Test::PartnerIdleDays => Condition::PartnerIdleDays(range),
        _ => Condition::RecruitedDays(range),
    }
}

type Row<'a> = (bool, &'a Condition);

/// The condition as groups of tests; nothing when it is nested deeper than the form.
fn groups(condition: &Condition) -> Option<Vec<(&'static str, Vec<Row<'_>>)>> {
    let parts = match condition {
        Condition::Always => return Some(Vec::new()),
        Condition::All(parts) => parts.iter().collect(),
        other => vec![other],
    };
    let (mut plain, mut found) = (Vec::new(), Vec::new());
    for part in parts {
        match (row(part), part) {
            (Some(row), _) => plain.push(row),
            (None, Condition::Any(list)) => found.push(("any", rows(list)?)),
            (None, Condition::All(list)) => found.push(("all", rows(list)?)),
            (None, Condition::Not(inner)) => match &**inner {
                Condition::Any(list) => found.push(("none", rows(list)?)),
                Condition::All(list) => found.push(("not_all", rows(list)?)),
                _ => return None,
            },
            _ => return None,
        }
    }
    if !plain.is_empty() {
        found.insert(0, ("all", plain));
    }
    Some(found)
}

fn rows(list: &[Condition]) -> Option<Vec<Row<'_>>> {
    let all: Option<Vec<Row<'_>>> = list.iter().map(row).collect();
    all.filter(|rows| !rows.is_empty())
}

fn row(condition: &Condition) -> Option<Row<'_>> {
    match condition {
        Condition::Always | Condition::All(_) | Condition::Any(_) => None,
        Condition::Not(inner) => match &**inner {
            Condition::Always | Condition::All(_) | Condition::Any(_) | Condition::Not(_) => None,
            leaf => Some((true, leaf)),
        },
        leaf => Some((false, leaf)),
    }
}

/// Fills the form's rows; answers whether the form can show the condition.
pub(super) fn fill(
    condition: &Condition,
    currency: Currency,
    parts: &mut Parts,
    mut form: FormState,
) -> (FormState, bool) {
    let Some(found) = groups(condition) else {
        return (form.with("keep_when", "1"), false);
    };
    let mut index = 0;
    for (group, (join, rows)) in found.into_iter().enumerate() {
        form = form.with(&format!("g{group}_join"), join);
        for (not, leaf) in rows {
            let (test, values) = values(leaf, currency);
            add_test(parts, group, index, test);
            if not {
                form = form.with(&format!("c{index}_not"), "1");
            }
            for (name, value) in values {
                form = form.with(&format!("c{index}_{name}"), value);
            }
            index += 1;
        }
    }
    (form, true)
}

type Values = Vec<(String, String)>;

/// A leaf as a test and its fields.
fn values(leaf: &Condition, currency: Currency) -> (Test, Values) {
    let list = |test, list: &[String]| (test, vec![("list".to_owned(), list.join(", "))]);
    let count = |test, range: &Range| (test, ends(*range, |n| n.to_string()));
    let yes = |test, yes: bool| (test, vec![("yes".to_owned(), u8::from(yes).to_string())]);
    match leaf {
        Condition::Amount(range) => {
            let money = |n| total_text(Measure::Revenue, n, currency);
            (Test::Amount, ends(*range, money))
        }
        Condition::DiscountDepth(range) => (
            Test::DiscountDepth,
            ends(*range, |n| percent_text(u32::try_from(n).unwrap_or(0))),
        ),
        Condition::Product(all) => list(Test::Product, all),
        Condition::Sku(all) => list(Test::Sku, all),
        Condition::Category(all) => list(Test::Category, all),
        Condition::OrderNumber(range) => count(Test::OrderNumber, range),
        Condition::SubscriptionMonths(range) => count(Test::SubscriptionMonths, range),
        Condition::CustomerCountry(all) => list(Test::CustomerCountry, all),
        Condition::CustomerTenureDays(range) => count(Test::CustomerTenureDays, range),
        Condition::CustomerIsNew(wanted) => yes(Test::CustomerIsNew, *wanted),
        Condition::CouponUsed(wanted) => yes(Test::CouponUsed, *wanted),
        Condition::Coupon(all) => list(Test::Coupon, all),
        Condition::Channel(all) => list(Test::Channel, all),
        Condition::PartnerTier(all) => list(Test::PartnerTier, all),
        Condition::PartnerTenureDays(range) => count(Test::PartnerTenureDays, range),
        Condition::PartnerIdleDays(range) => count(Test::PartnerIdleDays, range),
        Condition::RecruitedDays(range) => count(Test::RecruitedDays, range),
        Condition::Touch(all) => (Test::Touch, ticks(all)),
        Condition::PartnerType(all) => (Test::PartnerType, ticks(all)),
        Condition::PartnerGroup(all) => (Test::PartnerGroup, ticks(all)),
        Condition::PartnerTotal {
            measure,
            period,
            range,
        } => {
            let mut all = ends(*range, |n| total_text(*measure, n, currency));
            all.push(("measure".to_owned(), measure_code(*measure).to_owned()));
            all.extend(fill_period(*period));
            (Test::PartnerTotal, all)
        }
        Condition::Metadata { key, is } => {
            let all = vec![
                ("key".to_owned(), key.clone()),
                ("list".to_owned(), is.join(", ")),
            ];
            (Test::Metadata, all)
        }
        // Trees are taken apart before; nothing else reaches a row.
        Condition::Always | Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {
            (Test::Amount, Vec::new())
        }
    }
}

fn ticks<T: ToString>(all: &[T]) -> Values {
    let tick = |id: &T| (format!("is_{}", id.to_string()), "1".to_owned());
    all.iter().map(tick).collect()
}

fn ends(range: Range, show: impl Fn(i64) -> String) -> Values {
    let low = range.at_least.map(|n| ("low".to_owned(), show(n)));
    let high = range.at_most.map(|n| ("high".to_owned(), show(n)));
    low.into_iter().chain(high).collect()
}
