//! The service worker: which files it keeps, and of which version they are.

use crate::Outcome;
use crate::command::{node, run};
use crate::entries;
use crate::files::{files_below, read, read_text, remove_folder, write};
use crate::fingerprint::Fingerprint;
use std::path::{Path, PathBuf};

const WORKER: &str = "sw.js";
/// What the page does without, by the beginning of its path in the site.
const NOT_KEPT: [&str; 7] = ["embed.", "adam-scope.", "core.js", "sw.js", "examples/", "npm/", "files/"];
/// The same for the folder that is named by its content.
const NOT_KEPT_OF_FOLDER: [&str; 3] = ["embed.", "core.js", "pkg/adam_scope"];

/// Writes the worker into a site that has all of its page already.
pub(crate) fn write_worker(site: &Path, minifier: &[&str]) -> Outcome {
    let files = kept(site)?;
    let mut version = Fingerprint::default();
    for file in &files {
        version.add(file.as_bytes());
        version.add(&read(&site.join(file))?);
    }
    let names: Vec<_> =
        files.iter().map(|file| format!("\"{}\"", if file == "index.html" { "./" } else { file })).collect();
    let source = read_text(&Path::new("www").join(WORKER))?;
    version.add(source.as_bytes());
    let text = source
        .replace("const VERSION = \"\";", &format!("const VERSION = \"{}\";", version.text()))
        .replace("const FILES = [];", &format!("const FILES = [{}];", names.join(", ")));
    let folder = PathBuf::from(format!("target/xtask/worker-{}", std::process::id()));
    let filled = folder.join(WORKER);
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    write(&filled, text.as_bytes())?;
    run(node(minifier)
        .arg(&filled)
        .args(["--minify", "--log-level=warning"])
        .arg(format!("--outfile={}", site.join(WORKER).display())))?;
    remove_folder(&folder)
}

/// The files that the page needs, by their paths in the site.
fn kept(site: &Path) -> Outcome<Vec<String>> {
    let files = files_below(site)?
        .into_iter()
        .map(|file| file.strip_prefix(site).map(|file| file.display().to_string()).map_err(|error| error.to_string()));
    let files: Vec<_> = files.collect::<Outcome<_>>()?;
    let folder = format!("{}/", entries::folder(site)?.display());
    let is_kept = |file: &String| match file.strip_prefix(&folder) {
        Some(inner) => !NOT_KEPT_OF_FOLDER.iter().any(|start| inner.starts_with(start)),
        None => !NOT_KEPT.iter().any(|start| file.starts_with(start)),
    };
    Ok(files.into_iter().filter(is_kept).collect())
}
