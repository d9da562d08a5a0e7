//! The forms of Adam Scope that are one file: the element as a classic script, and the page that runs from a disk.

use crate::Outcome;
use crate::command::{node, run};
use crate::files::{copy_folder, files_below, fresh_folder, gzip, read, read_text, remove_folder, write};
use std::path::{Path, PathBuf};

const BUNDLER: &str = "node_modules/esbuild/bin/esbuild";
const SCRIPT: &str = "adam-scope.inline.js";
const PAGE: &str = "adam-scope.html";
/// A page's own address stands for the module's: what is bundled lies nowhere by itself.
const OPTIONS: [&str; 8] = [
    "--bundle",
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
    "--loader:.gz=binary",
    "--define:import.meta.url=document.baseURI",
];

/// Writes both files into the site.
pub(crate) fn write_all(site: &Path) -> Outcome {
    let script = Sources::of("inline")?;
    script.bundle("adam-scope.js", "iife", &site.join(SCRIPT))?;
    script.remove()?;

    let page = Sources::of("page")?;
    page.bundle("worker.js", "iife", &page.folder.join("worker.bundle.txt"))?;
    let [module, style] = ["page.js", "page.css"].map(|name| page.folder.join(name));
    page.bundle("explorer.js", "esm", &module)?;
    write(
        &page.folder.join("all.css"),
        b"@import \"./tokens.css\";\n@import \"./explorer.css\";\n@import \"./below.css\";\n",
    )?;
    page.bundle("all.css", "esm", &style)?;
    let text =
        one_file(&read_text(&page.folder.join("index.html"))?, &read_text(&style)?, &read_text(&module)?, |name| {
            read(&page.folder.join(name)).map(|bytes| data_address(&bytes))
        })?;
    write(&site.join(PAGE), text.as_bytes())?;
    page.remove()
}

/// A copy of `www/` in which the modules of a package stand in for some.
struct Sources {
    folder: PathBuf,
}

impl Sources {
    fn of(package: &str) -> Outcome<Self> {
        let folder = PathBuf::from(format!("target/xtask/bundle-{package}-{}", std::process::id()));
        fresh_folder(&folder)?;
        copy_folder(Path::new("www"), &folder)?;
        for replacements in ["packed", package] {
            copy_folder(&Path::new("packages").join(replacements), &folder)?;
        }
        // Packed, a core is a third as long, also as text.
        for core in
            files_below(&folder.join("pkg"))?.iter().filter(|file| file.extension().is_some_and(|end| end == "wasm"))
        {
            write(&core.with_extension("wasm.gz"), &gzip(&read(core)?)?)?;
        }
        Ok(Self { folder })
    }

    fn bundle(&self, entry: &str, format: &str, out: &Path) -> Outcome {
        let settings = [format!("--format={format}"), format!("--outfile={}", out.display())];
        run(node(&[BUNDLER]).arg(self.folder.join(entry)).args(OPTIONS).args(settings))
            .map_err(|_| format!("{} cannot be bundled; esbuild says above why", out.display()))
    }

    fn remove(&self) -> Outcome {
        remove_folder(&self.folder)
    }
}

/// The page with its style sheets, its script and its pictures in it. `address` gives a file as an address that holds it.
fn one_file(html: &str, style: &str, module: &str, address: impl Fn(&str) -> Outcome<String>) -> Outcome<String> {
    let mut text = String::new();
    for line in html.split_inclusive('\n') {
        let bare = line.trim();
        if ["<link rel=\"stylesheet\"", "<link rel=\"preload\"", "<link rel=\"modulepreload\""]
            .iter()
            .any(|start| bare.starts_with(start))
        {
            continue;
        }
        if bare.starts_with("<script") {
            text.push_str(&format!("<style>{style}</style>\n<script type=\"module\">{module}</script>\n"));
            continue;
        }
        text.push_str(line);
    }
    for name in ["icon.svg", "poster-light.svg", "poster-dark.svg"] {
        text = text.replace(&format!("\"{name}\""), &format!("\"{}\"", address(name)?));
    }
    // The folder around the file is not its home.
    Ok(text.replace("href=\"./\"", "href=\"#\""))
}

/// An SVG as an address. Only what would end the attribute or the address is encoded.
fn data_address(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut address = String::from("data:image/svg+xml,");
    for c in text.chars() {
        match c {
            '"' | '#' | '%' | '<' | '>' | '\n' | '\t' | '&' => address.push_str(&format!("%{:02X}", u32::from(c))),
            _ => address.push(c),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_takes_its_files_in() {
        let html = "<head>\n  <link rel=\"icon\" href=\"icon.svg\">\n  <link rel=\"stylesheet\" href=\"a.css\">\n  \
                    <link rel=\"modulepreload\" href=\"a.js\">\n  <script type=\"module\" src=\"a.js\"></script>\n</head>\n<a href=\"./\">";
        let page = one_file(html, "p{}", "go()", |name| Ok(format!("data:{name}"))).unwrap();
        assert_eq!(
            page,
            "<head>\n  <link rel=\"icon\" href=\"data:icon.svg\">\n<style>p{}</style>\n<script type=\"module\">go()</script>\n</head>\n<a href=\"#\">"
        );
    }

    #[test]
    fn an_address_holds_an_svg_in_an_attribute() {
        assert_eq!(data_address(b"<a b=\"#1\">"), "data:image/svg+xml,%3Ca b=%22%231%22%3E");
    }
}
