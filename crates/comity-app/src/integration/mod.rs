//! Other systems: what they send, what they are told, what is brought over from them.

pub mod import;
pub mod inbound;
pub mod outbound;

use crate::job::Registry;

/// Adds the jobs of this area.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry
        .with("webhook.fan_out", outbound::fan_out)
        .with_long("import.run", import::run)
        .with("webhook.deliver", outbound::deliver)
}
