//! The words of the page are read by a macro, which cargo does not know of.

fn main() {
    println!("cargo:rerun-if-changed=src/ui/words.en.yml");
    println!("cargo:rerun-if-changed=src/ui/words.zh.yml");
    println!("cargo:rerun-if-changed=build.rs");
}
