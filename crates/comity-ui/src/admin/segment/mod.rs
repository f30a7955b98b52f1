//! Groups and types of partners: the lists, and the page of one.

mod edit;
mod list;
mod sample;

use comity_domain::{GroupId, PartnerTypeId};

pub use edit::{EditGroup, EditType, edit_group, edit_type};
pub use list::{List, list};
pub(super) use sample::samples;

/// A group with its members.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its program.
    pub program: String,
    /// How many are in it.
    pub members: u64,
}

/// A type as the taxonomy defines it.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its id.
    pub id: PartnerTypeId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub definition: String,
    /// What is expected of it.
    pub expectations: String,
}
