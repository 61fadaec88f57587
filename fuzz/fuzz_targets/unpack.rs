//! Records as storage packs them, under both marks: any bytes as the packed stream, and any content packed and back.
#![no_main]

use firsthour::storage::pack::{self, Packing, unpack};

/// Deflate may unpack to this many times its length before the checksum is known to fit.
const DEFLATE: usize = 1032;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::prepare();
    let [mark, rest @ ..] = data else { return };
    match mark % 4 {
        0 => {
            let Ok(text) = std::str::from_utf8(rest) else { return };
            let _ = firsthour_fuzz::within(text.len() * DEFLATE, |_| 0, || unpack("k", text));
        }
        // Past the marks and the fifteen bits of each unit.
        mark @ 1..=2 => {
            let mut text = String::from(if mark == 1 { 'D' } else { 'E' });
            text.extend(rest.chunks_exact(2).filter_map(|pair| {
                let bits = u32::from(u16::from_le_bytes([pair[0], pair[1]]) & 0x7FFF);
                char::from_u32(0x3400 + bits)
            }));
            let _ = firsthour_fuzz::within(text.len() * DEFLATE, |_| 0, || unpack("k", &text));
        }
        _ => {
            // The dense packing is slow, and what longer contents reach, shorter ones do.
            let rest = &rest[..rest.len().min(256)];
            assert_eq!(unpack("k", &pack::pack("k", rest)), Ok((rest.to_vec(), Packing::Deflate)));
            let dense = pack::pack_dense("k", rest).expect("inputs are short");
            assert_eq!(unpack("k", &dense), Ok((rest.to_vec(), Packing::Dense)));
        }
    }
});
