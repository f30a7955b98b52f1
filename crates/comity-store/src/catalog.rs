//! Products of the brand: typed, imported, and learned from events.

use comity_domain::{ProductId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx, before};

statements! {
    INSERT = "INSERT INTO products (tenant_id, id, program_id, external_id, sku, name, category, status, source,
                created_at, updated_at, last_sold_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE = "UPDATE products SET external_id = $3, sku = $4, name = $5, category = $6, status = $7, updated_at = $8
              WHERE tenant_id = $1 AND id = $2";
    /// What people typed stays; what they left empty is learned.
    LEARN = "INSERT INTO products (tenant_id, id, program_id, external_id, sku, name, category, status, source,
               created_at, updated_at, last_sold_at)
             VALUES ($1, $2, $3, $4, $5, '', $6, 'active', 'event', $7, $7, $8)
             ON CONFLICT (tenant_id, program_id, external_id, sku) DO UPDATE SET
               category = CASE WHEN products.category = '' THEN excluded.category ELSE products.category END,
               last_sold_at = CASE WHEN COALESCE(products.last_sold_at, 0) < excluded.last_sold_at
                 THEN excluded.last_sold_at ELSE products.last_sold_at END";
    GET = "SELECT * FROM products WHERE tenant_id = $1 AND id = $2";
    BY_KEY = "SELECT * FROM products WHERE tenant_id = $1 AND program_id = $2 AND external_id = $3 AND sku = $4";
    PAGE = "SELECT * FROM products WHERE tenant_id = $1 AND program_id = $2
              AND ($3 = '' OR LOWER(external_id) LIKE '%' || $3 || '%' OR LOWER(sku) LIKE '%' || $3 || '%'
                OR LOWER(name) LIKE '%' || $3 || '%')
              AND ($4 = '' OR category = $4) AND ($5 = '' OR status = $5) AND id < $6
            ORDER BY id DESC LIMIT $7";
    CATEGORIES = "SELECT DISTINCT category FROM products WHERE tenant_id = $1 AND program_id = $2 AND category <> ''
                  ORDER BY category LIMIT 500";
    HAS_PRODUCT = "SELECT CAST(1 AS BIGINT) AS n FROM products WHERE tenant_id = $1 AND program_id = $2
                     AND external_id = $3 AND status = 'active' LIMIT 1";
    HAS_SKU = "SELECT CAST(1 AS BIGINT) AS n FROM products WHERE tenant_id = $1 AND program_id = $2
                 AND sku = $3 AND status = 'active' LIMIT 1";
    HAS_CATEGORY = "SELECT CAST(1 AS BIGINT) AS n FROM products WHERE tenant_id = $1 AND program_id = $2
                      AND category = $3 AND status = 'active' LIMIT 1";
}

/// A product, or one stock keeping unit of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// The shop's product id, as events name it.
    pub external_id: String,
    /// Stock keeping unit, or empty.
    pub sku: String,
    /// What people read, or empty.
    pub name: String,
    /// Its category, or empty.
    pub category: String,
    /// `active` or `archived`.
    pub status: String,
    /// Where it came from: `typed`, `import`, `event`.
    pub source: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When a person changed it last.
    pub updated_at: Timestamp,
    /// The latest event that named it.
    pub last_sold_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Product, StoreError> {
    Ok(Product {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        external_id: row.get("external_id")?,
        sku: row.get("sku")?,
        name: row.get("name")?,
        category: row.get("category")?,
        status: row.get("status")?,
        source: row.get("source")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        last_sold_at: row.get("last_sold_at")?,
    })
}

/// Writes a new product; the same id and unit twice in a program are a conflict.
pub async fn insert(tx: &mut Tx, product: &Product) -> Result<(), StoreError> {
    let p = product;
    let args = args![
        p.tenant,
        p.id,
        p.program,
        &p.external_id,
        &p.sku,
        &p.name,
        &p.category,
        &p.status,
        &p.source,
        p.created_at,
        p.updated_at,
        p.last_sold_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Changes a product; the same id and unit twice in a program are a conflict.
pub async fn update(tx: &mut Tx, product: &Product) -> Result<(), StoreError> {
    let p = product;
    let args = args![
        p.tenant,
        p.id,
        &p.external_id,
        &p.sku,
        &p.name,
        &p.category,
        &p.status,
        p.updated_at
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// A product as an event named it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold<'a> {
    /// An id for it, used when it is new.
    pub id: ProductId,
    /// The shop's product id.
    pub external_id: &'a str,
    /// Stock keeping unit, or empty.
    pub sku: &'a str,
    /// Its category, or empty.
    pub category: &'a str,
}

/// Remembers a product that an event of `at` named, at `now`.
pub async fn learn(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    sold: Sold<'_>,
    (now, at): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    let args = args![
        tenant,
        sold.id,
        program,
        sold.external_id,
        sold.sku,
        sold.category,
        now,
        at
    ];
    tx.execute(LEARN, args).await.map(drop)
}

/// One product.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: ProductId,
) -> Result<Option<Product>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The product with the shop's id and unit.
pub async fn by_key(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    external_id: &str,
    sku: &str,
) -> Result<Option<Product>, StoreError> {
    tx.find(BY_KEY, args![tenant, program, external_id, sku], read)
        .await
}

/// What a list of products shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of id, unit or name, in lower case.
    pub find: String,
    /// One category, or empty.
    pub category: String,
    /// One status, or empty.
    pub status: String,
}

/// A program's products, newest first.
pub async fn page(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    filter: &Filter,
    cursor: Option<ProductId>,
    limit: i64,
) -> Result<Vec<Product>, StoreError> {
    let args = args![
        tenant,
        program,
        &filter.find,
        &filter.category,
        &filter.status,
        before(cursor),
        limit
    ];
    tx.list(PAGE, args, read).await
}

/// The categories of a program's products.
pub async fn categories(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
) -> Result<Vec<String>, StoreError> {
    tx.list(CATEGORIES, args![tenant, program], |row| {
        row.get("category")
    })
    .await
}

/// By what a product is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedBy {
    /// The shop's id.
    Product,
    /// The stock keeping unit.
    Sku,
    /// The category.
    Category,
}

/// Whether a program sells something of that name.
pub async fn has(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    by: NamedBy,
    name: &str,
) -> Result<bool, StoreError> {
    let sql = match by {
        NamedBy::Product => HAS_PRODUCT,
        NamedBy::Sku => HAS_SKU,
        NamedBy::Category => HAS_CATEGORY,
    };
    let found = tx.find(sql, args![tenant, program, name], |row| row.get::<i64>("n"));
    Ok(found.await?.is_some())
}
