//! One row through the use cases people use.

use std::collections::BTreeMap;

use comity_domain::email::Email;
use comity_domain::integration::import::{EventRow, LinkRow, PartnerRow, Row, Value};
use comity_domain::integration::inbound::Kind;

use comity_domain::partner::{Enrollment, EnrollmentStatus};
use comity_domain::program::Program;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, GroupId, Money, Timestamp};
use comity_store::import::Import;
use comity_store::{link as links, partner};
use comity_ui::i18n::Lang;

use crate::link::{self, NewCoupon, NewLink};
use crate::partner::{NewPartner, invite, set_status};
use crate::segment;
use crate::tracking::{Happening, NewCustomer, NewEvent, record};
use crate::{App, AppError};

/// What the rows of one run share.
pub(super) struct Place {
    /// When the run was set up: a membership that is younger was made by it.
    since: Timestamp,
    /// Groups of the program that were looked up, by name.
    groups: BTreeMap<String, GroupId>,
}

impl Place {
    /// For a run over this file.
    pub fn new(import: &Import) -> Self {
        Self {
            since: import.created_at,
            groups: BTreeMap::new(),
        }
    }

    /// The group of this name, made if the program has none.
    async fn group(
        &mut self,
        app: &App,
        actor: &Actor,
        program: &Program,
        name: &str,
    ) -> Result<GroupId, AppError> {
        if let Some(known) = self.groups.get(name) {
            return Ok(*known);
        }
        let all = segment::groups(app, actor, Some(program.id)).await?;
        let known = all.into_iter().find(|(group, _)| group.name == name);
        let id = match known {
            Some((group, _)) => group.id,
            None => {
                segment::create_group(app, actor, program.id, name, "")
                    .await?
                    .id
            }
        };
        self.groups.insert(name.to_owned(), id);
        Ok(id)
    }
}

/// Imports one row; one that is there already is done. Answers a stable code when
/// the row cannot be imported.
pub(super) async fn row(
    app: &App,
    actor: &Actor,
    program: &Program,
    place: &mut Place,
    row: &Row,
) -> Result<Result<(), String>, AppError> {
    let Some(value) = &row.value else {
        let first = row.problems.iter().find(|p| !p.code.is_warning());
        let code = first.map_or("unreadable", |problem| problem.code.code());
        return Ok(Err(code.to_owned()));
    };
    if row.duplicate_of.is_some() {
        return Ok(Err("duplicate_row".to_owned()));
    }
    let result = match value {
        Value::Partner(partner) => one_partner(app, actor, program, place, partner).await,
        Value::Link(link) => one_link(app, actor, program, link).await,
        Value::Event(event) => one_event(app, actor, program, event).await,
    };
    match result {
        Ok(()) => Ok(Ok(())),
        Err(AppError::Invalid(errors)) => {
            let first = errors.first();
            Ok(Err(first
                .map_or("invalid_input", |error| error.code)
                .to_owned()))
        }
        Err(error @ (AppError::Conflict(_) | AppError::NotFound(_) | AppError::Internal(_))) => {
            Ok(Err(error.code().to_owned()))
        }
        Err(error) => Err(error),
    }
}

async fn one_partner(
    app: &App,
    actor: &Actor,
    program: &Program,
    place: &mut Place,
    row: &PartnerRow,
) -> Result<(), AppError> {
    // Who earns or paused over there comes along; the others need a decision of the team.
    let paused = row.status == EnrollmentStatus::Paused;
    if row.status != EnrollmentStatus::Approved && !paused {
        return Err(AppError::Conflict("partner_not_active"));
    }
    let known = member(app, program, &row.email).await?;
    let member = match known {
        Some(known) => known,
        None => newcomer(app, actor, program, place, row).await?,
    };
    if member.status.earns() {
        if let Some(slug) = &row.slug {
            ensure_link(app, actor, program, &member, slug, "").await?;
        }
        if let Some(code) = &row.coupon {
            ensure_coupon(app, actor, &member, code).await?;
        }
    }
    // A membership from before this run keeps the state the team gave it.
    if paused && member.status.earns() && member.created_at >= place.since {
        set_status(app, actor, member.id, EnrollmentStatus::Paused, "").await?;
    }
    Ok(())
}

async fn newcomer(
    app: &App,
    actor: &Actor,
    program: &Program,
    place: &mut Place,
    row: &PartnerRow,
) -> Result<Enrollment, AppError> {
    let email = row.email.to_string();
    let name = if row.name.is_empty() {
        email.split('@').next().unwrap_or_default().to_owned()
    } else {
        row.name.clone()
    };
    let mut groups = Vec::new();
    if let Some(name) = &row.group {
        groups.push(place.group(app, actor, program, name).await?);
    }
    let new = NewPartner {
        program: program.id,
        name,
        email,
        company: row.company.clone(),
        country: row.country.clone().unwrap_or_default(),
        website: row.website.clone().unwrap_or_default(),
        lang: Lang::En,
        groups,
        types: Vec::new(),
        send_mail: false,
    };
    invite(app, actor, new).await.map(|(_, member)| member)
}

