//! `cargo xtask dist`: the static site, ready for any host and any sub-path.

use crate::command::{node, run};
use crate::files::{
    files_below, fresh_folder, gzip_size, print_size, read, read_text, remove_folder, replace_folder,
    write as write_file,
};
use crate::{Outcome, bundle, entries, files, offline, package};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the site is put.
pub(crate) const SITE: &str = "dist";
const COMPRESSOR: &str = "packages/compress.mjs";
const MINIFIER: &str = "node_modules/esbuild/bin/esbuild";
/// File by file: modules keep their names and their imports. The target holds for scripts; style sheets stay modern.
const MINIFIER_OPTIONS: [&str; 6] =
    ["--minify", "--target=es2022", "--format=esm", "--charset=utf8", "--legal-comments=none", "--log-level=warning"];
/// The element, as its hosts load it: one module with all that it imports, so that a figure is some round trips nearer; apart
/// stay the cores and what is loaded on request.
pub(crate) const ELEMENT: &str = "adam-scope.js";
const ELEMENT_OPTIONS: [&str; 3] = ["--bundle", "--external:./pkg/*", "--external:./output.js"];
/// The page: one module for the first figure, one for what stands around it, and so on; what several share is apart.
const PAGE: &str = "explorer.js";
const PAGE_OPTIONS: [&str; 5] =
    ["--bundle", "--splitting", "--chunk-names=[name]-[hash]", "--external:./pkg/*", "--allow-overwrite"];
/// Modules that stand in for some of `www/`, as the site has its files elsewhere.
const STAND_INS: &str = "packages/site";
/// Where the gallery is, here and in the site.
const GALLERY: &str = "examples";
/// Addresses from the server's root, which would break under a sub-path.
const ROOTED: [&str; 6] = ["src=\"/", "href=\"/", "src='/", "href='/", "url(/", "url(\"/"];

/// Files by their path.
type Contents = BTreeMap<String, Vec<u8>>;

/// Writes the site anew from `www/` as it was built.
pub(crate) fn write() -> Outcome {
    let staged = stage()?;
    replace_folder(&staged, Path::new(SITE))
}

/// Makes the site a second time; an error when it is not the one in place, byte for byte.
pub(crate) fn check_repeatable() -> Outcome {
    let staged = stage()?;
    let (site, again) = (contents(Path::new(SITE))?, contents(&staged)?);
    remove_folder(&staged)?;
    first_difference(&site, &again)
        .map_or(Ok(()), |file| Err(format!("{SITE}/{file} came out otherwise when the site was made again")))
}

/// Makes the site in a new folder: scripts and style sheets minified, all else copied.
fn stage() -> Outcome<PathBuf> {
    let staged = PathBuf::from(format!("target/xtask/dist-{}", std::process::id()));
    fresh_folder(&staged)?;
    let mut sources = Vec::new();
    for file in files_below(Path::new("www"))?.into_iter().filter(|file| is_published(file)) {
        let inner = file.strip_prefix("www").map_err(|error| error.to_string())?;
        check_relative(&file)?;
        if is_minified(&file) {
            if inner != Path::new(ELEMENT) {
                sources.push(file);
            }
            continue;
        }
        files::copy(&file, &entries::place(&staged, inner))?;
    }
    add_gallery(&staged)?;
    let folder = entries::unnamed(&staged);
    minify(Path::new("www"), &sources, &folder)?;
    minify(Path::new(STAND_INS), &files_below(Path::new(STAND_INS))?, &folder)?;
    join(&Path::new("www").join(ELEMENT), &ELEMENT_OPTIONS, &format!("--outfile={}", staged.join(ELEMENT).display()))?;
    join(&folder.join(PAGE), &PAGE_OPTIONS, &format!("--outdir={}", folder.display()))?;
    let index = staged.join("index.html");
    let modules = at_once(&read_text(&folder.join(PAGE))?);
    write_file(&index, with_preloads(&read_text(&index)?, &modules).as_bytes())?;
    entries::name_folder(&staged)?;
    bundle::write_all(&staged)?;
    offline::write_worker(&staged, &[MINIFIER])?;
    package::write_package(&staged)?;
    compress(&staged)?;
    Ok(staged)
}

/// The pages of the gallery as they are written, as a model; the recipes beside them are for other tools.
fn add_gallery(site: &Path) -> Outcome {
    for file in files_below(Path::new(GALLERY))? {
        let is_part = file.extension().is_some_and(|end| ["html", "css", "js", "svg"].iter().any(|kind| end == *kind));
        if file.parent() == Some(Path::new(GALLERY)) && is_part {
            check_relative(&file)?;
            files::copy(&file, &site.join(&file))?;
        }
    }
    Ok(())
}

/// Puts what hosts can send in the place of a file beside it, smaller: `.br` and `.gz`.
fn compress(folder: &Path) -> Outcome {
    run(node(&[COMPRESSOR]).arg(folder))
}

/// Minifies sources that lie below `base` into the folder, over what has the same name.
fn minify(base: &Path, sources: &[PathBuf], folder: &Path) -> Outcome {
    let places = [format!("--outbase={}", base.display()), format!("--outdir={}", folder.display())];
    run(node(&[MINIFIER]).args(MINIFIER_OPTIONS).args(places).arg("--allow-overwrite").args(sources))
        .map_err(|_| "the scripts and style sheets cannot be minified; esbuild says above where".to_owned())
}

/// Joins a module and what it imports.
fn join(module: &Path, options: &[&str], out: &str) -> Outcome {
    run(node(&[MINIFIER]).arg(module).args(MINIFIER_OPTIONS).args(options).arg(out))
        .map_err(|_| format!("{} cannot be bundled; esbuild says above why", module.display()))
}

