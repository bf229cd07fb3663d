//! `cargo xtask trust supply`: what the page is made of, from where, under which licences, and that the locks have hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::report;
use crate::shell::Shell;
use crate::tools::WASM;

/// What is allowed, as `deny.toml` has it.
#[derive(Deserialize)]
struct Rules {
    licenses: Licences,
    sources: Sources,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Sources {
    #[serde(rename = "allow-registry")]
    registries: Vec<String>,
}

impl Rules {
    fn read(shell: &Shell) -> Result<Self> {
        let text = fs::read_to_string(shell.root().join("deny.toml"))?;
        toml::from_str(&text).context("deny.toml is not as it should be")
    }

    /// Whether one of the alternatives of a licence is allowed, with all of its parts.
    fn allow(&self, licence: &str) -> bool {
        let licence = licence.replace('/', " OR ").replace(['(', ')'], " ");
        let part = |part: &str| self.licenses.allow.iter().any(|allowed| allowed == part.trim());
        // Brackets apart, which stand around alternatives among parts: then each of those must be allowed.
        licence.split(" OR ").any(|one| one.split(" AND ").all(part))
    }

    /// Whether crates may come from there, as `Cargo.lock` says it.
    fn allow_source(&self, source: &str) -> bool {
        let registry = source.strip_prefix("registry+");
        registry.is_some_and(|registry| self.sources.registries.iter().any(|one| one == registry))
    }

