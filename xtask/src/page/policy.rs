//! The content security policy: what the browser lets the page do, which is as little as it needs.
//!
//! It stands in the page itself, as a `<meta>`, because the page is served by hosts we do not know and opened from
//! disk. `index.html` carries a policy that forbids everything; the build puts the real one in its place, so a page
//! that was not sealed does not run.

use std::fmt::Write as _;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::html;

/// How the policy's place is found in `index.html`.
const PLACE: &str = "<meta http-equiv=\"Content-Security-Policy\"";

/// Puts the policy of the hosted site into `page`: its own files, its own inline scripts, WebAssembly, nothing else.
pub fn seal_site(page: &str) -> Result<String> {
    let scripts = hashes(&html::inline_contents(page, "script")?);
    seal(
        page,
        &format!(
            "default-src 'none'; script-src 'self'{scripts} 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'"
        ),
    )
}

/// Puts the policy of the single file into `page`: what it carries itself, WebAssembly, and no address at all.
pub fn seal_single_file(page: &str) -> Result<String> {
    let scripts = hashes(&html::inline_contents(page, "script")?);
    let styles = hashes(&html::inline_contents(page, "style")?);
    seal(
        page,
        &format!(
            "default-src 'none'; script-src{scripts} 'wasm-unsafe-eval'; style-src{styles}; \
         img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
        ),
    )
}

fn seal(page: &str, policy: &str) -> Result<String> {
    html::replace_tag(page, PLACE, &format!("{PLACE} content=\"{policy}\">"))
}

/// The source expressions that allow exactly these inline elements, each with a space before it.
fn hashes(contents: &[&str]) -> String {
    contents.iter().fold(String::new(), |mut list, content| {
        // Writing to a string cannot fail.
        let _ = write!(list, " 'sha256-{}'", STANDARD.encode(Sha256::digest(content)));
        list
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\
                        <style>p{}</style><script>alert('Hello, world.');</script><script src=\"x.js\"></script></head>";

    /// Of the script `alert('Hello, world.');`: the example in <https://www.w3.org/TR/CSP3/#framework-directive-source-list>.
    const HELLO: &str = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";

    #[test]
    fn a_script_is_allowed_by_its_hash() {
        assert_eq!(hashes(&["alert('Hello, world.');"]), format!(" {HELLO}"));
        assert_eq!(hashes(&[]), "");
    }

    #[test]
    fn the_site_may_use_its_own_files_and_nothing_inline_but_its_scripts() {
        let sealed = seal_site(PAGE).unwrap();
        assert!(sealed.contains(&format!("content=\"default-src 'none'; script-src 'self' {HELLO} 'wasm-unsafe-eval'; style-src 'self';")), "{sealed}");
        assert!(sealed.contains("connect-src 'self'") && !sealed.contains("unsafe-inline"), "{sealed}");
        assert_eq!(sealed.matches("Content-Security-Policy").count(), 1);
    }

    #[test]
    fn the_single_file_may_reach_no_address() {
        let sealed = seal_single_file(PAGE).unwrap();
        assert!(
            sealed.contains(&format!("script-src {HELLO} 'wasm-unsafe-eval'; style-src 'sha256-")),
            "{sealed}"
        );
        assert!(sealed.contains("connect-src 'none'") && !sealed.contains("'self'"), "{sealed}");
    }

    #[test]
    fn a_page_without_a_place_for_the_policy_is_refused() {
        assert!(seal_site("<head></head>").is_err());
    }
}
