//! Rewards and limits between the form and the rules.

use comity_domain::commission::{
    Cap, CapPer, Due, Instalment, Measure, Milestone, Period, Prize, RewardSpec, Tier, TierMode,
    TierPay, TierTable,
};
use comity_domain::{Currency, Money};
use comity_ui::admin::rule::Parts;
use comity_ui::component::FormState;

use super::read::Reader;

impl Reader<'_> {
    pub(super) fn reward(&mut self, parts: &Parts) -> RewardSpec {
        self.at(".reward", main_field(&parts.reward));
        match parts.reward.as_str() {
            "flat" => RewardSpec::Flat(self.money("sum")),
            "per_item" => RewardSpec::PerItem(self.money("sum")),
            "tiers" => RewardSpec::Tiers(self.table(&parts.tiers)),
            "milestone" => RewardSpec::Milestone(self.milestone()),
            "instalments" => RewardSpec::Instalments(self.instalments(&parts.instalments)),
            "share_of_commission" => RewardSpec::ShareOfCommission(self.percent("rate")),
            "perk" => RewardSpec::Perk {
                unit: self.fields.text("unit"),
                quantity: self.count("quantity"),
            },
            _ => RewardSpec::Percent(self.percent("rate")),
        }
    }

    fn table(&mut self, rows: &[usize]) -> TierTable {
        self.at(".reward.tiers.period", "reward_days");
        self.at(".reward.tiers.mode", "mode");
        let measure = self.measure("measure");
        let mut tiers = Vec::new();
        for (place, index) in rows.iter().enumerate() {
            let name = |part: &str| format!("t{index}_{part}");
            let path = format!(".reward.tiers.tiers[{place}]");
            self.at(&path, &name("from"));
            self.at(&format!("{path}.to"), &name("to"));
            self.at(&format!("{path}.pay"), &name("value"));
            let pay = if self.fields.text(&name("unit")) == "flat" {
                TierPay::Flat(self.money(&name("value")))
            } else {
                TierPay::Percent(self.percent(&name("value")))
            };
            let to = self.fields.filled(&name("to"));
            tiers.push(Tier {
                from: self.total(&name("from"), measure),
                to: to.map(|_| self.total(&name("to"), measure)),
                pay,
            });
        }
        TierTable {
            mode: match self.fields.text("mode").as_str() {
                "retroactive" => TierMode::Retroactive,
                "fixed" => TierMode::Fixed,
                _ => TierMode::Marginal,
            },
            measure,
            period: self.period("reward"),
            tiers,
        }
    }

    fn milestone(&mut self) -> Milestone {
        self.at(".reward.milestone.at", "at");
        self.at(".reward.milestone.period", "reward_days");
        let measure = self.measure("measure");
        let prize = if self.fields.text("prize") == "perk" {
            self.at(".reward.milestone.prize", "unit");
            Prize::Perk {
                unit: self.fields.text("unit"),
                quantity: self.count("quantity"),
            }
        } else {
            self.at(".reward.milestone.prize", "sum");
            Prize::Cash(self.money("sum"))
        };
        Milestone {
            measure,
            period: self.period("reward"),
            at: self.total("at", measure),
            repeat: self.fields.checked("repeat"),
            prize,
        }
    }

    fn instalments(&mut self, rows: &[usize]) -> Vec<Instalment> {
        let mut all = Vec::new();
        for (place, index) in rows.iter().enumerate() {
            let name = |part: &str| format!("p{index}_{part}");
            let path = format!(".reward.instalments[{place}]");
            self.at(&path, &name("sum"));
            self.at(&format!("{path}.due"), &name("at"));
            let due = if self.fields.text(&name("due")) == "days" {
                Due::AfterDays(self.count(&name("at")))
            } else {
                let measure = self.measure(&name("due"));
                Due::Milestone {
                    measure,
                    at: self.total(&name("at"), measure),
                }
            };
            let amount = self.money(&name("sum"));
            all.push(Instalment { amount, due });
        }
        all
    }
}

/// Where problems of the whole reward are said.
fn main_field(reward: &str) -> &str {
    match reward {
        "flat" | "per_item" => "sum",
        "tiers" => "tiers",
        "milestone" => "at",
        "instalments" => "instalments",
        "perk" => "unit",
        _ => "rate",
    }
}

/// The code of a kind of reward, as in the JSON.
const fn code(reward: &RewardSpec) -> &'static str {
    match reward {
        RewardSpec::Percent(_) => "percent",
        RewardSpec::Flat(_) => "flat",
        RewardSpec::PerItem(_) => "per_item",
        RewardSpec::Tiers(_) => "tiers",
        RewardSpec::Milestone(_) => "milestone",
        RewardSpec::Instalments(_) => "instalments",
        RewardSpec::ShareOfCommission(_) => "share_of_commission",
        RewardSpec::Perk { .. } => "perk",
    }
}

