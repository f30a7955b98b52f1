//! A program's colours: hue and chroma, served as a tiny style sheet of its own.
//!
//! The content security policy is `style-src 'self'`, so pages carry neither `style`
//! attributes nor `<style>` elements. A program's colours therefore live at
//! `/brand/<hue>-<chroma>.css` (see [`Brand::url`]), an immutable address whose body is a
//! pure function of the address ([`Brand::sheet`]). Lightness is never taken from the
//! program, so text keeps its contrast on any brand colour.

/// Hue in degrees (0–359) and chroma in thousandths (0–200) of an oklch colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brand {
    hue: u16,
    chroma: u16,
}

/// Lightness of the accent on light pages, as in `tokens.css`.
const ACCENT: f64 = 0.51;
/// More chroma than this leaves the sRGB gamut at our lightness.
const MAX_CHROMA: u16 = 200;

impl Brand {
    /// Comity's own colours, which need no sheet.
    pub const DEFAULT: Self = Self {
        hue: 268,
        chroma: 190,
    };

    /// Hue in degrees, wrapped; chroma in thousandths, clamped to 200.
    #[must_use]
    pub const fn new(hue: u16, chroma: u16) -> Self {
        let chroma = if chroma > MAX_CHROMA {
            MAX_CHROMA
        } else {
            chroma
        };
        Self {
            hue: hue % 360,
            chroma,
        }
    }

    /// Degrees on the colour wheel.
    #[must_use]
    pub const fn hue(self) -> u16 {
        self.hue
    }

    /// Thousandths of oklch chroma.
    #[must_use]
    pub const fn chroma(self) -> u16 {
        self.chroma
    }

    /// Where the sheet is served; `None` for the default colours.
    #[must_use]
    pub fn url(self) -> Option<String> {
        (self != Self::DEFAULT).then(|| format!("/brand/{}-{}.css", self.hue, self.chroma))
    }

    /// Reads what follows `/brand/`, as in `25-170.css`. Only the canonical form is accepted.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let (hue, chroma) = path.strip_suffix(".css")?.split_once('-')?;
        let brand = Self::new(hue.parse().ok()?, chroma.parse().ok()?);
        (format!("{}-{}.css", brand.hue, brand.chroma) == path).then_some(brand)
    }

    /// The sheet: two custom properties, outside of all cascade layers so that they win.
    #[must_use]
    pub fn sheet(self) -> String {
        format!(
            ":root{{--brand-h:{};--brand-c:0.{:03}}}",
            self.hue, self.chroma
        )
    }

    /// The accent of light pages as `#rrggbb`, for mails, where custom properties do not work.
    #[must_use]
    pub fn accent_hex(self) -> String {
        let [r, g, b] =
            channels(self.hue, self.chroma).map(|channel| whole(encoded(channel) * 255.0));
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// The nearest brand to an sRGB colour `#rrggbb`, by the oklch conversion of
    /// Björn Ottosson (https://bottosson.github.io/posts/oklab/). Colours are not money,
    /// so floats are fine here.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        let digits = hex.trim().strip_prefix('#')?;
        let rgb: [u8; 3] = hex::decode(digits).ok()?.try_into().ok()?;
        let [r, g, b] = rgb.map(linear);
        let l = (0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_995 * b).cbrt();
        let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
        let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
        let green_red = 1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s;
        let blue_yellow = 0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s;
        let hue = blue_yellow.atan2(green_red).to_degrees().rem_euclid(360.0);
        let chroma = green_red.hypot(blue_yellow) * 1_000.0;
        Some(Self::new(whole(hue), whole(chroma)))
    }
}

/// Linear sRGB channels of the accent in a hue and chroma, not clamped.
fn channels(hue: u16, chroma: u16) -> [f64; 3] {
    let (hue, chroma) = (f64::from(hue).to_radians(), f64::from(chroma) / 1_000.0);
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let l = (ACCENT + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (ACCENT - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (ACCENT - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_93 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_4 * s,
        -0.004_196_086 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ]
}

/// One sRGB channel without its transfer curve.
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

/// One sRGB channel with its transfer curve, clamped to what screens show.
fn encoded(linear: f64) -> f64 {
    let value = linear.clamp(0.0, 1.0);
    if value <= 0.003_130_8 {
        value * 12.92
    } else {
        1.055 * value.powf(1.0 / 2.4) - 0.055
    }
}

/// Rounds a small non-negative number.
fn whole(value: f64) -> u16 {
    (0..=1_000_u16)
        .min_by(|&a, &b| {
            let distance = |n: u16| (f64::from(n) - value).abs();
            distance(a).total_cmp(&distance(b))
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_gives_the_sheet_back() {
        let brand = Brand::new(25, 900);
        assert_eq!(
            Brand::new(165, 200),
            Brand::new(165, 999),
            "clamped to the gamut"
        );
        let url = brand.url().unwrap();
        assert_eq!(url, "/brand/25-200.css");
        assert_eq!(
            Brand::from_path(url.strip_prefix("/brand/").unwrap()),
            Some(brand)
        );
        assert_eq!(brand.sheet(), ":root{--brand-h:25;--brand-c:0.200}");
        for bad in [
            "25-0200.css",
            "385-100.css",
            "x-1.css",
            "1-1",
            "1-1.css;",
            "-1-1.css",
        ] {
            assert_eq!(Brand::from_path(bad), None, "{bad}");
        }
    }

    #[test]
    fn hex_colours_convert_as_the_published_reference() {
        // CSS Color 4: red is oklch(0.628 0.258 29.23), grey has no chroma.
        assert_eq!(Brand::from_hex("#ff0000"), Some(Brand::new(29, 200)));
        assert_eq!(Brand::from_hex("#808080").unwrap().chroma(), 0);
        assert_eq!(Brand::from_hex("#12345"), None);
    }

    #[test]
    fn the_accent_keeps_its_hue_and_contrast_with_white() {
        for hue in (0..360).step_by(15) {
            let hex = Brand::new(hue, 200).accent_hex();
            let rgb = hex::decode(&hex[1..]).unwrap();
            let light = |i: usize| linear(rgb[i]);
            let luminance = 0.2126 * light(0) + 0.7152 * light(1) + 0.0722 * light(2);
            assert!(1.05 / (luminance + 0.05) >= 4.5, "{hex} at {hue}");
        }
        // Grey: every linear channel is 0.51³ = 0.1327, which sRGB encodes as 102.
        assert_eq!(Brand::new(0, 0).accent_hex(), "#666666");
    }
}
