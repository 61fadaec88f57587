//! The smallest Leptos page. On any other target than the browser there is nothing to mount.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    leptos::mount::mount_to_body(|| view! { <main><h1>"Blank"</h1></main> });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This page runs in a browser. It is built and measured by: cargo xtask bench");
}
