//! The numbers a team steers by: from daily rollups and the books, never from guesses.

mod cost;
mod dip;
mod economics;
mod guard;
mod need;
mod overview;
mod waiting;

pub use comity_store::click::Counts;
pub use comity_store::cost::{Alert, Cost, Listed as ListedCost, Version as CostVersion};
pub use cost::{CostDetail, NewCost, change_cost, cost, costs, enter_cost, remove_cost};
pub use dip::{Falling, Fell};
pub use economics::{CacNow, Economics, Line, Period, economics};
pub use guard::{NewGuard, guard, set_guard};
pub(crate) use guard::{in_force, overflow, state};
pub use need::{Needs, Start};
pub use overview::{Happening, Overview, Span, Sums, Top, overview};
pub use waiting::{Waiting, waiting};
