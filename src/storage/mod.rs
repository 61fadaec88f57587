//! KEEPING: how a notebook is written down so that nothing of it is ever lost.
