//! Writes every sample page in both languages and themes to a folder, with the assets,
//! ready for `python3 -m http.server` and a browser: `cargo run -p comity-ui --example pages -- DIR`.

use std::path::Path;
use std::{env, fs, io};

use comity_ui::brand::Brand;
use comity_ui::i18n::Lang;
use comity_ui::{Theme, asset, sample};

const FILES: &[&str] = &[
    "app.css",
    "app.js",
    "htmx.js",
    "icons.svg",
    "favicon.svg",
    "fonts/inter-latin.woff2",
    "fonts/inter-cyrillic.woff2",
];

fn write(folder: &Path, url: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(url.trim_start_matches('/'));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)
}

fn main() -> io::Result<()> {
    let folder = env::args()
        .nth(1)
        .unwrap_or_else(|| "target/pages".to_owned());
    let folder = Path::new(&folder);
    for name in FILES {
        let url = asset::url(name);
        let asset = url.strip_prefix("/assets/").and_then(asset::get);
        write(folder, &url, asset.map_or(&[], |asset| asset.bytes))?;
    }
    let brand = Brand::new(155, 130);
    write(
        folder,
        &brand.url().unwrap_or_default(),
        brand.sheet().as_bytes(),
    )?;
    for &lang in Lang::ALL {
        for theme in [Theme::Light, Theme::Dark] {
            for (name, render) in sample::page_samples() {
                let mut cx = sample::cx(lang);
                cx.theme = theme;
                let file = format!("{name}.{}.{}.html", lang.code(), theme.code());
                write(folder, &file, render(&cx).into_string().as_bytes())?;
            }
        }
    }
    Ok(())
}
