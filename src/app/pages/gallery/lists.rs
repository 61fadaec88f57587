//! The design reference's badges, text, tabs and tables.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::Specimen;
use crate::app::{
    parts::{
        assignee::Assignee,
        badge::{Badge, Chip, SeverityBadge, Stage, StatusBadge, Tone},
        description_list::{DescriptionList, Fact},
        icon::Icon,
        progress::{Segment, SegmentedProgress},
        split_pane::SplitPane,
        table::{Column, DataTable, Sort},
        tabs::{Tab, TabPanel, Tabs},
        time::{Time, TimeStyle},
    },
    prefs::use_words,
    route::Route,
};

/// 2026-11-24T05:58:50.123Z, for samples.
const SAMPLE_TIME: i64 = 1_795_499_930_123;

#[component]
pub fn Badges() -> impl IntoView {
    let words = &use_words().gallery;
    let on = RwSignal::new(true);
    view! {
        <Specimen title=words.badges>
            <div class="cluster">
                <SeverityBadge tone=Tone::High label=words.high/>
                <SeverityBadge tone=Tone::Medium label=words.medium/>
                <SeverityBadge tone=Tone::Low label=words.low/>
                <SeverityBadge tone=Tone::Informational label=words.informational/>
                <SeverityBadge tone=Tone::Neutral label="catastrophic"/>
            </div>
            <div class="cluster">
                <StatusBadge stage=Stage::New label=words.new/>
                <StatusBadge stage=Stage::Active label=words.active/>
                <StatusBadge stage=Stage::Done label=words.done/>
                <StatusBadge stage=Stage::Closed label=words.skipped/>
            </div>
            <div class="cluster">
                {Tone::ALL.map(|tone| view! { <Badge label=tone.name() tone/> }).collect_view()}
                <Badge label="T1566.001" icon=Icon::Shield/>
            </div>
            <div class="cluster">
                <Chip label=words.high count=12_usize pressed=on on_press=move || on.update(|on| *on = !*on)/>
                <Chip label=words.active count=3_usize pressed=false on_press=|| {}/>
                <Chip label="vip" icon=Icon::Tag on_remove=|| {}/>
                <Chip label="ransomware"/>
            </div>
            <div class="cluster">
                <Assignee name=Some("Noor de Vries".to_owned())/>
                <Assignee name=None/>
            </div>
        </Specimen>
    }
}

#[component]
pub fn Text() -> impl IntoView {
    let words = &use_words().gallery;
    view! {
        <Specimen title=words.text>
            <DescriptionList>
                <Fact name=words.name>{words.sample_incident}</Fact>
                <Fact name=words.severity>
                    <SeverityBadge tone=Tone::High label=words.high/>
                </Fact>
                <Fact name=words.last_activity>
                    <Time at=SAMPLE_TIME original="2026-11-24T05:58:50.1234567Z" style=TimeStyle::Second/>
                </Fact>
                <Fact name=words.due>
                    <Time at=SAMPLE_TIME style=TimeStyle::Date/>
                </Fact>
                <Fact name=words.assigned_to>
                    <Assignee name=None/>
                </Fact>
                <Fact name="SHA-256">
                    <code>"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"</code>
                </Fact>
            </DescriptionList>
            <p>{words.message_text} " " <a href=Route::Gallery.to_string()>{words.why}</a></p>
            <p class="muted">{words.why_text}</p>
        </Specimen>
    }
}

#[component]
pub fn Navigation() -> impl IntoView {
    let words = &use_words().gallery;
    let tab = |id, label: &str, count: Option<usize>, icon| Tab {
        id,
        label: label.to_owned(),
        count: count.map(Signal::stored),
        icon,
        address: Route::Gallery.to_string(),
    };
    let tabs = vec![
        tab("gallery-text", words.text, None, Some(Icon::Info)),
        tab("gallery-alerts", words.alerts, Some(87), None),
        tab("gallery-note", words.note, Some(3), None),
    ];
    let main = move || view! { <div class="panel">{words.body}</div> };
    let side = move || view! { <div class="panel"><h3>{words.side}</h3></div> };
    view! {
        <Specimen title=words.navigation full=true>
            <Tabs label=words.navigation tabs selected="gallery-alerts"/>
            <TabPanel tab="gallery-alerts">
                <SplitPane main side side_label=words.side show_side=false/>
            </TabPanel>
        </Specimen>
    }
}

#[component]
pub fn Tables() -> impl IntoView {
    let words = &use_words().gallery;
    let sort = RwSignal::new(Sort { key: "alerts".into(), descending: true });
    let ids = |count: usize, descending: bool| {
        let mut ids: Vec<String> = (1..=count).map(|n| n.to_string()).collect();
        if descending {
            ids.reverse();
        }
        ids
    };
    let few = Signal::derive(move || ids(4, sort.with(|sort| sort.descending)));
    let selection = RwSignal::new(BTreeSet::from(["2".to_owned()]));
    let active = RwSignal::new(Some("3".to_owned()));
    view! {
        <Specimen title=words.tables full=true>
            <DataTable
                caption=words.tables
                columns=columns()
                ids=few
                cells=cells
                sort
                on_sort=move |asked| sort.set(asked)
                selection
                row_name=|id: String| id
                active
                on_open=|_| {}
            />
            <p class="muted">{words.long_table}</p>
            <DataTable caption=words.long_table columns=columns() ids=ids(2_000, false) cells=cells/>
        </Specimen>
    }
}

fn columns() -> Vec<Column> {
    let words = &use_words().gallery;
    vec![
        Column::new("severity", words.severity),
        Column::new("name", words.name).wide(),
        Column::new("alerts", words.alerts).sortable().numeric(),
        Column::new("progress", words.progress).optional(),
        Column::new("assigned", words.assigned_to).optional(),
        Column::new("activity", words.last_activity).sortable().optional(),
    ]
}

fn cells(id: String) -> Vec<AnyView> {
    let words = &use_words().gallery;
    let number: usize = id.parse().unwrap_or_default();
    let (tone, severity) = match number % 3 {
        0 => (Tone::High, words.high),
        1 => (Tone::Medium, words.medium),
        _ => (Tone::Low, words.low),
    };
    let segments: Vec<Segment> = words
        .phases
        .iter()
        .enumerate()
        .map(|(at, label)| Segment {
            label: (*label).to_owned(),
            done: (number % 7).saturating_sub(at).min(1),
            of: 1,
            current: false,
            address: None,
        })
        .collect();
    vec![
        view! { <SeverityBadge tone label=severity/> }.into_any(),
        view! { <a href=Route::Gallery.to_string()>{words.sample_incident}</a> }.into_any(),
        (number * 29).into_any(),
        view! { <SegmentedProgress label=words.progress segments compact=true/> }.into_any(),
        view! { <Assignee name=number.is_multiple_of(2).then(|| "Noor de Vries".to_owned())/> }.into_any(),
        view! { <Time at=SAMPLE_TIME/> }.into_any(),
    ]
}