    /// What is wrong with a package of npm.
    fn wrong_with(&self, name: &str, locked: &Locked) -> Vec<String> {
        let mut wrong = Vec::new();
        if !locked.integrity.as_deref().is_some_and(|hash| hash.starts_with("sha512-")) {
            wrong.push(format!("{name}: its lock has no hash"));
        }
        // Where the lock does not say from where, it is the registry, and the hash decides.
        if !locked.resolved.as_deref().is_none_or(|from| from.starts_with(NPM)) {
            wrong.push(format!("{name}: it comes from {:?}", locked.resolved));
        }
        let licence = locked.license.as_deref().unwrap_or_default();
        if !self.allow(licence) {
            wrong.push(format!("{name}: its licence is {licence:?}"));
        }
        wrong
    }
}

/// From where packages of npm may come.
const NPM: &str = "https://registry.npmjs.org/";

/// Check licences, sources and hashes of all crates and npm packages, and write the list of what is in the page
/// (CycloneDX) to target/trust/sbom.json
#[derive(clap::Args)]
pub struct Args {}

/// A crate, as `cargo metadata` has it.
#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    id: String,
    license: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A package of npm, as its lock has it.
#[derive(Deserialize)]
struct Locked {
    version: String,
    resolved: Option<String>,
    integrity: Option<String>,
    license: Option<String>,
}

/// Checks all, keeps the figures and writes the list.
pub fn main(shell: &Shell, _: &Args) -> Result<()> {
    let mut figures = check(shell)?;
    figures.push(advisories(shell)?);
    let sbom = sbom(shell)?;
    let count = sbom["components"].as_array().map_or(0, Vec::len);
    figures.push(format!("{count} components are in the page: target/trust/sbom.json"));
    report::keep(shell, "supply", "supply", &figures)?;
    let path = shell.root().join("target/trust/sbom.json");
    fs::write(path, serde_json::to_string_pretty(&sbom)?)?;
    Ok(())
}

/// Checks licences, sources and hashes; gives the figures.
///
/// # Errors
/// All that is wrong.
pub fn check(shell: &Shell) -> Result<Vec<String>> {
    let (crates, rules) = (crates(shell)?, Rules::read(shell)?);
    let mut wrong = Vec::new();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let foreign: Vec<_> = crates.iter().filter(|one| one.source.is_some()).collect();
    for one in &foreign {
        versions.entry(&one.name).or_default().insert(&one.version);
        let licence = one.license.as_deref().unwrap_or_default();
        if !rules.allow(licence) {
            wrong.push(format!("{} {}: its licence is {licence:?}", one.name, one.version));
        }
        if !one.source.as_deref().is_some_and(|source| rules.allow_source(source)) {
            wrong.push(format!("{}: it comes from {:?}", one.name, one.source));
        }
    }
    wrong.extend(without_hash(&fs::read_to_string(shell.root().join("Cargo.lock"))?)?);
    let npm = npm(shell)?;
    wrong.extend(npm.iter().flat_map(|(name, locked)| rules.wrong_with(name, locked)));
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    let deny = cargo_deny(shell)?;
    let doubled: Vec<_> = versions.iter().filter(|(_, found)| found.len() > 1).collect();
    let names: Vec<&str> = doubled.iter().map(|(name, _)| **name).collect();
    Ok(vec![
        format!(
            "{} crates of others, all from crates.io, with hashes, under licences that are allowed",
            foreign.len()
        ),
        format!("{} packages of npm, all from its registry, with hashes (SHA-512)", npm.len()),
        format!("{} crates in more than one version: {}", names.len(), names.join(", ")),
        deny,
    ])
}

/// Asks cargo-deny, which reads the same rules, where it is installed; says what came of it.
fn cargo_deny(shell: &Shell) -> Result<String> {
    let Some(version) = deny_version(shell) else {
        return Ok("cargo-deny: not installed here".to_owned());
    };
    cargo(shell, &[&DENY[..], &["--offline", "check", "bans", "licenses", "sources"]].concat())?;
    Ok(format!("{version}: bans, licences and sources are well"))
}

/// Asks it for what is known against a crate, where the database of that can be had.
fn advisories(shell: &Shell) -> Result<String> {
    if deny_version(shell).is_none() {
        return Ok("advisories: not checked, as cargo-deny is not installed here".to_owned());
    }
    match cargo(shell, &[&DENY[..], &["check", "advisories"]].concat()) {
        Ok(_) => Ok("advisories: none against these crates".to_owned()),
        Err(error) if is_out_of_reach(&error.to_string()) => {
            Ok("advisories: not checked, their database cannot be fetched here".to_owned())
        }
        Err(error) => Err(error),
    }
}

/// Only what is wrong is said, not what is merely told.
const DENY: [&str; 3] = ["deny", "--log-level", "error"];

/// The name and version of cargo-deny.
fn deny_version(shell: &Shell) -> Option<String> {
    shell.find("cargo-deny")?;
    Some(shell.output("cargo-deny", ["--version"])?.trim().to_owned())
}

/// Whether cargo-deny says that it did not get the advisories, and not that there are some.
fn is_out_of_reach(words: &str) -> bool {
    words.contains("failed to fetch advisory database")
}

/// The crates of a lock file that come from elsewhere and have no hash.
fn without_hash(lock: &str) -> Result<Vec<String>> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is not what cargo writes")?;
    let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
    let missing =
        packages.filter(|one| one.get("source").is_some() && one.get("checksum").is_none());
    Ok(missing.map(|one| format!("{:?}: its lock has no hash", one.get("name"))).collect())
}

