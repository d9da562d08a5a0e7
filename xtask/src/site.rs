//! Finds the file that a request's path means, inside one folder and nowhere else.

use std::path::{Path, PathBuf};

/// What a request's path means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// This file.
    File(PathBuf),
    /// A folder, named without the closing slash that its page's relative addresses need.
    FolderWithoutSlash,
    /// Nothing that is published.
    Nothing,
}

/// Resolves a path, as it stands in a request, below `root`, which must be canonical.
///
/// A path that ends in a slash means the `index.html` of that folder. What leaves the folder, by `..`, by an encoded
/// slash or by a symbolic link, and what starts with a dot, is not there.
pub(crate) fn resolve(root: &Path, target: &str) -> Found {
    match lookup(root, target) {
        Some(path) if path.is_file() => Found::File(path),
        Some(path) if path.join("index.html").is_file() => Found::FolderWithoutSlash,
        _ => Found::Nothing,
    }
}

fn lookup(root: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut file = root.to_path_buf();
    for folder in folders.split('/').filter(|_| !folders.is_empty()) {
        file.push(decode_segment(folder)?);
    }
    file.push(if name.is_empty() { "index.html".to_owned() } else { decode_segment(name)? });
    file.canonicalize().ok().filter(|file| file.starts_with(root))
}

/// Decodes the percent signs of one segment; nothing when the result is not a plain, visible name.
fn decode_segment(segment: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { hex_digit(rest.next()?)? * 16 + hex_digit(rest.next()?)? } else { byte });
    }
    let name = String::from_utf8(bytes).ok()?;
    let is_plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']);
    is_plain.then_some(name)
}

fn hex_digit(byte: u8) -> Option<u8> {
    u8::try_from(char::from(byte).to_digit(16)?).ok()
}

/// The Content-Type of a file, by its extension.
pub(crate) fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "txt" | "ts" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::fs;

    /// A small site in a folder of its own, removed in the end: `www/` to be served, and beside it what must not be.
    pub(crate) struct SmallSite(PathBuf);

    impl Drop for SmallSite {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    impl SmallSite {
        pub(crate) fn www(&self) -> PathBuf {
            self.0.join("www").canonicalize().unwrap()
        }
    }

    pub(crate) fn small_site(name: &str) -> SmallSite {
        let folder = std::env::temp_dir().join(format!("adam-scope-{name}-{}", std::process::id()));
        let www = folder.join("www");
        fs::create_dir_all(www.join("guide")).unwrap();
        fs::create_dir_all(www.join("empty")).unwrap();
        let files = [
            ("secret.txt", "outside"),
            ("www/index.html", "<h1>home</h1>"),
            ("www/guide/index.html", "<h1>guide</h1>"),
            ("www/a b.js", "export {};"),
            ("www/.hidden", "inside"),
        ];
        for (file, text) in files {
            fs::write(folder.join(file), text).unwrap();
        }
        SmallSite(folder)
    }

    fn file(path: PathBuf) -> Found {
        Found::File(path)
    }

    #[test]
    fn folders_give_their_index_and_names_are_decoded() {
        let site = small_site("names");
        let www = site.www();
        assert_eq!(resolve(&www, "/"), file(www.join("index.html")));
        assert_eq!(resolve(&www, "/?x=1#y"), file(www.join("index.html")));
        assert_eq!(resolve(&www, "/guide/"), file(www.join("guide/index.html")));
        assert_eq!(resolve(&www, "/a%20b.js"), file(www.join("a b.js")));
        assert_eq!(resolve(&www, "/guide"), Found::FolderWithoutSlash);
    }

    #[test]
    fn nothing_outside_the_folder_is_found() {
        let site = small_site("outside");
        let www = site.www();
        let secret = www.with_file_name("secret.txt");
        assert!(secret.is_file());
        let attempts = [
            "/../secret.txt",
            "/guide/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/..%5csecret.txt",
            "//secret.txt",
            "/guide//index.html",
            "/./index.html",
            "/.hidden",
            "/index.html%00",
            "/%zz",
            "/%2",
            "/empty/",
            "/empty",
            "secret.txt",
            "",
            "http://127.0.0.1/index.html",
        ];
        for target in attempts.into_iter().chain(secret.to_str()) {
            assert_eq!(resolve(&www, target), Found::Nothing, "{target}");
        }
        assert_eq!(resolve(&www, &format!("/{}", secret.display())), Found::Nothing);
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_does_not_lead_outside() {
        let site = small_site("link");
        let www = site.www();
        let link = www.join("link.txt");
        std::os::unix::fs::symlink(www.with_file_name("secret.txt"), &link).unwrap();
        assert_eq!(resolve(&www, "/link.txt"), Found::Nothing);
    }

    #[test]
    fn wasm_has_the_type_that_streaming_compilation_needs() {
        assert_eq!(media_type(Path::new("pkg/adam_scope_bg.wasm")), "application/wasm");
        assert_eq!(media_type(Path::new("adam-scope.js")), "text/javascript; charset=utf-8");
        assert_eq!(media_type(Path::new("LICENSE")), "application/octet-stream");
    }
}
