//! Lists by cursor.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Serialize;
use utoipa::ToSchema;

use super::Fields;
use crate::error::WebError;
use crate::state::WebState;
use comity_app::AppError;

/// Rows per page unless asked otherwise, and at most.
const DEFAULT_LIMIT: i64 = 50;
const MAX_LIMIT: i64 = 200;

/// `?cursor=…&limit=…` and all other parameters of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paging {
    /// Where to go on: what the last page said.
    pub cursor: Option<String>,
    /// Rows wanted.
    pub limit: i64,
    /// Filters and order.
    pub query: Fields,
}

impl Paging {
    /// The cursor read as an id; a broken one is the caller's mistake.
    pub fn after<T: std::str::FromStr>(&self) -> Result<Option<T>, WebError> {
        let Some(text) = &self.cursor else {
            return Ok(None);
        };
        let parsed = text
            .parse()
            .map_err(|_| AppError::field("cursor", "invalid"))?;
        Ok(Some(parsed))
    }

    /// The answer of a list: `rows` were asked for with one more than the limit, so that
    /// the last page is known.
    #[must_use]
    pub fn listed<T, R>(
        &self,
        mut rows: Vec<T>,
        cursor: impl Fn(&T) -> String,
        view: impl Fn(T) -> R,
    ) -> Listed<R> {
        let limit = usize::try_from(self.limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(cursor);
        Listed {
            data: rows.into_iter().map(view).collect(),
            next_cursor,
        }
    }

    /// The same for a list short enough to be read whole, in whatever order: goes on behind
    /// the row of the cursor.
    #[must_use]
    pub fn cut<T, R>(
        &self,
        rows: Vec<T>,
        cursor: impl Fn(&T) -> String,
        view: impl Fn(T) -> R,
    ) -> Listed<R> {
        let rows = match &self.cursor {
            None => rows,
            Some(last) => rows
                .into_iter()
                .skip_while(|row| cursor(row) != *last)
                .skip(1)
                .collect(),
        };
        self.listed(rows, cursor, view)
    }
}

/// One page of an API list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Listed<T> {
    /// The rows.
    pub data: Vec<T>,
    /// Give this as `cursor` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

impl FromRequestParts<WebState> for Paging {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut Parts,
        _state: &WebState,
    ) -> Result<Self, Self::Rejection> {
        let query = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let limit = match query.filled("limit") {
            None => DEFAULT_LIMIT,
            Some(text) => text
                .parse()
                .ok()
                .filter(|n| (1..=MAX_LIMIT).contains(n))
                .ok_or_else(|| AppError::field("limit", "out_of_range"))?,
        };
        Ok(Self {
            cursor: query.filled("cursor"),
            limit,
            query,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Paging;

    #[test]
    fn a_list_read_whole_is_cut_into_pages_in_its_own_order() {
        let page = |cursor: Option<&str>| {
            let paging = Paging {
                cursor: cursor.map(str::to_owned),
                limit: 2,
                ..Paging::default()
            };
            let rows = vec!["c", "a", "b"];
            let cut = paging.cut(rows, |row| (*row).to_owned(), |row| row);
            (cut.data, cut.next_cursor)
        };
        assert_eq!(page(None), (vec!["c", "a"], Some("a".to_owned())));
        assert_eq!(page(Some("a")), (vec!["b"], None));
        assert_eq!(page(Some("gone")), (vec![], None));
    }
}
