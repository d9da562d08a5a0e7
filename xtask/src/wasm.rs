//! Compiles the library to WebAssembly, with its JavaScript bindings, in `www/pkg/`.

use crate::Outcome;
use crate::command::{cargo, node, run, target_folder, timed};
use crate::files::{fresh_folder, read, read_text, replace_folder, write};
use crate::scripts::words_of;
use crate::split::split;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::thread;
use walrus::Module;
use wasm_bindgen_cli_support::Bindgen;

/// Where the packages are put.
pub(crate) const PACKAGE: &str = "www/pkg";
const TARGET: &str = "wasm32-unknown-unknown";
/// What the packages in place were made from.
const STAMP: &str = "target/xtask/package-stamp";
const OPTIMIZER: &str = "node_modules/binaryen/bin/wasm-opt";
/// The features are those that rustc and the bindings emit; the optimizer refuses a module that uses others.
const OPTIMIZER_OPTIONS: [&str; 10] = [
    "-O3",
    "--strip-producers",
    "--strip-target-features",
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// One way to compile the library. Each has a target folder of its own, so that they are built side by side.
struct Edition {
    /// The name of its files.
    name: &'static str,
    options: &'static [&'static str],
    flags: &'static [&'static str],
    folder: &'static str,
    /// Whether what the page's first view does not need becomes a module of its own.
    in_two: bool,
}

/// What belongs to the first view of the page, by its modules: those reachable from here, but for what lies below.
const FIRST_VIEW: [&str; 2] = ["explorer.js", "around.js"];
const BELOW: [&str; 4] = ["below.js", "output.js", "pool.js", "worker.js"];
/// Exports that modules of the first view name, and call only once the rest is there.
const LATE: [&str; 1] = ["soundings"];
/// Modules whose functions are called through tables, by late code only.
const LATE_MODULES: [&str; 4] =
    ["adam_scope::batch::block", "adam_scope::batch::losses", "adam_scope::batch::record", "adam_scope::replay::"];

/// Loops are neither unrolled nor vectorized, and little is inlined that does not ask for it: seven kilobytes less to
/// download, and no single run is slower for it.
const SMALL: &[&str] =
    &["-Cllvm-args=-inline-threshold=5 -unroll-threshold=10", "-Cno-vectorize-loops", "-Cno-vectorize-slp"];

/// Little is inlined that does not ask for it. Loops over lanes are unrolled: a seventh faster, for eight kilobytes. Lanes are
/// registers already, so vectorized loops would win nothing; straight code that becomes vectors is a tenth faster.
const FAST: &[&str] = &["-Cllvm-args=-inline-threshold=5", "-Cno-vectorize-loops"];

/// What an embedded element loads, and what the page loads in its place: that one has lanes.
const EDITIONS: [Edition; 3] = [
    Edition { name: "adam_scope", options: &["--no-default-features"], flags: SMALL, folder: "", in_two: false },
    Edition { name: "explorer", options: &[], flags: FAST, folder: "explorer", in_two: true },
    // For who asks for a picture as SVG.
    Edition {
        name: "picture",
        options: &["--no-default-features", "--features=svg"],
        flags: SMALL,
        folder: "picture",
        in_two: false,
    },
];

/// Brings `www/pkg/` up to date with the sources.
pub(crate) fn build() -> Outcome {
    let compiled = timed("compiling to WebAssembly", || of_each(compile))?;
    let stamp = stamp(&compiled)?;
    if is_complete() && fs::read_to_string(STAMP).is_ok_and(|last| last == stamp) {
        return Ok(());
    }
    timed("binding and optimizing WebAssembly", || package(&compiled, &stamp))
}

/// Does something for every edition, all at once.
fn of_each<T: Send>(work: impl Fn(&Edition) -> Outcome<T> + Sync) -> Outcome<Vec<T>> {
    let work = &work;
    thread::scope(|scope| {
        let threads = EDITIONS.each_ref().map(|edition| scope.spawn(move || work(edition)));
        threads.into_iter().map(|thread| thread.join().map_err(|_| "a build thread stopped".to_owned())?).collect()
    })
}

fn is_complete() -> bool {
    let files = EDITIONS.iter().flat_map(|Edition { name, in_two, .. }| {
        let kinds = ["{}.js", "{}.d.ts", "{}_bg.wasm"].into_iter().chain(in_two.then_some("{}_rest.wasm"));
        kinds.map(|file| Path::new(PACKAGE).join(file.replace("{}", name)))
    });
    files.into_iter().all(|file| file.is_file())
}

