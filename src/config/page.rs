//! The address of the page: a config, and how the page presents it.

use super::draft::{VERSION, check_version, pairs};
use super::{Config, Draft};
use crate::error::{Error, Kind, Problem};

/// Which colours the page asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// What the visitor's system prefers.
    #[default]
    Auto,
    /// Ink on paper.
    Light,
    /// Chalk on slate.
    Dark,
    /// For a projector: black on white, larger and thicker.
    Projector,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: &[Self] = &[Self::Auto, Self::Light, Self::Dark, Self::Projector];

    /// The word in the address and in the element's `theme` attribute.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Projector => "projector",
        }
    }

    /// The scheme of that name.
    ///
    /// # Errors
    /// Where there is none.
    pub fn by_name(name: &str) -> Result<Self, Error> {
        Self::ALL.iter().copied().find(|scheme| scheme.name() == name).ok_or_else(|| {
            let problem = if name.is_empty() { Problem::Empty } else { Problem::UnknownName };
            let expected = Self::ALL.iter().map(|scheme| scheme.name()).collect::<Vec<_>>().join(", ");
            Kind::Value { key: THEME, value: name.to_owned(), problem, expected: format!("one of {expected}") }.into()
        })
    }
}

const THEME: &str = "theme";

/// What the part of an address after `#` says: `v=1&surface=beale&theme=dark`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What is shown.
    pub config: Config,
    /// In which colours.
    pub scheme: Scheme,
}

impl Page {
    /// Reads the fragment of an address, without the `#`.
    ///
    /// # Errors
    /// Names the key, the value and what is allowed.
    pub fn parse(fragment: &str) -> Result<Self, Error> {
        let pairs = pairs(fragment, &[VERSION, THEME])?;
        let mut scheme = Scheme::default();
        for (name, value) in &pairs {
            match name.as_str() {
                VERSION => check_version(value)?,
                THEME => scheme = Scheme::by_name(value)?,
                _ => {}
            }
        }
        Ok(Self { config: Draft::from_pairs(pairs).check()?, scheme })
    }

    /// The fragment that reads back as this page.
    pub fn fragment(&self) -> String {
        let mut fragment = format!("{VERSION}=1");
        let config = self.config.to_string();
        if !config.is_empty() {
            fragment = format!("{fragment}&{config}");
        }
        if self.scheme != Scheme::Auto {
            fragment = format!("{fragment}&{THEME}={}", self.scheme.name());
        }
        fragment
    }
}
