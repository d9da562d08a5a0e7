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

/// Reads a file that is text.
pub(crate) fn read_text(path: &Path) -> Outcome<String> {
    String::from_utf8(read(path)?).map_err(|_| format!("{} is not UTF-8", path.display()))
}

/// Writes a whole file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// Copies a file, making the folders that it lies in.
pub(crate) fn copy(from: &Path, to: &Path) -> Outcome {
    let failure = |error| format!("cannot copy {} to {}: {error}", from.display(), to.display());
    fs::create_dir_all(to.parent().unwrap_or(to)).map_err(failure)?;
    fs::copy(from, to).map(drop).map_err(failure)
}

/// Copies all that is in a folder into another, over what has the same name.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Outcome {
    for file in files_below(from)? {
        let inner = file.strip_prefix(from).map_err(|error| error.to_string())?;
        copy(&file, &to.join(inner))?;
    }
    Ok(())
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

/// The bytes after gzip at its highest level; they hold no time, so that they are the same whenever they are made.
pub(crate) fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map_err(|error| format!("cannot gzip: {error}"))
}

/// The number of bytes after gzip.
pub(crate) fn gzip_size(bytes: &[u8]) -> Outcome<usize> {
    gzip(bytes).map(|packed| packed.len())
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
