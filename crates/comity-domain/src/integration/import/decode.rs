//! Bytes of a spreadsheet export to text: UTF-8 and UTF-16, with and without a byte order mark.

/// Why the bytes are not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not UTF-8 and not UTF-16, first seen on this line.
    #[error("line {line} is not valid text")]
    Encoding {
        /// Line number, from 1.
        line: u64,
    },
}

/// Decodes a whole file.
pub(super) fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // Without a mark: ASCII headers in UTF-16 have a zero in every pair.
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => utf16(bytes, u16::from_le_bytes),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => utf16(bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text.to_owned()),
        Ok(text) => {
            let before = text.split('\0').next().unwrap_or_default();
            Err(DecodeError::Encoding {
                line: line_after(before),
            })
        }
        Err(error) => {
            let valid = &bytes[..error.valid_up_to()];
            let line = line_after(std::str::from_utf8(valid).unwrap_or_default());
            Err(DecodeError::Encoding { line })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, DecodeError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    for symbol in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match symbol {
            Ok(symbol) if symbol != '\0' => text.push(symbol),
            _ => {
                return Err(DecodeError::Encoding {
                    line: line_after(&text),
                });
            }
        }
    }
    if rest.is_empty() {
        Ok(text)
    } else {
        Err(DecodeError::Encoding {
            line: line_after(&text),
        })
    }
}

/// The line on which whatever follows `before` stands.
fn line_after(before: &str) -> u64 {
    1 + before.bytes().filter(|&b| b == b'\n').count() as u64
}
