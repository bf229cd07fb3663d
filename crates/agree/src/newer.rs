//! Where CPythons of the 3.13 series differ among themselves.

/// An example that CPython 3.13.0, which all runs here follow, and a later 3.13 do not run alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newer {
    /// The example.
    pub example: &'static str,
    /// The first version that differs: `3.13.N`, this N.
    pub since: u32,
    /// Its name among the words of the page.
    pub key: &'static str,
    /// How it differs, for people who develop this.
    pub why: &'static str,
}

const KNOWN: [Newer; 1] = [Newer {
    example: "eager-tasks",
    since: 1,
    key: "eager_child",
    why: "since 3.13.1 a group does not wait for a child that ended in its eager first step",
}];

/// What is known to differ between CPython 3.13.0 and `version` (as `3.13.2`) in this example.
pub fn newer(example: &str, version: &str) -> Option<Newer> {
    let patch = version.strip_prefix("3.13.")?;
    let digits = patch.find(|c: char| !c.is_ascii_digit()).unwrap_or(patch.len());
    let patch: u32 = patch[..digits].parse().ok()?;
    KNOWN.into_iter().find(|newer| newer.example == example && patch >= newer.since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_later_versions_differ_and_only_where_it_is_known() {
        assert_eq!(newer("eager-tasks", "3.13.2").map(|newer| newer.since), Some(1));
        assert!(newer("eager-tasks", "3.13.12+").is_some());
        assert_eq!(newer("eager-tasks", "3.13.0"), None);
        assert_eq!(newer("eager-tasks", "3.12.9"), None);
        assert_eq!(newer("gather-order", "3.13.2"), None);
        assert!(KNOWN.iter().all(|known| examples::find(known.example).is_some()));
    }
}
