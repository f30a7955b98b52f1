//! Charts as server-rendered SVG with a table beside each.
//!
//! The SVG holds geometry only and stretches; every label is HTML around it, so text keeps
//! its size on a phone. Colours are CSS variables, so dark mode and print need no second
//! drawing. Values are whole numbers (counts or minor units).

mod bars;
mod line;

pub use bars::{Bar, Stage, funnel, hbars};
pub use line::{Line, Series, legend, line, spark};

/// The smallest "nice" number (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10ⁿ, at least 4) that is not
/// below `value`: the top of an axis.
fn nice_top(value: u64) -> u64 {
    if value <= 4 {
        return 4;
    }
    let scale = 10_u64.saturating_pow(value.ilog10());
    let steps = [10_u64, 15, 20, 25, 30, 40, 50, 60, 80, 100];
    let tops = steps.map(|step| (u128::from(scale) * u128::from(step)).div_ceil(10));
    let top = tops
        .into_iter()
        .find(|&top| top >= u128::from(value))
        .unwrap_or(u128::MAX);
    u64::try_from(top).unwrap_or(u64::MAX)
}

/// `value` of `of`, scaled to `size` units with two decimals: coordinates without floats.
fn scaled(value: u64, of: u64, size: u64) -> String {
    let hundredths = u128::from(value) * u128::from(size) * 100 / u128::from(of.max(1));
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axis_tops_are_nice_and_never_too_low() {
        assert_eq!(
            [0, 4, 5, 11, 149, 151, 999].map(nice_top),
            [4, 4, 5, 15, 150, 200, 1_000]
        );
        for value in [7, 12_345, u64::MAX / 2, u64::MAX] {
            assert!(nice_top(value) >= value);
        }
    }

    #[test]
    fn coordinates_keep_two_decimals() {
        assert_eq!(scaled(1, 3, 1_000), "333.33");
        assert_eq!(scaled(5, 0, 100), "500.00");
        assert_eq!(scaled(u64::MAX, u64::MAX, 200), "200.00");
    }
}
