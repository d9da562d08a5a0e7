//! What lies where in the site. Whatever only our own files refer to is in a folder named by its content, so that hosts may
//! let browsers keep it for ever; what other people refer to keeps its name beside that folder, and leads into it.

use crate::Outcome;
use crate::files::{files_below, read, read_text, write};
use crate::fingerprint::Fingerprint;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the folders that are named by their content.
const FOLDERS: &str = "files";
/// What the folder is called while it is filled.
const UNNAMED: &str = "files/new";
/// Modules to which other people's pages refer: those that lie at the top already, else those of the folder.
const MODULES: [&str; 2] = ["adam-scope.js", "core.js"];

/// Where a file of the sources belongs: pages and pictures at the top, all else in the folder.
pub(crate) fn place(site: &Path, file: &Path) -> PathBuf {
    let at_top = file.extension().is_some_and(|extension| extension == "html" || extension == "svg");
    if at_top { site.join(file) } else { site.join(UNNAMED).join(file) }
}

/// The folder while it is filled.
pub(crate) fn unnamed(site: &Path) -> PathBuf {
    site.join(UNNAMED)
}

/// Names the filled folder by its content, and has entries and pages refer to it.
pub(crate) fn name_folder(site: &Path) -> Outcome {
    let unnamed = site.join(UNNAMED);
    let mut name = Fingerprint::default();
    let mut names = Vec::new();
    for file in files_below(&unnamed)? {
        let inner = file.strip_prefix(&unnamed).map_err(|error| error.to_string())?.display().to_string();
        name.add(inner.as_bytes());
        name.add(&read(&file)?);
        names.push(inner);
    }
    let address = format!("{FOLDERS}/{}/", name.text());
    let folder = site.join(&address);
    fs::rename(&unnamed, &folder).map_err(|error| format!("cannot name {}: {error}", folder.display()))?;
    for module in MODULES {
        let entry = site.join(module);
        let source = if entry.is_file() { entry.clone() } else { folder.join(module) };
        write(&entry, lead_module(&read_text(&source)?, &address).as_bytes())?;
    }
    for page in files_below(site)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "html")) {
        write(&page, lead_page(&read_text(&page)?, &names, &address).as_bytes())?;
    }
    Ok(())
}

/// The folder that is named by its content, by its path in the site.
pub(crate) fn folder(site: &Path) -> Outcome<PathBuf> {
    let failure = |error| format!("{} has no folder of files: {error}; run `cargo xtask dist`", site.display());
    let mut entries = fs::read_dir(site.join(FOLDERS)).map_err(failure)?;
    let name = entries.next().ok_or_else(|| format!("{}/{FOLDERS} is empty", site.display()))?.map_err(failure)?;
    Ok(Path::new(FOLDERS).join(name.file_name()))
}

/// A minified module whose imports lead into the folder.
fn lead_module(text: &str, address: &str) -> String {
    text.replace("\"./", &format!("\"./{address}"))
}

/// A page, at the top or in a folder there, that takes the named files from the folder. A module for other people's pages is
/// taken from the top like there, unless it is fetched ahead for the page's own modules.
fn lead_page(html: &str, names: &[String], address: &str) -> String {
    let mut text = String::new();
    for line in html.split_inclusive('\n') {
        let preloads = line.contains("modulepreload");
        let mut line = line.to_owned();
        for name in names.iter().filter(|name| preloads || !MODULES.contains(&name.as_str())) {
            for (attribute, up) in [("href", ""), ("src", ""), ("href", "../"), ("src", "../")] {
                line = line
                    .replace(&format!(" {attribute}=\"{up}{name}\""), &format!(" {attribute}=\"{up}{address}{name}\""));
            }
        }
        text.push_str(&line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_imports_from_the_folder() {
        assert_eq!(
            lead_module("import{A}from\"./a.js\";import(\"./b.js\");export{A};", "files/0/"),
            "import{A}from\"./files/0/a.js\";import(\"./files/0/b.js\");export{A};"
        );
    }

    #[test]
    fn a_page_takes_what_is_there_from_the_folder_and_the_rest_from_beside_it() {
        let names = ["a.css", "pkg/a.wasm", "adam-scope.js"].map(str::to_owned);
        let html = "<link href=\"a.css\">\n<link href=\"pkg/a.wasm\">\n<link href=\"icon.svg\">\n<link href=\"../a.css\">\n\
                    <script src=\"../adam-scope.js\"></script>\n<link rel=\"modulepreload\" href=\"adam-scope.js\">\n<a href=\"./\">";
        assert_eq!(
            lead_page(html, &names, "files/0/"),
            "<link href=\"files/0/a.css\">\n<link href=\"files/0/pkg/a.wasm\">\n<link href=\"icon.svg\">\n<link href=\"../files/0/a.css\">\n\
             <script src=\"../adam-scope.js\"></script>\n<link rel=\"modulepreload\" href=\"files/0/adam-scope.js\">\n<a href=\"./\">"
        );
    }

    #[test]
    fn pages_and_pictures_keep_their_names() {
        let site = Path::new("dist");
        assert_eq!(place(site, Path::new("index.html")), Path::new("dist/index.html"));
        assert_eq!(place(site, Path::new("icon.svg")), Path::new("dist/icon.svg"));
        assert_eq!(place(site, Path::new("pkg/a.wasm")), Path::new("dist/files/new/pkg/a.wasm"));
    }
}
