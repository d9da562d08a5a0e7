//! The command line, as a shell meets it.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn adam_scope(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_adam-scope")).args(arguments).output().expect("the binary starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The standard output of a run that has to succeed in silence.
fn printed(arguments: &[&str]) -> String {
    let output = adam_scope(arguments);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{arguments:?}");
    text(&output.stdout).to_owned()
}

/// The message of a run that has to fail: one line, status 2, nothing printed.
fn message(arguments: &[&str]) -> String {
    let output = adam_scope(arguments);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{arguments:?}");
    let line = text(&output.stderr).strip_suffix('\n').expect("a whole line");
    assert!(!line.contains('\n'), "{line}");
    line.strip_prefix("adam-scope: ").expect("the name of the command").to_owned()
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an old folder goes");
    }
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn contents(folder: &PathBuf) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

const COLUMNS: &str = "run,step,lr,x,y,loss,grad_x,grad_y,update_x,update_y,m_x,m_y,v_x,v_y,m_hat_x,m_hat_y,v_hat_x,v_hat_y,\
                       rate_x,rate_y";

#[test]
fn a_diagnosis_is_one_json_object_a_run() {
    assert_eq!(
        printed(&["diagnose", "surface=beale&lr=0.1,1"]),
        concat!(
            r#"{"run":0,"label":"lr 0.1","optimizer":"adam","schedule":"constant","lr":0.1,"verdict":"converged","#,
            r#""rating":"about right","step":75,"message":"Converged in 75 steps, loss stays below 8.3×10⁻⁴: "#,
            "the rate is about right here.\"}\n",
            r#"{"run":1,"label":"lr 1","optimizer":"adam","schedule":"constant","lr":1,"verdict":"left-frame","#,
            r#""rating":"too high","step":10,"message":"Leaves the frame at step 10: the rate is too high here."}"#,
            "\n",
        )
    );
    // A verdict that names no step.
    assert!(printed(&["diagnose", "surface=rastrigin&lr=10"]).contains(r#""step":null,"#));
}

#[test]
fn a_trace_has_every_step_of_every_run() {
    let csv = printed(&["trace", "surface=beale&lr=0.01,0.1&steps=30"]);
    assert!(csv.ends_with('\n') && !csv.contains('\r'));
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some(COLUMNS));
    let heads: Vec<String> = lines.map(|line| line.splitn(4, ',').take(3).collect::<Vec<_>>().join(",")).collect();
    let lr = |k: usize, lr: &'static str| if k == 0 { "" } else { lr };
    let expected = [(0, "0.01"), (1, "0.1")]
        .iter()
        .flat_map(|&(run, rate)| (0..=30).map(move |k| format!("{run},{k},{}", lr(k, rate))));
    assert_eq!(heads, expected.collect::<Vec<_>>());
}

/// The first update of Adam is -lr g / (|g| + eps) with g = (x, 20 y): about the rate in each coordinate.
#[test]
fn the_first_update_is_the_rate() {
    let csv = printed(&["trace", "surface=quadratic&start=1,-2&lr=0.25&steps=1"]);
    let rows: Vec<&str> = csv.lines().collect();
    // 0.5 (1^2 + 20 * 2^2) = 40.5.
    assert_eq!(rows[1], "0,0,,1,-2,40.5,,,,,,,,,,,,,,");
    let row: Vec<&str> = rows[2].split(',').collect();
    assert_eq!(row[..3], ["0", "1", "0.25"]);
    let numbers: Vec<f64> = row[3..6].iter().map(|number| number.parse().expect("a number")).collect();
    let expected = [1.0 - 0.25 / (1.0 + 1e-8), -2.0 + 0.25 * 40.0 / (40.0 + 1e-8)];
    assert!((numbers[0] - expected[0]).abs() < 1e-14 && (numbers[1] - expected[1]).abs() < 1e-14, "{numbers:?}");
    // 0.5 (0.75^2 + 20 * 1.75^2) = 30.90625, moved by about 2e-9 through eps.
    assert!((numbers[2] - 30.906_25).abs() < 1e-7, "{numbers:?}");
    assert_eq!(rows.len(), 3);
}

/// The cells of a row from its update on, by the names of their columns.
fn cells(row: &str) -> Vec<(&'static str, f64)> {
    let cells = COLUMNS.split(',').zip(row.split(',')).skip(6).filter(|(_, cell)| !cell.is_empty());
    cells.map(|(name, cell)| (name, cell.parse().expect("a number"))).collect()
}

/// Row k holds update k: the gradient is that of step k - 1. Here g = (1, -40), then m = g / 10 and v = g^2 / 1000.
#[test]
fn a_row_takes_the_update_that_led_to_it_apart() {
    let csv = printed(&["trace", "surface=quadratic&start=1,-2&lr=0.25&steps=2"]);
    let rows: Vec<&str> = csv.lines().collect();
    let expected = [
        ("grad_x", 1.0),
        ("grad_y", -40.0),
        ("update_x", -0.25),
        ("update_y", 0.25),
        ("m_x", 0.1),
        ("m_y", -4.0),
        ("v_x", 0.001),
        ("v_y", 1.6),
        ("m_hat_x", 1.0),
        ("m_hat_y", -40.0),
        ("v_hat_x", 1.0),
        ("v_hat_y", 1600.0),
        ("rate_x", 0.25),
        ("rate_y", 0.25 / 40.0),
    ];
    let first = cells(rows[2]);
    assert_eq!(first.len(), expected.len());
    for ((name, value), (column, expected)) in first.into_iter().zip(expected) {
        assert_eq!(name, column);
        // eps, 1e-8, is the difference.
        assert!((value - expected).abs() <= 2e-8 * expected.abs(), "{name}: {value}");
    }
    // The second gradient is that of step 1, where x is 0.75 and a bit.
    assert!((cells(rows[3])[0].1 - 0.75).abs() < 1e-7);
}

#[test]
fn what_an_optimizer_does_not_have_is_empty() {
    let csv = printed(&["trace", "surface=quadratic&start=1,-2&optimizer=sgd,momentum,rmsprop&lr=0.25&steps=1"]);
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(rows[1], "0,1,0.25,0.75,8,640.28125,1,-40,-0.25,10,,,,,,,,,0.25,0.25");
    assert_eq!(rows[3], "1,1,0.25,0.75,8,640.28125,1,-40,-0.25,10,1,-40,,,,,,,0.25,0.25");
    let names: Vec<_> = cells(rows[5]).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.join(","), "grad_x,grad_y,update_x,update_y,v_x,v_y,rate_x,rate_y");
}

