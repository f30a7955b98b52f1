//! Papers as PDF: text only, fonts embedded as subsets, the same bytes for the same paper.

mod font;
mod page;

use comity_app::port::{Paper, PaperError, Papers};
use pdf_writer::{Content, Date, Finish, Name, Pdf, Rect, Ref, TextStr};

use font::Face;
use page::Layout;

/// A4 in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;

/// Writes papers with Noto Sans: Latin, Cyrillic and Greek.
#[derive(Debug, Clone, Copy, Default)]
pub struct PdfPapers;

impl Papers for PdfPapers {
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, PaperError> {
        let mut regular = Face::new(notosans::REGULAR_TTF).ok_or(PaperError)?;
        let mut bold = Face::new(notosans::BOLD_TTF).ok_or(PaperError)?;
        let pages = Layout::new(&mut regular, &mut bold).pages(paper);
        Ok(write(paper, &regular, &bold, pages))
    }
}

/// Numbers of the objects, in the order in which they are given.
struct Numbers(i32);

impl Numbers {
    const fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

fn write(paper: &Paper, regular: &Face<'_>, bold: &Face<'_>, pages: Vec<Content>) -> Vec<u8> {
    let (mut pdf, mut numbers) = (Pdf::new(), Numbers(0));
    let (catalog, tree, info) = (numbers.next(), numbers.next(), numbers.next());
    let faces = [(b"F1", regular), (b"F2", bold)].map(|(name, face)| {
        let id = numbers.next();
        let rest = [(); 4].map(|()| numbers.next());
        face.write(&mut pdf, id, rest);
        (Name(name), id)
    });
    let mut kids = Vec::new();
    for content in pages {
        let (page_id, content_id) = (numbers.next(), numbers.next());
        let mut page = pdf.page(page_id);
        page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT));
        page.parent(tree).contents(content_id);
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        for (name, id) in faces {
            fonts.pair(name, id);
        }
        fonts.finish();
        resources.finish();
        page.finish();
        pdf.stream(content_id, &content.finish());
        kids.push(page_id);
    }
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(kids).count(count);
    pdf.catalog(catalog)
        .pages(tree)
        .lang(TextStr(&paper.language));
    let day = paper.date;
    let year = u16::try_from(day.year()).unwrap_or_default();
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    pdf.document_info(info)
        .title(TextStr(&paper.title))
        .author(TextStr(&paper.author))
        .creation_date(
            Date::new(year)
                .month(part(day.month()))
                .day(part(day.day())),
        );
    pdf.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(rows: usize) -> Paper {
        Paper {
            language: "ru".to_owned(),
            title: "Счёт 2026-000001".to_owned(),
            author: "ООО «Ромашка»".to_owned(),
            date: jiff::civil::date(2026, 11, 21),
            parties: [
                vec!["Maya Lindqvist".to_owned(), "Örebro, Ελλάδα".to_owned()],
                vec!["ООО «Ромашка»".to_owned()],
            ],
            facts: vec![("Номер".to_owned(), "2026-000001".to_owned())],
            columns: vec!["Дата".to_owned(), "Что".to_owned(), "Сумма".to_owned()],
            rows: vec![
                vec![
                    "21 ноября 2026".to_owned(),
                    "Комиссия за заказ с очень длинным названием, которое не помещается в строку и переносится".to_owned(),
                    "1 200,00 €".to_owned(),
                ];
                rows
            ],
            totals: vec![("Итого".to_owned(), "1 200,00 €".to_owned())],
            notes: vec!["Самовыставленный счёт.".to_owned()],
        }
    }

    #[test]
    fn the_same_paper_is_the_same_bytes_and_grows_by_pages() {
        let one = PdfPapers.pdf(&paper(3)).unwrap();
        assert_eq!(one, PdfPapers.pdf(&paper(3)).unwrap());
        assert!(one.starts_with(b"%PDF-1."));
        assert!(one.ends_with(b"%%EOF"));
        // A subset, not the fonts: they have 200 kB each.
        assert!(one.len() < 60_000, "{}", one.len());
        let count = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            text.matches("/MediaBox").count()
        };
        assert_eq!(count(&one), 1);
        assert!(count(&PdfPapers.pdf(&paper(200)).unwrap()) > 3);
    }

    #[test]
    fn letters_can_be_read_back() {
        let bytes = PdfPapers.pdf(&paper(1)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        // The map from glyphs to letters has Cyrillic capital Es, small che and Greek epsilon.
        for code in ["<0421>", "<0447>", "<0395>"] {
            assert!(text.contains(code), "{code}");
        }
    }

    /// An invoice with VAT, names that do not fit, and lines over several pages.
    fn wide() -> Paper {
        let long = "Партнёрская программа «Очень длинное название, которое нигде не помещается» и её друзья";
        let row = |n: usize| {
            let what = if n.is_multiple_of(9) {
                "заказ-".repeat(20)
            } else {
                format!("order-{n}")
            };
            let cells = [
                "21 нояб. 2026 г.",
                &what,
                "1 008 403,36 €",
                "191 596,64 €",
                "1 200 000,00 €",
            ];
            cells.map(str::to_owned).to_vec()
        };
        let heads = ["Дата", "Что", "Без НДС", "НДС", "С НДС"];
        let sums = [
            "Без НДС",
            "НДС 19 %",
            "Всего",
            "Удержанный налог",
            "Выплачено",
        ];
        Paper {
            facts: vec![
                ("Дата".to_owned(), "21 ноября 2026 г.".to_owned()),
                ("Программа".to_owned(), long.to_owned()),
                (
                    "Выплата".to_owned(),
                    "pay_01jd3x8q5v9k2m7n4p6r8s0t1w".to_owned(),
                ),
            ],
            parties: [
                vec![
                    long.to_owned(),
                    "Исполнитель".to_owned(),
                    "Hauptstr. 1".to_owned(),
                ],
                vec!["X".repeat(90), "Заказчик, выставил счёт".to_owned()],
            ],
            columns: heads.map(str::to_owned).to_vec(),
            rows: (1..=75).map(row).collect(),
            totals: sums
                .map(|name| (name.to_owned(), "75 630 252,10 €".to_owned()))
                .to_vec(),
            ..paper(0)
        }
    }

    #[test]
    fn a_long_invoice_repeats_its_heads_and_keeps_its_sums_together() {
        let mut regular = Face::new(notosans::REGULAR_TTF).unwrap();
        let mut bold = Face::new(notosans::BOLD_TTF).unwrap();
        let pages = Layout::new(&mut regular, &mut bold).pages(&wide());
        // The words as they stand in a page: the face gives them the same numbers again.
        let mut shown = |text: &str| {
            let mut probe = Content::new();
            probe.show(pdf_writer::Str(&bold.encode(text)));
            probe.finish().to_vec()
        };
        let (head, sum) = (shown("С НДС"), shown("Выплачено"));
        let pages: Vec<Vec<u8>> = pages
            .into_iter()
            .map(|page| page.finish().to_vec())
            .collect();
        let has = |page: &[u8], what: &[u8]| page.windows(what.len()).any(|part| part == what);
        assert!(pages.len() >= 3, "{}", pages.len());
        assert!(pages.iter().all(|page| has(page, &head)));
        assert_eq!(pages.iter().filter(|page| has(page, &sum)).count(), 1);
    }

    /// Writes a paper for eyes: `COMITY_PAPER=/tmp/paper.pdf cargo test -p comity-adapters document`.
    #[test]
    fn a_paper_for_eyes() {
        if let Ok(path) = std::env::var("COMITY_PAPER") {
            std::fs::write(path, PdfPapers.pdf(&wide()).unwrap()).unwrap();
        }
    }
}
