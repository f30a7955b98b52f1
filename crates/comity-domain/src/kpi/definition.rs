//! The list of key figures: name, unit, and which direction is better.
//! Titles and formulas for people are in the translations under the same code.

use serde::{Deserialize, Serialize};

/// What a figure is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hundredths of a percent.
    Percent,
    /// Minor units of a currency.
    Money,
    /// A number of things.
    Count,
}

/// Which direction is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// Declares the figures once; the list must be complete, so it is a macro.
macro_rules! kpis {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $unit:ident, $better:ident;)*) => {
        /// A key figure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kpi { $($(#[$doc])* $name,)* }

        impl Kpi {
            /// Every figure, in the order of the reports.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name in data and translations.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it is measured in.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Self::$name => Unit::$unit,)* }
            }

            /// Which direction is better.
            #[must_use]
            pub const fn better(self) -> Better {
                match self { $(Self::$name => Better::$better,)* }
            }
        }
    };
}

kpis! {
    /// Clicks (T1).
    Clicks = "clicks", Count, Higher;
    /// Conversions (T1).
    Conversions = "conversions", Count, Higher;
    /// Conversions ÷ clicks (T1): [`conversion_rate`](super::conversion_rate).
    ConversionRate = "conversion_rate", Percent, Higher;
    /// Net amounts of partner-brought orders (T1).
    Revenue = "revenue", Money, Higher;
    /// Commissions (T1).
    Commissions = "commissions", Money, Lower;
    /// Revenue ÷ orders: [`average_order`](super::average_order).
    AverageOrder = "average_order", Money, Higher;
    /// Commissions ÷ clicks: [`earnings_per_click`](super::earnings_per_click).
    EarningsPerClick = "earnings_per_click", Money, Higher;
    /// T2: [`program_roi`](super::program_roi).
    ProgramRoi = "program_roi", Percent, Higher;
    /// T3 over 30 days: [`activity_rate`](super::activity_rate).
    ActivityRate30 = "activity_rate30", Percent, Higher;
    /// T3 over 60 days.
    ActivityRate60 = "activity_rate60", Percent, Higher;
    /// T3 over 90 days.
    ActivityRate90 = "activity_rate90", Percent, Higher;
    /// T4: [`earnings_per_active`](super::earnings_per_active).
    EarningsPerActive = "earnings_per_active", Money, Higher;
    /// T4: share of partners that bring 80 %: [`concentration`](super::concentration).
    TopShare = "top_share", Percent, Higher;
    /// T5: [`acquisition_rate`](super::acquisition_rate).
    AcquisitionRate = "acquisition_rate", Percent, Higher;
    /// T6: lifetime value against other channels: [`quality`](super::quality).
    LtvRatio = "ltv_ratio", Percent, Higher;
    /// T6: retention against other channels.
    RetentionRatio = "retention_ratio", Percent, Higher;
    /// T6: tickets per customer against other channels.
    TicketRatio = "ticket_ratio", Percent, Lower;
    /// K2: all costs ÷ new customers: [`CacState::cac`](super::CacState::cac).
    Cac = "cac", Money, Lower;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_names_in_json() {
        for kpi in Kpi::ALL {
            assert_eq!(
                serde_json::to_string(kpi).unwrap(),
                format!("\"{}\"", kpi.code())
            );
        }
    }
}