#[test]
fn every_number_is_the_shortest_that_reads_back() {
    let csv = printed(&["trace", "surface=beale&optimizer=adam,yogi,sgd&lr=1e-9,0.01,30&steps=200"]);
    let cells = || csv.lines().skip(1).flat_map(|row| row.split(',').filter(|cell| !cell.is_empty()));
    for cell in cells() {
        assert_eq!(adam_scope::shortest(cell.parse().expect("a number")), cell);
    }
    assert!(cells().any(|cell| cell.contains("e-")) && cells().any(|cell| cell.contains("e+")), "both ends are there");
}

#[test]
fn a_run_ends_before_the_first_step_that_is_not_finite() {
    let csv = printed(&["trace", "surface=rosenbrock&lr=1e200,0.1&steps=2"]);
    let heads: Vec<&str> = csv.lines().skip(1).map(|line| &line[..3]).collect();
    assert_eq!(heads, ["0,0", "1,0", "1,1", "1,2"]);
    assert!(!csv.contains("inf") && !csv.contains("NaN"));
}

#[test]
fn a_query_is_percent_decoded_and_an_empty_one_means_the_defaults() {
    assert_eq!(printed(&["trace", "lr=0%2E1"]), printed(&["trace", "lr=0.1"]));
    assert_eq!(printed(&["trace", ""]), printed(&["trace", "surface=rosenbrock&steps=200&lr=0.001,0.01,0.1,1"]));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_adam-scope"))
        .args(["trace", "steps=20000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut first = String::new();
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    output.read_line(&mut first).expect("a line");
    drop(output);
    assert_eq!(first.trim_end(), COLUMNS);
    let mut complaint = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut complaint).expect("text");
    assert_eq!((child.wait().expect("an end").code(), complaint.as_str()), (Some(0), ""));
}

#[test]
fn help_and_version_are_no_errors() {
    assert!(printed(&["--help"]).contains("figure"));
    assert!(printed(&["trace", "--help"]).contains("run,step,lr,x,y,loss"));
    assert_eq!(printed(&["--version"]), concat!("adam-scope ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn every_mistake_is_one_line_that_says_what_is_wrong() {
    let cases: [(&[&str], &str); 12] = [
        (
            &[],
            "'adam-scope' requires a subcommand but one was not provided [subcommands: trace, diagnose, sweep, compare, figure, help]",
        ),
        (&["draw"], "unrecognized subcommand 'draw'"),
        (&["trace"], "the following required arguments were not provided: <QUERY>"),
        (&["trace", "", "more"], "unexpected argument 'more' found"),
        (&["trace", "", "--fast"], "unexpected argument '--fast' found"),
        (&["trace", "lr=fast"], r#"lr: "fast" is not a number (expected positive numbers, as in 0.001,0.01)"#),
        (&["figure", ""], "the following required arguments were not provided: --output <FILE.svg>"),
        (
            &["figure", "", "-o", "a.svg", "--width", "wide"],
            "invalid value 'wide' for '--width <WIDTH>': invalid digit found in string",
        ),
        (
            &["figure", "", "-o", "a.svg", "--theme", "pink"],
            "invalid value 'pink' for '--theme <THEME>' [possible values: light, dark, projector]",
        ),
        (
            &["figure", "", "-o", "a.svg", "--width", "319"],
            r#"width: "319" is out of range (expected 320 to 4000 pixels)"#,
        ),
        (
            &["figure", "lr=1", "-o", "a.svg", "--height", "100"],
            r#"height: "100" is out of range (expected 195 to 8000 pixels for this figure)"#,
        ),
        (
            &["figure", "lr=1", "-o", "a.svg", "--height", "8001"],
            r#"height: "8001" is out of range (expected 195 to 8000 pixels for this figure)"#,
        ),
    ];
    for (arguments, expected) in cases {
        assert_eq!(message(arguments), expected);
        assert!(!PathBuf::from("a.svg").exists());
    }
}

#[test]
fn a_sweep_has_a_line_a_rate_both_ends_exact() {
    let csv = printed(&["sweep", "surface=beale&steps=50"]);
    assert!(csv.ends_with('\n') && !csv.contains('\r'));
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!((lines.len(), lines[0]), (65, "lr,loss,verdict"));
    assert!(lines[1].starts_with("0.00001,") && lines[64].starts_with("10,"), "{csv}");
    assert!(lines[1..].iter().all(|line| line.split(',').count() == 3), "{csv}");
    // 0.5 x^2 with x = -4 (1 - lr)^200; along y nothing is left.
    let csv =
        printed(&["sweep", "optimizer=sgd&surface=quadratic&steps=200", "--from", "0.01", "--to=1e4", "--count", "4"]);
    let (first, rest) = csv.split_once(",descending\n").expect("a slow run first");
    let loss: f64 = first.strip_prefix("lr,loss,verdict\n0.01,").and_then(|loss| loss.parse().ok()).expect("its loss");
    assert!((loss / (8.0 * libm::pow(0.99, 400.0)) - 1.0).abs() < 1e-12, "{loss}");
    assert_eq!(rest, "1,inf,diverged\n100,inf,diverged\n10000,inf,diverged\n");
}

#[test]
fn a_sweep_has_the_losses_of_traces_and_the_verdicts_of_diagnoses() {
    let query = "surface=himmelblau&optimizer=nadam&schedule=cosine&steps=80";
    for line in printed(&["sweep", query, "--count", "9", "--from", "1e-4"]).lines().skip(1) {
        let [lr, loss, verdict] = line.split(',').collect::<Vec<_>>().try_into().expect("three columns");
        let query = format!("{query}&lr={lr}");
        let trace = printed(&["trace", &query]);
        assert_eq!(trace.lines().last().and_then(|row| row.split(',').nth(5)), Some(loss), "{line}");
        assert!(printed(&["diagnose", &query]).contains(&format!(r#""verdict":"{verdict}""#)), "{line}");
    }
}

#[test]
fn what_is_wrong_with_a_sweep_names_the_option() {
    for (arguments, expected) in [
        (&["", "--from", "0"][..], r#"--from: "0" is out of range (expected a positive number, as in 0.001)"#),
        (&["", "--from=-1"], r#"--from: "-1" is out of range (expected a positive number, as in 0.001)"#),
        (&["", "--to", "inf"], r#"--to: "inf" is not a number (expected a positive number, as in 0.001)"#),
        (
            &["", "--to", "1e-5"],
            r#"--to: "1e-5" is out of range (expected a number above 0.00001, where the rates start)"#,
        ),
        (&["", "--count", "1"], r#"--count: "1" is out of range (expected a whole number from 2 to 10000)"#),
        (&["", "--count", "many"], r#"--count: "many" is not a number (expected a whole number from 2 to 10000)"#),
        (&["optimizer=adam,sgd"], r#"optimizer: "adam,sgd" has 2 items (expected one optimizer, whose rate is swept)"#),
        (
            &["schedule=step,linear"],
            r#"schedule: "step,linear" has 2 items (expected one schedule, whose rate is swept)"#,
        ),
        (&["lr=fast"], r#"lr: "fast" is not a number (expected positive numbers, as in 0.001,0.01)"#),
    ] {
        assert_eq!(message(&[&["sweep"], arguments].concat()), expected);
    }
}

#[test]
fn a_message_holds_no_control_characters() {
    for argument in ["\u{1b}[31m", "a\u{7}b", "a\nb", "a\n\nb"] {
        assert!(!message(&[argument]).contains(char::is_control));
        assert!(!message(&["trace", argument]).contains(char::is_control));
        assert!(!message(&["figure", "", "-o", "a.svg", "--width", argument]).contains(char::is_control));
        assert!(!message(&["figure", "", "-o", &format!("/{argument}/a.svg")]).contains(char::is_control));
    }
}

#[test]
fn a_figure_is_written_whole_and_replaces_an_older_one() {
    let folder = folder("figure");
    let file = folder.join("figure.svg");
    fs::write(&file, "older").expect("a file");
    let path = file.to_str().expect("UTF-8");
    assert_eq!(printed(&["figure", "surface=beale", "-o", path, "--width", "400", "--theme", "dark"]), "");
    let svg = fs::read_to_string(&file).expect("the figure");
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && svg.contains("fill=\"#14171b\""));
    assert_eq!(contents(&folder), ["figure.svg"]);
    printed(&["figure", "surface=beale", "-o", path, "--width", "400", "--height", "700"]);
    assert!(fs::read_to_string(&file).expect("the figure").contains("width=\"400\" height=\"700\""));
}

#[test]
fn a_figure_is_drawn_in_each_theme_of_the_page() {
    let folder = folder("themes");
    let file = folder.join("figure.svg");
    let path = file.to_str().expect("UTF-8");
    // Paper and ink of each, as in www/tokens.css.
    for (theme, paper, ink) in
        [("light", "#fdfcfa", "#1b1e24"), ("dark", "#14171b", "#edebe6"), ("projector", "#ffffff", "#000000")]
    {
        printed(&["figure", "surface=beale", "-o", path, "--theme", theme]);
        let svg = fs::read_to_string(&file).expect("the figure");
        let filled = |color: &str| svg.contains(&format!("fill=\"{color}\""));
        assert!(filled(paper) && filled(ink), "{theme}");
    }
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let folder = folder("wrong");
    let file = folder.join("figure.svg");
    let path = file.to_str().expect("UTF-8");
    message(&["figure", "lr=0", "-o", path]);
    message(&["figure", "", "-o", path, "--width", "5"]);
    assert!(contents(&folder).is_empty());

    fs::write(&file, "older").expect("a file");
    message(&["figure", "surface=none", "-o", path]);
    assert_eq!(fs::read_to_string(&file).expect("the file"), "older");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let folder = folder("unwritable");
    let nowhere = folder.join("missing").join("figure.svg");
    let message_of = |path: &PathBuf| message(&["figure", "", "-o", path.to_str().expect("UTF-8")]);
    assert!(message_of(&nowhere).starts_with(&format!("{}: ", nowhere.display())));
    assert!(message_of(&folder).starts_with(&format!("{}: ", folder.display())));
    assert!(contents(&folder).is_empty());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = folder("link");
    let (file, link) = (folder.join("figure.svg"), folder.join("link.svg"));
    fs::write(&file, "older").expect("a file");
    std::os::unix::fs::symlink(&file, &link).expect("a link");
    printed(&["figure", "lr=0.1", "-o", link.to_str().expect("UTF-8"), "--width", "320"]);
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert!(fs::read_to_string(&file).expect("the figure").starts_with("<svg "));
}

#[test]
fn a_sweep_is_one_line_a_rate() {
    assert_eq!(
        printed(&["sweep", "surface=beale", "--count", "4"]),
        "lr,loss,verdict\n0.00001,8.262859063588596,crawling\n0.001,6.583948132661908,crawling\n\
         0.1,1.0687469075344865e-7,converged\n10,486.3945505980598,left-frame\n"
    );
}

#[test]
fn a_sweep_names_what_it_cannot_read() {
    for (arguments, expected) in [
        (["surface=beale", "--from", "0"], r#"--from: "0" is out of range (expected a positive number, as in 0.001)"#),
        (
            ["surface=beale", "--count", "1x"],
            r#"--count: "1x" is not a number (expected a whole number from 2 to 10000)"#,
        ),
        (
            ["optimizer=adam,sgd", "--count", "4"],
            r#"optimizer: "adam,sgd" has 2 items (expected one optimizer, whose rate is swept)"#,
        ),
    ] {
        assert_eq!(message(&["sweep", arguments[0], arguments[1], arguments[2]]), expected);
    }
}

#[test]
fn a_comparison_is_a_line_an_optimizer_at_its_own_best_rate() {
    let csv = printed(&["compare", "surface=beale&optimizer=sgd,adam&steps=50", "--starts", "8", "--seed", "5"]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((lines.len(), lines[0]), (3, "optimizer,schedule,lr,loss,lower,median,upper,reached"));
    for (line, name) in lines[1..].iter().zip(["sgd", "adam"]) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!((cells.len(), cells[0], cells[1]), (8, name, "constant"));
        let trace = printed(&["trace", &format!("surface=beale&steps=50&optimizer={name}&lr={}", cells[2])]);
        assert_eq!(trace.lines().last().and_then(|row| row.split(',').nth(5)), Some(cells[3]));
        let quartiles: Vec<f64> = cells[4..7].iter().map(|cell| cell.parse().expect("a number")).collect();
        assert!(quartiles.is_sorted() && cells[7].parse::<usize>().is_ok_and(|reached| reached <= 8), "{line}");
    }
    // Fewer rates, and no minimum that could be reached.
    let csv = printed(&["compare", "surface=saddle&optimizer=sgd", "--from", "0.01", "--to", "0.1", "--count", "2"]);
    assert!(csv.ends_with(",\n"), "{csv}");
}

#[test]
fn a_comparison_names_what_it_cannot_read() {
    for (options, expected) in [
        (["--starts", "0"], "--starts: \"0\" is out of range (expected a whole number from 1 to 1024)"),
        (["--starts", "1025"], "--starts: \"1025\" is out of range (expected a whole number from 1 to 1024)"),
        (["--starts", "few"], "--starts: \"few\" is not a whole number (expected a whole number, 1024 at most)"),
        (
            ["--seed", "1.5"],
            "--seed: \"1.5\" is not a whole number (expected a whole number, 18446744073709551615 at most)",
        ),
        (["--seed", ""], "--seed: the value is empty (expected a whole number, 18446744073709551615 at most)"),
        (["--count", "1"], "--count: \"1\" is out of range (expected a whole number from 2 to 10000)"),
    ] {
        let said = message(&["compare", "", options[0], options[1]]);
        assert_eq!(said, expected);
    }
}
