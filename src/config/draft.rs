//! A config as text, before anything is checked but its keys.

use super::{Config, Key};
use crate::error::{Error, Kind, Problem};

/// Keys with the words given for them: what an element's attributes or a query say, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(Vec<(Key, String)>);

impl Draft {
    /// Reads a query such as `surface=beale&lr=0.01,0.1`, percent-encoded; `+` is a plus.
    ///
    /// # Errors
    /// Where a key is unknown or repeated, or a percent sequence is broken.
    pub fn read(query: &str) -> Result<Self, Error> {
        let pairs = pairs(query, &[VERSION])?;
        pairs.iter().filter(|(name, _)| name == VERSION).try_for_each(|(_, value)| check_version(value))?;
        Ok(Self::from_pairs(pairs))
    }

    /// Those of the pairs whose key is a config's.
    pub(super) fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().filter_map(|(name, value)| Some((Key::by_name(&name)?, value))).collect())
    }

    /// Words that are known to be good.
    pub(super) fn from_words(words: Vec<(Key, String)>) -> Self {
        Self(words)
    }

    /// Writes one key; the words are checked by [`Self::check`].
    ///
    /// # Errors
    /// Where the key is unknown.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let key = known(name)?;
        self.0.retain(|(other, _)| *other != key);
        self.0.push((key, value.to_owned()));
        Ok(())
    }

    /// Takes one key back to its default.
    ///
    /// # Errors
    /// Where the key is unknown.
    pub fn unset(&mut self, name: &str) -> Result<(), Error> {
        let key = known(name)?;
        self.0.retain(|(other, _)| *other != key);
        Ok(())
    }

    /// What was given for a key.
    pub fn get(&self, key: Key) -> Option<&str> {
        self.0.iter().find(|(other, _)| *other == key).map(|(_, value)| value.as_str())
    }

    /// The config that these words make.
    ///
    /// # Errors
    /// Names the key, the value and what is allowed.
    pub fn check(&self) -> Result<Config, Error> {
        Config::from_draft(self)
    }
}

/// The version of the grammar; a text may state it, and it can only be 1.
pub(super) const VERSION: &str = "v";

pub(super) fn check_version(value: &str) -> Result<(), Error> {
    if value == "1" {
        return Ok(());
    }
    let problem = if value.is_empty() { Problem::Empty } else { Problem::UnknownName };
    Err(Kind::Value { key: VERSION, value: value.to_owned(), problem, expected: "1".to_owned() }.into())
}

fn known(name: &str) -> Result<Key, Error> {
    Key::by_name(name).ok_or_else(|| unknown(name, &[]))
}

fn unknown(name: &str, own: &[&str]) -> Error {
    let names: Vec<_> = Key::ALL.iter().map(|key| key.name()).chain(own.iter().copied()).collect();
    Kind::UnknownKey { key: name.to_owned(), known: names.join(", ") }.into()
}

/// Splits a query into decoded pairs; each key is a config's or one of `own`, and comes once. A key without an equals
/// sign has an empty value.
pub(super) fn pairs(query: &str, own: &[&str]) -> Result<Vec<(String, String)>, Error> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        // A name that does not decode is not a known one either.
        let name = decode(name).unwrap_or_else(|| name.to_owned());
        if Key::by_name(&name).is_none() && !own.contains(&name.as_str()) {
            return Err(unknown(&name, own));
        }
        if pairs.iter().any(|(earlier, _)| *earlier == name) {
            return Err(Kind::RepeatedKey { key: name }.into());
        }
        let Some(value) = decode(value) else {
            return Err(Kind::Encoding { key: name, value: value.to_owned() }.into());
        };
        pairs.push((name, value));
    }
    Ok(pairs)
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}
