//! R2: the enumerated crash states of the spool.

use crate::{Outcome, process};

/// Groups of records whose operations are cut at every point: 150 make about
/// 17,000 states, the long form more than a million.
const GROUPS: (&str, &str) = ("150", "10000");

pub fn run(is_long: bool) -> Outcome {
    let mut test = process::cargo(&["test", "--locked", "-p", "comity-tracking", "--test", "all"]);
    if is_long {
        test.arg("--release");
    }
    test.args(["power_loss", "--", "--nocapture"]);
    test.env(
        "COMITY_CRASH_GROUPS",
        if is_long { GROUPS.1 } else { GROUPS.0 },
    );
    process::run(&mut test)
}
