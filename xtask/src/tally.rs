//! Counts of tests, read from what the test programs print.

use std::ops::AddAssign;
use std::process::ExitCode;

/// How many tests passed and failed. None may be skipped: one that did not run has failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that ran and held.
    pub(crate) passed: u64,
    /// All others.
    pub(crate) failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// The tally of one test.
    pub(crate) fn of(held: bool) -> Self {
        Self { passed: held.into(), failed: (!held).into() }
    }

    /// Adds up the closing lines of `cargo test`.
    pub(crate) fn of_cargo(output: &str, succeeded: bool) -> Self {
        let mut tally = Self::default();
        for line in output.lines().filter_map(|line| line.strip_prefix("test result: ")) {
            tally.passed += count(line, "passed");
            tally.failed += count(line, "failed") + count(line, "ignored");
        }
        tally.or_a_failure(succeeded)
    }

    /// Reads the closing lines of the TAP report of `node --test`.
    pub(crate) fn of_node(report: &str, succeeded: bool) -> Self {
        let number = |name: &str| -> u64 {
            let lines =
                report.lines().filter_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(' '));
            lines.filter_map(|number| number.parse::<u64>().ok()).next_back().unwrap_or(0)
        };
        let failed = ["fail", "cancelled", "skipped", "todo"].map(number).iter().sum();
        Self { passed: number("pass"), failed }.or_a_failure(succeeded)
    }

    /// Counts a failure where the tally shows none: the program failed before or after its tests, or ran none.
    fn or_a_failure(mut self, succeeded: bool) -> Self {
        if self.failed == 0 && (!succeeded || self.passed == 0) {
            self.failed = 1;
        }
        self
    }

    /// Whether tests ran and all of them held.
    pub(crate) fn all_held(self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// Success when all held.
    pub(crate) fn exit_code(self) -> ExitCode {
        if self.all_held() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// The number before the word, as in `ok. 3 passed; 0 failed; 1 ignored`.
fn count(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split([' ', ';']).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARGO: &str = "\
running 4 tests
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.25s
";

    #[test]
    fn ignored_cargo_tests_count_as_failures() {
        assert_eq!(Tally::of_cargo(CARGO, false), Tally { passed: 15, failed: 3 });
    }

    #[test]
    fn a_build_that_fails_is_a_failure() {
        assert_eq!(Tally::of_cargo("", false), Tally { passed: 0, failed: 1 });
    }

    #[test]
    fn tests_that_are_absent_are_a_failure() {
        assert_eq!(Tally::of_cargo("test result: ok. 0 passed; 0 failed; 0 ignored", true).failed, 1);
        assert_eq!(Tally::of_node("", true).failed, 1);
    }

    #[test]
    fn skipped_and_unfinished_node_tests_count_as_failures() {
        let report =
            "ok 1 - # pass 99\n1..7\n# tests 7\n# suites 0\n# pass 3\n# fail 0\n# cancelled 1\n# skipped 1\n# todo 2\n";
        assert_eq!(Tally::of_node(report, true), Tally { passed: 3, failed: 4 });
    }

    #[test]
    fn only_tests_that_ran_and_held_are_a_success() {
        assert!(Tally { passed: 1, failed: 0 }.all_held());
        assert!(!Tally { passed: 1, failed: 1 }.all_held());
        assert!(!Tally::default().all_held());
    }
}
