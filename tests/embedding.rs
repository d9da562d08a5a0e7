//! EMBEDDING.md tells the truth: the commands in it are run as they stand there.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use adam_scope::Config;

const EMBEDDING: &str = include_str!("../EMBEDDING.md");

/// The lines of the shell commands in it.
fn commands() -> Vec<&'static str> {
    let blocks = EMBEDDING.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).filter(|line| !line.trim().is_empty()).collect()
}

/// The words of a command whose quotes are plain pairs.
fn words(command: &str) -> Vec<String> {
    let pieces = command.split('"').enumerate();
    let words = pieces.flat_map(|(at, piece)| {
        let quoted = at % 2 == 1;
        let split: Vec<&str> = if quoted { vec![piece] } else { piece.split_whitespace().collect() };
        split.into_iter().map(str::to_owned).collect::<Vec<_>>()
    });
    words.collect()
}

/// The config of the attributes in its first line of HTML.
fn of_the_element() -> Config {
    let attributes = EMBEDDING.split("<adam-scope ").nth(1).and_then(|rest| rest.split(" controls").next());
    let query: Vec<String> = words(attributes.expect("a line of HTML")).chunks(2).map(<[String]>::concat).collect();
    query.join("&").parse().expect("good attributes")
}

#[test]
fn every_command_runs_and_writes_the_picture_that_it_names() {
    let commands = commands();
    assert!(!commands.is_empty());
    for (number, command) in commands.into_iter().enumerate() {
        // The program that cargo would build and run has been built for this test already.
        let arguments = command.strip_prefix("cargo run --release -- ").unwrap_or_else(|| panic!("{command}"));
        let arguments = words(arguments);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("embedding-{number}"));
        fs::create_dir_all(&folder).expect("a folder can be made");
        let run = Command::new(env!("CARGO_BIN_EXE_adam-scope")).args(&arguments).current_dir(&folder).output();
        let run = run.expect("the program starts");
        assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
        let after = |option: &str| {
            let at = arguments.iter().position(|word| word == option).unwrap_or_else(|| panic!("{command}: {option}"));
            arguments[at + 1].as_str()
        };
        let svg = fs::read_to_string(folder.join(after("-o"))).expect("the picture");
        let size = format!("width=\"{}\" height=\"{}\"", after("--width"), after("--height"));
        assert!(svg.contains(&size), "{command}");
        let config: Config = arguments[1].parse().expect("a good query");
        assert!(svg.contains(&format!("data-config=\"{}\"", config.to_string().replace('&', "&amp;"))), "{command}");
        // The line of HTML takes this very picture, which has its size and its runs.
        assert!(EMBEDDING.contains(&format!("<img src=\"{}\" {size}", after("-o"))), "{command}");
        assert_eq!(config.to_string(), of_the_element().to_string(), "{command}");
        fs::remove_dir_all(folder).expect("the folder goes again");
    }
}

#[test]
fn the_queries_in_it_are_good() {
    let queries = EMBEDDING.split(['"', '`', '#']).filter(|text| text.starts_with("surface=") && !text.contains(' '));
    let queries: Vec<&str> = queries.filter(|text| *text != "surface=").collect();
    assert!(queries.len() >= 3, "{queries:?}");
    for query in queries {
        assert!(query.parse::<Config>().is_ok(), "{query}");
    }
}
