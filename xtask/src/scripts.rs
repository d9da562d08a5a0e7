//! Reads the page's modules: which others they import, and which words they use.

use crate::Outcome;
use crate::files::{read, read_text};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// Where imports are read: minified, the modules have no lines, on which the reading of quotes relies.
const SOURCES: &str = "www";

/// Relative to the sources: the roots and all that they import, and so on.
pub(crate) fn reachable(roots: &[&str]) -> Outcome<BTreeSet<PathBuf>> {
    reachable_without(roots, &[])
}

/// The same, without some modules and what only they import.
pub(crate) fn reachable_without(roots: &[&str], without: &[&str]) -> Outcome<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<PathBuf> = roots.iter().map(PathBuf::from).collect();
    while let Some(file) = open.pop() {
        if without.iter().any(|other| file == Path::new(other)) {
            continue;
        }
        // Bindings import nothing, and may not be there yet.
        let is_module = file.extension().is_some_and(|extension| extension == "js") && !file.starts_with("pkg");
        if is_module && !found.contains(&file) {
            let source = String::from_utf8_lossy(&read(&Path::new(SOURCES).join(&file))?).into_owned();
            let folder = file.parent().unwrap_or(Path::new(""));
            open.extend(imports(&source).iter().map(|address| plain_path(&folder.join(address))));
        }
        found.insert(file);
    }
    Ok(found)
}

/// The words, in code and in strings, of the roots and of all that they import, without some modules and what only they
/// import. Generated ones do not count.
pub(crate) fn words_of(roots: &[&str], without: &[&str]) -> Outcome<BTreeSet<String>> {
    let mut words = BTreeSet::new();
    for file in reachable_without(roots, without)?.into_iter().filter(|file| !file.starts_with("pkg")) {
        for token in tokens(&read_text(&Path::new(SOURCES).join(file))?) {
            let (Token::Code(text) | Token::Text(text)) = token;
            words.extend(text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned));
        }
    }
    Ok(words)
}

/// A piece of a module, comments left out.
enum Token<'a> {
    /// Up to the next string or comment.
    Code(&'a str),
    /// What a string literal holds.
    Text(&'a str),
}

fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut from) = (0, 0);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let comment = match first {
            '/' if rest.starts_with("//") => Some(rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => Some(rest.find("*/").map_or(rest.len(), |end| end + 2)),
            _ => None,
        };
        let text = matches!(first, '"' | '\'' | '`').then(|| string_length(rest, first));
        let Some(length) = comment.or(text) else {
            at += first.len_utf8();
            continue;
        };
        tokens.push(Token::Code(&source[from..at]));
        if text.is_some() {
            tokens.push(Token::Text(rest[..length].trim_matches(first)));
        }
        at += length;
        from = at;
    }
    tokens.push(Token::Code(&source[from..]));
    tokens
}

/// The relative addresses that a module imports, also dynamically, or starts a worker from. Comments are passed over:
/// an import in one names a type.
fn imports(source: &str) -> Vec<String> {
    let mut addresses = Vec::new();
    let mut before = "";
    for token in tokens(source) {
        match token {
            Token::Code(code) if code.trim().is_empty() => {}
            Token::Code(code) => before = code.trim_end(),
            Token::Text(text) => {
                let imported = ["from", "import", "import(", "new URL("].iter().any(|word| before.ends_with(word));
                if imported && text.starts_with('.') && text.ends_with(".js") {
                    addresses.push(text.to_owned());
                }
                before = "";
            }
        }
    }
    addresses
}

/// The length in bytes of the string literal that the text starts with, both quotes included. A quote that stands in
/// a regular expression ends with its line.
fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if quote != '`' => return at,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The path without `.` and `..`.
fn plain_path(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_found_in_all_their_forms() {
        let source = r#"
            import init, { draw } from "./pkg/adam_scope.js";
            import {
                clock,
            } from './clock.js';
            import "./side-effect.js";
            export * from "./events.js";
            const late = await import("./late.js");
            new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
        "#;
        let expected =
            ["./pkg/adam_scope.js", "./clock.js", "./side-effect.js", "./events.js", "./late.js", "./worker.js"];
        assert_eq!(imports(source), expected);
    }

    #[test]
    fn types_in_comments_other_packages_and_plain_strings_are_no_imports() {
        let source = r#"
            /** @type {import("./types.js").Run} */ const a = "./text.js"; // from "./old.js"
            const quote = /"/; const at = "https://example.org"; /* import "./block.js" */
            import other from "package";
        "#;
        assert_eq!(imports(source), [""; 0]);
    }

    #[test]
    fn words_are_those_of_code_and_of_strings() {
        let source = "core.draw(`a-b ${c}`); // not here\n/* nor here */ f('d');";
        let texts = tokens(source).into_iter().map(|(Token::Code(text) | Token::Text(text))| text).collect::<Vec<_>>();
        assert_eq!(texts, ["core.draw(", "a-b ${c}", "); ", "\n", " f(", "d", ");"]);
    }

    #[test]
    fn an_address_is_resolved_against_its_module() {
        assert_eq!(plain_path(Path::new("www/parts/../pkg/./a.js")), Path::new("www/pkg/a.js"));
    }
}
