//! Mail: written in the caller's transaction, handed to the mail server by a job, and kept
//! so that people can be helped where no server is configured.

mod announcement;
mod broadcast;
mod deliver;
mod notice;
mod outbox;
mod queue;
mod unsubscribe;

pub use announcement::{
    NewAnnouncement, announcement, announcements, change, discard, draft, preview, send, stop,
};
pub(crate) use broadcast::tell_of_terms;
pub use broadcast::{JOB as BROADCAST_JOB, send_all};
pub use comity_store::announcement::{Announcement, Filter as AnnouncementFilter};
pub use comity_store::mail::Mail;
pub use deliver::{JOB, deliver};
pub(crate) use notice::plan as plan_notice;
pub use notice::{JOB as NOTICE_JOB, notify};
pub use outbox::{get, page};
pub(crate) use queue::program_sender;
pub use queue::{Draft, queue, sender};
pub(crate) use unsubscribe::address as unsubscribe_address;
pub use unsubscribe::{subject as unsubscribe_subject, unsubscribe};
