//! Components: plain functions and small builders that return markup, one file per family.

mod avatar;
mod badge;
mod button;
mod card;
mod choice;
mod code;
mod data;
mod dialog;
mod feed;
mod field;
mod filter;
mod form;
mod message;
mod navigation;
mod prose;
mod qr;
mod stat;
mod table;

pub use avatar::{avatar, avatar_large, who};
pub use badge::{Tone, badge, count, label};
pub use button::Button;
pub use card::Card;
pub use choice::{Choice, checkbox, choices, file_drop, select};
pub use code::{code_block, copy_box};
pub use data::{Step, explain, key_values, meter};
pub use dialog::{Menu, confirm, dialog};
pub use feed::{FeedItem, Task, checklist, feed, timeline};
pub use field::Field;
pub use filter::FilterBar;
pub use form::{FormState, csrf, error_summary, honeypot};
pub use message::{Flash, banner, empty, toast};
pub use navigation::{Tab, breadcrumb, chips, pager, tabs};
pub use prose::prose;
pub use qr::{qr, qr_path};
pub use stat::{Delta, Stat, stats};
pub use table::{Column, Row, Table};