/// What a command of cargo answers.
fn cargo(shell: &Shell, arguments: &[&str]) -> Result<String> {
    let output = shell.command("cargo").args(arguments).output()?;
    if !output.status.success() {
        bail!("cargo {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn crates(shell: &Shell) -> Result<Vec<Package>> {
    let text = cargo(shell, &["metadata", "--format-version", "1", "--locked"])?;
    Ok(serde_json::from_str::<Metadata>(&text)?.packages)
}

/// The packages of the lock file, by their place.
fn npm(shell: &Shell) -> Result<BTreeMap<String, Locked>> {
    #[derive(Deserialize)]
    struct Lock {
        packages: BTreeMap<String, Json>,
    }
    let text = fs::read_to_string(shell.root().join("engine/npm/package-lock.json"))?;
    let lock: Lock = serde_json::from_str(&text)?;
    // The one without a name is ours.
    let packages = lock.packages.into_iter().filter(|(name, _)| !name.is_empty());
    packages
        .map(|(name, value)| {
            let short = name.trim_start_matches("node_modules/").to_owned();
            Ok((short, serde_json::from_value(value).with_context(|| name.clone())?))
        })
        .collect()
}

/// What is in the page, as CycloneDX has it: the crates that its program is linked of, and the packages of npm.
fn sbom(shell: &Shell) -> Result<Json> {
    let arguments = [
        "tree",
        "--package",
        "coroscope",
        "--target",
        WASM,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
        "--locked",
    ];
    let tree = cargo(shell, &arguments)?;
    let inside: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| line.split_once(" v"))
        .map(|(name, rest)| (name, rest.split(' ').next().unwrap_or_default()))
        .collect();
    let all = crates(shell)?;
    let components = all.iter().filter(|one| inside.contains(&(&one.name, &one.version))).map(|one| {
        json!({
            "type": "library", "name": one.name, "version": one.version, "bom-ref": one.id,
            "purl": format!("pkg:cargo/{}@{}", one.name, one.version),
            "licenses": [{ "expression": one.license.clone().unwrap_or_default().replace('/', " OR ") }],
        })
    });
    let npm = npm(shell)?;
    // What bundles the editor is not in it.
    let npm =
        npm.iter().filter(|(name, _)| !name.contains("esbuild") && !name.contains("axe-core"));
    let packages = npm.map(|(name, locked)| {
        json!({
            "type": "library", "name": name, "version": locked.version,
            "purl": format!("pkg:npm/{}@{}", name.replace('@', "%40"), locked.version),
            "licenses": [{ "expression": locked.license }],
            "properties": [{ "name": "integrity", "value": locked.integrity }],
        })
    });
    Ok(json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": { "component": { "type": "application", "name": "coroscope" } },
        "components": components.chain(packages).collect::<Vec<_>>(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        toml::from_str(include_str!("../../../deny.toml")).expect("the rules")
    }

    #[test]
    fn crates_come_from_the_registry() {
        assert!(rules().allow_source("registry+https://github.com/rust-lang/crates.io-index"));
        for source in ["registry+https://example.com/index", "git+https://github.com/a/b#c"] {
            assert!(!rules().allow_source(source), "{source}");
        }
    }

    #[test]
    fn one_alternative_must_be_allowed_with_all_its_parts() {
        for licence in
            ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"]
        {
            assert!(rules().allow(licence), "{licence}");
        }
        for licence in ["", "GPL-3.0", "MIT AND GPL-3.0", "Custom OR AGPL-3.0"] {
            assert!(!rules().allow(licence), "{licence}");
        }
    }

    #[test]
    fn a_package_without_hash_or_from_elsewhere_is_found() {
        let locked = |resolved: &str, integrity: Option<&str>| Locked {
            version: "1.0.0".to_owned(),
            resolved: Some(resolved.to_owned()),
            integrity: integrity.map(str::to_owned),
            license: Some("MIT".to_owned()),
        };
        let from = "https://registry.npmjs.org/a/-/a-1.0.0.tgz";
        let wrong_with = |name, locked: &Locked| rules().wrong_with(name, locked);
        assert!(wrong_with("a", &locked(from, Some("sha512-x"))).is_empty());
        assert_eq!(wrong_with("a", &locked(from, None)).len(), 1);
        assert_eq!(
            wrong_with("a", &locked("https://example.com/a.tgz", Some("sha512-x"))).len(),
            1
        );
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n";
        assert_eq!(without_hash(lock).expect("a lock file").len(), 1);
    }

    #[test]
    fn only_a_database_that_cannot_be_fetched_is_no_error() {
        let away = "[ERROR] failed to fetch advisory database https://example.com with cli: failed to clone";
        assert!(is_out_of_reach(away));
        assert!(!is_out_of_reach("error[vulnerability]: a crate writes beyond its buffer"));
    }
}
