//! The service worker: which files it keeps, and of which version they are.

use crate::Outcome;
use crate::command::{node, run};
use crate::files::{files_below, read, read_text, remove_folder, write};
use std::path::{Path, PathBuf};

const WORKER: &str = "sw.js";
/// What the page does without, by the beginning of its path in the site.
const NOT_KEPT: [&str; 6] = ["embed.", "adam-scope.", "sw.js", "examples/", "pkg/adam_scope", "npm/"];

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
    Ok(files.into_iter().filter(|file| !NOT_KEPT.iter().any(|start| file.starts_with(start))).collect())
}

/// FNV-1a of 64 bits: the same on every machine and under every version of the standard library.
struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fingerprint {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn text(&self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_that_of_its_authors() {
        let of = |text: &str| {
            let mut fingerprint = Fingerprint::default();
            fingerprint.add(text.as_bytes());
            fingerprint.text()
        };
        assert_eq!(of(""), "cbf29ce484222325");
        assert_eq!(of("a"), "af63dc4c8601ec8c");
        assert_eq!(of("foobar"), "85944171f73967e8");
    }
}
