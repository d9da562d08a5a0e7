//! The command line: runs as numbers, in words, and as a figure.

#[cfg(not(target_arch = "wasm32"))]
mod command {
    use std::fmt;
    use std::fs;
    use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;

    use adam_scope::render::{Theme, figure};
    use adam_scope::{
        Best, Config, Run, Sounding, Spread, Starts, Verdict, best_rates, read_rates, shortest, soundings, three_digits,
    };
    use clap::{Parser, Subcommand, ValueEnum};
    use rayon::prelude::*;

    /// The exit status of every error.
    const FAILURE: u8 = 2;

    /// What the learning rate does to Adam, as numbers and as pictures.
    #[derive(Debug, Parser)]
    #[command(name = "adam-scope", version, arg_required_else_help = false)]
    struct Arguments {
        #[command(subcommand)]
        command: Command,
    }

    #[derive(Debug, Subcommand)]
    enum Command {
        /// Print every step of every run as CSV: run,step,lr,x,y,loss, and what the update that led there was made of
        Trace {
            /// What to run, such as "surface=beale&lr=0.01,0.1"; "" is all defaults
            query: String,
        },
        /// Say what every run did, as one JSON object a line
        Diagnose {
            /// What to run, such as "surface=beale&lr=0.01,0.1"; "" is all defaults
            query: String,
        },
        /// Print what comes of many learning rates as CSV: lr,loss,verdict
        Sweep {
            /// What to run, such as "surface=beale&steps=500", with one optimizer and one schedule; its rates are not used
            query: String,
            /// The lowest rate
            #[arg(long, default_value = "1e-5", allow_hyphen_values = true)]
            from: String,
            /// The highest rate
            #[arg(long, default_value = "10", allow_hyphen_values = true)]
            to: String,
            /// How many rates, evenly apart on a logarithmic axis, both ends among them
            #[arg(long, default_value = "64", allow_hyphen_values = true)]
            count: String,
        },
        /// Print each optimizer's own best rate as CSV, and what it comes to from many starts:
        /// optimizer,schedule,lr,loss,lower,median,upper,reached
        Compare {
            /// What to run, such as "surface=beale&optimizer=sgd,adam"; its rates are not used
            query: String,
            /// The lowest rate to try
            #[arg(long, default_value = "1e-5", allow_hyphen_values = true)]
            from: String,
            /// The highest rate to try
            #[arg(long, default_value = "10", allow_hyphen_values = true)]
            to: String,
            /// How many rates to try, evenly apart on a logarithmic axis, each to three digits
            #[arg(long, default_value = "241", allow_hyphen_values = true)]
            count: String,
            /// From how many starts, drawn from the plot
            #[arg(long, default_value = "32", allow_hyphen_values = true)]
            starts: String,
            /// The seed that they are drawn with
            #[arg(long, default_value = "0", allow_hyphen_values = true)]
            seed: String,
        },
        /// Draw the figure of the runs as SVG
        Figure {
            /// What to run, such as "surface=beale&lr=0.01,0.1"; "" is all defaults
            query: String,
            /// The file to write
            #[arg(short, long, value_name = "FILE.svg")]
            output: PathBuf,
            /// Width in pixels
            #[arg(long, default_value_t = 960)]
            width: u32,
            /// Height in pixels, instead of the one that suits the width
            #[arg(long)]
            height: Option<u32>,
            /// Colours
            #[arg(long, value_enum, default_value_t = Colors::Light)]
            theme: Colors,
        },
    }

    #[derive(Clone, Copy, Debug, ValueEnum)]
    enum Colors {
        /// Ink on paper
        Light,
        /// Chalk on slate
        Dark,
        /// Black on white, with thicker lines and larger marks, for a wall at the other end of a room
        Projector,
    }

