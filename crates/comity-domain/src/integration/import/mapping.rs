//! Which column holds which fact.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::{Field, ImportKind, Vendor};
use super::preset::{Column, GENERAL, VENDORS};

/// Columns by the fact they hold, as zero-based positions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping(pub BTreeMap<Field, usize>);

/// Why a mapping cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// None of these fields has a column.
    #[error("no column for {0}")]
    Missing(&'static str),
    /// A column past the last one.
    #[error("column does not exist")]
    OutOfRange,
}

impl Mapping {
    /// The best guess for these headers: the vendor's own names first, then general ones; the
    /// leftmost column wins.
    #[must_use]
    pub fn suggest(kind: ImportKind, headers: &[String], vendor: Option<Vendor>) -> Self {
        let mut found = BTreeMap::new();
        let mut taken = Vec::new();
        let own = vendor.map_or(&[][..], |vendor| own_columns(kind, vendor));
        for names in [own, general_columns(kind)] {
            for (index, header) in headers.iter().enumerate() {
                let plain = plain(header);
                let named = names.iter().find(|(name, _)| *name == plain);
                if let Some((_, field)) = named
                    && !taken.contains(&index)
                    && !found.contains_key(field)
                {
                    found.insert(*field, index);
                    taken.push(index);
                }
            }
        }
        Self(found)
    }

    /// The vendor whose own names occur most often, if any does.
    #[must_use]
    pub fn detect(kind: ImportKind, headers: &[String]) -> Option<Vendor> {
        let headers: Vec<String> = headers.iter().map(|header| plain(header)).collect();
        let hits = |columns: &[Column]| {
            columns
                .iter()
                .filter(|(name, _)| headers.iter().any(|header| header == name))
                .count()
        };
        let scored = Vendor::ALL
            .iter()
            .map(|&vendor| (hits(own_columns(kind, vendor)), vendor));
        let best = scored
            .clone()
            .map(|(hits, _)| hits)
            .max()
            .filter(|&hits| hits > 0)?;
        let mut winners = scored
            .filter(|(hits, _)| *hits == best)
            .map(|(_, vendor)| vendor);
        winners.next().filter(|_| winners.next().is_none())
    }

    /// Refuses a mapping without the columns this kind needs.
    pub fn check(&self, kind: ImportKind, columns: usize) -> Result<(), MappingError> {
        if self.0.values().any(|&index| index >= columns) {
            return Err(MappingError::OutOfRange);
        }
        for group in kind.required() {
            if !group.iter().any(|field| self.0.contains_key(field)) {
                return Err(MappingError::Missing(
                    group.first().map_or("", |field| field.code()),
                ));
            }
        }
        Ok(())
    }
}

/// A header without case, blanks and punctuation; a unit in brackets stays.
fn plain(header: &str) -> String {
    header
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn own_columns(kind: ImportKind, vendor: Vendor) -> &'static [Column] {
    let own = VENDORS
        .iter()
        .find(|(name, rows, _)| (*name, *rows) == (vendor, kind));
    own.map_or(&[], |(_, _, columns)| columns)
}

fn general_columns(kind: ImportKind) -> &'static [Column] {
    GENERAL
        .iter()
        .find(|(rows, _)| *rows == kind)
        .map_or(&[], |(_, columns)| columns)
}
