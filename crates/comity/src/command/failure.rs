//! Why a command failed: one line for people, an exit code for scripts.

use std::fmt;

/// Failed: nothing, or not everything, was done.
const FAILED: u8 = 1;
/// Wrong usage: the command line or the file of settings.
const USAGE: u8 = 2;
/// Done, but some of it was refused, or something was found.
const PARTLY: u8 = 3;
/// Stopped by Ctrl-C; the same command goes on.
const STOPPED: u8 = 130;

/// Why a command failed, with its causes, on one line.
#[derive(Debug)]
pub struct Failure {
    text: String,
    code: u8,
}

impl Failure {
    /// A failure in words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::coded(text, FAILED)
    }

    /// Wrong usage in words.
    pub fn usage(text: impl Into<String>) -> Self {
        Self::coded(text, USAGE)
    }

    /// Done, except for what the words say.
    pub fn partly(text: impl Into<String>) -> Self {
        Self::coded(text, PARTLY)
    }

    /// Stopped by a signal, with the way to go on.
    pub fn stopped(text: impl Into<String>) -> Self {
        Self::coded(text, STOPPED)
    }

    fn coded(text: impl Into<String>, code: u8) -> Self {
        Self {
            text: text.into(),
            code,
        }
    }

    /// What was being done, and the error that stopped it.
    pub fn new(doing: impl fmt::Display, error: &dyn std::error::Error) -> Self {
        let mut text = format!("{doing}: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            text.push_str(&format!(": {cause}"));
            source = cause.source();
        }
        Self::text(text)
    }

    /// What was being done, and why the product did not do it: refused fields by name.
    pub fn refused(doing: impl fmt::Display, error: &comity_app::AppError) -> Self {
        let comity_app::AppError::Invalid(fields) = error else {
            return Self::new(doing, error);
        };
        let fields: Vec<String> = fields
            .iter()
            .map(|field| format!("{}: {}", field.field, field.code))
            .collect();
        Self::text(format!("{doing}: {}", fields.join(", ")))
    }

    /// The exit code.
    pub const fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
