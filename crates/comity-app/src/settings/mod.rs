//! What owners set for the organisation: its name and colours, API keys, and the audit log
//! that shows who set what.

mod api_key;
mod audit_log;
mod brand;

pub use api_key::{NewKey, create_key, keys, revoke_key};
pub use audit_log::{Verified, audit_page, verify_audit, verify_tenant};
pub use brand::{BrandChange, save_brand};
pub use comity_store::api_key::ApiKey;
pub use comity_store::audit::Line;
