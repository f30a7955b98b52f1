//! `comity openapi`: the API's description, as a running instance serves it.

use clap::Args;

use super::Failure;

/// Print the OpenAPI 3.1 document of the API.
#[derive(Args)]
pub struct OpenApi;

impl OpenApi {
    /// Prints the document.
    pub fn run(self) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(comity_web::api::document())
            .map_err(|error| Failure::new("could not write the document", &error))?;
        say!("{text}");
        Ok(())
    }
}
