//! `cargo xtask dist`: the static site, ready for any host and any sub-path.

use crate::Outcome;
use crate::files::{files_below, fresh_folder, gzip_size, print_size, read, replace_folder};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the site is put.
pub(crate) const SITE: &str = "dist";
/// Addresses from the server's root, which would break under a sub-path.
const ROOTED: [&str; 6] = ["src=\"/", "href=\"/", "src='/", "href='/", "url(/", "url(\"/"];

/// Writes the site anew from `www/` as it was built.
pub(crate) fn write() -> Outcome {
    let staged = PathBuf::from(format!("target/xtask/dist-{}", std::process::id()));
    fresh_folder(&staged)?;
    for file in files_below(Path::new("www"))?.into_iter().filter(|file| is_published(file)) {
        let inner = file.strip_prefix("www").map_err(|error| error.to_string())?;
        let copy = staged.join(inner);
        let failure = |error| format!("cannot copy {} to {}: {error}", file.display(), copy.display());
        if let Some(address) = rooted_address(&file, &String::from_utf8_lossy(&read(&file)?)) {
            return Err(format!(
                "{} contains {address}, which breaks under a sub-path; make it relative",
                file.display()
            ));
        }
        fs::create_dir_all(copy.parent().unwrap_or(&staged)).map_err(failure)?;
        fs::copy(&file, &copy).map_err(failure)?;
    }
    replace_folder(&staged, Path::new(SITE))
}

/// Prints the size of every file of the site, raw and after gzip.
pub(crate) fn print_sizes() -> Outcome {
    let (mut raw_sum, mut gzip_sum) = (0, 0);
    println!("{:>10} {:>10}  file", "bytes", "gzip");
    for file in files_below(Path::new(SITE))? {
        let bytes = read(&file)?;
        let gzip = gzip_size(&bytes)?;
        print_size(bytes.len(), gzip, &file.display().to_string());
        raw_sum += bytes.len();
        gzip_sum += gzip;
    }
    print_size(raw_sum, gzip_sum, "in all");
    Ok(())
}

fn is_published(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    !name.contains(".test.") && !name.starts_with("tsconfig")
}

/// The first address from the server's root in a page or a style sheet.
fn rooted_address(file: &Path, text: &str) -> Option<&'static str> {
    let has_addresses = file.extension().is_some_and(|extension| extension == "html" || extension == "css");
    ROOTED.into_iter().find(|address| has_addresses && text.contains(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_settings_are_not_published() {
        assert!(is_published(Path::new("www/adam-scope.js")));
        assert!(!is_published(Path::new("www/clock.test.js")));
        assert!(!is_published(Path::new("www/tsconfig.json")));
    }

    #[test]
    fn an_address_from_the_root_is_found_in_pages_only() {
        let text = "<link rel=\"icon\" href=\"/icon.svg\">";
        assert_eq!(rooted_address(Path::new("www/index.html"), text), Some("href=\"/"));
        assert_eq!(rooted_address(Path::new("www/a.js"), text), None);
        assert_eq!(rooted_address(Path::new("www/index.html"), "<link href=\"icon.svg\">"), None);
    }
}
