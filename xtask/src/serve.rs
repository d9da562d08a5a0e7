//! `cargo xtask serve`: the page on this machine, rebuilt on request when the sources change.

use crate::files::files_below;
use crate::{Outcome, http, setup, wasm};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

const FIRST_PORT: u16 = 8000;
/// How many ports are tried from the first one on.
const PORTS_TRIED: u16 = 100;
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Files, each with its time of change and its length.
type Sources = Vec<(PathBuf, SystemTime, u64)>;

/// Options of `cargo xtask serve`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    /// The port that was asked for; the first free one when absent.
    port: Option<u16>,
    watch: bool,
}

/// Sets up, builds, and serves `www/` until interrupted.
pub(crate) fn run(words: &[&str]) -> Outcome {
    let options = parse(words)?;
    setup::install()?;
    // Listed before the build, so that a change during it is not missed.
    let seen = sources()?;
    wasm::build()?;
    let server = http::serve(Path::new("www"), open_port(options.port)?)?;
    let mut out = io::stdout();
    let printed = writeln!(out, "Adam Scope is at {}", server.address).and_then(|()| out.flush());
    printed.map_err(|error| format!("cannot print the address: {error}"))?;
    if options.watch {
        watch(seen);
    }
    server.thread.join().map_err(|_| "the server stopped".to_owned())
}

/// Rebuilds when the sources are no longer as they were seen; the server goes on meanwhile, and after a failure.
fn watch(mut seen: Sources) -> ! {
    loop {
        thread::sleep(LOOK_EVERY);
        // A file that vanishes while it is looked at means a change, seen at the next look.
        let Ok(now) = sources() else { continue };
        if now != seen {
            seen = now;
            if let Err(message) = wasm::build() {
                eprintln!("xtask: {message}; the last good build stays");
            }
        }
    }
}

fn parse(words: &[&str]) -> Outcome<Options> {
    let mut options = Options::default();
    let mut words = words.iter();
    while let Some(&word) = words.next() {
        match word {
            "--watch" => options.watch = true,
            "--port" => {
                let number = words.next().ok_or("--port: a number is missing, as in --port 8000")?;
                let port = number.parse().map_err(|_| format!("--port: \"{number}\" is not a port (0 to 65535)"))?;
                options.port = Some(port);
            }
            _ => return Err(format!("serve: no option `{word}` (there are --port N and --watch)")),
        }
    }
    Ok(options)
}

/// Opens the port asked for, or the first free one.
fn open_port(wanted: Option<u16>) -> Outcome<TcpListener> {
    let failure = |port: u16, error: io::Error| format!("cannot listen on port {port}: {error}; try another --port");
    if let Some(port) = wanted {
        return http::listen(port).map_err(|error| failure(port, error));
    }
    for port in FIRST_PORT..FIRST_PORT + PORTS_TRIED {
        match http::listen(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            other => return other.map_err(|error| failure(port, error)),
        }
    }
    Err(format!("the ports {FIRST_PORT} to {} are all taken; choose one by --port", FIRST_PORT + PORTS_TRIED - 1))
}

/// The files that decide the build.
fn sources() -> Outcome<Sources> {
    let mut files = files_below(Path::new("src"))?;
    files.push("Cargo.toml".into());
    let look = |file: PathBuf| {
        let state = fs::metadata(&file).and_then(|state| Ok((state.modified()?, state.len())));
        let (time, length) = state.map_err(|error| format!("cannot look at {}: {error}", file.display()))?;
        Ok((file, time, length))
    };
    files.into_iter().map(look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_in_any_order() {
        assert_eq!(parse(&[]), Ok(Options { port: None, watch: false }));
        assert_eq!(parse(&["--watch", "--port", "8123"]), Ok(Options { port: Some(8123), watch: true }));
    }

    #[test]
    fn a_bad_option_is_named() {
        assert_eq!(parse(&["--port", "x"]).unwrap_err(), "--port: \"x\" is not a port (0 to 65535)");
        assert_eq!(parse(&["--port"]).unwrap_err(), "--port: a number is missing, as in --port 8000");
        assert_eq!(parse(&["--prot"]).unwrap_err(), "serve: no option `--prot` (there are --port N and --watch)");
    }

    #[test]
    fn a_taken_port_that_was_asked_for_is_an_error() {
        let taken = http::listen(0).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(open_port(Some(port)).unwrap_err().starts_with(&format!("cannot listen on port {port}: ")));
    }
}
