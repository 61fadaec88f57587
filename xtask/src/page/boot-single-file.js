// Starts the page that carries its own WebAssembly, gzipped and as base64, in the element `firsthour-wasm`.
// Addresses cannot be fetched on file://, so nothing here asks for one.
(async () => {
  const packed = document.getElementById("firsthour-wasm");
  const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
  packed.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const response = new Response(stream, { headers: { "content-type": "application/wasm" } });
  await wasm_bindgen({ module_or_path: response });
  // The event that Trunk's start script sends on the hosted page.
  dispatchEvent(new CustomEvent("TrunkApplicationStarted"));
})();
