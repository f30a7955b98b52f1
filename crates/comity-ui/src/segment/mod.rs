//! Words about groups and types of partners.

use comity_domain::partner::BuiltinType;

use crate::{Cx, t};

/// Name, definition and expectations of a type out of the box (E2).
#[must_use]
pub fn builtin_type(cx: &Cx, kind: BuiltinType) -> (String, String, String) {
    match kind {
        BuiltinType::Affiliate => (
            t!(cx, "segment-affiliate"),
            t!(cx, "segment-affiliate-is"),
            t!(cx, "segment-affiliate-does"),
        ),
        BuiltinType::Creator => (
            t!(cx, "segment-creator"),
            t!(cx, "segment-creator-is"),
            t!(cx, "segment-creator-does"),
        ),
        BuiltinType::Ambassador => (
            t!(cx, "segment-ambassador"),
            t!(cx, "segment-ambassador-is"),
            t!(cx, "segment-ambassador-does"),
        ),
        BuiltinType::Strategic => (
            t!(cx, "segment-strategic"),
            t!(cx, "segment-strategic-is"),
            t!(cx, "segment-strategic-does"),
        ),
        BuiltinType::Community => (
            t!(cx, "segment-community"),
            t!(cx, "segment-community-is"),
            t!(cx, "segment-community-does"),
        ),
        BuiltinType::Customer => (
            t!(cx, "segment-customer"),
            t!(cx, "segment-customer-is"),
            t!(cx, "segment-customer-does"),
        ),
    }
}
