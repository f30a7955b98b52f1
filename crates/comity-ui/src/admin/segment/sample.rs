//! Groups and types with sample data.

use comity_domain::{GroupId, PartnerTypeId, RawId};
use maud::Markup;

use super::{EditGroup, EditType, Group, Kind, List, edit_group, edit_type, list};
use crate::Cx;
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{HOSTILE, Sample};

impl List {
    /// One group and one type.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            groups: vec![Group {
                id: GroupId(RawId([1; 16])),
                name: "Newsletters".to_owned(),
                description: "Writers with a list of their own".to_owned(),
                program: "Acme partners".to_owned(),
                members: 12,
            }],
            kinds: Vec::new(),
            of_types: false,
            query: String::new(),
            programs: vec![
                ("prg_1".to_owned(), "Acme partners".to_owned()),
                ("prg_2".to_owned(), "Customer referrals".to_owned()),
            ],
            program: String::new(),
            next: None,
            can_manage: true,
        }
    }

    /// The same for types.
    #[must_use]
    pub fn of_types() -> Self {
        Self {
            groups: Vec::new(),
            kinds: vec![Kind {
                id: PartnerTypeId(RawId([1; 16])),
                name: "Creator".to_owned(),
                definition: "Makes content for an audience of their own.".to_owned(),
                expectations: "Delivers what was briefed.".to_owned(),
            }],
            of_types: true,
            ..Self::sample()
        }
    }

    /// Markup and endless words.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.groups[0].name = HOSTILE.to_owned();
        view.groups[0].description = HOSTILE.repeat(3);
        view.query = HOSTILE.to_owned();
        view.next = Some("grp_1".to_owned());
        view
    }
}

fn at(cx: &Cx, path: &str) -> Cx {
    Cx {
        path: path.to_owned(),
        ..cx.clone()
    }
}

fn groups(cx: &Cx, view: &List) -> Markup {
    list(&at(cx, "/admin/groups"), &AdminShell::sample(), view)
}

fn types(cx: &Cx, view: &List) -> Markup {
    list(&at(cx, "/admin/types"), &AdminShell::sample(), view)
}

fn group(cx: &Cx, known: Option<(GroupId, String, u64)>, form: FormState) -> Markup {
    let view = EditGroup {
        known,
        programs: List::sample().programs,
        can_manage: true,
        form,
    };
    edit_group(&at(cx, "/admin/groups/x"), &AdminShell::sample(), &view)
}

fn kind(cx: &Cx, known: Option<(PartnerTypeId, String)>, form: FormState) -> Markup {
    let view = EditType {
        known,
        can_manage: true,
        form,
    };
    edit_type(&at(cx, "/admin/types/x"), &AdminShell::sample(), &view)
}

pub(in crate::admin) fn samples() -> Vec<Sample> {
    vec![
        ("admin-groups", |cx| groups(cx, &List::sample())),
        ("admin-groups-empty", |cx| {
            let view = List {
                groups: Vec::new(),
                ..List::sample()
            };
            groups(cx, &view)
        }),
        ("admin-groups-hostile", |cx| groups(cx, &List::hostile())),
        ("admin-types", |cx| types(cx, &List::of_types())),
        ("admin-types-none-found", |cx| {
            let view = List {
                kinds: Vec::new(),
                query: HOSTILE.to_owned(),
                ..List::of_types()
            };
            types(cx, &view)
        }),
        ("admin-group", |cx| {
            let known = (GroupId(RawId([1; 16])), "Newsletters".to_owned(), 12);
            let form = FormState::default().with("name", "Newsletters");
            group(cx, Some(known), form)
        }),
        ("admin-group-new", |cx| {
            group(cx, None, FormState::default().error("name", HOSTILE))
        }),
        ("admin-type", |cx| {
            let known = (PartnerTypeId(RawId([1; 16])), HOSTILE.to_owned());
            kind(cx, Some(known), FormState::default().with("name", HOSTILE))
        }),
        ("admin-type-new", |cx| {
            kind(cx, None, FormState::default().error("name", HOSTILE))
        }),
    ]
}
