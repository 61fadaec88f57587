//! Paths of files, keys of the registry and names of mutexes: words in which backslashes, slashes and spaces belong.

use super::doubt::is_file_name;
use super::{Kind, floor};

/// The roots of the Windows registry, as people write them, and what they stand for.
const HIVES: [(&str, &str); 10] = [
    ("HKEY_LOCAL_MACHINE", "HKEY_LOCAL_MACHINE"),
    ("HKEY_CURRENT_USER", "HKEY_CURRENT_USER"),
    ("HKEY_CLASSES_ROOT", "HKEY_CLASSES_ROOT"),
    ("HKEY_USERS", "HKEY_USERS"),
    ("HKEY_CURRENT_CONFIG", "HKEY_CURRENT_CONFIG"),
    ("HKLM", "HKEY_LOCAL_MACHINE"),
    ("HKCU", "HKEY_CURRENT_USER"),
    ("HKCR", "HKEY_CLASSES_ROOT"),
    ("HKU", "HKEY_USERS"),
    ("HKCC", "HKEY_CURRENT_CONFIG"),
];

/// Folders at the root of Unix and macOS systems. A path that begins otherwise may be part of an address.
const UNIX_ROOTS: [&str; 22] = [
    "etc",
    "usr",
    "var",
    "tmp",
    "home",
    "opt",
    "bin",
    "sbin",
    "dev",
    "root",
    "mnt",
    "proc",
    "boot",
    "lib",
    "lib64",
    "srv",
    "run",
    "Library",
    "Users",
    "Applications",
    "System",
    "private",
];

/// Folders with a space in them that paths without quotes have.
const SPACED: [&str; 2] = ["Application Support", "Group Containers"];

/// What begins at a place of a text, if it is one of these: its kind, its value and where it ends.
pub fn read(text: &str, at: usize) -> Option<(Kind, String, usize)> {
    match &text.as_bytes()[at..] {
        // A hive, `Global`, `Local`, and what `beginning` knows; most words begin with none of these.
        [b'H' | b'h' | b'G' | b'L' | b'%' | b'\\' | b'/' | b'~', ..] | [_, b':', b'\\', ..] => {}
        _ => return None,
    }
    let rest = &text[at..];
    if let Some((hive, name)) = HIVES.iter().find(|(hive, _)| starts_with(rest, hive)) {
        let after = rest[hive.len()..].strip_prefix(':').unwrap_or(&rest[hive.len()..]);
        let skipped = rest.len() - after.len();
        let end = skipped + windows(text, at, skipped, &['"', '`', '<', '>', '|', '\n', '\r', '\t'])?;
        let key = rest[skipped..end].trim_end_matches(['\\', '.', ',', ';', ':', ')', '\'']);
        return (key.len() > 1)
            .then(|| (Kind::RegistryKey, format!("{name}{key}"), at + skipped + key.len()));
    }
    for space in ["Global\\", "Local\\"] {
        if let Some(after) = rest.strip_prefix(space) {
            let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '{' | '}' | '.' | '~');
            let length = after.find(|c| !name(c)).unwrap_or(after.len());
            let value = rest[..space.len() + length].trim_end_matches(['.', '-']);
            let is_file = is_file_name(value);
            return (length >= 3 && !is_file).then(|| (Kind::Mutex, value.to_owned(), at + value.len()));
        }
    }
    let start = beginning(rest)?;
    let length = if rest.starts_with(['/', '~']) {
        unix(text, at)
    } else {
        start + windows(text, at, start, &['"', '`', '<', '>', '|', '*', '?', '\n', '\r', '\t', ';', ','])?
    };
    let value =
        rest[..length].trim_end_matches(['.', ',', ';', ':', ')', '\'', ']', '}', ' ', '\\', '*', '_']);
    (value.len() > start).then(|| (Kind::FilePath, value.to_owned(), at + value.len()))
}

/// How long the beginning of a path is: `C:`, `\\server`, `%APPDATA%`, `~`, `/etc`.
fn beginning(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    match bytes {
        [drive, b':', b'\\', ..] if drive.is_ascii_alphabetic() => Some(2),
        [b'\\', b'\\', first, ..] if first.is_ascii_alphanumeric() => {
            let host =
                rest[2..].find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '$')))?;
            (host > 1 && rest[2 + host..].starts_with('\\')).then_some(2 + host)
        }
        [b'%', ..] => {
            let name = rest[1..].find(|c: char| !(c.is_ascii_alphanumeric() || "_()".contains(c)))?;
            (name > 1 && rest[1 + name..].starts_with("%\\")).then_some(name + 2)
        }
        [b'~', b'/', next, ..] if next.is_ascii_alphanumeric() || *next == b'.' => Some(2),
        [b'/', ..] => {
            let name = rest[1..].split(['/', ' ', '\n']).next().unwrap_or_default();
            (UNIX_ROOTS.contains(&name) && rest[1 + name.len()..].starts_with('/')).then_some(name.len() + 2)
        }
        _ => None,
    }
}

