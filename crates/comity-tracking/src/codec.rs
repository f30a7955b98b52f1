//! The compact binary form shared by spool records and link snapshots.
//!
//! Integers are LEB128 varints, ids 16 raw bytes, text a length and UTF-8.
//! There is no self-description: every user writes a version first.

use comity_domain::{RawId, Timestamp};

/// Longest text a decoder accepts; a corrupt length must not allocate gigabytes.
const MAX_TEXT: u64 = 64 * 1024;

/// Why bytes are not the record they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end inside a value.
    #[error("record ends early")]
    Truncated,
    /// A length, number or tag is outside what the format allows.
    #[error("record holds an impossible value")]
    Invalid,
    /// Text is not UTF-8.
    #[error("record holds text that is not utf-8")]
    Text,
    /// A newer (or unknown) writer made the record.
    #[error("record has unknown version {0}")]
    Version(u8),
    /// Bytes are left over after the last field.
    #[error("record has bytes after its end")]
    Trailing,
}

/// Appends values to a buffer.
pub(crate) struct Encoder<'a>(pub &'a mut Vec<u8>);

impl Encoder<'_> {
    pub fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.0.push((value & 0x7f) as u8);
    }

    pub fn id(&mut self, id: RawId) {
        self.0.extend_from_slice(&id.0);
    }

    pub fn time(&mut self, at: Timestamp) {
        self.0.extend_from_slice(&at.micros().to_le_bytes());
    }

    /// Bytes whose number the format fixes.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.raw(text.as_bytes());
    }

    /// Absent is a zero byte, present a one byte and the value.
    pub fn maybe<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Self, T)) {
        self.byte(u8::from(value.is_some()));
        if let Some(value) = value {
            put(self, value);
        }
    }

    pub fn maybe_text(&mut self, text: Option<&str>) {
        self.maybe(text, Self::text);
    }
}

/// Takes values off the front of a slice.
pub(crate) struct Decoder<'a>(pub &'a [u8]);

impl<'a> Decoder<'a> {
    pub fn byte(&mut self) -> Result<u8, DecodeError> {
        Ok(self.take::<1>()?[0])
    }

    pub fn number(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let low = u64::from(byte & 0x7f);
            if low << shift >> shift != low {
                return Err(DecodeError::Invalid);
            }
            value |= low << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(DecodeError::Invalid)
    }

    pub fn id(&mut self) -> Result<RawId, DecodeError> {
        self.take().map(RawId)
    }

    pub fn time(&mut self) -> Result<Timestamp, DecodeError> {
        self.take()
            .map(|b| Timestamp::from_micros(i64::from_le_bytes(b)))
    }

    pub fn text(&mut self) -> Result<String, DecodeError> {
        let len = self.number()?;
        if len > MAX_TEXT {
            return Err(DecodeError::Invalid);
        }
        let len = usize::try_from(len).map_err(|_| DecodeError::Invalid)?;
        let (head, rest) = self.0.split_at_checked(len).ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        std::str::from_utf8(head)
            .map(str::to_owned)
            .map_err(|_| DecodeError::Text)
    }

    pub fn maybe<T>(
        &mut self,
        get: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, DecodeError> {
        match self.byte()? {
            0 => Ok(None),
            1 => get(self).map(Some),
            _ => Err(DecodeError::Invalid),
        }
    }

    pub fn maybe_text(&mut self) -> Result<Option<String>, DecodeError> {
        self.maybe(Self::text)
    }

    pub fn take<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (head, rest) = self.0.split_first_chunk().ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        Ok(*head)
    }

    pub fn finish(self) -> Result<(), DecodeError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(DecodeError::Trailing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_round_trip(value: u64) {
            let mut buffer = Vec::new();
            Encoder(&mut buffer).number(value);
            let mut decoder = Decoder(&buffer);
            prop_assert_eq!(decoder.number(), Ok(value));
            prop_assert_eq!(decoder.finish(), Ok(()));
        }

        #[test]
        fn any_bytes_decode_or_are_refused(bytes: Vec<u8>) {
            let mut decoder = Decoder(&bytes);
            let _ = (decoder.number(), decoder.maybe_text(), decoder.id());
        }
    }

    #[test]
    fn a_huge_length_is_refused_without_allocating() {
        let mut buffer = Vec::new();
        Encoder(&mut buffer).number(u64::MAX);
        assert_eq!(Decoder(&buffer).text(), Err(DecodeError::Invalid));
    }
}
