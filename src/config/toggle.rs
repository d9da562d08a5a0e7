//! What a visitor's hand does to the lists of a config.

use super::{Config, Key};
use crate::error::Error;

impl Config {
    /// The config with an optimizer or a schedule put into its list, at the end, or taken out of it; the only one stays.
    /// Keys that nothing uses any more are dropped, and where there is no room for the runs of one more, rates are: those
    /// at the end of their list.
    ///
    /// # Errors
    /// Where the key is no list of names, or the name is unknown.
    pub fn with_toggled(&self, key: &str, name: &str) -> Result<Self, Error> {
        let list = Key::by_name(key).map(|key| self.text(key)).unwrap_or_default();
        let mut names: Vec<&str> = list.split(',').filter(|other| !other.is_empty()).collect();
        match names.iter().position(|other| *other == name) {
            Some(_) if names.len() == 1 => {}
            Some(position) => drop(names.remove(position)),
            None => names.push(name),
        }
        self.with_room(key, &names.join(","))
    }

    /// The config with one key written, and with fewer rates where there are too many runs otherwise.
    fn with_room(&self, key: &str, words: &str) -> Result<Self, Error> {
        let mut config = self.clone();
        loop {
            let changed =
                if key == Key::Optimizer.name() { config.with_optimizers(words) } else { config.with(key, words) };
            match changed {
                Err(error) if error.is_of_too_many_runs() => {
                    // The last rate that is not the only one of its optimizer.
                    let spare = (0..config.rates.len()).rev().find(|&rate| config.rates_beside(rate).count() > 1);
                    let Some(spare) = spare else { return Err(error) };
                    config = config.without_rate(spare)?;
                }
                result => return result,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toggled(query: &str, key: &str, name: &str) -> String {
        let config: Config = query.parse().expect("a good query");
        config.with_toggled(key, name).map_or_else(|error| error.to_string(), |config| config.to_string())
    }

    #[test]
    fn a_name_goes_in_at_the_end_and_out_again_and_the_only_one_stays() {
        assert_eq!(toggled("lr=0.1", "optimizer", "sgd"), "optimizer=adam,sgd&lr=0.1");
        assert_eq!(toggled("optimizer=adam,sgd&lr=0.1", "optimizer", "adam"), "optimizer=sgd&lr=0.1");
        assert_eq!(toggled("lr=0.1", "optimizer", "adam"), "lr=0.1");
        assert_eq!(toggled("optimizer=adam,rmsprop&lr=0.1&alpha=0.9", "optimizer", "rmsprop"), "lr=0.1");
        assert_eq!(toggled("lr=0.1", "schedule", "piecewise"), "lr=0.1&schedule=constant,piecewise&points=0:1");
    }

    #[test]
    fn rates_make_room_for_one_more() {
        assert_eq!(
            toggled("optimizer=adam,sgd,lion&lr=1,2,3,4", "optimizer", "yogi"),
            "optimizer=adam,sgd,lion,yogi&lr=1,2,3"
        );
    }

    #[test]
    fn own_rates_come_and_go_with_their_optimizer() {
        assert_eq!(
            toggled("optimizer=adam,sgd&lr=adam:1,sgd:2", "optimizer", "lion"),
            "optimizer=adam,sgd,lion&lr=adam:1,sgd:2,lion:0.001"
        );
        assert_eq!(toggled("optimizer=adam,sgd&lr=adam:1,sgd:2,sgd:3", "optimizer", "adam"), "optimizer=sgd&lr=2,3");
        assert_eq!(
            toggled("optimizer=adam,sgd&lr=adam:1,adam:2,sgd:2,sgd:3&schedule=constant,linear", "schedule", "cosine"),
            "optimizer=adam,sgd&lr=adam:1,adam:2,sgd:2,sgd:3&schedule=constant,linear,cosine"
        );
        assert_eq!(
            toggled(
                "optimizer=adam,sgd&lr=adam:1,adam:2,sgd:2,sgd:3&schedule=constant,linear,cosine",
                "schedule",
                "step"
            ),
            "optimizer=adam,sgd&lr=adam:1,adam:2,sgd:2&schedule=constant,linear,cosine,step"
        );
    }

    #[test]
    fn what_is_no_list_or_no_name_is_told() {
        assert!(toggled("", "optimizer", "fast").starts_with("optimizer: \"fast\" is unknown"));
        assert!(toggled("", "colour", "red").starts_with("\"colour\": unknown key"));
    }
}
