//! Numbers that look random and are the same on every machine: `SplitMix64` (Steele, Lea, Flood 2014).

/// The generator; the seed is all its state.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    /// Whether something is so that is so this often in a hundred times.
    pub fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// So many hexadecimal digits.
    pub fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from(b"0123456789abcdef"[self.below(16)])).collect()
    }

    /// So many decimal digits, the first not zero.
    pub fn digits(&mut self, digits: usize) -> String {
        let mut text = String::from(char::from(b"123456789"[self.below(9)]));
        text.extend((1..digits).map(|_| char::from(b"0123456789"[self.below(10)])));
        text
    }

    /// A random GUID (version 4).
    pub fn guid(&mut self) -> String {
        let variant = self.pick(&["8", "9", "a", "b"]);
        format!("{}-{}-4{}-{variant}{}-{}", self.hex(8), self.hex(4), self.hex(3), self.hex(3), self.hex(12))
    }

    /// A moment so many seconds after 2026-01-01, with seven fractional digits.
    pub fn moment(&mut self, seconds: usize) -> String {
        let fraction = self.digits(7);
        moment(seconds, &fraction)
    }

    /// A moment out of a database that keeps times to the three-hundredth of a second.
    pub fn rounded_moment(&mut self, seconds: usize) -> String {
        let rest = self.pick(&["00000", "33333", "66667"]);
        let fraction = format!("{}{rest}", self.digits(2));
        moment(seconds, &fraction)
    }

    /// A moment that a sensor saw, to the millisecond.
    pub fn sensed_moment(&mut self, seconds: usize) -> String {
        let fraction = self.digits(3);
        moment(seconds, &fraction)
    }
}

fn moment(seconds: usize, fraction: &str) -> String {
    let (minutes, second) = (seconds / 60, seconds % 60);
    let (hours, minute) = (minutes / 60, minutes % 60);
    let (mut day, hour) = (hours / 24 % 365, hours % 24);
    let mut month = 1;
    for length in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("2026-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}.{fraction}Z", day + 1)
}
