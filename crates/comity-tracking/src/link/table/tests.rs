//! The link table under changes, unknown hosts and other spellings.

use comity_domain::{EnrollmentId, LinkId, PartnerId, RawId, TenantId};
use proptest::prelude::*;

use super::*;
use crate::link::LinkState;

fn program(n: u8) -> ProgramEntry {
    ProgramEntry::new(ProgramId(RawId([n; 16])), TenantId(RawId([1; 16])))
}

fn link(n: u8, destination: &str) -> LinkEntry {
    LinkEntry {
        link: LinkId(RawId([n; 16])),
        program: ProgramId(RawId([1; 16])),
        partner: PartnerId(RawId([n; 16])),
        enrollment: EnrollmentId(RawId([n; 16])),
        destination: destination.to_owned(),
        partner_code: String::new(),
        utm: Vec::new(),
        state: LinkState::Active,
        expires_at: None,
    }
}

fn table() -> LinkTable {
    let table = LinkTable::new();
    table.apply(LinkChange::PutProgram(program(1))).unwrap();
    table
}

#[test]
fn a_retyped_slug_is_found_and_an_exact_one_wins() {
    let table = table();
    for (slug, n) in [("spring", 1), ("Spring", 2)] {
        let change = LinkChange::PutLink(LinkKey::shared(slug), link(n, "https://shop.test/"));
        table.apply(change).unwrap();
    }
    let id = |slug| {
        table
            .find("go.test", slug)
            .map(|found| found.link.link.bytes()[0])
    };
    assert_eq!(
        [id("spring"), id("Spring"), id("SPRING")],
        [Some(1), Some(2), Some(1)]
    );
    assert_eq!(id("autumn"), None);
}

#[test]
fn a_custom_domain_shows_only_its_own_links() {
    let table = table();
    let own = LinkKey::on("Go.Brand.test", "a");
    for (key, n) in [(own.clone(), 1), (LinkKey::shared("b"), 2)] {
        table
            .apply(LinkChange::PutLink(key, link(n, "https://shop.test/")))
            .unwrap();
    }
    assert!(table.find("go.brand.test", "a").is_some());
    assert!(table.find("go.brand.test", "b").is_none());
    assert!(table.find("elsewhere.test", "a").is_none());
    table.apply(LinkChange::RemoveLink(own)).unwrap();
    assert!(
        table.find("go.brand.test", "b").is_some(),
        "without links it is a plain domain again"
    );
}

#[test]
fn program_settings_change_for_all_links_at_once() {
    let table = table();
    let put = LinkChange::PutLink(LinkKey::shared("a"), link(1, "https://shop.test/"));
    table.apply(put).unwrap();
    let mut changed = program(1);
    changed.parameter = "click".to_owned();
    table.apply(LinkChange::PutProgram(changed)).unwrap();
    assert_eq!(table.find("", "a").unwrap().program.parameter, "click");
}

#[test]
fn an_unusable_entry_changes_nothing() {
    let table = table();
    let bad = LinkChange::PutLink(LinkKey::shared("a"), link(1, "javascript:alert(1)"));
    assert!(matches!(table.apply(bad), Err(TableError::Destination(_))));
    let mut program = program(1);
    program.parameter = "a=b&c".to_owned();
    assert_eq!(
        table.apply(LinkChange::PutProgram(program)),
        Err(TableError::Parameter)
    );
    assert!(table.is_empty());
    assert_eq!(table.find("", "a").map(|_| ()), None);
}

proptest! {
    #[test]
    fn the_table_is_a_map(changes in prop::collection::vec((0u8..6, any::<bool>()), 0..40)) {
        let table = table();
        let mut model = std::collections::BTreeMap::new();
        for (n, put) in changes {
            let key = LinkKey::shared(format!("s{n}"));
            if put {
                let entry = link(n, "https://shop.test/");
                table.apply(LinkChange::PutLink(key.clone(), entry)).unwrap();
                model.insert(key, n);
            } else {
                table.apply(LinkChange::RemoveLink(key.clone())).unwrap();
                model.remove(&key);
            }
        }
        let mut seen = std::collections::BTreeMap::new();
        table.each_link(|key, link| { seen.insert(key.clone(), link.link.bytes()[0]); });
        prop_assert_eq!(table.len(), model.len());
        prop_assert_eq!(seen, model);
    }
}
