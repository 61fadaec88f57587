//! Command lines, where they are unmistakable: a line, or what stands between quotes, that begins with a program
//! attackers use and goes on with arguments that this program takes.

use super::Kind;
use super::scan::Hit;

/// Programs, and what their arguments have to contain, one of it, in lower case.
const PROGRAMS: &[(&str, &[&str])] = &[
    (
        "powershell",
        &[" -e", " -nop", " -w", " -c", " -ex", " -f", " iex", " /c", "invoke-", "get-", "set-", "add-mp"],
    ),
    ("pwsh", &[" -e", " -nop", " -c", " -f"]),
    ("cmd", &[" /c", " /k", " /r", " /q"]),
    ("rundll32", &[".dll", ",", "javascript:", "url.dll"]),
    ("regsvr32", &[" /", " -"]),
    ("mshta", &["http", ".hta", "javascript:", "vbscript:"]),
    ("wscript", &[".vbs", ".js", ".wsf", "//"]),
    ("cscript", &[".vbs", ".js", ".wsf", "//"]),
    ("wmic", &[" process", " /node", " shadowcopy", " os ", " service", " useraccount", " product"]),
    ("schtasks", &[" /"]),
    ("certutil", &[" -", " /"]),
    ("bitsadmin", &[" /"]),
    ("vssadmin", &[" delete", " resize", " list"]),
    ("wbadmin", &[" delete"]),
    ("bcdedit", &[" /"]),
    ("wevtutil", &[" cl", " clear", " sl"]),
    ("net", &[" user ", " group ", " localgroup ", " use ", " view", " stop ", " start ", " accounts"]),
    ("net1", &[" user ", " group ", " localgroup ", " stop "]),
    ("nltest", &[" /"]),
    ("reg", &[" add ", " save ", " delete ", " query ", " export "]),
    ("sc", &[" create ", " config ", " stop ", " delete ", " \\\\"]),
    ("netsh", &[" advfirewall", " firewall", " interface", " wlan"]),
    ("msiexec", &[" /", " -"]),
    ("ntdsutil", &[" \"", " ac "]),
    ("psexec", &[" -", " \\\\"]),
    ("procdump", &[" -", " lsass"]),
    ("attrib", &[" +", " -"]),
    ("icacls", &[" /"]),
    ("curl", &[" http", " -"]),
    ("wget", &[" http", " -"]),
    ("bash", &[" -c", " -i"]),
    ("chmod", &[" +", " 7"]),
    ("nohup", &[" "]),
    ("rclone", &[" copy", " sync", " config"]),
    ("esxcli", &[" vm ", " system ", " storage "]),
    ("python", &[" -c"]),
    ("python3", &[" -c"]),
];

/// The longest command line that is taken, in bytes: what Windows accepts.
const LONGEST: usize = 32_767;

/// Hands over every command line of a text.
pub fn command_lines(text: &str, found: &mut impl FnMut(Hit)) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        in_line(line.trim_end_matches(['\n', '\r']), start, found);
        start += line.len();
    }
}

fn in_line(line: &str, start: usize, found: &mut impl FnMut(Hit)) {
    let from = line.len() - line.trim_start_matches([' ', '\t', '*', '-', '>', '$', '#', '|', '•']).len();
    if let Some(end) = ends(&line[from..]) {
        emit(&line[from..from + end], start + from, found);
        return;
    }
    // Between backticks or double quotes; an odd one at the end opens nothing.
    for quote in ['`', '"'] {
        let marks: Vec<usize> = line.match_indices(quote).map(|(at, _)| at).collect();
        for pair in marks.chunks_exact(2) {
            let inside = &line[pair[0] + 1..pair[1]];
            if ends(inside) == Some(inside.len()) {
                emit(inside, start + pair[0] + 1, found);
            }
        }
    }
}

/// Where the command line ends that a text begins with; none where it begins with none.
fn ends(text: &str) -> Option<usize> {
    if text.len() > LONGEST {
        return None;
    }
    // Nearly every line ends the search here, so this goes by bytes and copies nothing. Without arguments it is none.
    let first = &text[..text.bytes().position(|byte| matches!(byte, b' ' | b'\t'))?];
    let path = first.trim_matches(['"', '\'']);
    let name = &path[path.bytes().rposition(|byte| matches!(byte, b'\\' | b'/')).map_or(0, |at| at + 1)..];
    let is_named = |program: &str| {
        name.get(..program.len()).is_some_and(|start| start.eq_ignore_ascii_case(program))
            && matches!(name.len() - program.len(), 0 | 4)
            && (name.len() == program.len() || name[program.len()..].eq_ignore_ascii_case(".exe"))
    };
    let (_, arguments) = PROGRAMS.iter().find(|(program, _)| is_named(program))?;
    let rest = text[first.len()..].to_ascii_lowercase();
    let takes = arguments.iter().any(|argument| rest.contains(argument));
    // A sentence about the program ends like one; a command does not.
    let is_sentence =
        text.ends_with(['.', ':', '?']) && text.split(' ').filter(|word| is_plain(word)).count() > 6;
    (takes && !is_sentence).then(|| text.trim_end_matches(['`', '|', ' ']).len())
}

fn is_plain(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

fn emit(command: &str, at: usize, found: &mut impl FnMut(Hit)) {
    let value = command.trim();
    let from = at + command.len() - command.trim_start().len();
    found(Hit {
        kind: Kind::CommandLine,
        value: value.to_owned(),
        at: from..from + value.len(),
        doubt: None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(text: &str) -> Vec<String> {
        let mut commands = Vec::new();
        command_lines(text, &mut |hit| commands.push(hit.value));
        commands
    }

    #[test]
    fn commands_are_found_in_lines_and_quotes() {
        assert_eq!(
            commands("  powershell.exe -nop -w hidden -enc SQBFAFgA"),
            ["powershell.exe -nop -w hidden -enc SQBFAFgA"]
        );
        assert_eq!(
            commands("It ran `vssadmin delete shadows /all /quiet` twice."),
            ["vssadmin delete shadows /all /quiet"]
        );
        assert_eq!(
            commands(r"$ C:\Windows\System32\cmd.exe /c whoami"),
            [r"C:\Windows\System32\cmd.exe /c whoami"]
        );
        assert_eq!(
            commands("- net group \"Domain Admins\" /domain"),
            ["net group \"Domain Admins\" /domain"]
        );
    }

    #[test]
    fn sentences_about_programs_are_none() {
        for text in [
            "PowerShell is used by attackers and by administrators.",
            "net user accounts were used by the people in the finance team.",
            "cmd.exe",
            "Reg the dog",
            "The `cmd` window",
        ] {
            assert_eq!(commands(text), Vec::<String>::new(), "{text}");
        }
    }
}
