//! Mounts the page. On any other target than the browser there is nothing to mount.

#[cfg(target_arch = "wasm32")]
fn main() {
    firsthour::app::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("First Hour runs in a browser. Build and open it with: cargo xtask serve");
}
