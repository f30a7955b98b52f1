//! What makes an objective measurable, and what makes it vague.

/// What an objective measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Valid clicks.
    Clicks,
    /// Leads.
    Leads,
    /// Sales.
    Sales,
    /// Revenue less refunds, minor units.
    Revenue,
    /// Partners approved.
    NewPartners,
    /// Partners who brought a lead or a sale.
    ActivePartners,
}

impl Metric {
    /// Every metric.
    pub const ALL: [Self; 6] = [
        Self::Sales,
        Self::Revenue,
        Self::Leads,
        Self::Clicks,
        Self::NewPartners,
        Self::ActivePartners,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clicks => "clicks",
            Self::Leads => "leads",
            Self::Sales => "sales",
            Self::Revenue => "revenue",
            Self::NewPartners => "new_partners",
            Self::ActivePartners => "active_partners",
        }
    }

    /// The metric with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.code() == code)
    }

    /// Whether its values are amounts of money.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Revenue)
    }
}

/// A doubt about an objective; it may be saved all the same (A2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The title says more, better, awareness and the like, without a number.
    VagueTitle,
    /// The target is not above the baseline.
    NoGrowth,
    /// The target is over ten times the baseline.
    Unlikely,
    /// Nobody answers for it.
    NoOwner,
    /// It serves no goal of the business.
    NoGoal,
}

impl Warning {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::VagueTitle => "vague_title",
            Self::NoGrowth => "no_growth",
            Self::Unlikely => "unlikely",
            Self::NoOwner => "no_owner",
            Self::NoGoal => "no_goal",
        }
    }
}

/// Beginnings of words that wish instead of saying how much.
const WISHES: [&str; 18] = [
    "more",
    "better",
    "grow",
    "improve",
    "increase",
    "boost",
    "awareness",
    "engage",
    "buzz",
    "больше",
    "лучше",
    "рост",
    "вырас",
    "улучш",
    "увелич",
    "повыс",
    "узнава",
    "охват",
];

/// Doubts about a title and its numbers.
#[must_use]
pub fn warnings(
    title: &str,
    (baseline, target): (i64, i64),
    (has_owner, has_goal): (bool, bool),
) -> Vec<Warning> {
    let title = title.to_lowercase();
    let wishes = title
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| WISHES.iter().any(|wish| word.starts_with(wish)));
    let vague = wishes && !title.contains(|c: char| c.is_ascii_digit());
    let checks = [
        (vague, Warning::VagueTitle),
        (target <= baseline, Warning::NoGrowth),
        (baseline > 0 && target / 10 > baseline, Warning::Unlikely),
        (!has_owner, Warning::NoOwner),
        (!has_goal, Warning::NoGoal),
    ];
    let found = checks.into_iter().filter(|(on, _)| *on);
    found.map(|(_, warning)| warning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a2_a_wish_is_not_a_goal() {
        let doubts = |title| warnings(title, (10, 50), (true, true));
        assert_eq!(doubts("Increase awareness"), [Warning::VagueTitle]);
        assert_eq!(doubts("Увеличить охват"), [Warning::VagueTitle]);
        assert!(doubts("Increase partner sales to 50 a month").is_empty());
        assert!(doubts("Fifty partner sales in May").is_empty());
    }

    #[test]
    fn a1_a_target_must_be_above_the_start_and_within_reach() {
        let doubts = |numbers| warnings("50 sales", numbers, (true, true));
        assert_eq!(doubts((50, 50)), [Warning::NoGrowth]);
        assert_eq!(doubts((1, 1_000)), [Warning::Unlikely]);
        assert!(doubts((0, 1_000)).is_empty());
        assert_eq!(
            warnings("50 sales", (0, 50), (false, false)),
            [Warning::NoOwner, Warning::NoGoal]
        );
    }
}
