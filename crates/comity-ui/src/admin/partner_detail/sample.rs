//! A partner to look at.

use comity_domain::partner::{EnrollmentStatus, Partner};
use comity_domain::{AgreementId, EnrollmentId, Money, PartnerId, RawId, TenantId};

use super::{Detail, Line, Member, page};
use crate::admin::agreement::Agreed;
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{self, HOSTILE, Sample};

impl Detail {
    /// A usual partner.
    #[must_use]
    pub fn sample() -> Self {
        let eur = |minor| Money::new(minor, comity_domain::Currency::EUR);
        Self {
            partner: Partner {
                id: PartnerId(RawId([1; 16])),
                tenant: TenantId(RawId([1; 16])),
                email: "maya@example.com".to_owned(),
                email_norm: "maya@example.com".to_owned(),
                name: "Maya Okafor".to_owned(),
                company: "Letters Ltd".to_owned(),
                country: "DE".to_owned(),
                website: "https://letters.example".to_owned(),
                lang: "en".to_owned(),
                password_hash: None,
                created_at: sample::now().plus_days(-90),
                last_seen_at: Some(sample::now().plus_days(-2)),
            },
            has_second_step: true,
            can_reset: true,
            members: vec![Member {
                id: EnrollmentId(RawId([1; 16])),
                program: "Acme partners".to_owned(),
                status: EnrollmentStatus::Approved,
                reason: String::new(),
                next: vec![
                    EnrollmentStatus::Paused,
                    EnrollmentStatus::Banned,
                    EnrollmentStatus::Archived,
                ],
                labels: vec!["Newsletters".to_owned()],
                groups: vec![("grp_1".to_owned(), "Newsletters".to_owned(), true)],
                types: vec![("typ_1".to_owned(), "Creator".to_owned(), false)],
                tiers: vec![("tir_1".to_owned(), "Gold".to_owned())],
                given_tier: String::new(),
                tier: "Gold".to_owned(),
                agreements: vec![Agreed {
                    id: AgreementId(RawId([1; 16])),
                    name: "Creator deal".to_owned(),
                    note: HOSTILE.to_owned(),
                    days: ("2026-01-01".to_owned(), Some("2026-12-31".to_owned())),
                    valid: true,
                }],
                managers: vec![("usr_1".to_owned(), "Dana Ruiz".to_owned())],
                manager: "usr_1".to_owned(),
                recruiter: Some((PartnerId(RawId([2; 16])), "Omar Haddad".to_owned())),
                counts: (1_284, 40, 12),
                revenue: eur(144_000),
                balance: [eur(4_800), eur(12_000), eur(0), eur(12_000)],
            }],
            tab: String::new(),
            lines: Vec::new(),
            can_manage: true,
            can_manage_programs: true,
            form: FormState::default(),
        }
    }

    fn on(tab: &str) -> Self {
        let line = |title: &str| Line {
            title: title.to_owned(),
            href: "/admin/links/lnk_1".to_owned(),
            detail: HOSTILE.to_owned(),
            value: "€48.00".to_owned(),
            at: sample::now(),
        };
        Self {
            tab: tab.to_owned(),
            lines: vec![line("maya"), line(HOSTILE)],
            ..Self::sample()
        }
    }

    /// Markup everywhere.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.partner.name = HOSTILE.to_owned();
        view.partner.company = HOSTILE.to_owned();
        view.members[0].program = HOSTILE.to_owned();
        view.members[0].reason = HOSTILE.to_owned();
        view.members[0].tier = HOSTILE.to_owned();
        view.members[0].recruiter = Some((view.partner.id, HOSTILE.to_owned()));
        let field = format!("recruiter-{}", view.members[0].id);
        view.form = FormState::default()
            .with(&field, HOSTILE)
            .error(&field, HOSTILE);
        view.members[0].labels = vec![HOSTILE.to_owned()];
        view
    }
}

pub(in crate::admin) fn samples() -> Vec<Sample> {
    vec![
        ("admin-partner", |cx| {
            page(cx, &AdminShell::sample(), &Detail::sample())
        }),
        ("admin-partner-hostile", |cx| {
            page(cx, &AdminShell::sample(), &Detail::hostile())
        }),
        ("admin-partner-notes", |cx| {
            page(cx, &AdminShell::sample(), &Detail::on("notes"))
        }),
        ("admin-partner-links", |cx| {
            page(cx, &AdminShell::sample(), &Detail::on("links"))
        }),
    ]
}
