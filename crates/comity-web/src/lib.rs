//! Routes, extractors, pages, JSON API, OpenAPI.
