//! SQL for SQLite and PostgreSQL: statements, row mapping, migrations, transactions.
