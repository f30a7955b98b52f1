//! Mail: written in the caller's transaction, handed to the mail server by a job, and kept
//! so that people can be helped where no server is configured.

mod deliver;
mod outbox;
mod queue;

pub use comity_store::mail::Mail;
pub use deliver::{JOB, deliver};
pub use outbox::{get, page};
pub(crate) use queue::program_sender;
pub use queue::{Draft, queue, sender};
