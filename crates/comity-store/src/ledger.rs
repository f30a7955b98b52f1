//! Journals, their lines and the projected balances.

use std::collections::BTreeMap;

use comity_domain::ledger::chain::{ChainEntry, Head};
use comity_domain::ledger::{Account, Journal, JournalKind, JournalParts, LedgerError, Line};
use comity_domain::{Currency, JournalId, Money, RawId, TenantId};

use crate::{Row, StoreError, Tx};

statements! {
    HEAD = "SELECT seq, hash FROM journals WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1";
    POSTED = "SELECT COUNT(*) AS n FROM journals WHERE tenant_id = $1 AND posting_key = $2";
    INSERT = "INSERT INTO journals (tenant_id, id, seq, at, kind, posting_key, refs_json, prev_hash, hash)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    INSERT_LINE = "INSERT INTO ledger_lines (tenant_id, journal_id, line_no, account, amount_minor, currency)
                   VALUES ($1, $2, $3, $4, $5, $6)";
    ADD_BALANCE = "INSERT INTO balances (tenant_id, account, currency, amount_minor) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (tenant_id, account, currency) DO UPDATE SET
                     amount_minor = balances.amount_minor + excluded.amount_minor";
    BALANCE = "SELECT amount_minor FROM balances WHERE tenant_id = $1 AND account = $2 AND currency = $3";
    BALANCES = "SELECT account, currency, amount_minor FROM balances WHERE tenant_id = $1
                  AND account > $2 ORDER BY account, currency LIMIT $3";
    FOLD = "SELECT account, currency, CAST(SUM(amount_minor) AS BIGINT) AS amount_minor FROM ledger_lines
            WHERE tenant_id = $1 GROUP BY account, currency ORDER BY account, currency";
    AFTER = "SELECT * FROM journals WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    LINES_AFTER = "SELECT l.* FROM ledger_lines l JOIN journals j ON j.tenant_id = l.tenant_id AND j.id = l.journal_id
                   WHERE l.tenant_id = $1 AND j.seq > $2 AND j.seq <= $3 ORDER BY j.seq, l.line_no";
    OF_ACCOUNT = "SELECT j.*, l.amount_minor, l.currency FROM ledger_lines l
                  JOIN journals j ON j.tenant_id = l.tenant_id AND j.id = l.journal_id
                  WHERE l.tenant_id = $1 AND l.account = $2 AND j.seq < $3 ORDER BY j.seq DESC LIMIT $4";
    KEYED = "SELECT j.at, j.kind, l.account, l.amount_minor, l.currency FROM journals j
             JOIN ledger_lines l ON l.tenant_id = j.tenant_id AND l.journal_id = j.id
             WHERE j.tenant_id = $1 AND j.posting_key >= $2 AND j.posting_key < $3
             ORDER BY j.seq, l.line_no LIMIT 200";
    STARTING_WITH = "SELECT account, currency, amount_minor FROM balances WHERE tenant_id = $1
                       AND account LIKE $2 || '%' ORDER BY account, currency LIMIT 10000";
}

/// Posts a journal: appends it to the chain, writes its lines, moves the
/// balances. Posting a key that is posted already does nothing (I8); the answer
/// says whether it was new.
pub async fn post(tx: &mut Tx, tenant: TenantId, journal: &Journal) -> Result<bool, StoreError> {
    tx.lock(&format!("ledger:{tenant}")).await?;
    if tx
        .one(POSTED, args![tenant, journal.key()])
        .await?
        .get::<i64>("n")?
        > 0
    {
        return Ok(false);
    }
    let head = head(tx, tenant).await?;
    let next = head.append(journal);
    let refs =
        serde_json::to_string(&journal.refs()).map_err(|error| StoreError::Encode(error.into()))?;
    let seq = i64::try_from(next.sequence).unwrap_or(i64::MAX);
    let args = args![
        tenant,
        journal.id(),
        seq,
        journal.at(),
        journal.kind().code(),
        journal.key(),
        refs,
        &head.hash,
        &next.hash
    ];
    tx.execute(INSERT, args).await?;
    for (number, line) in (1_i64..).zip(journal.lines()) {
        let (account, amount) = (line.account.to_string(), line.amount);
        let args = args![
            tenant,
            journal.id(),
            number,
            &account,
            amount.minor,
            amount.currency
        ];
        tx.execute(INSERT_LINE, args).await?;
        tx.execute(
            ADD_BALANCE,
            args![tenant, account, amount.currency, amount.minor],
        )
        .await?;
    }
    Ok(true)
}

/// The end of the chain.
pub async fn head(tx: &mut Tx, tenant: TenantId) -> Result<Head, StoreError> {
    let read = |row: &Row| {
        let sequence = u64::try_from(row.get::<i64>("seq")?)
            .map_err(|_| StoreError::Corrupt { column: "seq" })?;
        Ok(Head {
            sequence,
            hash: row.get("hash")?,
        })
    };
    Ok(tx
        .find(HEAD, args![tenant], read)
        .await?
        .unwrap_or_default())
}

/// The projected balance of an account: debits positive.
pub async fn balance(
    tx: &mut Tx,
    tenant: TenantId,
    account: Account,
    currency: Currency,
) -> Result<Money, StoreError> {
    let minor = tx
        .find(
            BALANCE,
            args![tenant, account.to_string(), currency],
            |row| row.get("amount_minor"),
        )
        .await?
        .unwrap_or(0);
    Ok(Money::new(minor, currency))
}

