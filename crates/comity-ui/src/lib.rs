//! Pages, components, mails and translations.
