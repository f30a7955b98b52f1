//! Clicks as bytes: version first, then the fields in a fixed order.

use std::borrow::Cow;

use comity_domain::{ClickId, EnrollmentId, LinkId, PartnerId, ProgramId, TenantId, VisitorId};

use super::address::{Network, Origin};
use super::record::{Channel, Class, Click, Consent, Leads, Utm, Verdict};
use crate::codec::{DecodeError, Decoder, Encoder};

/// The version written. A reader refuses any it does not know.
const VERSION: u8 = 1;

/// Appends the bytes of `click` to `buffer`.
pub fn encode(click: &Click, buffer: &mut Vec<u8>) {
    let mut out = Encoder(buffer);
    out.byte(VERSION);
    out.id(click.id.0);
    out.time(click.at);
    for id in [
        click.tenant.0,
        click.program.0,
        click.link.0,
        click.partner.0,
        click.enrollment.0,
    ] {
        out.id(id);
    }
    out.maybe(click.visitor, |out, visitor| out.id(visitor.0));
    origin(&mut out, click.origin);
    out.maybe(click.country, |out, code| out.raw(&code));
    out.text(&click.user_agent);
    out.maybe_text(click.referrer.as_deref());
    out.maybe_text(click.language.as_deref());
    for sub_id in &click.sub_ids {
        out.maybe_text(sub_id.as_deref());
    }
    for value in click.utm.values() {
        out.maybe_text(value);
    }
    out.byte(click.channel as u8);
    out.byte(click.leads as u8);
    out.text(&click.destination);
    out.maybe_text(click.paid_parameter.as_deref());
    out.byte(click.verdict.class as u8);
    out.text(&click.verdict.reason);
    out.maybe(click.duplicate_of, |out, first| out.id(first.0));
    out.byte(click.consent as u8);
}

fn origin(out: &mut Encoder<'_>, origin: Origin) {
    match origin.network {
        None => out.byte(0),
        Some(Network::V4(head)) => {
            out.byte(4);
            out.raw(&head);
        }
        Some(Network::V6(head)) => {
            out.byte(6);
            out.raw(&head);
        }
    }
    out.maybe(origin.hash, |out, hash| out.raw(&hash));
}

/// Reads one click.
///
/// # Errors
/// When the bytes are not exactly one click of a known version.
pub fn decode(bytes: &[u8]) -> Result<Click, DecodeError> {
    let mut from = Decoder(bytes);
    match from.byte()? {
        VERSION => {}
        unknown => return Err(DecodeError::Version(unknown)),
    }
    let click = Click {
        id: ClickId(from.id()?),
        at: from.time()?,
        tenant: TenantId(from.id()?),
        program: ProgramId(from.id()?),
        link: LinkId(from.id()?),
        partner: PartnerId(from.id()?),
        enrollment: EnrollmentId(from.id()?),
        visitor: from.maybe(|from| from.id().map(VisitorId))?,
        origin: read_origin(&mut from)?,
        country: from.maybe(Decoder::take)?,
        user_agent: from.text()?,
        referrer: from.maybe_text()?,
        language: from.maybe_text()?,
        sub_ids: five(&mut from)?,
        utm: Utm::from_values(five(&mut from)?),
        channel: one_of(&mut from, &[Channel::Link, Channel::Qr, Channel::Script])?,
        leads: one_of(&mut from, &[Leads::Stored, Leads::Deep, Leads::DeepRefused])?,
        destination: from.text()?,
        paid_parameter: from.maybe_text()?,
        verdict: Verdict {
            class: one_of(&mut from, &Class::ALL)?,
            reason: Cow::Owned(from.text()?),
        },
        duplicate_of: from.maybe(|from| from.id().map(ClickId))?,
        consent: one_of(
            &mut from,
            &[Consent::Unknown, Consent::Given, Consent::Refused],
        )?,
    };
    from.finish()?;
    Ok(click)
}

