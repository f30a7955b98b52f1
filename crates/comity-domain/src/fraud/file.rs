//! Files that partners hand in as evidence: known by their first bytes, never by their name.

/// A kind of file that is taken. Nothing in it is ever run or shown by the product: it is
/// only handed out again for saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A picture.
    Png,
    /// A picture.
    Jpeg,
    /// A picture.
    Gif,
    /// A picture.
    Webp,
    /// A document.
    Pdf,
}

/// Most files with one message.
pub const MAX_FILES: usize = 3;
/// Most files of one case.
pub const MAX_FILES_OF_CASE: usize = 12;
/// Most bytes of one message's files together.
pub const MAX_FILE_BYTES: usize = 4_000_000;

impl FileKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Png, Self::Jpeg, Self::Gif, Self::Webp, Self::Pdf];

    /// The kind that content begins as; nothing for all others.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        let begins = |mark: &[u8]| content.starts_with(mark);
        if begins(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if begins(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if begins(b"GIF87a") || begins(b"GIF89a") {
            Some(Self::Gif)
        } else if begins(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else if begins(b"%PDF-") {
            Some(Self::Pdf)
        } else {
            None
        }
    }

    /// The media type (RFC 6838).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// The kind with this media type.
    #[must_use]
    pub fn from_media_type(text: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|kind| kind.media_type() == text)
    }

    /// The end of a file's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_kind_is_known_by_its_first_bytes() {
        assert_eq!(FileKind::of(b"%PDF-1.7 ..."), Some(FileKind::Pdf));
        assert_eq!(FileKind::of(b"\xff\xd8\xff\xe0"), Some(FileKind::Jpeg));
        assert_eq!(
            FileKind::of(b"RIFF\x10\0\0\0WEBPVP8 "),
            Some(FileKind::Webp)
        );
        assert_eq!(FileKind::of(b"RIFF\x10\0\0\0WAVE"), None);
        for text in ["<svg onload=x>", "<!doctype html>", "PK\x03\x04", "MZ", ""] {
            assert_eq!(FileKind::of(text.as_bytes()), None, "{text}");
        }
        for kind in FileKind::ALL {
            assert_eq!(FileKind::from_media_type(kind.media_type()), Some(*kind));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_kind_or_none(bytes: Vec<u8>) {
            if let Some(kind) = FileKind::of(&bytes) {
                prop_assert!(FileKind::ALL.contains(&kind) && bytes.len() >= 3);
            }
        }
    }
}
