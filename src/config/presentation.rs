//! The attributes of an element that say how it presents a config: the words of those that have a choice of words.

use super::Scheme;
use crate::error::{Error, Kind, Problem};
use crate::number::parse;

/// Checks the words of `theme`, `loading` or `speed`; other attributes may say anything.
///
/// # Errors
/// Names the attribute, the value and what is allowed.
pub fn check_words(name: &str, words: &str) -> Result<(), Error> {
    let wrong = |key, problem, expected: &str| {
        let problem = if words.is_empty() { Problem::Empty } else { problem };
        Err(Kind::Value { key, value: words.to_owned(), problem, expected: expected.to_owned() }.into())
    };
    match name {
        "theme" => Scheme::by_name(words).map(drop),
        "loading" if !["lazy", "eager"].contains(&words) => {
            wrong("loading", Problem::UnknownName, "one of lazy, eager")
        }
        "speed" => match parse(words) {
            Some(speed) if speed > 0.0 && speed.is_finite() => Ok(()),
            number => {
                let problem = if number.is_some() { Problem::OutOfRange } else { Problem::NotANumber };
                wrong("speed", problem, "steps a second above 0, as in 20")
            }
        },
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check_words;

    #[test]
    fn words_that_are_wrong_are_named_with_what_is_allowed() {
        let message = |name, words| check_words(name, words).map_err(|error| error.to_string()).unwrap_err();
        assert_eq!(
            message("theme", "sepia"),
            "theme: \"sepia\" is unknown (expected one of auto, light, dark, projector)"
        );
        assert_eq!(message("loading", "soon"), "loading: \"soon\" is unknown (expected one of lazy, eager)");
        assert!(message("loading", "").contains("empty"));
        for speed in ["fast", "0", "-1", "1e999", ""] {
            assert!(message("speed", speed).ends_with("(expected steps a second above 0, as in 20)"), "{speed}");
        }
    }

    #[test]
    fn words_that_are_right_pass_and_so_does_what_has_no_choice() {
        for (name, words) in [("theme", "dark"), ("loading", "eager"), ("speed", "1e3"), ("controls", "yes")] {
            assert_eq!(check_words(name, words), Ok(()), "{name}");
        }
    }
}
