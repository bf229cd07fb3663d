//! Values that change at moments: pairs of a moment and the value from then on, the moments rising.

/// The value at a moment; 0 before the first.
pub(crate) fn at(steps: &[(f64, usize)], time: f64) -> usize {
    let begun = steps.partition_point(|(from, _)| *from <= time);
    steps[..begun].last().map_or(0, |(_, value)| *value)
}

/// Adds a step, in place of one at the same moment.
pub(crate) fn push(steps: &mut Vec<(f64, usize)>, time: f64, value: usize) {
    match steps.last_mut() {
        Some(last) if last.0 == time => last.1 = value,
        Some(last) if last.1 == value => {}
        _ => steps.push((time, value)),
    }
}

/// Adds a step to `change` of the last value.
pub(crate) fn change(
    steps: &mut Vec<(f64, usize)>,
    time: f64,
    change: impl FnOnce(usize) -> usize,
) {
    let last = steps.last().map_or(0, |(_, value)| *value);
    push(steps, time, change(last));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_moment_counts() {
        let mut steps = vec![(1.0, 0)];
        push(&mut steps, 2.0, 5);
        push(&mut steps, 2.0, 3);
        change(&mut steps, 3.0, |value| value + 1);
        push(&mut steps, 4.0, 4);
        assert_eq!(steps, [(1.0, 0), (2.0, 3), (3.0, 4)]);
        let values = [0.5, 1.0, 1.9, 2.0, 3.0, 9.0].map(|time| at(&steps, time));
        assert_eq!(values, [0, 0, 0, 3, 4, 4]);
    }
}
