//! Hints as bytes in the spool: tag, id, time, program, and what was told as JSON.

use comity_domain::tracking::Hint;
use comity_domain::{ProgramId, RawId, TenantId, Timestamp};

use crate::codec::{DecodeError, Decoder, Encoder};

/// The first byte; clicks have smaller ones.
const TAG: u8 = 0x81;

/// One accepted hint, as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HintRecord {
    /// Time-ordered and unique: a repeated shipment is known by it.
    pub id: RawId,
    /// When this server heard of it: the event's time.
    pub at: Timestamp,
    /// The organisation that owns the program.
    pub tenant: TenantId,
    /// The program whose page told it.
    pub program: ProgramId,
    /// What was told.
    pub hint: Hint,
}

/// True when a record holds a hint and not a click.
pub(crate) fn is_hint(bytes: &[u8]) -> bool {
    bytes.first() == Some(&TAG)
}

/// Appends the bytes of a record.
pub(crate) fn encode(record: &HintRecord, buffer: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let text = serde_json::to_string(&record.hint)?;
    let mut out = Encoder(buffer);
    out.byte(TAG);
    out.id(record.id);
    out.time(record.at);
    out.id(record.tenant.0);
    out.id(record.program.0);
    out.text(&text);
    Ok(())
}

/// Reads one hint.
///
/// # Errors
/// When the bytes are not exactly one hint of a known form.
pub(crate) fn decode(bytes: &[u8]) -> Result<HintRecord, DecodeError> {
    let mut from = Decoder(bytes);
    match from.byte()? {
        TAG => {}
        unknown => return Err(DecodeError::Version(unknown)),
    }
    let record = HintRecord {
        id: from.id()?,
        at: from.time()?,
        tenant: TenantId(from.id()?),
        program: ProgramId(from.id()?),
        hint: serde_json::from_str(&from.text()?).map_err(|_| DecodeError::Invalid)?,
    };
    from.finish()?;
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::tracking::HintSource;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_hint_survives_its_bytes(
            texts in proptest::array::uniform5(".{0,40}"),
            amount: i64,
            ids: [[u8; 16]; 3],
            at: i64,
        ) {
            let [kind, external_id, email, name, value] = texts;
            let mut hint = Hint { kind, external_id, email, name, amount_minor: amount, ..Hint::new(HintSource::Pixel) };
            hint.metadata.insert("k".to_owned(), value);
            let [id, tenant, program] = ids.map(RawId);
            let record = HintRecord {
                id,
                at: Timestamp::from_micros(at),
                tenant: TenantId(tenant),
                program: ProgramId(program),
                hint,
            };
            let mut bytes = Vec::new();
            encode(&record, &mut bytes).unwrap();
            prop_assert!(is_hint(&bytes));
            prop_assert!(decode(&bytes[..bytes.len() - 1]).is_err());
            prop_assert_eq!(decode(&bytes), Ok(record));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
