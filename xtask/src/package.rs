//! The npm package: the modules of the element and of the core as they are written, their types, and one script.

use crate::Outcome;
use crate::files::{copy, copy_folder, read_text, write};
use crate::scripts::reachable;
use std::path::Path;

/// What the package's entries import, and the cores that they fetch.
const ROOTS: [&str; 9] = [
    "adam-scope.js",
    "core.js",
    "pkg/adam_scope.js",
    "pkg/adam_scope_bg.wasm",
    "pkg/explorer.js",
    "pkg/explorer_bg.wasm",
    "pkg/explorer_rest.wasm",
    "pkg/picture.js",
    "pkg/picture_bg.wasm",
];
const PAPERS: [&str; 4] = ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md", "EMBEDDING.md"];

/// Writes the package into a folder of the site, which has the script that holds everything already.
pub(crate) fn write_package(site: &Path) -> Outcome {
    let package = site.join("npm");
    for file in reachable(&ROOTS)? {
        copy(&Path::new("www").join(&file), &package.join(&file))?;
    }
    copy_folder(Path::new("packages/npm"), &package)?;
    copy(&site.join("adam-scope.inline.js"), &package.join("adam-scope.inline.js"))?;
    for paper in PAPERS {
        copy(Path::new(paper), &package.join(paper))?;
    }
    let manifest = package.join("package.json");
    let text = read_text(&manifest)?
        .replace("\"version\": \"0.0.0\"", &format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")));
    write(&manifest, text.as_bytes())
}
