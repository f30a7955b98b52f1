//! Bytes of a spreadsheet export to text: UTF-8 and UTF-16, with and without a byte order mark.

/// Stands for what was no text. A cell that holds it is refused, so that one damaged row does not
/// keep the others out; the mark survives being stored and read again.
pub(super) const DAMAGED: char = char::REPLACEMENT_CHARACTER;

/// A whole file as text, line for line as it is; what is no text becomes U+FFFD.
#[must_use]
pub fn text_of(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // Without a mark: ASCII headers in UTF-16 have a zero in every pair.
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => utf16(bytes, u16::from_le_bytes),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => utf16(bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    };
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let mut text: String = char::decode_utf16(units)
        .map(|symbol| symbol.unwrap_or(DAMAGED))
        .collect();
    if !rest.is_empty() {
        text.push(DAMAGED);
    }
    text
}
