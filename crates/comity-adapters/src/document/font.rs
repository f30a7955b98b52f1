//! One typeface of a paper: which glyphs it used, how wide they are, its subset.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, Str};
use subsetter::{GlyphRemapper, subset};

/// Shown for letters that the face does not have.
const MISSING: char = '?';

/// A face with the glyphs that were used so far.
pub(super) struct Face<'a> {
    data: &'a [u8],
    face: ttf_parser::Face<'a>,
    remapper: GlyphRemapper,
    /// Glyph in the subset, with its letter and width in thousandths of the size.
    used: BTreeMap<u16, (char, f32)>,
}

impl<'a> Face<'a> {
    pub(super) fn new(data: &'a [u8]) -> Option<Self> {
        Some(Self {
            face: ttf_parser::Face::parse(data, 0).ok()?,
            data,
            remapper: GlyphRemapper::new(),
            used: BTreeMap::new(),
        })
    }

    fn glyph(&self, letter: char) -> (char, ttf_parser::GlyphId) {
        let find = |letter: char| self.face.glyph_index(letter).map(|glyph| (letter, glyph));
        find(letter)
            .or_else(|| find(MISSING))
            .unwrap_or((MISSING, ttf_parser::GlyphId(0)))
    }

    fn thousandths(&self, units: f32) -> f32 {
        units * 1_000.0 / f32::from(self.face.units_per_em())
    }

    /// Width of a text in points.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |letter| {
            let (_, glyph) = self.glyph(letter);
            f32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0))
        };
        let units: f32 = text.chars().map(advance).sum();
        self.thousandths(units) * size / 1_000.0
    }

    /// The text as two-byte glyph numbers of the subset.
    pub(super) fn encode(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len() * 2);
        for letter in text.chars() {
            let (letter, glyph) = self.glyph(letter);
            let advance = self.face.glyph_hor_advance(glyph).unwrap_or(0);
            let width = self.thousandths(f32::from(advance));
            let number = self.remapper.remap(glyph.0);
            self.used.entry(number).or_insert((letter, width));
            bytes.extend(number.to_be_bytes());
        }
        bytes
    }

    /// Writes the face as a composite font of four objects more.
    pub(super) fn write(&self, pdf: &mut Pdf, id: Ref, rest: [Ref; 4]) {
        let [descendant, descriptor, cmap_id, data_id] = rest;
        // Six capitals before the name mark a subset.
        let name = if self.face.is_bold() {
            Name(b"COMITY+NotoSans-Bold")
        } else {
            Name(b"COMITY+NotoSans")
        };
        let system = SystemInfo {
            registry: Str(b"Adobe"),
            ordering: Str(b"Identity"),
            supplement: 0,
        };
        pdf.type0_font(id)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(descendant)
            .to_unicode(cmap_id);
        let mut cid = pdf.cid_font(descendant);
        cid.subtype(CidFontType::Type2)
            .base_font(name)
            .system_info(system)
            .font_descriptor(descriptor)
            .default_width(0.0)
            .cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = cid.widths();
        for (glyph, (_, width)) in &self.used {
            widths.consecutive(*glyph, [*width]);
        }
        widths.finish();
        cid.finish();
        self.describe(pdf, descriptor, name, data_id);
        let mut cmap = UnicodeCmap::new(Name(b"Comity"), system);
        for (glyph, (letter, _)) in &self.used {
            cmap.pair(*glyph, *letter);
        }
        pdf.cmap(cmap_id, &cmap.finish());
        // A face that cannot be cut down is embedded whole: larger, but right.
        let data = subset(self.data, 0, &self.remapper);
        pdf.stream(data_id, data.as_deref().unwrap_or(self.data));
    }

    fn describe(&self, pdf: &mut Pdf, id: Ref, name: Name<'_>, data_id: Ref) {
        let bounds = self.face.global_bounding_box();
        let scaled = |units: i16| self.thousandths(f32::from(units));
        let (left, bottom) = (scaled(bounds.x_min), scaled(bounds.y_min));
        let (right, top) = (scaled(bounds.x_max), scaled(bounds.y_max));
        pdf.font_descriptor(id)
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(0.0)
            .ascent(scaled(self.face.ascender()))
            .descent(scaled(self.face.descender()))
            .cap_height(scaled(self.face.capital_height().unwrap_or(714)))
            .stem_v(80.0)
            .font_file2(data_id);
    }
}