/// How far a path with backslashes goes from `start` on, in bytes after it. None where no backslash follows.
fn windows(text: &str, at: usize, start: usize, stops: &[char]) -> Option<usize> {
    let rest = &text[at + start..];
    if !rest.starts_with('\\') {
        return None;
    }
    // Between quotes, all of it is the path.
    if let Some(quote) = text[..at].chars().next_back().filter(|c| matches!(c, '"' | '`' | '\'')) {
        let whole = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        if let Some(end) = whole.find(quote) {
            return Some(end);
        }
    }
    let mut end = 0;
    loop {
        // Word by word: looking for the end of the line first would be quadratic in a line of many paths.
        let tail = &rest[end..];
        let Some(space) = tail.find(|c| c == ' ' || stops.contains(&c)) else { return Some(rest.len()) };
        if !tail[space..].starts_with(' ') {
            return Some(end + space);
        }
        let segment = tail[..space].rsplit('\\').next().unwrap_or_default();
        let after = &tail[space + 1..];
        if is_file_name(segment.trim_end_matches(['.', ')', ':'])) || segment.ends_with(['.', ')', ':']) {
            return Some(end + space);
        }
        let near = &after[..floor(after, 48)];
        let near = near.find(stops).map_or(near, |stop| &near[..stop]);
        if !folder_goes_on(near) && !file_goes_on(segment, near) {
            return Some(end + space);
        }
        end += space + 1;
    }
}

/// Whether what follows a space is the rest of a folder's name: a backslash comes soon, and nothing that no name has.
fn folder_goes_on(near: &str) -> bool {
    near.find('\\').is_some_and(|slash| {
        let name = &near[..slash];
        let count = |bracket: char| name.matches(bracket).count();
        !name.is_empty() && !name.contains([':', '%', '/']) && count('(') == count(')')
    })
}

/// Whether what follows a space is the rest of a file's name: the next word ends as files do and the part so far does not.
fn file_goes_on(segment: &str, near: &str) -> bool {
    let next = near.split(' ').next().unwrap_or_default();
    !segment.is_empty()
        && !segment.contains('.')
        && !next.contains('\\')
        && is_file_name(next.trim_end_matches(['.', ')', ',']))
}

/// How far a path with slashes goes, in bytes.
fn unix(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let stops = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '\'' | '`' | '<' | '>' | '|' | ',' | ';' | '*')
    };
    if let Some(quote) = text[..at].chars().next_back().filter(|c| matches!(c, '"' | '`' | '\'')) {
        let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        // A command in quotes has arguments; a path has slashes after its spaces.
        if let Some(end) = line.find(quote).filter(|end| !line[..*end].contains(" -")) {
            return end;
        }
    }
    let mut end = rest.find(stops).unwrap_or(rest.len());
    while let Some(folder) = SPACED.iter().find(|folder| {
        let (first, second) = folder.split_once(' ').unwrap_or_default();
        rest[..end].ends_with(first)
            && rest[end..].strip_prefix(' ').is_some_and(|next| next.starts_with(second))
    }) {
        let after = end + 1 + folder.split_once(' ').map_or(0, |(_, second)| second.len());
        end = after + rest[after..].find(stops).unwrap_or(rest.len() - after);
    }
    end
}

/// Whether a text begins with a root of the registry, which a backslash must follow.
fn starts_with(rest: &str, hive: &str) -> bool {
    rest.get(..hive.len()).is_some_and(|start| start.eq_ignore_ascii_case(hive))
        && (rest[hive.len()..].starts_with('\\') || rest[hive.len()..].starts_with(":\\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, kind: Kind, value: &str) {
        let at = text.find('^').map_or(0, |caret| caret);
        let text = text.replace('^', "");
        let (found, read, _) = read(&text, at).unwrap_or_else(|| panic!("nothing in {text}"));
        assert_eq!((found, read.as_str()), (kind, value), "{text}");
    }

    #[test]
    fn paths_are_read_with_their_spaces_and_no_further() {
        for (text, path) in [
            (r"^C:\Windows\System32\cmd.exe and then", r"C:\Windows\System32\cmd.exe"),
            (r"^C:\Program Files\Common Files\a.dll, which", r"C:\Program Files\Common Files\a.dll"),
            (r"^C:\Program Files (x86)\Foo\bar.exe", r"C:\Program Files (x86)\Foo\bar.exe"),
            (r"^C:\Temp\a.exe or D:\b.exe", r"C:\Temp\a.exe"),
            (r"^C:\Users\ann\my file.docx was", r"C:\Users\ann\my file.docx"),
            (r#""^C:\odd folder with words" x"#, r"C:\odd folder with words"),
            (r"^%APPDATA%\Micro\run.vbs.", r"%APPDATA%\Micro\run.vbs"),
            (r"^\\fs01\share$\tool.exe (copied)", r"\\fs01\share$\tool.exe"),
            (
                "`^~/Library/Application Support/com.apple.x/.Rep`",
                "~/Library/Application Support/com.apple.x/.Rep",
            ),
            ("^/etc/cron.d/evil, then", "/etc/cron.d/evil"),
            ("^~/Library/Application Support/x y", "~/Library/Application Support/x"),
        ] {
            reads(text, Kind::FilePath, path);
        }
    }

    #[test]
    fn keys_and_mutexes_are_read() {
        reads(
            r"^HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon was set",
            Kind::RegistryKey,
            r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon",
        );
        reads(r"^HKCU:\Software\Run.", Kind::RegistryKey, r"HKEY_CURRENT_USER\Software\Run");
        reads(r"^Global\{A1-b2}_mtx then", Kind::Mutex, r"Global\{A1-b2}_mtx");
    }

    #[test]
    fn what_is_no_path_is_left() {
        for text in ["a/b", "/gui/file", r"\n", "C: drive", "HKLM", "and/or", "%20", r"Global\a", "~/"] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }
}
