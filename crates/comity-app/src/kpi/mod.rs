//! The numbers a team steers by: from daily rollups and the books, never from guesses.

mod need;
mod overview;
mod waiting;

pub use comity_store::click::Counts;
pub use need::{Needs, Start};
pub use overview::{Happening, Overview, Span, Sums, Top, overview};
pub use waiting::{Waiting, waiting};
