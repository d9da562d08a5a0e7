//! What every run came to, a row each.

use crate::config::{Config, Run};
use crate::diagnosis::{Diagnosis, Verdict};
use crate::number::{short, shortest, whole};
use crate::trajectory::Trajectory;

/// A text format for tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180 but for a first line with the config after a `#`.
    Csv,
    /// Tab-separated values, the same: what spreadsheets take from the clipboard.
    Tsv,
    /// A table of GitHub Flavored Markdown, after a comment with the config; numbers as people read them.
    Markdown,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Csv, Self::Tsv, Self::Markdown];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Markdown => "markdown",
        }
    }

    /// The format of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// The columns of the table.
pub const COLUMNS: [&str; 9] =
    ["run", "optimizer", "schedule", "lr", "verdict", "rating", "steps to converge", "final loss", "best loss"];

impl Config {
    /// The table of its runs in a format, each run with its trajectory and diagnosis. A cell is empty where a run has not
    /// converged.
    pub fn table(&self, format: Format, runs: &[(&Run, &Trajectory, &Diagnosis)]) -> String {
        let mut text = match format {
            Format::Markdown => format!("<!-- {self} -->\n\n"),
            _ => format!("# {self}\n"),
        };
        write_row(&mut text, format, &COLUMNS.map(str::to_owned));
        if format == Format::Markdown {
            text.push_str("|---|---|---|--:|---|---|--:|--:|--:|\n");
        }
        for run in runs {
            write_row(&mut text, format, &cells(format, run));
        }
        text
    }
}

#[inline(never)]
fn write_row(text: &mut String, format: Format, cells: &[String; 9]) {
    let [open, between, close] = match format {
        Format::Csv => ["", ",", ""],
        Format::Tsv => ["", "\t", ""],
        Format::Markdown => ["| ", " | ", " |"],
    };
    text.push_str(open);
    for (i, cell) in cells.iter().enumerate() {
        text.push_str(if i > 0 { between } else { "" });
        text.push_str(&escaped(format, cell));
    }
    text.push_str(close);
    text.push('\n');
}

#[inline(never)]
fn cells(format: Format, (run, trajectory, found): &(&Run, &Trajectory, &Diagnosis)) -> [String; 9] {
    let for_people = format == Format::Markdown;
    let number = |value: f64| if for_people { short(value) } else { shortest(value) };
    let converged = match found.verdict {
        Verdict::Converged { at } | Verdict::Hopped { at: Some(at), .. } if for_people => whole(at),
        Verdict::Converged { at } | Verdict::Hopped { at: Some(at), .. } => at.to_string(),
        _ => String::new(),
    };
    let losses = trajectory.losses();
    let best = losses.iter().copied().fold(f64::INFINITY, f64::min);
    [
        run.label.clone(),
        run.optimizer.name().to_owned(),
        run.schedule.name().to_owned(),
        shortest(run.lr),
        found.verdict.name().to_owned(),
        found.rating.words().to_owned(),
        converged,
        number(losses[trajectory.last()]),
        number(best),
    ]
}

/// A cell that cannot end its column or its row.
fn escaped(format: Format, cell: &str) -> String {
    match format {
        Format::Csv if cell.contains([',', '"']) => format!("\"{}\"", cell.replace('"', "\"\"")),
        _ => cell.to_owned(),
    }
}
