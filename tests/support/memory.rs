//! How much memory reading may take, and what counts it. Used by the tests with bombs and by the fuzz targets, so that both
//! hold the readers to the same figures; `src/formats/mod.rs` states them.

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How many times the length of its input reading may take at once.
pub const MULTIPLE: usize = 600;

/// How much it may take for each incident in the file besides, in bytes: a row of eight bytes may be one.
pub const INCIDENT: usize = 12 << 10;

/// What it may take besides, in bytes, however short the input is.
pub const ALLOWANCE: usize = 1 << 20;

/// The memory that this takes at once, in bytes, beyond what is taken before. Counts what all threads take.
pub fn taken<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let result = run();
    (result, MEMORY.peak_usage().saturating_sub(before))
}

/// Runs what reads so many bytes, and fails where it takes more memory than it may for so many incidents.
#[allow(dead_code)] // Each program uses one of the two.
pub fn within<T>(input: usize, incidents: impl FnOnce(&T) -> usize, run: impl FnOnce() -> T) -> T {
    let (result, taken) = taken(run);
    let most = input * MULTIPLE + incidents(&result) * INCIDENT + ALLOWANCE;
    assert!(taken <= most, "{input} bytes took {taken} bytes of memory, {most} are allowed");
    result
}
