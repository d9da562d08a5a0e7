//! The weight of what an embedded element loads from the site: its modules, the bindings and the wasm, after gzip.

use crate::Outcome;
use crate::dist::SITE;
use crate::entries;
use crate::files::{gzip_size, print_size, read};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// The most that an element may load, in bytes after gzip.
const LIMIT: usize = 120_000;
/// Where imports are read: minified, the modules have no lines, on which the reading of quotes relies.
const SOURCES: &str = "www";
/// The files that an element loads are these, and what the modules among them import.
const ROOTS: [&str; 3] = ["adam-scope.js", "pkg/adam_scope.js", "pkg/adam_scope_bg.wasm"];

/// Prints the table of the element's files in the site, which must be there already; an error when one is missing or
/// the sum is above the limit.
pub(crate) fn check() -> Outcome {
    let (mut raw_sum, mut gzip_sum) = (0, 0);
    println!("{:>10} {:>10}  the element's files", "bytes", "gzip");
    let folder = entries::folder(Path::new(SITE))?;
    for file in reachable(&ROOTS)? {
        // The entry from where pages take it; what it leads to from the folder.
        let at_top = Path::new(SITE).join(&file);
        let file = if at_top.is_file() { at_top } else { Path::new(SITE).join(&folder).join(&file) };
        let bytes = read(&file)?;
        let gzip = gzip_size(&bytes)?;
        print_size(bytes.len(), gzip, &file.display().to_string());
        raw_sum += bytes.len();
        gzip_sum += gzip;
    }
    print_size(raw_sum, gzip_sum, &format!("in all (limit {LIMIT})"));
    if gzip_sum <= LIMIT {
        return Ok(());
    }
    Err(format!("the element loads {gzip_sum} bytes after gzip, {} above the limit", gzip_sum - LIMIT))
}

/// Relative to the sources: the roots and all that they import, and so on.
pub(crate) fn reachable(roots: &[&str]) -> Outcome<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<PathBuf> = roots.iter().map(PathBuf::from).collect();
    while let Some(file) = open.pop() {
        if file.extension().is_some_and(|extension| extension == "js") && !found.contains(&file) {
            let source = String::from_utf8_lossy(&read(&Path::new(SOURCES).join(&file))?).into_owned();
            let folder = file.parent().unwrap_or(Path::new(""));
            open.extend(imports(&source).iter().map(|address| plain_path(&folder.join(address))));
        }
        found.insert(file);
    }
    Ok(found)
}

/// The relative addresses that a module imports, also dynamically, or starts a worker from. Comments are passed over:
/// an import in one names a type.
fn imports(source: &str) -> Vec<String> {
    let mut addresses = Vec::new();
    let mut code = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' | '`' => {
                let length = string_length(rest, first);
                let text = rest[..length].trim_matches(first);
                let before = code.trim_end();
                let imported = ["from", "import", "import(", "new URL("].iter().any(|word| before.ends_with(word));
                if imported && text.starts_with('.') && text.ends_with(".js") {
                    addresses.push(text.to_owned());
                }
                code.push(first);
                length
            }
            other => {
                code.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[length..];
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
    fn an_address_is_resolved_against_its_module() {
        assert_eq!(plain_path(Path::new("www/parts/../pkg/./a.js")), Path::new("www/pkg/a.js"));
    }
}
