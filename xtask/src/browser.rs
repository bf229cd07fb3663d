//! Chromium (or Chrome) and its driver: found, or installed where Debian's packages can be.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::report::say;
use crate::shell::Shell;
use crate::site::Site;
use crate::{install, program};

/// Names that the browser goes by.
const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Places that the browser is at without being on the PATH.
const BROWSER_PLACES: [&str; 6] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

/// Places that the driver is at without being on the PATH.
const DRIVER_PLACES: [&str; 4] = [
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
    "/snap/bin/chromium.chromedriver",
    "/opt/homebrew/bin/chromedriver",
];

/// Debian's packages of both, and a font for the Chinese text of the page.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/// A browser and the driver that tests steer it with.
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// ChromeDriver of the same major version.
    pub driver: PathBuf,
}

impl Browser {
    /// Tells a command of `e2e` where the page is served and what to visit it with.
    pub fn visiting<'a>(&self, command: &'a mut Command, site: &Site) -> &'a mut Command {
        command
            .env("COROSCOPE_URL", format!("http://{}/", site.address))
            // Errors say what failed; where in tokio that was noticed says nothing.
            .env("RUST_LIB_BACKTRACE", "0")
            .env("CHROME", &self.chrome)
            .env("CHROMEDRIVER", &self.driver)
    }
}

/// Finds the browser and its driver, or installs them as root on Debian.
pub fn ensure(shell: &Shell) -> Result<Browser> {
    if let Some(browser) = find(shell) {
        warn_of_mismatch(shell, &browser);
        return Ok(browser);
    }
    if is_debian() && shell.find("apt-get").is_some() && is_root(shell) {
        apt(shell)?;
        if let Some(browser) = find(shell) {
            return Ok(browser);
        }
    }
    bail!("{}", advice());
}

/// The browser and the driver, from CHROME and CHROMEDRIVER, the PATH or the usual places.
fn find(shell: &Shell) -> Option<Browser> {
    Some(Browser {
        chrome: locate(shell, "CHROME", &BROWSERS, &BROWSER_PLACES)?,
        driver: locate(shell, "CHROMEDRIVER", &["chromedriver"], &DRIVER_PLACES)?,
    })
}

/// A program named by `variable`, or by one of `names` on the PATH, or at one of `places`.
fn locate(shell: &Shell, variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .or_else(|| names.iter().find_map(|name| shell.find(name)))
        .or_else(|| {
            let mut places = places.iter().map(Path::new);
            places.find(|path| path.is_file()).map(Path::to_owned)
        })
}

/// Says so if the browser and the driver are of different major versions.
fn warn_of_mismatch(shell: &Shell, browser: &Browser) {
    // On Windows `chrome --version` opens a window.
    if cfg!(windows) {
        return;
    }
    let chrome = program::version(shell, &browser.chrome);
    let driver = program::version(shell, &browser.driver);
    if let (Some((chrome, ..)), Some((driver, ..))) = (chrome, driver)
        && chrome != driver
    {
        say(format_args!(
            "Note: the browser is version {chrome} and ChromeDriver {driver}; if the browser does \
             not start, make them the same, or name others with CHROME and CHROMEDRIVER."
        ));
    }
}

/// Installs Debian's packages.
fn apt(shell: &Shell) -> Result<()> {
    let mut update = shell.command("apt-get");
    update.args(["update", "--quiet"]);
    install::run("the list of Debian's packages", "seconds", &mut update)?;
    let mut command = shell.command("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "--quiet", "--yes", "--no-install-recommends"])
        .args(PACKAGES);
    install::run(&PACKAGES.join(", "), "about 1 minute", &mut command)
}

/// Whether the system is Debian itself: others name the packages otherwise.
fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|l| l == "ID=debian"))
}

/// Whether packages may be installed without asking for a password.
fn is_root(shell: &Shell) -> bool {
    shell.output("id", ["-u"]).is_some_and(|id| id.trim() == "0")
}

/// What to install by hand on this system.
fn advice() -> &'static str {
    match env::consts::OS {
        "macos" => {
            "Tests in a browser need Chrome and ChromeDriver: \
             `brew install --cask google-chrome chromedriver`. \
             Ones elsewhere can be named with CHROME and CHROMEDRIVER."
        }
        "windows" => {
            "Tests in a browser need Chrome and ChromeDriver of the same version \
             (https://googlechromelabs.github.io/chrome-for-testing/); put chromedriver.exe on the \
             PATH, or name both with CHROME and CHROMEDRIVER."
        }
        _ => {
            "Tests in a browser need Chromium (or Chrome) and ChromeDriver. Debian: `sudo apt-get \
             install chromium chromium-driver fonts-noto-cjk`; Ubuntu: `sudo snap install chromium`; \
             Fedora: `sudo dnf install chromium chromedriver`; Arch: `sudo pacman -S chromium`. \
             Ones elsewhere can be named with CHROME and CHROMEDRIVER."
        }
    }
}
