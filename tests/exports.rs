//! Tables and traces as text.
#![cfg(not(target_arch = "wasm32"))]

use adam_scope::{COLUMNS, Config, Format};

fn table(format: Format, query: &str) -> String {
    let config: Config = query.parse().expect("a good query");
    let runs = config.runs();
    let paths: Vec<_> = runs.iter().map(|run| config.descend(run)).collect();
    let found: Vec<_> = runs.iter().zip(&paths).map(|(run, path)| config.diagnose(run, path)).collect();
    let rows: Vec<_> = runs.iter().zip(&paths).zip(&found).map(|((run, path), found)| (run, path, found)).collect();
    config.table(format, &rows)
}

#[test]
fn a_table_has_its_config_its_columns_and_a_row_a_run() {
    let csv = table(Format::Csv, "surface=beale&lr=0.01,0.1");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "# surface=beale&lr=0.01,0.1",
            "run,optimizer,schedule,lr,verdict,rating,steps to converge,final loss,best loss"
        ]
    );
    assert!(lines[2].starts_with("lr 0.01,adam,constant,0.01,descending,too low,,0.63"), "{}", lines[2]);
    assert!(lines[3].starts_with("lr 0.1,adam,constant,0.1,converged,about right,75,1."), "{}", lines[3]);
    assert!(lines.len() == 4 && csv.ends_with('\n') && !csv.contains('\r'));
    let tsv = table(Format::Tsv, "surface=beale&lr=0.01,0.1");
    assert_eq!(tsv.replace('\t', ","), csv);
}

#[test]
fn a_cell_with_a_comma_is_quoted_in_csv_only() {
    let query = "surface=beale&optimizer=sgd,adam&lr=0.01,0.1";
    assert!(table(Format::Csv, query).contains("\n\"SGD, lr 0.1\",sgd,"));
    assert!(table(Format::Tsv, query).contains("\nSGD, lr 0.1\tsgd\t"));
}

#[test]
fn markdown_is_a_table_for_people() {
    assert_eq!(
        table(Format::Markdown, "surface=beale&lr=0.1"),
        "<!-- surface=beale&lr=0.1 -->\n\n\
         | run | optimizer | schedule | lr | verdict | rating | steps to converge | final loss | best loss |\n\
         |---|---|---|--:|---|---|--:|--:|--:|\n\
         | lr 0.1 | adam | constant | 0.1 | converged | about right | 75 | 1.1×10⁻⁷ | 1.1×10⁻⁷ |\n"
    );
    assert_eq!(COLUMNS.len(), 9);
}

#[test]
fn a_run_that_stops_has_no_rows_from_there_on() {
    let config: Config = "surface=beale&lr=0.1,1e200&steps=40".parse().expect("a good query");
    let mut bare = String::new();
    config.write_trace(&mut bare).expect("a string takes all");
    assert_eq!(bare.lines().count(), 1 + 41 + 1);
}