/// Builds what the core is measured against, with the flags of the page's edition, and gives the folder of its package.
pub(crate) fn build_rivals() -> Outcome<PathBuf> {
    let folder = PathBuf::from("target/xtask/rivals");
    let compiled = compile_crate(&["--package", "rivals"], FAST, "explorer", "rivals")?;
    fresh_folder(&folder)?;
    bind(&compiled, &folder, "rivals", false)?;
    optimize(&folder.join("rivals_bg.wasm"), false)?;
    Ok(folder)
}

fn compile(edition: &Edition) -> Outcome<PathBuf> {
    compile_crate(edition.options, edition.flags, edition.folder, "adam_scope")
}

/// Compiles a library of the workspace; gives its module.
fn compile_crate(options: &[&str], flags: &[&str], folder: &str, name: &str) -> Outcome<PathBuf> {
    // As a setting on the command line these flags join those of .cargo/config.toml; in RUSTFLAGS they would replace them.
    let flags: Vec<String> = path_flags().into_iter().chain(flags.iter().map(|&flag| flag.into())).collect();
    let flags = format!("target.{TARGET}.rustflags={flags:?}");
    let folder = target_folder()?.join(folder);
    let mut command = cargo(&["build", "--release", "--lib", "--target", TARGET, "--config", &flags])?;
    run(command.args(options).env("CARGO_TARGET_DIR", &folder))
        .map_err(|_| "the library does not compile for WebAssembly; cargo says above where")?;
    Ok(folder.join(TARGET).join(format!("release/{name}.wasm")))
}

/// Flags that keep this machine's paths out of the panic messages of dependencies, so that every machine builds the
/// same bytes. The workspace's own paths are relative anyway.
fn path_flags() -> Vec<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let mut registries: Vec<_> = sources.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    registries.sort();
    registries.iter().map(|folder| format!("--remap-path-prefix={}=crates", folder.display())).collect()
}

/// A fingerprint of all that decides the packages: the compiled modules, the optimizer's version, this recipe, and what the
/// first view names.
fn stamp(compiled: &[PathBuf]) -> Outcome<String> {
    let recipe = [include_str!("wasm.rs"), include_str!("split.rs"), include_str!("../Cargo.toml")];
    let modules = compiled.iter().map(|module| read(module)).collect::<Outcome<Vec<_>>>()?;
    let mut hasher = DefaultHasher::new();
    (modules, read(Path::new("package-lock.json"))?, recipe, words_of(&FIRST_VIEW, &BELOW)?).hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn package(compiled: &[PathBuf], stamp: &str) -> Outcome {
    let staged = PathBuf::from(format!("target/xtask/package-{}", std::process::id()));
    fresh_folder(&staged)?;
    // The binding generator is not for several threads at once; the optimizer is another program and takes longer.
    for (Edition { name, in_two, .. }, module) in EDITIONS.iter().zip(compiled) {
        bind(module, &staged, name, *in_two)?;
        let bindings = staged.join(format!("{name}.js"));
        strip_documentation(&bindings)?;
        shorten_imports(&staged.join(format!("{name}_bg.wasm")), &bindings)?;
    }
    of_each(|Edition { name, in_two, .. }| {
        let module = staged.join(format!("{name}_bg.wasm"));
        optimize(&module, *in_two)?;
        if *in_two { split_off(&module, &staged.join(format!("{name}_rest.wasm"))) } else { Ok(()) }
    })?;
    replace_folder(&staged, Path::new(PACKAGE))?;
    fs::write(STAMP, stamp).map_err(|error| format!("cannot write {STAMP}: {error}"))
}

/// Makes a module and its bindings ready for browsers; the names of functions stay in it where something reads them later.
fn bind(compiled: &Path, folder: &Path, name: &str, named: bool) -> Outcome {
    let generate = || {
        Bindgen::new()
            .input_path(compiled)
            .out_name(name)
            .web(true)?
            .typescript(true)
            .omit_default_module_path(false)
            .remove_name_section(!named)
            .remove_producers_section(true)
            .generate(folder)
    };
    generate().map_err(|error| format!("cannot make the JavaScript bindings: {error:#}"))
}

/// Gives what the module imports from its bindings short names: those that it has end in a fingerprint each, of which no
/// compression makes less, here and there.
fn shorten_imports(module: &Path, bindings: &Path) -> Outcome {
    let failure = |error| format!("{} cannot be read: {error:#}", module.display());
    let mut parsed = Module::from_buffer(&read(module)?).map_err(failure)?;
    let mut text = read_text(bindings)?;
    for (number, import) in parsed.imports.iter_mut().filter(|import| has_fingerprint(&import.name)).enumerate() {
        let short = format!("i{number}");
        text = text.replace(&import.name, &short);
        import.name = short;
    }
    write(bindings, text.as_bytes())?;
    write(module, &parsed.emit_wasm())
}

/// Whether a name ends in sixteen hexadecimal digits.
fn has_fingerprint(name: &str) -> bool {
    let end = name.rsplit_once('_').map_or("", |(_, end)| end);
    end.len() == 16 && end.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Takes the documentation out of the bindings: every visitor loads them, and the types beside them say it too.
fn strip_documentation(module: &Path) -> Outcome {
    let text = String::from_utf8_lossy(&read(module)?).into_owned();
    fs::write(module, without_documentation(&text))
        .map_err(|error| format!("cannot write {}: {error}", module.display()))
}

/// The text without its `/** ... */` blocks. A block that shares a line with code, or has a line that does not start
/// with a star, is left alone: it may be no comment.
fn without_documentation(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let block = documentation_length(rest);
        let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
        if block.is_none() {
            kept.push_str(&rest[..line]);
        }
        rest = &rest[block.unwrap_or(line)..];
    }
    kept
}

/// The length of the block of documentation that the text starts with, if it does.
fn documentation_length(text: &str) -> Option<usize> {
    let mut length = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        length += line.len();
        let line = line.trim();
        let inner = line.strip_prefix(if at == 0 { "/**" } else { "*" })?;
        // A slash here closes the block: its star is the one just taken off.
        let end = if inner.starts_with('/') { Some(1) } else { inner.find("*/").map(|star| star + 2) };
        if let Some(end) = end {
            return (end == inner.len()).then_some(length);
        }
    }
    None
}

