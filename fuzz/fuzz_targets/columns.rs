//! A table of any shape, read as the person says, or as a mapping says that was remembered for another table: whatever the
//! columns are said to mean, in whatever zone and order. The first bytes are the answers, the rest is the table.
#![no_main]

use firsthour::formats::{Answers, FormatId, Meaning, Order, read_with};

/// Names that the dictionary knows, so that a table need not find them one letter at a time.
const NAMES: &str =
    "Incident Id,Title,Severity,Status,Created,Last activity,Device,User,IP address,File name,SHA256,Tags\n";

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [flags, zone, count, rest @ ..] = data else { return };
    let count = usize::from(*count % 32).min(rest.len());
    let (meanings, table) = rest.split_at(count);
    let meaning = |byte: &u8| Meaning::ALL[usize::from(*byte) % Meaning::ALL.len()];
    let answers = Answers {
        read_as: (flags & 1 != 0).then_some(FormatId::Table),
        called: "fuzz".to_owned(),
        columns: (flags & 2 != 0).then(|| meanings.iter().map(meaning).collect()),
        order: (flags & 4 != 0).then_some(if flags & 8 != 0 { Order::DayFirst } else { Order::MonthFirst }),
        offset: (flags & 16 != 0).then(|| (i32::from(*zone) - 128) * 15),
        ..Answers::default()
    };
    let bytes = if flags & 32 != 0 { [NAMES.as_bytes(), table].concat() } else { table.to_vec() };
    let length = bytes.len();
    let incidents = |read: &Result<firsthour::formats::Intake, _>| {
        read.as_ref().map_or(0, |intake| intake.incidents.len())
    };
    let intake = firsthour_fuzz::within(length, incidents, || read_with(bytes, answers));
    if let Ok(intake) = intake {
        if let Some(asked) = &intake.questions.columns {
            assert!(asked.columns.iter().all(|column| column.examples.len() <= 3));
        }
        firsthour_fuzz::taken_in(intake);
    }
});