/// The modules beside a minified one without which it does not start.
fn at_once(module: &str) -> Vec<String> {
    let imports = module.split("from\"./").chain(module.split("import\"./")).filter_map(|rest| rest.split_once('"'));
    let mut names: Vec<_> = imports.map(|(name, _)| name.to_owned()).filter(|name| is_chunk(name)).collect();
    names.sort();
    names.dedup();
    names
}

fn is_chunk(name: &str) -> bool {
    name.starts_with("chunk-") && Path::new(name).extension().is_some_and(|extension| extension == "js")
}

/// A page that fetches these modules ahead, and its bindings, in place of all that are written in it.
fn with_preloads(html: &str, modules: &[String]) -> String {
    let link = |module: &str| format!("    <link rel=\"modulepreload\" href=\"{module}\">\n");
    let is_preload = |line: &str| line.contains("rel=\"modulepreload\"");
    let mut text = String::new();
    for line in html.split_inclusive('\n') {
        if !is_preload(line) {
            text.push_str(line);
        } else if line.contains("\"pkg/") {
            text.push_str(line);
            text.extend(modules.iter().map(|module| link(module)));
        }
    }
    text
}

/// The files of a folder, by their path in it.
fn contents(folder: &Path) -> Outcome<Contents> {
    let files = files_below(folder)?.into_iter().map(|file| {
        let inner = file.strip_prefix(folder).map_err(|error| error.to_string())?;
        Ok((inner.display().to_string(), read(&file)?))
    });
    files.collect()
}

/// The first file that only one side has, or that differs.
fn first_difference<'a>(one: &'a Contents, other: &'a Contents) -> Option<&'a str> {
    let mut names = one.keys().chain(other.keys());
    names.find(|name| one.get(*name) != other.get(*name)).map(String::as_str)
}

/// Prints the size of every file of the site, raw and after gzip; what repeats others of them is left out.
pub(crate) fn print_sizes() -> Outcome {
    let (mut raw_sum, mut gzip_sum) = (0, 0);
    println!("{:>10} {:>10}  file", "bytes", "gzip");
    let repeats = |file: &PathBuf| {
        file.starts_with(Path::new(SITE).join("npm")) || file.extension().is_some_and(|end| end == "br" || end == "gz")
    };
    for file in files_below(Path::new(SITE))?.into_iter().filter(|file| !repeats(file)) {
        let bytes = read(&file)?;
        let gzip = gzip_size(&bytes)?;
        print_size(bytes.len(), gzip, &file.display().to_string());
        raw_sum += bytes.len();
        gzip_sum += gzip;
    }
    print_size(raw_sum, gzip_sum, "in all");
    Ok(())
}

fn is_minified(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "js" || extension == "css")
}

fn is_published(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // The worker is written when all that it keeps is there; the types of the bindings are for who works on the page.
    !name.contains(".test.") && !name.starts_with("tsconfig") && !name.ends_with(".d.ts") && name != "sw.js"
}

fn check_relative(file: &Path) -> Outcome {
    let failure =
        |address| format!("{} contains {address}, which breaks under a sub-path; make it relative", file.display());
    rooted_address(file, &String::from_utf8_lossy(&read(file)?)).map_or(Ok(()), |address| Err(failure(address)))
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
        assert!(!is_published(Path::new("www/pkg/adam_scope.d.ts")));
    }

    #[test]
    fn scripts_and_style_sheets_are_minified() {
        assert!(is_minified(Path::new("www/pkg/adam_scope.js")));
        assert!(is_minified(Path::new("www/page.css")));
        assert!(!is_minified(Path::new("www/index.html")));
        assert!(!is_minified(Path::new("www/pkg/adam_scope.d.ts")));
    }

    #[test]
    fn a_changed_and_a_missing_file_are_differences() {
        let site = |files: &[(&str, &str)]| -> Contents {
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let one = site(&[("a.js", "1"), ("b.js", "2")]);
        assert_eq!(first_difference(&one, &one.clone()), None);
        assert_eq!(first_difference(&one, &site(&[("a.js", "1"), ("b.js", "3")])), Some("b.js"));
        assert_eq!(first_difference(&site(&[("a.js", "1")]), &one), Some("b.js"));
    }

    #[test]
    fn a_page_fetches_ahead_what_it_starts_with() {
        let module = "import{a as b}from\"./chunk-1.js\";import\"./chunk-2.js\";import(\"./around-3.js\");import c from\"./pkg/d.js\"";
        let modules = at_once(module);
        assert_eq!(modules, ["chunk-1.js", "chunk-2.js"]);
        let html = "<link rel=\"modulepreload\" href=\"pkg/d.js\">\n<link rel=\"modulepreload\" href=\"e.js\">\n<p>\n";
        assert_eq!(
            with_preloads(html, &modules),
            "<link rel=\"modulepreload\" href=\"pkg/d.js\">\n    <link rel=\"modulepreload\" href=\"chunk-1.js\">\n    \
             <link rel=\"modulepreload\" href=\"chunk-2.js\">\n<p>\n"
        );
    }

    #[test]
    fn an_address_from_the_root_is_found_in_pages_only() {
        let text = "<link rel=\"icon\" href=\"/icon.svg\">";
        assert_eq!(rooted_address(Path::new("www/index.html"), text), Some("href=\"/"));
        assert_eq!(rooted_address(Path::new("www/a.js"), text), None);
        assert_eq!(rooted_address(Path::new("www/index.html"), "<link href=\"icon.svg\">"), None);
    }
}
