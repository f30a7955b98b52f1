//! Whole files: what comes out of each, row by row.

use proptest::prelude::*;

use super::*;
use crate::money::Currency;
use crate::reference::reference_file;

const PARTNERS: &str = "Name;E-Mail;Land;Date\nZoë;zoe@example.com;x;\nBob;bob@example.com;;\n";

fn partner(row: &Row) -> &PartnerRow {
    match row.value.as_ref() {
        Some(Value::Partner(partner)) => partner,
        _ => panic!("no partner: {row:?}"),
    }
}

fn event(row: &Row) -> &EventRow {
    match row.value.as_ref() {
        Some(Value::Event(event)) => event,
        _ => panic!("no event: {row:?}"),
    }
}

fn encode(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn every_encoding_gives_the_same_rows() {
    let marked = format!("\u{feff}{PARTNERS}");
    let files = [
        PARTNERS.as_bytes().to_vec(),
        marked.as_bytes().to_vec(),
        encode(&marked, u16::to_le_bytes),
        encode(&marked, u16::to_be_bytes),
        encode(PARTNERS, u16::to_le_bytes),
        encode(PARTNERS, u16::to_be_bytes),
        PARTNERS.replace('\n', "\r\n").into_bytes(),
        PARTNERS.replace(';', "\t").into_bytes(),
        PARTNERS.replace(';', ",").into_bytes(),
        PARTNERS.replace(';', "|").into_bytes(),
        PARTNERS.trim_end().as_bytes().to_vec(),
    ];
    let (_, expected) = read(&files[0], ImportKind::Partners);
    assert_eq!(partner(&expected[0]).name, "Zoë");
    assert_eq!((expected[1].number, expected[1].line), (2, 3));
    for file in &files {
        assert_eq!(read(file, ImportKind::Partners).1, expected);
    }
    let (_, declared) = read(
        format!("sep=;\r\n{PARTNERS}").as_bytes(),
        ImportKind::Partners,
    );
    assert_eq!(
        (declared[1].line, &declared[1].hash),
        (4, &expected[1].hash)
    );
}

#[test]
fn text_that_is_none_is_a_problem_of_its_row() {
    for file in [
        b"email,name\na@b.com,A\nJos\xe9@b.com,J\nc@d.com,C\n".to_vec(),
        b"email,name\na@b.com,A\n\0@b.com,J\nc@d.com,C\n".to_vec(),
        encode("email,name\na@b.com,A\n?@b.com,J\nc@d.com,C\n", |unit| {
            // Half of a pair stands alone.
            let unit = if unit == u16::from(b'?') {
                0xd800
            } else {
                unit
            };
            unit.to_le_bytes()
        }),
    ] {
        let (_, rows) = read(&file, ImportKind::Partners);
        let found: Vec<_> = rows.iter().map(|row| (row.line, codes(row))).collect();
        let bad = vec![(Some(1), "encoding")];
        assert_eq!(found, [(2, vec![]), (3, bad), (4, vec![])]);
    }
    let header = Table::read(b"PK\x03\x04\xff\xfe,b\n1,2\n").unwrap_err();
    assert_eq!(header.code(), "encoding");
    assert_eq!(Table::read(b"").map(|_| ()), Err(TableError::Empty));
    assert_eq!(Table::read(b"\n\n").map(|_| ()), Err(TableError::Empty));
    let twice = Table::read(b"a,a\n1,2\n").unwrap_err();
    assert_eq!(twice.code(), "repeated_header");
}

#[test]
fn what_was_decoded_reads_back_the_same() {
    let file =
        b"sep=;\nemail;name\n\na@b.com;\"A\nB\"\nJos\xe9@b.com;J\nc@d.com;\"open\ne@f.com;E\n";
    let first = Table::read(file).unwrap();
    assert_eq!(Table::parse(&text_of(file)).unwrap(), first);
    let lines: Vec<_> = first.lines.iter().map(|line| line.line).collect();
    assert_eq!(lines, [4, 6, 7, 8]);
}

#[test]
fn a_broken_row_is_named_and_the_others_are_read() {
    let file = "Email,Name,Country\n\
        a@example.com,A,de\n\
        b@example.com,B\n\
        c@example.com,C,de,extra\n\
        not an address,D,de\n\
        ,E,de\n\
        f@example.com,F,Germany\n\
        \n\
        A+tag@example.com,G,DE\n\
        h@example.com,\"line\nbreak\",de\n\
        i@example.com,I,de\n";
    let (_, rows) = read(file.as_bytes(), ImportKind::Partners);
    let found: Vec<_> = rows
        .iter()
        .map(|row| (row.line, codes(row), row.value.is_some()))
        .collect();
    assert_eq!(
        found,
        [
            (2, vec![], true),
            (3, vec![(None, "column_count")], false),
            (4, vec![(None, "column_count")], false),
            (5, vec![(Some(1), "not_email")], false),
            (6, vec![(Some(1), "missing")], false),
            (7, vec![(Some(3), "not_country_code")], true),
            (9, vec![], true),
            (10, vec![], true),
            (12, vec![], true),
        ]
    );
    assert_eq!(rows[6].duplicate_of, Some(1));
    assert_eq!(partner(&rows[7]).name, "line\nbreak");
}

#[test]
fn an_open_quote_and_a_huge_cell_are_problems_of_their_row() {
    let (_, rows) = read(
        b"email,name\na@b.com,A\nc@d.com,\"open\ne@f.com,E\n",
        ImportKind::Partners,
    );
    assert_eq!(
        rows.iter().map(codes).collect::<Vec<_>>(),
        [vec![], vec![(None, "unclosed_quote")], vec![]]
    );
    assert_eq!((rows[2].line, partner(&rows[2]).name.as_str()), (4, "E"));
    let huge = format!("email,name\na@b.com,{}\n", "x".repeat(100_000));
    let (_, rows) = read(huge.as_bytes(), ImportKind::Partners);
    assert_eq!(codes(&rows[0]), [(Some(2), "too_long")]);
}

#[test]
fn formulas_stay_text() {
    let file = "email,name\na@b.com,\"=HYPERLINK(\"\"http://x\"\")\"\n";
    let (_, rows) = read(file.as_bytes(), ImportKind::Partners);
    assert_eq!(partner(&rows[0]).name, "=HYPERLINK(\"http://x\")");
}

#[test]
fn events_take_their_notation_from_the_file() {
    let file = "order,date,amount,currency,email,type\n\
        1,03/04/2025,\"1,234\",EUR,a@b.com,sale\n\
        2,25/04/2025,\"5,50\",EUR,a@b.com,\n\
        3,04/05/2025,\"-5,50\",EUR,a@b.com,sale\n\
        4,04/05/2025,x,EUR,a@b.com,sale\n\
        5,04/05/2025,1,QQQ,a@b.com,sale\n\
        6,04/05/2025,,EUR,a@b.com,lead\n\
        7,04/05/2025,,EUR,a@b.com,sale\n\
        8,never,1,EUR,a@b.com,wedding\n\
        2,25/04/2025,\"5,50\",EUR,a@b.com,sale\n\
        9,25/04/2025,\"-5,50\",EUR,a@b.com,renewal\n";
    let (_, rows) = read(file.as_bytes(), ImportKind::Events);
    let first = event(&rows[0]);
    assert_eq!(
        first.amount.map(|m| m.minor),
        Some(123),
        "the comma of row 2 is a decimal mark"
    );
    assert_eq!(first.occurred_at.to_string(), "2025-04-03T00:00:00Z");
    let refund = event(&rows[2]);
    assert_eq!(
        (refund.amount.map(|m| m.minor), refund.refers_to.as_deref()),
        (Some(550), Some("3"))
    );
    let problems: Vec<_> = rows[3..8].iter().map(codes).collect();
    assert_eq!(
        problems,
        [
            vec![(Some(3), "not_number")],
            vec![(Some(4), "not_currency"), (Some(3), "missing")],
            vec![],
            vec![(Some(3), "missing")],
            vec![(Some(2), "not_date"), (Some(6), "unknown_kind")],
        ]
    );
    assert_eq!(rows[8].duplicate_of, Some(2));
    assert_eq!(codes(&rows[9]), [(Some(3), "negative")]);
}

#[test]
fn an_ambiguous_notation_asks_instead_of_guessing() {
    let file = b"order,date,amount,currency\n1,03/04/2025,\"1,234\",EUR\n";
    let (table, rows) = read(file, ImportKind::Events);
    assert_eq!(
        codes(&rows[0]),
        [(Some(2), "ambiguous_date"), (Some(3), "ambiguous_number")]
    );
    let told = Settings {
        decimal_mark: Some(DecimalMark::Point),
        date_order: Some(DateOrder::DayFirst),
        currency: Some(Currency::USD),
        ..settings()
    };
    let mapping = Mapping::suggest(ImportKind::Events, &table.headers, None);
    let rows = super::rows(&table, ImportKind::Events, &mapping, &told);
    assert_eq!(
        event(&rows[0]).amount.map(|money| money.minor),
        Some(123_400)
    );
}

#[test]
fn a_run_goes_on_where_it_stopped_and_notices_another_file() {
    let (table, rows) = read(PARTNERS.as_bytes(), ImportKind::Partners);
    let done = Checkpoint {
        number: 1,
        hash: rows[0].hash.clone(),
    };
    assert_eq!(done.resume(&table), Ok(1));
    assert_eq!(Checkpoint::default().resume(&table), Ok(0));
    let corrected = Table::read(PARTNERS.replace("bob", "rob").as_bytes()).unwrap();
    assert_eq!(done.resume(&corrected), Ok(1));
    let swapped = Table::read(PARTNERS.replace("zoe", "zora").as_bytes()).unwrap();
    assert_eq!(done.resume(&swapped), Err(ResumeError::Changed));
    let past = Checkpoint {
        number: 9,
        hash: String::new(),
    };
    assert_eq!(past.resume(&table), Err(ResumeError::Shorter));
}

#[test]
fn the_reference_export_is_read_whole() {
    let Some(file) = reference_file("imports/rewardful_affiliates_clean.csv") else {
        return;
    };
    let (table, rows) = read(&file, ImportKind::Partners);
    assert_eq!((table.separator, rows.len()), (',', 50));
    assert!(
        rows.iter()
            .all(|row| row.value.is_some() && row.problems.is_empty())
    );
    let vendor = Mapping::detect(ImportKind::Partners, &table.headers);
    assert_eq!(vendor, Some(Vendor::Rewardful));
    let first = partner(&rows[0]);
    assert_eq!(first.name, "Hà \"Q\" Roe");
    assert_eq!(
        (first.slug.as_deref(), first.group.as_deref()),
        (Some("tok0"), Some("Creators"))
    );
    assert_eq!(first.external_id.as_deref(), Some("aff-0000"));
    assert_eq!(
        first.created_at.unwrap().to_string(),
        "2025-03-26T10:00:00Z"
    );
    assert_eq!(partner(&rows[1]).status.code(), "paused");
}

proptest! {
    #[test]
    fn no_file_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[a-z,;\"\n@.=0-9]{0,200}") {
        for file in [bytes, format!("email,name,date\n{text}").into_bytes()] {
            if let Ok(table) = Table::read(&file) {
                for kind in ImportKind::ALL {
                    let mapping = Mapping::suggest(*kind, &table.headers, None);
                    let rows = super::rows(&table, *kind, &mapping, &settings());
                    prop_assert_eq!(rows.len(), table.lines.len());
                }
            }
        }
    }
}