    pub(super) fn main() -> ExitCode {
        let arguments = match Arguments::try_parse() {
            Ok(arguments) => arguments,
            Err(error) if error.use_stderr() => return failure(&in_one_line(&error)),
            Err(help) => return status(help.print().map_err(|error| error.to_string())),
        };
        status(match arguments.command {
            Command::Trace { query } => printed(&query, write_trace),
            Command::Diagnose { query } => printed(&query, write_diagnoses),
            Command::Sweep { query, from, to, count } => print_sweep(&query, &from, &to, &count),
            Command::Compare { query, from, to, count, starts, seed } => {
                print_comparison(&query, [&from, &to, &count], &starts, &seed)
            }
            Command::Figure { query, output, width, height, theme } => {
                figure_file(&query, &output, width, height, theme)
            }
        })
    }

    fn status(result: Result<(), String>) -> ExitCode {
        result.map_or_else(|message| failure(&message), |()| ExitCode::SUCCESS)
    }

    /// Says what is wrong on one line, whatever characters came in with the arguments.
    fn failure(message: &str) -> ExitCode {
        let line: String =
            message.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect();
        // Nobody is left to tell where standard error is closed.
        let _ = writeln!(io::stderr(), "adam-scope: {line}");
        ExitCode::from(FAILURE)
    }

    /// The message of clap without its usage and tips.
    fn in_one_line(error: &clap::Error) -> String {
        let text = error.to_string();
        let lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
        let line = lines.collect::<Vec<_>>().join(" ");
        line.strip_prefix("error: ").unwrap_or(&line).to_owned()
    }

    fn read(query: &str) -> Result<Config, String> {
        query.parse().map_err(|error: adam_scope::Error| error.to_string())
    }

    /// Writes what a query asks for to standard output.
    fn printed(
        query: &str,
        write: fn(&Config, &mut BufWriter<StdoutLock<'_>>) -> io::Result<()>,
    ) -> Result<(), String> {
        let config = read(query)?;
        written(|out| write(&config, out))
    }

    fn written(write: impl FnOnce(&mut BufWriter<StdoutLock<'_>>) -> io::Result<()>) -> Result<(), String> {
        match write(&mut BufWriter::with_capacity(1 << 16, io::stdout().lock())) {
            // The reader has seen enough, as `head` has.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            result => result.map_err(|error| format!("standard output: {error}")),
        }
    }

    fn write_trace(config: &Config, out: &mut BufWriter<StdoutLock<'_>>) -> io::Result<()> {
        let mut text = Text { out, error: None };
        // A formatter's error says nothing; the writer's own one does.
        let written = config.write_trace(&mut text);
        match text.error {
            Some(error) => Err(error),
            None => written.map_err(io::Error::other).and_then(|()| out.flush()),
        }
    }

    /// A writer that takes text, and keeps what went wrong.
    struct Text<'a, 'b> {
        out: &'a mut BufWriter<StdoutLock<'b>>,
        error: Option<io::Error>,
    }

    impl fmt::Write for Text<'_, '_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.out.write_all(text.as_bytes()).map_err(|error| {
                self.error = Some(error);
                fmt::Error
            })
        }
    }

    fn write_diagnoses(config: &Config, out: &mut BufWriter<StdoutLock<'_>>) -> io::Result<()> {
        for (number, run) in config.runs().iter().enumerate() {
            let found = config.diagnose(run, &config.descend(run));
            let (label, message) = (json_string(&run.label), json_string(&found.message));
            let (optimizer, schedule) = (json_string(run.optimizer.name()), json_string(run.schedule.name()));
            let (verdict, rating) = (json_string(found.verdict.name()), json_string(found.rating.words()));
            let step = found.verdict.step().map_or("null".to_owned(), |step| step.to_string());
            let lr = shortest(run.lr);
            writeln!(
                out,
                "{{\"run\":{number},\"label\":{label},\"optimizer\":{optimizer},\"schedule\":{schedule},\"lr\":{lr},\
                 \"verdict\":{verdict},\"rating\":{rating},\"step\":{step},\"message\":{message}}}"
            )?;
        }
        out.flush()
    }

