//! Probabilities as integers: the logistic function and its inverse, a slot that learns how often a bit is set, and a
//! mixer that learns which slots to believe.
//!
//! In the logistic domain a probability p is ln(p / (1 - p)) times 256, from -2,047 to 2,047. There, what several
//! contexts say can be added up.

/// The end of the logistic domain.
const END: i32 = 2047;

/// 4,096 / (1 + e^(-x / 256)) at every 128th x from -2,048 on.
const SQUASH: [i32; 33] = [
    1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785,
    3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
];

/// The probability, of 4,096, that this value of the logistic domain stands for.
pub(crate) const fn squash(value: i32) -> i32 {
    let value = if value > END {
        2 * END + 1
    } else if value < -END {
        1
    } else {
        value + END + 1
    };
    let (at, rest) = ((value >> 7) as usize, value & 127);
    (SQUASH[at] * (128 - rest) + SQUASH[at + 1] * rest + 64) >> 7
}

/// The inverse of [`squash`].
static STRETCH: [i16; 4096] = {
    let mut table = [END as i16; 4096];
    let (mut value, mut at) = (-END, 0);
    while value <= END {
        while at as i32 <= squash(value) {
            table[at] = value as i16;
            at += 1;
        }
        value += 1;
    }
    table
};

/// A slot that was seen more often than this learns no slower.
const SLOWEST: usize = 127;

/// How much of its error a slot learns, of 65,536, by how often it was seen: 1 / (n + 1.6).
static RATES: [i64; SLOWEST + 1] = {
    let mut table = [0; SLOWEST + 1];
    let mut seen = 0;
    while seen <= SLOWEST {
        table[seen] = 655_360 / (seen as i64 * 10 + 16);
        seen += 1;
    }
    table
};

/// How often a bit was set in some context: 22 bits of probability, ten of how often it was seen.
#[derive(Clone, Copy)]
pub(crate) struct Slot(u32);

impl Slot {
    pub const NEW: Self = Self(1 << 31);

    pub fn is_known(self) -> bool {
        self.0 & 1023 != 0
    }

    /// What it says in the logistic domain: nothing where it was never seen, and less where it was seen once or
    /// twice.
    pub fn says(self) -> i32 {
        let value = i32::from(STRETCH[(self.0 >> 20) as usize]);
        match self.0 & 1023 {
            0 => 0,
            1 => value / 2,
            2 => value * 3 / 4,
            _ => value,
        }
    }

    /// What it says after this bit.
    pub fn learned(self, bit: bool) -> Self {
        let (probability, seen) = (i64::from(self.0 >> 10), (self.0 & 1023) as usize);
        let target = if bit { (1 << 22) - 1 } else { 0 };
        let probability = probability + (((target - probability) * RATES[seen]) >> 16);
        Self((probability as u32) << 10 | (seen + 1).min(SLOWEST) as u32)
    }
}

/// Weighs what the contexts say.
#[derive(Clone, Copy)]
pub(crate) struct Mixer<const N: usize>([i32; N]);

impl<const N: usize> Mixer<N> {
    /// Believes all of them a little.
    pub const NEW: Self = Self([26_214; N]);

    /// What they say together, in the logistic domain.
    pub fn mix(&self, said: &[i32; N]) -> i32 {
        let sum: i64 =
            self.0.iter().zip(said).map(|(weight, value)| i64::from(*weight) * i64::from(*value)).sum();
        (sum >> 16).clamp(-END as i64, END as i64) as i32
    }

    /// Believes those more that were right.
    pub fn learn(&mut self, said: &[i32; N], mixed: i32, bit: bool) {
        let error = ((i32::from(bit) << 12) - squash(mixed)) * 2;
        for (weight, value) in self.0.iter_mut().zip(said) {
            *weight = weight.wrapping_add((value * error + 512) >> 10);
        }
    }
}

/// What each of these three mixers makes of it.
pub(crate) fn mix<const N: usize>(mixers: &[Mixer<N>], chosen: [usize; 3], said: &[i32; N]) -> [i32; 3] {
    let mut mixed = [0; 3];
    for (mixed, mixer) in mixed.iter_mut().zip(chosen) {
        *mixed = mixers[mixer].mix(said);
    }
    mixed
}

/// The mean of what three mixers say, as a probability of 65,536 that is never nought nor one.
pub(crate) fn probability(mixed: [i32; 3]) -> u32 {
    (squash((mixed[0] + mixed[1] + mixed[2]) / 3).clamp(1, 4095) as u32) << 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretching_undoes_squashing() {
        for probability in 2..4_094 {
            let back = squash(i32::from(STRETCH[probability as usize]));
            assert!((back - probability).abs() <= 24, "{probability} {back}");
        }
        assert!(STRETCH.is_sorted());
    }

    #[test]
    fn a_slot_learns_what_it_sees() {
        let mut slot = Slot::NEW;
        assert_eq!(slot.says(), 0);
        for _ in 0..20 {
            slot = slot.learned(true);
        }
        assert!(slot.says() > 700, "{}", slot.says());
        for _ in 0..2_000 {
            slot = slot.learned(false);
        }
        assert!(slot.says() < -1_500, "{}", slot.says());
    }

    #[test]
    fn a_mixer_learns_whom_to_believe() {
        let mut mixer = Mixer::<2>::NEW;
        for turn in 0..4_000 {
            let bit = turn % 3 == 0;
            let said = [if bit { 400 } else { -400 }, 300];
            let together = mixer.mix(&said);
            mixer.learn(&said, together, bit);
        }
        assert!(mixer.mix(&[400, 300]) > 500 && mixer.mix(&[-400, 300]) < -500);
    }
}
