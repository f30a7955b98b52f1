//! Shops, billing systems, imports and webhooks: what crosses the border, in both directions.

pub mod import;
pub mod inbound;
pub mod outbound;
