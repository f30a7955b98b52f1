//! The taxonomy of partners: what each type is and what is expected of it.

use comity_domain::partner::BuiltinType;
use comity_domain::{Actor, PartnerTypeId, Permission, TenantId};
use comity_store::Tx;
use comity_store::segment::{self as store, PartnerType};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::segment::builtin_type;
use serde_json::json;

use crate::{App, AppError, audit, authorise};

/// Longest name.
const MAX_NAME: usize = 80;
/// Longest definition and expectations.
const MAX_TEXT: usize = 5_000;

/// The words of a type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewType {
    /// Its name.
    pub name: String,
    /// What it is.
    pub definition: String,
    /// What is expected of it.
    pub expectations: String,
}

/// All types, oldest first.
pub async fn types(app: &App, actor: &Actor) -> Result<Vec<PartnerType>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    Ok(store::types(&mut app.store.read().await?, tenant).await?)
}

/// One type.
pub async fn partner_type(
    app: &App,
    actor: &Actor,
    id: PartnerTypeId,
) -> Result<PartnerType, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let found = store::partner_type(&mut app.store.read().await?, tenant, id).await?;
    found.ok_or(AppError::NotFound("type"))
}

/// Writes the types out of the box, once per organisation (E2).
pub(crate) async fn seed_types(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    lang: Lang,
) -> Result<(), AppError> {
    if !store::types(tx, tenant).await?.is_empty() {
        return Ok(());
    }
    let cx = Cx::new(lang, "", app.now());
    for builtin in BuiltinType::ALL {
        let (name, definition, expectations) = builtin_type(&cx, *builtin);
        let kind = PartnerType {
            id: app.id::<PartnerTypeId>(),
            tenant,
            code: builtin.code().to_owned(),
            name,
            definition,
            expectations,
            created_at: app.now(),
        };
        store::insert_type(tx, &kind).await?;
    }
    Ok(())
}

fn check(new: &NewType) -> Result<(), AppError> {
    if new.name.trim().is_empty() {
        return Err(AppError::field("name", "required"));
    }
    let limits = [
        ("name", &new.name, MAX_NAME),
        ("definition", &new.definition, MAX_TEXT),
        ("expectations", &new.expectations, MAX_TEXT),
    ];
    for (field, text, most) in limits {
        if text.chars().count() > most {
            return Err(AppError::field(field, "too_long"));
        }
    }
    Ok(())
}

/// Adds a type of the organisation's own.
pub async fn create_type(app: &App, actor: &Actor, new: NewType) -> Result<PartnerType, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    check(&new)?;
    let id = app.id::<PartnerTypeId>();
    let kind = PartnerType {
        id,
        tenant,
        code: id.to_string(),
        name: new.name.trim().to_owned(),
        definition: new.definition.trim().to_owned(),
        expectations: new.expectations.trim().to_owned(),
        created_at: app.now(),
    };
    let mut tx = app.store.write().await?;
    store::insert_type(&mut tx, &kind).await?;
    note(&mut tx, app, actor, &kind, "type.created").await?;
    tx.commit().await?;
    Ok(kind)
}

/// Changes the words of a type.
pub async fn update_type(
    app: &App,
    actor: &Actor,
    id: PartnerTypeId,
    new: NewType,
) -> Result<PartnerType, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    check(&new)?;
    let mut tx = app.store.write().await?;
    let kind = store::partner_type(&mut tx, tenant, id).await?;
    let mut kind = kind.ok_or(AppError::NotFound("type"))?;
    new.name.trim().clone_into(&mut kind.name);
    new.definition.trim().clone_into(&mut kind.definition);
    new.expectations.trim().clone_into(&mut kind.expectations);
    store::update_type(&mut tx, &kind).await?;
    note(&mut tx, app, actor, &kind, "type.updated").await?;
    tx.commit().await?;
    Ok(kind)
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    kind: &PartnerType,
    action: &'static str,
) -> Result<(), AppError> {
    let label = kind.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "type",
        object_id: &label,
        detail: json!({ "name": kind.name }),
    };
    audit::record(tx, app, actor, entry).await
}