fn read_balance(row: &Row) -> Result<(Account, Money), StoreError> {
    Ok((
        row.parse("account", |text| text.parse().ok())?,
        row.money("amount_minor", "currency")?,
    ))
}

/// Projected balances of the accounts whose code starts so, as in `available:`.
pub async fn balances_of(
    tx: &mut Tx,
    tenant: TenantId,
    prefix: &str,
) -> Result<Vec<(Account, Money)>, StoreError> {
    tx.list(STARTING_WITH, args![tenant, prefix], read_balance)
        .await
}

/// Projected balances in order of account code after `after`.
pub async fn balances(
    tx: &mut Tx,
    tenant: TenantId,
    after: &str,
    limit: i64,
) -> Result<Vec<(Account, Money)>, StoreError> {
    tx.list(BALANCES, args![tenant, after, limit], read_balance)
        .await
}

/// The fold of all lines: what every projected balance must equal (invariant 2).
pub async fn fold(
    tx: &mut Tx,
    tenant: TenantId,
) -> Result<BTreeMap<(String, Currency), i64>, StoreError> {
    let read = |row: &Row| {
        Ok((
            (row.get("account")?, row.get("currency")?),
            row.get("amount_minor")?,
        ))
    };
    Ok(tx
        .list(FOLD, args![tenant], read)
        .await?
        .into_iter()
        .collect())
}

/// Stored entries after a position, rebuilt for verification.
pub async fn entries_after(
    tx: &mut Tx,
    tenant: TenantId,
    sequence: i64,
    limit: i64,
) -> Result<Vec<ChainEntry>, StoreError> {
    let rows = tx.all(AFTER, args![tenant, sequence, limit]).await?;
    let Some(last) = rows.last() else {
        return Ok(Vec::new());
    };
    let end: i64 = last.get("seq")?;
    let mut lines: BTreeMap<RawId, Vec<Line>> = BTreeMap::new();
    for row in tx.all(LINES_AFTER, args![tenant, sequence, end]).await? {
        let (account, amount) = read_balance(&row)?;
        lines
            .entry(row.get("journal_id")?)
            .or_default()
            .push(Line { account, amount });
    }
    rows.iter().map(|row| entry(row, &mut lines)).collect()
}

fn entry(row: &Row, lines: &mut BTreeMap<RawId, Vec<Line>>) -> Result<ChainEntry, StoreError> {
    let id: JournalId = row.get("id")?;
    let sequence =
        u64::try_from(row.get::<i64>("seq")?).map_err(|_| StoreError::Corrupt { column: "seq" })?;
    let lines = lines.remove(&id.into()).unwrap_or_default();
    Ok(ChainEntry {
        sequence,
        id,
        hash: row.get("hash")?,
        journal: journal(row, lines)?,
    })
}

fn journal(row: &Row, lines: Vec<Line>) -> Result<Result<Journal, LedgerError>, StoreError> {
    Ok(Journal::new(JournalParts {
        id: row.get("id")?,
        at: row.get("at")?,
        kind: row.parse("kind", JournalKind::from_code)?,
        key: row.get("posting_key")?,
        refs: row.parse("refs_json", |text| serde_json::from_str(text).ok())?,
        lines,
    }))
}

/// One movement of an account, for statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Position in the chain.
    pub seq: i64,
    /// The journal.
    pub journal: JournalId,
    /// When.
    pub at: comity_domain::Timestamp,
    /// What it records.
    pub kind: JournalKind,
    /// What it is about.
    pub refs: comity_domain::ledger::Refs,
    /// By how much the account moved: debits positive.
    pub amount: Money,
}

/// Movements of an account, newest first, before position `before`.
pub async fn movements(
    tx: &mut Tx,
    tenant: TenantId,
    account: Account,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Movement>, StoreError> {
    let read = |row: &Row| {
        Ok(Movement {
            seq: row.get("seq")?,
            journal: row.get("id")?,
            at: row.get("at")?,
            kind: row.parse("kind", JournalKind::from_code)?,
            refs: row.parse("refs_json", |text| serde_json::from_str(text).ok())?,
            amount: row.money("amount_minor", "currency")?,
        })
    };
    tx.list(
        OF_ACCOUNT,
        args![
            tenant,
            account.to_string(),
            before.unwrap_or(i64::MAX),
            limit
        ],
        read,
    )
    .await
}

/// One line of a journal, for people who ask what was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// When.
    pub at: comity_domain::Timestamp,
    /// What the journal records.
    pub kind: JournalKind,
    /// Which account moved.
    pub account: Account,
    /// By how much: debits positive.
    pub amount: Money,
}

/// Lines of the journals whose posting key is in `[from, to)`, in order.
pub async fn keyed(
    tx: &mut Tx,
    tenant: TenantId,
    from: &str,
    to: &str,
) -> Result<Vec<Booked>, StoreError> {
    tx.list(KEYED, args![tenant, from, to], |row| {
        let (account, amount) = read_balance(row)?;
        Ok(Booked {
            at: row.get("at")?,
            kind: row.parse("kind", JournalKind::from_code)?,
            account,
            amount,
        })
    })
    .await
}
