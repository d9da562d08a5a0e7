//! Walks, copies and weighs files.

use crate::Outcome;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Every file below the folder, sorted, without those whose name, or whose folder's, starts with a dot.
pub(crate) fn files_below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let failure = |error| format!("cannot list {}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failure)? {
        let path = entry.map_err(failure)?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a whole file.
pub(crate) fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// An empty folder, whatever was there before.
pub(crate) fn fresh_folder(folder: &Path) -> Outcome {
    remove_folder(folder)?;
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))
}

/// Puts the finished folder `from` in the place of `to`, so that `to` is never half written.
pub(crate) fn replace_folder(from: &Path, to: &Path) -> Outcome {
    remove_folder(to)?;
    fs::rename(from, to).map_err(|error| format!("cannot move {} to {}: {error}", from.display(), to.display()))
}

/// Removes the folder and all in it, if it is there.
pub(crate) fn remove_folder(folder: &Path) -> Outcome {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))
}

/// The number of bytes after gzip at its highest level.
pub(crate) fn gzip_size(bytes: &[u8]) -> Outcome<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map(|packed| packed.len()).map_err(|error| format!("cannot gzip: {error}"))
}

/// One row of a table of sizes: bytes, bytes after gzip, what.
pub(crate) fn print_size(raw: usize, gzip: usize, what: &str) {
    println!("{raw:>10} {gzip:>10}  {what}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_shrinks_what_repeats() {
        assert!(gzip_size(&[7; 10_000]).unwrap() < 100);
    }
}