/// Fills the fields of the reward.
pub(super) fn fill(
    reward: &RewardSpec,
    currency: Currency,
    parts: &mut Parts,
    form: FormState,
) -> FormState {
    code(reward).clone_into(&mut parts.reward);
    let form = form.with("reward", code(reward));
    match reward {
        RewardSpec::Percent(rate) | RewardSpec::ShareOfCommission(rate) => {
            form.with("rate", percent_text(rate.0))
        }
        RewardSpec::Flat(sum) | RewardSpec::PerItem(sum) => form.with("sum", sum.decimal()),
        RewardSpec::Tiers(table) => fill_table(table, currency, parts, form),
        RewardSpec::Milestone(milestone) => fill_milestone(milestone, currency, form),
        RewardSpec::Instalments(list) => fill_instalments(list, parts, form),
        RewardSpec::Perk { unit, quantity } => form
            .with("unit", unit)
            .with("quantity", quantity.to_string()),
    }
}

fn fill_table(
    table: &TierTable,
    currency: Currency,
    parts: &mut Parts,
    mut form: FormState,
) -> FormState {
    let mode = match table.mode {
        TierMode::Marginal => "marginal",
        TierMode::Retroactive => "retroactive",
        TierMode::Fixed => "fixed",
    };
    form = form
        .with("mode", mode)
        .with("measure", measure_code(table.measure));
    form = with_period(form, "reward", table.period);
    for (index, tier) in table.tiers.iter().enumerate() {
        parts.tiers.push(index);
        let name = |part: &str| format!("t{index}_{part}");
        let (unit, value) = match tier.pay {
            TierPay::Percent(rate) => ("percent", percent_text(rate.0)),
            TierPay::Flat(sum) => ("flat", sum.decimal()),
        };
        form = form
            .with(&name("unit"), unit)
            .with(&name("value"), value)
            .with(
                &name("from"),
                total_text(table.measure, tier.from, currency),
            );
        if let Some(to) = tier.to {
            form = form.with(&name("to"), total_text(table.measure, to, currency));
        }
    }
    form
}

fn fill_milestone(milestone: &Milestone, currency: Currency, form: FormState) -> FormState {
    let form = form
        .with("measure", measure_code(milestone.measure))
        .with("at", total_text(milestone.measure, milestone.at, currency))
        .with("repeat", if milestone.repeat { "1" } else { "" });
    let form = with_period(form, "reward", milestone.period);
    match &milestone.prize {
        Prize::Cash(sum) => form.with("prize", "cash").with("sum", sum.decimal()),
        Prize::Perk { unit, quantity } => form
            .with("prize", "perk")
            .with("unit", unit)
            .with("quantity", quantity.to_string()),
    }
}

fn fill_instalments(list: &[Instalment], parts: &mut Parts, mut form: FormState) -> FormState {
    for (index, one) in list.iter().enumerate() {
        parts.instalments.push(index);
        let (due, at) = match one.due {
            Due::AfterDays(days) => ("days", days.to_string()),
            Due::Milestone { measure, at } => (
                measure_code(measure),
                total_text(measure, at, one.amount.currency),
            ),
        };
        form = form
            .with(&format!("p{index}_sum"), one.amount.decimal())
            .with(&format!("p{index}_due"), due)
            .with(&format!("p{index}_at"), at);
    }
    form
}

/// Fills the rows of limits.
pub(super) fn fill_caps(caps: &[Cap], rows: &mut Vec<usize>, mut form: FormState) -> FormState {
    for (index, cap) in caps.iter().enumerate() {
        rows.push(index);
        let per = match cap.per {
            CapPer::Order => "order",
            CapPer::Customer => "customer",
            CapPer::Partner => "partner",
            CapPer::Program => "program",
        };
        form = form
            .with(&format!("k{index}_limit"), cap.limit.decimal())
            .with(&format!("k{index}_per"), per);
        form = with_period(form, &format!("k{index}"), cap.period);
    }
    form
}

fn with_period(form: FormState, prefix: &str, period: Period) -> FormState {
    let all = fill_period(period).into_iter();
    all.fold(form, |form, (name, value)| {
        form.with(&format!("{prefix}_{name}"), value)
    })
}

/// A period as the fields `period` and `days`.
pub(super) fn fill_period(period: Period) -> Vec<(String, String)> {
    let code = match period {
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::Year => "year",
        Period::Lifetime => "lifetime",
        Period::RollingDays(days) => {
            return vec![
                ("period".to_owned(), "days".to_owned()),
                ("days".to_owned(), days.to_string()),
            ];
        }
    };
    vec![("period".to_owned(), code.to_owned())]
}

pub(super) const fn measure_code(measure: Measure) -> &'static str {
    match measure {
        Measure::Count => "count",
        Measure::Revenue => "revenue",
        Measure::Commission => "commission",
        Measure::NewCustomers => "new_customers",
    }
}

/// A total as typed: a plain decimal, or a whole number.
pub(super) fn total_text(measure: Measure, value: i64, currency: Currency) -> String {
    if measure.is_amount() {
        Money::new(value, currency).decimal()
    } else {
        value.to_string()
    }
}

/// A rate as typed: `12.5`.
pub(super) fn percent_text(bps: u32) -> String {
    let (whole, part) = (bps / 100, bps % 100);
    if part == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{part:02}")
            .trim_end_matches('0')
            .to_owned()
    }
}