async fn one_link(
    app: &App,
    actor: &Actor,
    program: &Program,
    row: &LinkRow,
) -> Result<(), AppError> {
    let Some(email) = &row.partner_email else {
        return Err(AppError::Conflict("partner_email_missing"));
    };
    let Some(member) = member(app, program, email).await? else {
        return Err(AppError::Conflict("partner_not_found"));
    };
    if let Some(slug) = &row.slug {
        let destination = row.destination.as_deref().unwrap_or_default();
        ensure_link(app, actor, program, &member, slug, destination).await?;
    }
    if let Some(code) = &row.coupon {
        ensure_coupon(app, actor, &member, code).await?;
    }
    Ok(())
}

/// A link under this path, made now or there already as the same partner's.
async fn ensure_link(
    app: &App,
    actor: &Actor,
    program: &Program,
    member: &Enrollment,
    slug: &str,
    destination: &str,
) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    let own = links::of_enrollment(&mut tx, program.tenant, member.id).await?;
    drop(tx);
    if own.iter().any(|link| link.slug.to_string() == slug) {
        return Ok(());
    }
    let new = NewLink {
        enrollment: member.id,
        slug: slug.to_owned(),
        destination: destination.to_owned(),
        label: String::new(),
        expires_at: None,
    };
    link::create(app, actor, new).await.map(drop)
}

async fn ensure_coupon(
    app: &App,
    actor: &Actor,
    member: &Enrollment,
    code: &str,
) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    let known = links::coupon_by_code(&mut tx, member.tenant, member.program, code).await?;
    drop(tx);
    if known.is_some_and(|coupon| coupon.enrollment == member.id) {
        return Ok(());
    }
    let new = NewCoupon {
        enrollment: member.id,
        code: code.to_owned(),
        exclusive: false,
    };
    link::create_coupon(app, actor, new).await.map(drop)
}

async fn member(
    app: &App,
    program: &Program,
    email: &Email,
) -> Result<Option<Enrollment>, AppError> {
    let mut tx = app.store.read().await?;
    let Some(partner) = partner::by_email(&mut tx, program.tenant, &email.normalised()).await?
    else {
        return Ok(None);
    };
    Ok(partner::enrollment_of(&mut tx, program.tenant, program.id, partner.id).await?)
}

async fn one_event(
    app: &App,
    actor: &Actor,
    program: &Program,
    row: &EventRow,
) -> Result<(), AppError> {
    let happening = match row.kind {
        Kind::Lead => Happening::Kind(EventKind::Lead),
        Kind::Sale => Happening::Kind(EventKind::Sale),
        Kind::Renewal => Happening::Kind(EventKind::Renewal),
        Kind::Refund => Happening::Kind(EventKind::Refund),
        Kind::Chargeback => Happening::Kind(EventKind::Chargeback),
        Kind::Void => Happening::Void,
        Kind::ChargebackWon => Happening::ChargebackWon,
        Kind::OrderEdited => Happening::OrderEdited,
        Kind::CustomerCreated | Kind::Cancellation | Kind::SaleNames => return Ok(()),
    };
    let net = row.amount.unwrap_or_else(|| Money::zero(program.currency));
    let mut metadata = BTreeMap::new();
    if let Some(commission) = row.commission {
        metadata.insert("import.commission".to_owned(), commission.decimal());
    }
    if let Some(state) = &row.commission_state {
        metadata.insert("import.commission_state".to_owned(), state.clone());
    }
    let event = NewEvent {
        program: program.id,
        happening,
        external_id: row.order.clone(),
        aliases: Vec::new(),
        refers_to: row.refers_to.iter().cloned().collect(),
        click: None,
        coupons: coupons(app, program, row).await?,
        customer: NewCustomer {
            external_id: row.customer_id.clone().unwrap_or_default(),
            email: row
                .customer_email
                .as_ref()
                .map_or(String::new(), ToString::to_string),
            ..NewCustomer::default()
        },
        net,
        gross: net,
        items: Vec::new(),
        occurred_at: Some(row.occurred_at),
        metadata,
    };
    record(app, actor, "import", event).await.map(drop)
}

/// The row's coupon, or the first code of the partner it names: past sales are
/// credited like sales with a code.
async fn coupons(app: &App, program: &Program, row: &EventRow) -> Result<Vec<String>, AppError> {
    if let Some(code) = &row.coupon {
        return Ok(vec![code.clone()]);
    }
    let Some(email) = &row.partner_email else {
        return Ok(Vec::new());
    };
    let Some(member) = member(app, program, email).await? else {
        return Err(AppError::Conflict("partner_not_found"));
    };
    let mut tx = app.store.read().await?;
    let own = links::coupons_of(&mut tx, program.tenant, member.id).await?;
    own.first()
        .map(|coupon| vec![coupon.code.clone()])
        .ok_or(AppError::Conflict("partner_without_code"))
}
