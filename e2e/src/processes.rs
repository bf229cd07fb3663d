//! What the browser's processes have of the machine's memory, where the system lists it.

use std::collections::HashMap;
use std::fs;

/// KB of memory of the processes that show pages, in browsers started by this program; none where that is not told.
pub fn renderers() -> Option<u64> {
    let (mut parents, mut renderers) = (HashMap::new(), Vec::new());
    for entry in fs::read_dir("/proc").ok()?.flatten() {
        let Ok(process) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        // One that ends meanwhile has none.
        let Ok(status) = fs::read_to_string(entry.path().join("status")) else { continue };
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        };
        parents.insert(process, field("PPid:")? as u32);
        let command = fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
        if command.contains("--type=renderer") {
            renderers.push((process, field("VmRSS:").unwrap_or_default()));
        }
    }
    let is_ours = |mut process: u32| loop {
        match parents.get(&process) {
            _ if process == std::process::id() => return true,
            Some(&parent) if parent != 0 => process = parent,
            _ => return false,
        }
    };
    let sum = renderers.iter().filter(|(process, _)| is_ours(*process)).map(|(_, size)| size).sum();
    (sum > 0).then_some(sum)
}
