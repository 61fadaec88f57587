//! The packing of incidents: any stream gives no more than was asked for, and what was packed comes back.
#![no_main]

use firsthour_dense::{compress, decompress};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::prepare();
    let [length @ .., _, _] = data else { return };
    let asked = usize::from(u16::from_le_bytes([data[data.len() - 1], data[data.len() - 2]])) % 1024;
    if let Some((content, taken)) = firsthour_fuzz::within(asked, |_| 0, || decompress(length, asked)) {
        assert_eq!(content.len(), asked);
        assert!(taken <= length.len() + 8);
    }
    // Slow, and what longer contents reach, shorter ones do.
    let content = &length[..length.len().min(256)];
    let packed = compress(content);
    assert_eq!(decompress(&packed, content.len()), Some((content.to_vec(), packed.len())));
});
