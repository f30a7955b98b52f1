//! What handlers ask for in their arguments.

mod body;
mod cookie;
mod cx;
mod fields;
mod ip;
mod page;
mod path;
mod person;

pub use body::Body;
pub(crate) use body::read_body;
pub use cookie::{clear_cookie, cookie, set_cookie};
pub(crate) use cx::make_personal;
pub use cx::{Ctx, is_partial, request_cx};
pub use fields::{Attached, Fields, Upload};
pub use ip::{Peer, TrustedProxies, client_ip, client_of};
pub use page::{Listed, Paging};
pub use path::Id;
pub use person::{ApiActor, Partner, Person, Team, Visitor};
