//! An empty notebook: one calm sentence on what this is, and three doors in.

use leptos::prelude::*;

use crate::app::{
    actions::Action,
    import::use_import,
    parts::{
        action_button::ActionButton,
        button::ButtonKind,
        file_drop::FileButton,
        icon::{Icon, IconView},
    },
    prefs::use_words,
};

/// Three doors: a file, pasted text, the guided first incident; and a fourth for who writes by hand.
#[component]
pub fn Doors(
    /// Takes the guided first incident.
    guided: Action,
    /// Opens the paste box.
    paste: Action,
    /// Opens the form for a new incident.
    new: Action,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.incidents;
    let import = use_import();
    view! {
        <section class="doors">
            <header>
                <h2>{texts.empty_title}</h2>
                <p>{texts.empty_text}</p>
            </header>
            <ul>
                <Door icon=Icon::File title=texts.door_file_title text=texts.door_file_text>
                    <FileButton
                        on_files=move |files| import.read_files(files)
                        accept=crate::app::import::ACCEPT
                        multiple=true
                        kind=ButtonKind::Primary
                    />
                </Door>
                <Door icon=Icon::Paste title=texts.door_paste_title text=texts.door_paste_text>
                    <ActionButton action=paste/>
                </Door>
                <Door icon=Icon::Prepare title=texts.door_guide_title text=texts.door_guide_text>
                    <ActionButton action=guided/>
                </Door>
            </ul>
            <p class="doors-new">
                {texts.door_new} " " <ActionButton action=new kind=ButtonKind::Ghost/>
            </p>
        </section>
    }
}

#[component]
fn Door(icon: Icon, title: &'static str, text: &'static str, children: Children) -> impl IntoView {
    view! {
        <li class="panel door">
            <span class="door-icon">
                <IconView icon/>
            </span>
            <h3>{title}</h3>
            <p class="muted">{text}</p>
            {children()}
        </li>
    }
}
