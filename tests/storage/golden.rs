//! Every stored format that ever landed still opens.
