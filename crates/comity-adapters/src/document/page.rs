//! Where the words of a paper stand: head, parties, table, totals, notes, over as many pages
//! as they need.

use comity_app::port::Paper;
use pdf_writer::{Content, Name, Str};

use super::font::Face;
use super::{HEIGHT, WIDTH};

/// Margins in points.
const LEFT: f32 = 56.0;
const RIGHT: f32 = WIDTH - 56.0;
const TOP: f32 = HEIGHT - 64.0;
const BOTTOM: f32 = 72.0;
/// Body size and the height of a line.
const SIZE: f32 = 9.5;
const LINE: f32 = 14.0;
/// Between columns.
const GAP: f32 = 12.0;
/// Where values stand beside their names.
const VALUES: f32 = LEFT + 150.0;

/// Which face.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Regular,
    Bold,
}

/// How high so many lines are.
fn height(lines: usize) -> f32 {
    (0..lines).map(|_| LINE).sum()
}

/// Puts words on pages.
pub(super) struct Layout<'l, 'f> {
    regular: &'l mut Face<'f>,
    bold: &'l mut Face<'f>,
    pages: Vec<Content>,
    y: f32,
}

impl<'l, 'f> Layout<'l, 'f> {
    pub(super) fn new(regular: &'l mut Face<'f>, bold: &'l mut Face<'f>) -> Self {
        Self {
            regular,
            bold,
            pages: vec![Content::new()],
            y: TOP,
        }
    }

    pub(super) fn pages(mut self, paper: &Paper) -> Vec<Content> {
        self.head(paper);
        self.parties(paper);
        self.table(paper);
        self.totals(paper);
        for note in &paper.notes {
            self.y -= LINE / 2.0;
            for line in self.wrapped(note, Weight::Regular, RIGHT - LEFT) {
                self.line_of(&[(LEFT, line, Weight::Regular)]);
            }
        }
        self.numbers(&paper.title);
        self.pages
    }

    fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        match weight {
            Weight::Regular => self.regular.width(text, size),
            Weight::Bold => self.bold.width(text, size),
        }
    }

    fn put(&mut self, page: usize, (x, y): (f32, f32), text: &str, weight: Weight, size: f32) {
        let (name, bytes) = match weight {
            Weight::Regular => (Name(b"F1"), self.regular.encode(text)),
            Weight::Bold => (Name(b"F2"), self.bold.encode(text)),
        };
        let content = &mut self.pages[page];
        content.begin_text();
        content.set_font(name, size);
        content.next_line(x, y);
        content.show(Str(&bytes));
        content.end_text();
    }

    fn rule(&mut self, y: f32) {
        if let Some(content) = self.pages.last_mut() {
            content.set_line_width(0.5);
            content.move_to(LEFT, y);
            content.line_to(RIGHT, y);
            content.stroke();
        }
    }

    /// A new page when the next lines would not fit.
    fn room(&mut self, height: f32) {
        if self.y - height < BOTTOM {
            self.turn();
        }
    }

    /// A new page.
    fn turn(&mut self) {
        self.pages.push(Content::new());
        self.y = TOP;
    }

    /// One line of texts that begin at their places.
    fn line_of(&mut self, texts: &[(f32, String, Weight)]) {
        self.room(LINE);
        self.y -= LINE;
        let (page, y) = (self.pages.len() - 1, self.y);
        for (x, text, weight) in texts {
            self.put(page, (*x, y), text, *weight, SIZE);
        }
    }

    fn head(&mut self, paper: &Paper) {
        for line in self.cut(&paper.title, Weight::Bold, RIGHT - LEFT, 18.0) {
            let y = self.y;
            self.put(0, (LEFT, y), &line, Weight::Bold, 18.0);
            self.y -= 24.0;
        }
        self.y += 4.0;
        for (name, value) in &paper.facts {
            let values = self.wrapped(value, Weight::Bold, RIGHT - VALUES);
            for (index, value) in values.into_iter().enumerate() {
                let mut texts = vec![(VALUES, value, Weight::Bold)];
                if index == 0 {
                    texts.push((LEFT, name.clone(), Weight::Regular));
                }
                self.line_of(&texts);
            }
        }
        self.y -= LINE;
    }

    /// From the left party to the right one.
    fn parties(&mut self, paper: &Paper) {
        let half = (RIGHT - LEFT - GAP) / 2.0;
        let columns = paper.parties.each_ref().map(|lines| {
            let mut all = Vec::new();
            for (index, line) in lines.iter().enumerate() {
                let weight = if index == 0 {
                    Weight::Bold
                } else {
                    Weight::Regular
                };
                let cut = self.wrapped(line, weight, half);
                all.extend(cut.into_iter().map(|text| (text, weight)));
            }
            all
        });
        for index in 0..columns[0].len().max(columns[1].len()) {
            let mut texts = Vec::new();
            for (x, column) in [LEFT, LEFT + half + GAP].into_iter().zip(&columns) {
                if let Some((text, weight)) = column.get(index) {
                    texts.push((x, text.clone(), *weight));
                }
            }
            self.line_of(&texts);
        }
        self.y -= LINE;
    }

    /// The first column fits its widest cell, the last ones stand at the right; what is left
    /// is the second one's, whose words wrap.
    fn table(&mut self, paper: &Paper) {
        if paper.columns.is_empty() {
            return;
        }
        let widest = |column: usize| {
            let cells = paper.rows.iter().filter_map(|row| row.get(column));
            let widths = cells.map(|cell| self.width(cell, Weight::Regular, SIZE));
            let head = self.width(&paper.columns[column], Weight::Bold, SIZE);
            widths.fold(head, f32::max)
        };
        let last = paper.columns.len() - 1;
        let widths: Vec<f32> = (0..=last).map(widest).collect();
        let fixed: f32 = widths
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != 1)
            .map(|(_, w)| w + GAP)
            .sum();
        let wrap = (RIGHT - LEFT - fixed).max(80.0);
        self.heads(&paper.columns, &widths, wrap);
        for row in &paper.rows {
            let second = row.get(1).map(String::as_str).unwrap_or_default();
            let lines = self.wrapped(second, Weight::Regular, wrap).len().max(1);
            // A row stays together, and every page says what its columns are.
            if self.y - height(lines) < BOTTOM {
                self.turn();
                self.heads(&paper.columns, &widths, wrap);
            }
            self.row(row, &widths, wrap, Weight::Regular);
        }
        let y = self.y - 5.0;
        self.rule(y);
        self.y -= 6.0;
    }

    fn heads(&mut self, columns: &[String], widths: &[f32], wrap: f32) {
        self.row(columns, widths, wrap, Weight::Bold);
        let y = self.y - 4.0;
        self.rule(y);
        self.y -= 4.0;
    }

    fn row(&mut self, cells: &[String], widths: &[f32], wrap: f32, weight: Weight) {
        let second = cells.get(1).map(String::as_str).unwrap_or_default();
        let lines = self.wrapped(second, weight, wrap);
        for index in 0..lines.len().max(1) {
            let mut texts = Vec::new();
            if let Some(line) = lines.get(index) {
                texts.push((LEFT + widths[0] + GAP, line.clone(), weight));
            }
            if index == 0 {
                if let Some(first) = cells.first() {
                    texts.push((LEFT, first.clone(), weight));
                }
                let mut end = RIGHT;
                for (column, cell) in cells.iter().enumerate().skip(2).rev() {
                    let x = end - self.width(cell, weight, SIZE);
                    texts.push((x, cell.clone(), weight));
                    end -= widths[column] + GAP;
                }
            }
            self.line_of(&texts);
        }
    }

    fn totals(&mut self, paper: &Paper) {
        let last = paper.totals.len().saturating_sub(1);
        // Sums that stand apart from each other cannot be read.
        self.room(height(paper.totals.len()));
        for (index, (name, value)) in paper.totals.iter().enumerate() {
            let weight = if index == last {
                Weight::Bold
            } else {
                Weight::Regular
            };
            let x = RIGHT - self.width(value, weight, SIZE);
            let label = (RIGHT - 130.0 - self.width(name, weight, SIZE))
                .min(x - GAP - self.width(name, weight, SIZE));
            self.line_of(&[(label, name.clone(), weight), (x, value.clone(), weight)]);
        }
        self.y -= LINE;
    }

    /// `2 / 3` at the foot, with the title so that loose sheets find back.
    fn numbers(&mut self, title: &str) {
        let all = self.pages.len();
        for page in 0..all {
            let text = format!("{} / {all}", page + 1);
            let x = RIGHT - self.width(&text, Weight::Regular, 8.0);
            self.put(page, (x, 40.0), &text, Weight::Regular, 8.0);
            self.put(page, (LEFT, 40.0), title, Weight::Regular, 8.0);
        }
    }

    fn wrapped(&self, text: &str, weight: Weight, width: f32) -> Vec<String> {
        self.cut(text, weight, width, SIZE)
    }

    /// Breaks between words, and inside a word that is wider than the column.
    fn cut(&self, text: &str, weight: Weight, width: f32, size: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let mut rest = word.to_owned();
            loop {
                let line = lines.last().cloned().unwrap_or_default();
                let joined = if line.is_empty() {
                    rest.clone()
                } else {
                    format!("{line} {rest}")
                };
                if self.width(&joined, weight, size) <= width {
                    if let Some(last) = lines.last_mut() {
                        *last = joined;
                    }
                    break;
                }
                if !line.is_empty() {
                    lines.push(String::new());
                    continue;
                }
                let mut fits = 1;
                let letters: Vec<char> = rest.chars().collect();
                while fits < letters.len() {
                    let head: String = letters[..=fits].iter().collect();
                    if self.width(&head, weight, size) > width {
                        break;
                    }
                    fits += 1;
                }
                if let Some(last) = lines.last_mut() {
                    *last = letters[..fits].iter().collect();
                }
                rest = letters[fits..].iter().collect();
                if rest.is_empty() {
                    break;
                }
                lines.push(String::new());
            }
        }
        lines
    }
}