/// Leaves in a module what the page's first view needs, and puts the rest beside it.
fn split_off(module: &Path, rest: &Path) -> Outcome {
    let words = words_of(&FIRST_VIEW, &BELOW)?;
    let parts = split(&read(module)?, |export| is_late(export, &words), &LATE_MODULES)?;
    write(module, &parts.first)?;
    write(rest, &parts.rest)
}

/// Whether the first view does without an export: a function that no word names, or a method or a class that none does.
fn is_late(export: &str, words: &BTreeSet<String>) -> bool {
    let has_class = |class: &str| words.iter().any(|word| word.eq_ignore_ascii_case(class));
    if LATE.contains(&export) {
        return true;
    }
    if let Some(own) = export.strip_prefix("__") {
        return own
            .strip_prefix("wbg_")
            .and_then(|own| own.strip_suffix("_free"))
            .is_some_and(|class| !has_class(class));
    }
    match export.split_once('_') {
        Some((class, method)) => !has_class(class) || !(method == "new" || words.contains(method)),
        None => !words.contains(export),
    }
}

fn optimize(module: &Path, named: bool) -> Outcome {
    let bound = module.with_extension("bound");
    fs::rename(module, &bound).map_err(|error| format!("cannot move {}: {error}", module.display()))?;
    let names = named.then_some("--debuginfo");
    run(node(&[OPTIMIZER]).args(OPTIMIZER_OPTIONS).args(names).arg(&bound).arg("-o").arg(module))?;
    fs::remove_file(&bound).map_err(|error| format!("cannot remove {}: {error}", bound.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_fingerprint_are_told() {
        assert!(has_fingerprint("__wbg_set_height_ae0610d318c3428c"));
        assert!(!has_fingerprint("__wbindgen_init_externref_table") && !has_fingerprint("memory"));
    }

    #[test]
    fn blocks_of_documentation_are_taken_out() {
        let text = "\
/* @ts-self-types=\"./adam_scope.d.ts\" */

/**
 * A run.
 */
export class Run {
    /** Its rate. */
    rate() {
        /**
         * @returns {string} a `//` or a /* in it */
        return 1; // one
    }
}
";
        let expected = "\
/* @ts-self-types=\"./adam_scope.d.ts\" */

export class Run {
    rate() {
        return 1; // one
    }
}
";
        assert_eq!(without_documentation(text), expected);
    }

    #[test]
    fn what_may_be_code_is_left_alone() {
        let kept = [
            "/** a */ code();\n",
            "/**\n * a\n */ code();\n",
            "code(); /** a */\n",
            "const text = `\n/**\nno star\n*/\n`;\n",
            "/** @type {A} */ (a) /** b */\n",
            "/**/ code() /* a */\n",
            "/**\n * without an end\n",
            "/* a */\n// b",
            "a = b\n    * c; /* d */\n",
            "",
        ];
        for text in kept {
            assert_eq!(without_documentation(text), text);
        }
    }
}