    /// How many rates a thread takes at a time: as many as are run side by side.
    const RATES_AT_ONCE: usize = 16;

    fn print_sweep(query: &str, from: &str, to: &str, count: &str) -> Result<(), String> {
        let config = read(query)?;
        let run = config.only_method().map_err(|error| error.to_string())?;
        let rates = read_rates(from, to, count).map_err(|error| format!("--{error}"))?;
        let pieces = rates.par_chunks(RATES_AT_ONCE);
        let found: Vec<(f64, &str)> = pieces.flat_map_iter(|rates| losses_and_verdicts(&config, &run, rates)).collect();
        written(|out| {
            out.write_all(b"lr,loss,verdict\n")?;
            for (&lr, (loss, verdict)) in rates.iter().zip(found) {
                writeln!(out, "{},{},{verdict}", shortest(lr), shortest(loss))?;
            }
            out.flush()
        })
    }

    /// The final loss of a run at each of these rates, and the verdict that `diagnose` gives it.
    fn losses_and_verdicts(config: &Config, run: &Run, rates: &[f64]) -> Vec<(f64, &'static str)> {
        let told = |(&lr, Sounding { loss, verdict, .. }): (&f64, Sounding)| {
            let verdict = match verdict {
                // How far such a run is from getting there only shows by running on.
                Verdict::Crawling { .. } | Verdict::Descending { .. } => {
                    let run = Run { lr, ..run.clone() };
                    config.diagnose(&run, &config.descend(&run)).verdict
                }
                _ => verdict,
            };
            (loss, verdict.name())
        };
        rates.iter().zip(soundings(config, rates).into_iter().flatten()).map(told).collect()
    }

    fn print_comparison(query: &str, [from, to, count]: [&str; 3], starts: &str, seed: &str) -> Result<(), String> {
        let config = read(query)?;
        let rates = three_digits(&read_rates(from, to, count).map_err(|error| format!("--{error}"))?);
        let starts = Starts::read(starts, seed).map_err(|error| format!("--{error}"))?;
        let best = best_rates(&config, &rates).map_err(|error| error.to_string())?;
        let spreads: Vec<Spread> = best.par_iter().map(|best| Spread::of(&config, &best.run, starts)).collect();
        written(|out| {
            out.write_all(b"optimizer,schedule,lr,loss,lower,median,upper,reached\n")?;
            for (Best { run, loss, .. }, spread) in best.iter().zip(&spreads) {
                let names = [run.optimizer.name(), run.schedule.name()].join(",");
                let numbers =
                    [run.lr, *loss].into_iter().chain(spread.end()).map(shortest).collect::<Vec<_>>().join(",");
                let reached = spread.reached.map(|reached| reached.to_string()).unwrap_or_default();
                writeln!(out, "{names},{numbers},{reached}")?;
            }
            out.flush()
        })
    }

    /// The text in quotes, as JSON has it.
    fn json_string(text: &str) -> String {
        let escaped = |c: char| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        };
        format!("\"{}\"", text.chars().map(escaped).collect::<String>())
    }

    fn figure_file(query: &str, output: &Path, width: u32, height: Option<u32>, theme: Colors) -> Result<(), String> {
        let config = read(query)?;
        let theme = match theme {
            Colors::Light => &Theme::LIGHT,
            Colors::Dark => &Theme::DARK,
            Colors::Projector => &Theme::PROJECTOR,
        };
        let svg = figure::svg(&config, width, height, theme).map_err(|error| error.to_string())?;
        replace(output, svg.as_bytes()).map_err(|error| format!("{}: {error}", output.display()))
    }

    /// Writes a file whole or not at all: beside it first, then in its place.
    fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
        // A link or a pipe, such as /dev/stdout, stays what it is.
        if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
            return fs::write(path, content);
        }
        let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let written = fs::write(&beside, content).and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            // What could be written is of no use; that it is gone is all that matters.
            let _ = fs::remove_file(&beside);
        }
        written
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    command::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
