//! The hot path: link table, redirect, click spool, classification.
