//! Customers and the browsers they were seen in.

use comity_domain::{CustomerId, EnrollmentId, ProgramId, TenantId, Timestamp, VisitorId};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO customers (tenant_id, id, program_id, external_id, email, email_norm, name, country,
                owner_enrollment_id, first_event_at, first_order_at, orders, revenue_minor, created_at, owner_touch_json)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    UPDATE = "UPDATE customers SET email = $3, email_norm = $4, name = $5, country = $6, owner_enrollment_id = $7,
                first_event_at = $8, first_order_at = $9, orders = $10, revenue_minor = $11,
                owner_touch_json = $12
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM customers WHERE tenant_id = $1 AND id = $2";
    BY_EXTERNAL = "SELECT * FROM customers WHERE tenant_id = $1 AND program_id = $2 AND external_id = $3";
    BY_EMAIL = "SELECT * FROM customers WHERE tenant_id = $1 AND program_id = $2 AND email_norm = $3
                ORDER BY id LIMIT 1";
    SEE = "INSERT INTO customer_visitors (tenant_id, customer_id, visitor_id) VALUES ($1, $2, $3)
           ON CONFLICT DO NOTHING";
    VISITORS = "SELECT visitor_id FROM customer_visitors WHERE tenant_id = $1 AND customer_id = $2
                ORDER BY visitor_id DESC LIMIT 20";
    FIRST_ORDERS = "SELECT COUNT(*) AS n FROM customers WHERE tenant_id = $1 AND program_id = $2
                      AND owner_enrollment_id IS NOT NULL AND first_order_at >= $3 AND first_order_at < $4";
    PAGE = "SELECT c.*, p.name AS owner_name FROM customers c
            LEFT JOIN enrollments e ON e.tenant_id = c.tenant_id AND e.id = c.owner_enrollment_id
            LEFT JOIN partners p ON p.tenant_id = e.tenant_id AND p.id = e.partner_id
            WHERE c.tenant_id = $1 AND ($2 = 0 OR c.program_id = $3) AND ($4 = 0 OR c.owner_enrollment_id = $5)
              AND ($6 = '' OR LOWER(c.name) LIKE '%' || $6 || '%' OR c.email_norm LIKE '%' || $6 || '%'
                OR LOWER(c.external_id) LIKE '%' || $6 || '%')
              AND c.id < $7
            ORDER BY c.id DESC LIMIT $8";
}

/// A customer of the brand, as far as its program knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// The shop's own id.
    pub external_id: String,
    /// Address, or empty.
    pub email: String,
    /// Address for comparison, or empty.
    pub email_norm: String,
    /// Name, or empty.
    pub name: String,
    /// ISO country code, or empty.
    pub country: String,
    /// The membership that brought them first.
    pub owner: Option<EnrollmentId>,
    /// The touch that brought them, as JSON; empty without an owner.
    pub owner_touch_json: String,
    /// First event of any kind.
    pub first_event_at: Timestamp,
    /// First order.
    pub first_order_at: Option<Timestamp>,
    /// Orders so far.
    pub orders: i64,
    /// Revenue so far, minor units of the program's currency.
    pub revenue_minor: i64,
    /// When we first heard of them.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Customer, StoreError> {
    Ok(Customer {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        external_id: row.get("external_id")?,
        email: row.get("email")?,
        email_norm: row.get("email_norm")?,
        name: row.get("name")?,
        country: row.get("country")?,
        owner: row.get("owner_enrollment_id")?,
        owner_touch_json: row.get("owner_touch_json")?,
        first_event_at: row.get("first_event_at")?,
        first_order_at: row.get("first_order_at")?,
        orders: row.get("orders")?,
        revenue_minor: row.get("revenue_minor")?,
        created_at: row.get("created_at")?,
    })
}

/// Writes a new customer.
pub async fn insert(tx: &mut Tx, customer: &Customer) -> Result<(), StoreError> {
    let c = customer;
    let args = args![
        c.tenant,
        c.id,
        c.program,
        &c.external_id,
        &c.email,
        &c.email_norm,
        &c.name,
        &c.country,
        c.owner,
        c.first_event_at,
        c.first_order_at,
        c.orders,
        c.revenue_minor,
        c.created_at,
        &c.owner_touch_json
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what changed of a customer.
pub async fn update(tx: &mut Tx, customer: &Customer) -> Result<(), StoreError> {
    let c = customer;
    let args = args![
        c.tenant,
        c.id,
        &c.email,
        &c.email_norm,
        &c.name,
        &c.country,
        c.owner,
        c.first_event_at,
        c.first_order_at,
        c.orders,
        c.revenue_minor,
        &c.owner_touch_json
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One customer.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: CustomerId,
) -> Result<Option<Customer>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The customer with the shop's id.
pub async fn by_external(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    external_id: &str,
) -> Result<Option<Customer>, StoreError> {
    tx.find(BY_EXTERNAL, args![tenant, program, external_id], read)
        .await
}

/// The first customer with this normalised address.
pub async fn by_email(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    email_norm: &str,
) -> Result<Option<Customer>, StoreError> {
    tx.find(BY_EMAIL, args![tenant, program, email_norm], read)
        .await
}

/// Remembers that a customer used a browser.
pub async fn see(
    tx: &mut Tx,
    tenant: TenantId,
    id: CustomerId,
    visitor: VisitorId,
) -> Result<(), StoreError> {
    tx.execute(SEE, args![tenant, id, visitor]).await.map(drop)
}

/// The newest browsers of a customer.
pub async fn visitors(
    tx: &mut Tx,
    tenant: TenantId,
    id: CustomerId,
) -> Result<Vec<VisitorId>, StoreError> {
    tx.list(VISITORS, args![tenant, id], |row| row.get("visitor_id"))
        .await
}

/// How many customers whom partners brought ordered for the first time in a span of time.
pub async fn first_orders(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    (from, to): (Timestamp, Timestamp),
) -> Result<i64, StoreError> {
    tx.one(FIRST_ORDERS, args![tenant, program, from, to])
        .await?
        .get("n")
}

/// A page of customers with their owner's name, newest first.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
    owner: Option<EnrollmentId>,
    find: &str,
    before: Option<CustomerId>,
    limit: i64,
) -> Result<Vec<(Customer, Option<String>)>, StoreError> {
    let args = args![
        tenant,
        program.is_some(),
        program,
        owner.is_some(),
        owner,
        find,
        crate::before(before),
        limit
    ];
    tx.list(PAGE, args, |row| Ok((read(row)?, row.get("owner_name")?)))
        .await
}
