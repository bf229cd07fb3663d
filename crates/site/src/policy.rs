//! What the page may load and run: its own files, and the scripts that stand in it, by hash.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// After what the policy stands: before any script.
const BEFORE: &str = "<meta charset=\"utf-8\"";

/// What Trunk leaves in a page that it is to serve itself, to be filled in then: such a page changes after this,
/// so that no hash of it would hold.
const TO_BE_CHANGED: &str = "__TRUNK_";

/// Whether a document changes after this.
pub fn changes(document: &str) -> bool {
    document.contains(TO_BE_CHANGED)
}

/// The document with its policy.
pub fn add(document: &str) -> String {
    let Some(begin) = document.find(BEFORE).filter(|_| !changes(document)) else {
        return document.to_owned();
    };
    let end = document[begin..].find('>').map_or(begin, |length| begin + length + 1);
    let hashes: Vec<String> =
        scripts(document).map(|script| format!(" 'sha256-{}'", hash(script))).collect();
    // The worker of the reader's programs is a blob, which is under this policy, too; one from a file would be under
    // that of its own answer, and a static host sends none. Text becomes markup or the address of a script only as the
    // one policy in `index.html` lets it. Styles of elements are set one by one: the place of a bar has no hash.
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types default",
        hashes.concat()
    );
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    format!("{}{meta}{}", &document[..end], &document[end..])
}

/// The scripts that stand in a document.
fn scripts(document: &str) -> impl Iterator<Item = &str> {
    document.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(script)
    })
}

fn hash(script: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_allowed_by_hash() {
        let page = "<head><meta charset=\"utf-8\" /><script>alert(1)</script><script src=\"a.js\"></script></head>";
        let with = add(page);
        // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
        let hash = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert!(with.contains(hash), "{with}");
        assert_eq!(with.matches("sha256").count(), 1);
        assert!(with.find("http-equiv") < with.find("<script"), "it comes before the scripts");
        let served = page.replace("alert(1)", "'{{__TRUNK_ADDRESS__}}'");
        assert_eq!(add(&served), served, "a page that changes yet has none");
    }
}
