//! Evidence of partners: files with an appeal or an answer, for the team and the partner alone.

use comity_domain::fraud::{FileKind, MAX_FILE_BYTES, MAX_FILES, MAX_FILES_OF_CASE};
use comity_domain::{Actor, CommissionId, FraudCaseId, FraudFileId, NoteId, Permission, TenantId};
use comity_store::Tx;
use comity_store::fraud::{self as store, Case, File};

use crate::{App, AppError, authorise};

/// Longest name that is kept.
const MAX_NAME: usize = 120;

/// A file as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its own name.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// Refuses what is no picture or document, too many files, and too much together.
pub(super) fn checked(files: &[NewFile]) -> Result<Vec<(FileKind, &NewFile)>, AppError> {
    let bytes: usize = files.iter().map(|file| file.content.len()).sum();
    let code = if files.len() > MAX_FILES {
        Some("too_many_files")
    } else if bytes > MAX_FILE_BYTES {
        Some("files_too_large")
    } else {
        None
    };
    if let Some(code) = code {
        return Err(AppError::field("files", code));
    }
    let unknown = || AppError::field("files", "not_a_file_kind");
    let kinds = files.iter().map(|file| {
        let kind = FileKind::of(&file.content).ok_or_else(unknown)?;
        Ok((kind, file))
    });
    kinds.collect()
}

/// Keeps files with a line of a case, in the caller's transaction.
pub(super) async fn keep(
    tx: &mut Tx,
    app: &App,
    case: &Case,
    entry: NoteId,
    files: &[(FileKind, &NewFile)],
) -> Result<(), AppError> {
    if files.is_empty() {
        return Ok(());
    }
    let known = store::files(tx, case.tenant, case.id).await?.len();
    if known + files.len() > MAX_FILES_OF_CASE {
        return Err(AppError::field("files", "too_many_files"));
    }
    for (kind, file) in files {
        let name = file.name.chars().filter(|c| !c.is_control());
        let row = File {
            id: app.id(),
            tenant: case.tenant,
            case: case.id,
            entry,
            name: name.take(MAX_NAME).collect(),
            media_type: kind.media_type().to_owned(),
            size: i64::try_from(file.content.len()).unwrap_or(i64::MAX),
            created_at: app.now(),
        };
        store::insert_file(tx, &row, &file.content).await?;
    }
    Ok(())
}

/// A file to be saved: its name is ours, so that nothing typed by anybody reaches a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFile {
    /// As in `evidence-1.pdf`.
    pub name: String,
    /// What its content is.
    pub media_type: &'static str,
    /// Its content.
    pub content: Vec<u8>,
}

async fn open(
    tx: &mut Tx,
    tenant: TenantId,
    case: FraudCaseId,
    id: FraudFileId,
) -> Result<SavedFile, AppError> {
    let unknown = || AppError::NotFound("file");
    let all = store::files(tx, tenant, case).await?;
    let place = all.iter().position(|file| file.id == id);
    let number = place.ok_or_else(unknown)? + 1;
    let found = store::file(tx, tenant, case, id).await?;
    let (file, content) = found.ok_or_else(unknown)?;
    let kind = FileKind::from_media_type(&file.media_type).ok_or_else(unknown)?;
    Ok(SavedFile {
        name: format!("evidence-{number}.{}", kind.extension()),
        media_type: kind.media_type(),
        content,
    })
}

/// A file of a case, for the team.
pub async fn file(
    app: &App,
    actor: &Actor,
    case: FraudCaseId,
    id: FraudFileId,
) -> Result<SavedFile, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    open(&mut app.store.read().await?, tenant, case, id).await
}

/// A file about an own commission, for the partner who handed it in.
pub async fn file_of_partner(
    app: &App,
    actor: &Actor,
    id: CommissionId,
    file: FraudFileId,
) -> Result<SavedFile, AppError> {
    let Actor::Partner {
        tenant,
        id: partner,
        ..
    } = *actor
    else {
        return Err(AppError::Forbidden);
    };
    let mut tx = app.store.read().await?;
    let case = store::by_commission(&mut tx, tenant, id).await?;
    let case = case.filter(|case| case.partner == partner);
    let case = case.ok_or(AppError::NotFound("file"))?;
    open(&mut tx, tenant, case.id, file).await
}
