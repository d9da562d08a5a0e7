//! The weight of what an embedded element loads from the site: its module, the bindings and the wasm, after gzip.

use crate::Outcome;
use crate::dist::{ELEMENT, SITE};
use crate::entries;
use crate::files::{gzip_size, print_size, read};
use std::path::Path;

/// The most that an element may load, in bytes after gzip.
const LIMIT: usize = 120_000;
/// The files that an element loads; a browser test holds it to that.
const FILES: [&str; 3] = [ELEMENT, "pkg/adam_scope.js", "pkg/adam_scope_bg.wasm"];

/// Prints the table of the element's files in the site, which must be there already; an error when one is missing or
/// the sum is above the limit.
pub(crate) fn check() -> Outcome {
    let (mut raw_sum, mut gzip_sum) = (0, 0);
    println!("{:>10} {:>10}  the element's files", "bytes", "gzip");
    let folder = entries::folder(Path::new(SITE))?;
    for file in FILES {
        // The entry from where pages take it; what it leads to from the folder.
        let at_top = Path::new(SITE).join(file);
        let file = if at_top.is_file() { at_top } else { Path::new(SITE).join(&folder).join(file) };
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
