//! A QR code as a PNG picture: black and white, one bit per pixel, not compressed (about 15 kB).

use qrcodegen::{QrCode, QrCodeEcc};

use super::qr::QUIET;

/// Pixels per module: prints sharply up to a business card, and any larger by scaling evenly.
const SCALE: i32 = 10;
/// Longest stored block of the deflate format.
const BLOCK: usize = 65_535;
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// The picture; `None` when the text is too long for any code (about 2,300 bytes).
#[must_use]
pub fn qr_png(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = (code.size() + 2 * QUIET) * SCALE;
    let pixels = u32::try_from(side).ok()?.to_be_bytes();
    let mut header = Vec::new();
    header.extend_from_slice(&pixels);
    header.extend_from_slice(&pixels);
    // One bit of grey per pixel, the only compression, filter and order there are.
    header.extend_from_slice(&[1, 0, 0, 0, 0]);
    let mut png = SIGNATURE.to_vec();
    chunk(&mut png, *b"IHDR", &header);
    chunk(&mut png, *b"IDAT", &zlib(&rows(&code, side)));
    chunk(&mut png, *b"IEND", &[]);
    Some(png)
}

/// Lines of pixels, each after the byte that says it is not filtered; a set bit is white.
fn rows(code: &QrCode, side: i32) -> Vec<u8> {
    let mut out = Vec::new();
    for y in 0..side {
        out.push(0);
        for start in (0..side).step_by(8) {
            let dark = |x: i32| x < side && code.get_module(x / SCALE - QUIET, y / SCALE - QUIET);
            out.push((0..8).fold(0, |byte, bit| (byte << 1) | u8::from(!dark(start + bit))));
        }
    }
    out
}

/// The zlib format (RFC 1950) with stored blocks (RFC 1951, 3.2.4).
fn zlib(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        out.push(u8::from(blocks.peek().is_none()));
        // Chunks are at most a block long, so this never saturates.
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    out.extend_from_slice(&adler(data).to_be_bytes());
    out
}

fn adler(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    (b << 16) | a
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    png.extend_from_slice(&length.to_be_bytes());
    png.extend_from_slice(&kind);
    png.extend_from_slice(data);
    png.extend_from_slice(&crc(kind.iter().chain(data)).to_be_bytes());
}

/// CRC-32 as PNG wants it (ISO 3309).
fn crc<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    let last = bytes.fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    });
    !last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_are_those_of_the_standards() {
        assert_eq!(crc(b"123456789".iter()), 0xCBF4_3926);
        assert_eq!(adler(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn the_picture_has_a_white_edge_and_a_dark_corner_mark() {
        let code = QrCode::encode_text("https://go.acme.test/maya", QrCodeEcc::Medium).unwrap();
        let side = (code.size() + 2 * QUIET) * SCALE;
        let rows = rows(&code, side);
        let line = usize::try_from((side + 7) / 8).unwrap() + 1;
        let bit = |x: i32, y: i32| {
            let at = usize::try_from(y).unwrap() * line + 1 + usize::try_from(x / 8).unwrap();
            rows[at] >> (7 - x % 8) & 1
        };
        assert_eq!(bit(0, 0), 1, "the quiet zone is white");
        assert_eq!(bit(QUIET * SCALE, QUIET * SCALE), 0, "the mark begins dark");
        let png = qr_png("https://go.acme.test/maya").unwrap();
        assert_eq!(png[..8], SIGNATURE);
        assert!(png.ends_with(b"IEND\xae\x42\x60\x82"));
    }
}