fn read_origin(from: &mut Decoder<'_>) -> Result<Origin, DecodeError> {
    let network = match from.byte()? {
        0 => None,
        4 => Some(Network::V4(from.take()?)),
        6 => Some(Network::V6(from.take()?)),
        _ => return Err(DecodeError::Invalid),
    };
    Ok(Origin {
        network,
        hash: from.maybe(Decoder::take)?,
    })
}

fn five(from: &mut Decoder<'_>) -> Result<[Option<String>; 5], DecodeError> {
    let mut values = [const { None }; 5];
    for value in &mut values {
        *value = from.maybe_text()?;
    }
    Ok(values)
}

fn one_of<T: Copy>(from: &mut Decoder<'_>, all: &[T]) -> Result<T, DecodeError> {
    all.get(usize::from(from.byte()?))
        .copied()
        .ok_or(DecodeError::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::{RawId, Timestamp};
    use proptest::option::of;
    use proptest::prelude::*;
    use proptest::sample::select;

    type Texts = [Option<String>; 5];

    fn texts() -> impl Strategy<Value = Texts> {
        proptest::array::uniform5(of(".{0,40}"))
    }

    fn origins() -> impl Strategy<Value = Origin> {
        let network = prop_oneof![
            Just(None),
            any::<[u8; 3]>().prop_map(|head| Some(Network::V4(head))),
            any::<[u8; 6]>().prop_map(|head| Some(Network::V6(head))),
        ];
        (network, of(any::<[u8; 16]>())).prop_map(|(network, hash)| Origin { network, hash })
    }

    prop_compose! {
        fn clicks()(
            ids: [[u8; 16]; 6],
            visitor in of(any::<[u8; 16]>()),
            at: i64,
            origin in origins(),
            country in of(any::<[u8; 2]>()),
            agent in ".{0,80}",
            words in texts(),
            sub_ids in texts(),
            utm in texts(),
            channel in select(&[Channel::Link, Channel::Qr, Channel::Script]),
            leads in select(&[Leads::Stored, Leads::Deep, Leads::DeepRefused]),
            class in select(&Class::ALL),
            first in of(any::<[u8; 16]>()),
            consent in select(&[Consent::Unknown, Consent::Given, Consent::Refused]),
        ) -> Click {
            let [referrer, language, paid_parameter, destination, reason] = words;
            let [id, tenant, program, link, partner, enrollment] = ids.map(RawId);
            Click {
                id: ClickId(id),
                at: Timestamp::from_micros(at),
                tenant: TenantId(tenant),
                program: ProgramId(program),
                link: LinkId(link),
                partner: PartnerId(partner),
                enrollment: EnrollmentId(enrollment),
                visitor: visitor.map(|v| VisitorId(RawId(v))),
                origin,
                country,
                user_agent: agent,
                referrer,
                language,
                sub_ids,
                utm: Utm::from_values(utm),
                channel,
                leads,
                destination: destination.unwrap_or_default(),
                paid_parameter,
                verdict: Verdict { class, reason: Cow::Owned(reason.unwrap_or_default()) },
                duplicate_of: first.map(|first| ClickId(RawId(first))),
                consent,
            }
        }
    }

    proptest! {
        #[test]
        fn a_click_survives_its_bytes(click in clicks()) {
            let mut bytes = Vec::new();
            encode(&click, &mut bytes);
            prop_assert_eq!(decode(&bytes), Ok(click));
        }

        #[test]
        fn a_cut_click_is_refused(click in clicks(), cut in any::<prop::sample::Index>()) {
            let mut bytes = Vec::new();
            encode(&click, &mut bytes);
            prop_assert!(decode(&bytes[..cut.index(bytes.len())]).is_err());
            bytes.push(0);
            prop_assert_eq!(decode(&bytes), Err(DecodeError::Trailing));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }

    #[test]
    fn an_unknown_version_is_refused() {
        assert_eq!(
            decode(&[VERSION + 1, 0, 0]),
            Err(DecodeError::Version(VERSION + 1))
        );
    }
}
