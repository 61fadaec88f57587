//! Tells a text with one JSON document a line from one document.

/// Whether a text is one JSON document a line rather than one document: some line is an object by itself and is
/// followed (or, for the last line, preceded) by another that begins like one. In a single document neither its
/// first nor its last line can be a whole object.
pub fn is_lines(text: &[u8]) -> bool {
    const LOOKED_AT: usize = 256 * 1024;
    // Searching for one byte is several times faster than splitting, and most exports have no line break at all.
    if !text.trim_ascii().contains(&b'\n') {
        return false;
    }
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return false };
    let Some(second) = lines.next() else { return false };
    if is_whole_object(first) {
        return true;
    }
    let last = text.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    if is_whole_object(last) {
        return true;
    }
    let (mut before, mut looked_at) = (second, first.len());
    for line in lines {
        looked_at += before.len();
        if looked_at > LOOKED_AT {
            return false;
        }
        if line.starts_with(b"{") && is_whole_object(before) {
            return true;
        }
        before = line;
    }
    false
}

/// Whether a line is one object from its first to its last byte, as far as brackets say.
fn is_whole_object(line: &[u8]) -> bool {
    if !line.starts_with(b"{") || !line.ends_with(b"}") {
        return false;
    }
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    for (at, byte) in line.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1 == line.len();
                }
            }
            _ => {}
        }
    }
    false
}
