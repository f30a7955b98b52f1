//! Mail over SMTP.

mod compose;
mod smtp;

pub use smtp::{NoMailServer, SmtpConfig, SmtpConfigError, SmtpMailer, SmtpTls};

#[cfg(test)]
mod tests;
