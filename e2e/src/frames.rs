//! How long it takes from a change to the frame that shows it.

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::json;

use crate::page::Page;

/// The times of some changes.
pub struct Frames {
    /// Milliseconds from each change to the painted frame, the shortest first.
    times: Vec<f64>,
    /// How many changes the next frame did not show.
    late: usize,
}

#[derive(Deserialize)]
struct Answer {
    times: Vec<f64>,
    late: usize,
    /// Why it came to nothing, if it did.
    error: Option<String>,
}

impl Frames {
    /// Changes every parameter of the example on the page, each `rounds` times.
    pub async fn of(page: &Page, rounds: usize) -> Result<Self> {
        let answer: Answer =
            page.script_async(include_str!("frames.js"), vec![json!(rounds)]).await?;
        if let Some(error) = answer.error {
            bail!("{error}");
        }
        Ok(Self::new(answer.times, answer.late))
    }

    /// The same in a page with a control that nothing follows.
    pub async fn of_nothing(page: &Page, rounds: usize) -> Result<Self> {
        let () = page
            .script(
                r#"document.documentElement.innerHTML =
                       '<head><link rel="icon" href="data:,"></head><body><input type="range" min="0" max="10" data-param="X"></body>';
                   return null"#,
                vec![],
            )
            .await?;
        Self::of(page, rounds).await
    }

    fn new(mut times: Vec<f64>, late: usize) -> Self {
        times.sort_by(f64::total_cmp);
        Self { times, late }
    }

    /// All times together.
    pub fn all<'a>(frames: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let late = frames.clone().map(|frames| frames.late).sum();
        Self::new(frames.flat_map(|frames| frames.times.iter().copied()).collect(), late)
    }

    /// How many changes there were.
    pub fn count(&self) -> usize {
        self.times.len()
    }

    /// How many of them the next frame did not show.
    pub fn late(&self) -> usize {
        self.late
    }

    /// The time, in milliseconds, that such a part of the changes did not exceed; 0 where there were none.
    pub fn part(&self, part: f64) -> f64 {
        let rank = (self.times.len() as f64 * part).ceil() as usize;
        self.times.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_times_is_the_shorter_ones() {
        let frames = Frames::new((1..=100).rev().map(f64::from).collect(), 0);
        assert_eq!((frames.part(0.5), frames.part(0.95), frames.part(1.0)), (50.0, 95.0, 100.0));
        assert_eq!(Frames::new(Vec::new(), 0).part(0.5), 0.0);
    }
}
