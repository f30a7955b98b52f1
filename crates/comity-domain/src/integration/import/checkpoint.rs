//! Going on with an interrupted run.

use serde::{Deserialize, Serialize};

use super::table::Table;

/// How far a run has come; stored in the transaction that writes the row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Number of the last row done; 0 before the first.
    pub number: u64,
    /// Its content.
    pub hash: String,
}

/// Why a run cannot go on with this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResumeError {
    /// The file has another row in the place of the last one done.
    #[error("file changed since the run began")]
    Changed,
    /// The file has fewer rows than were done.
    #[error("file is shorter than the run")]
    Shorter,
}

impl Checkpoint {
    /// How many rows to skip. Rows after the last one done may have changed: correcting them is
    /// what people do before going on.
    pub fn resume(&self, table: &Table) -> Result<usize, ResumeError> {
        let done = usize::try_from(self.number).map_err(|_| ResumeError::Shorter)?;
        let Some(last) = done.checked_sub(1) else {
            return Ok(0);
        };
        let line = table.lines.get(last).ok_or(ResumeError::Shorter)?;
        if line.hash() == self.hash {
            Ok(done)
        } else {
            Err(ResumeError::Changed)
        }
    }
}
