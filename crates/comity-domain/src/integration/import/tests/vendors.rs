//! Column names of other systems.

use super::*;
use crate::reference::reference_file;

fn headers(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A vendor's names, and the fields they are, in the same order.
type Case = (Vendor, ImportKind, &'static [(&'static str, Field)]);

const CASES: [Case; 6] = [
    (
        Vendor::Rewardful,
        ImportKind::Events,
        &[
            ("sale.stripe_charge_id", Field::Order),
            ("sale.sale_amount_cents", Field::AmountMinor),
            ("sale.charged_at", Field::CreatedAt),
            ("amount(cents)", Field::CommissionMinor),
        ],
    ),
    (
        Vendor::FirstPromoter,
        ImportKind::Partners,
        &[
            ("email", Field::Email),
            ("promoter_campaigns[].ref_token", Field::Slug),
            ("profile.country", Field::Country),
        ],
    ),
    (
        Vendor::Tapfiliate,
        ImportKind::Partners,
        &[
            ("firstname", Field::FirstName),
            ("address.country.code", Field::Country),
        ],
    ),
    (
        Vendor::PartnerStack,
        ImportKind::Links,
        &[
            ("key", Field::Slug),
            ("dest", Field::Destination),
            ("partnership_key", Field::PartnerId),
        ],
    ),
    (
        Vendor::Dub,
        ImportKind::Events,
        &[
            ("invoiceId", Field::Order),
            ("earnings", Field::Commission),
            ("createdAt", Field::CreatedAt),
        ],
    ),
    (
        Vendor::AffiliateWp,
        ImportKind::Partners,
        &[
            ("username", Field::Slug),
            ("date_registered", Field::CreatedAt),
        ],
    ),
];

#[test]
fn known_names_find_their_fields_for_every_vendor() {
    for (vendor, kind, columns) in CASES {
        let headers: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(
            Mapping::detect(kind, &headers),
            Some(vendor),
            "{}",
            vendor.code()
        );
        let mapping = Mapping::suggest(kind, &headers, Some(vendor));
        for (index, (name, field)) in columns.iter().enumerate() {
            assert_eq!(
                mapping.0.get(field),
                Some(&index),
                "{} {name}",
                vendor.code()
            );
        }
    }
}

#[test]
fn the_reference_field_names_of_partners_are_recognised() {
    let Some(file) = reference_file("imports/vendor_fields.json") else {
        return;
    };
    let vendors: serde_json::Value = serde_json::from_slice(&file).unwrap();
    let objects = [
        ("rewardful", "affiliate"),
        ("firstpromoter", "promoter"),
        ("tapfiliate", "affiliate"),
        ("partnerstack", "partner"),
    ];
    for (vendor, object) in objects {
        let names = vendors[vendor][object].as_array().unwrap();
        let headers: Vec<String> = names
            .iter()
            .map(|n| n.as_str().unwrap().to_owned())
            .collect();
        let vendor = Vendor::from_code(vendor);
        let mapping = Mapping::suggest(ImportKind::Partners, &headers, vendor);
        assert_eq!(mapping.check(ImportKind::Partners, headers.len()), Ok(()));
        for field in [Field::Email, Field::ExternalId, Field::Group] {
            assert!(mapping.0.contains_key(&field), "{object}: {}", field.code());
        }
    }
}

#[test]
fn a_mapping_without_what_is_needed_is_refused() {
    let check = |kind, names: &[&str]| {
        let headers = headers(names);
        Mapping::suggest(kind, &headers, None).check(kind, headers.len())
    };
    assert_eq!(
        check(ImportKind::Partners, &["name"]),
        Err(MappingError::Missing("email"))
    );
    assert_eq!(
        check(ImportKind::Links, &["email"]),
        Err(MappingError::Missing("slug"))
    );
    assert_eq!(
        check(ImportKind::Events, &["order"]),
        Err(MappingError::Missing("created_at"))
    );
    let past = Mapping([(Field::Email, 3)].into());
    assert_eq!(
        past.check(ImportKind::Partners, 3),
        Err(MappingError::OutOfRange)
    );
}

#[test]
fn the_leftmost_of_two_columns_with_one_meaning_wins() {
    let mapping = Mapping::suggest(
        ImportKind::Partners,
        &headers(&["E-mail", "Email", "x"]),
        None,
    );
    assert_eq!(mapping.0.get(&Field::Email), Some(&0));
}
