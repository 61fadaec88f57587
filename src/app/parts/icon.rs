//! Icons: drawn on a 16-unit grid with one stroke width, in the colour of the text around them.
//!
//! An icon is decoration: it is hidden from assistive technology, and the word beside it (or the button's accessible
//! name) says what it means.

use leptos::prelude::*;

/// The icons of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Each variant is named after what it stands for.
pub enum Icon {
    App,
    Bell,
    Brand,
    Bug,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    Clock,
    Close,
    Cloud,
    Copy,
    Device,
    Domain,
    Download,
    Edit,
    Entities,
    External,
    File,
    Filter,
    Globe,
    Group,
    High,
    Incidents,
    Info,
    Informational,
    Insights,
    Ip,
    Keyboard,
    Labs,
    Link,
    Lock,
    Low,
    Mail,
    Mailbox,
    Medium,
    Moon,
    More,
    Note,
    Paste,
    Playbooks,
    Plus,
    Prepare,
    Process,
    Redo,
    Registry,
    Report,
    Search,
    Settings,
    Shield,
    Skip,
    Sort,
    Sun,
    System,
    Tag,
    Target,
    Trash,
    Undo,
    Unknown,
    Upload,
    Url,
    User,
    Wallet,
    Warning,
}

impl Icon {
    /// All icons, for the gallery.
    pub const ALL: [Self; 65] = [
        Self::App,
        Self::Bell,
        Self::Brand,
        Self::Bug,
        Self::Check,
        Self::ChevronDown,
        Self::ChevronLeft,
        Self::ChevronRight,
        Self::ChevronUp,
        Self::Clock,
        Self::Close,
        Self::Cloud,
        Self::Copy,
        Self::Device,
        Self::Domain,
        Self::Download,
        Self::Edit,
        Self::Entities,
        Self::External,
        Self::File,
        Self::Filter,
        Self::Globe,
        Self::Group,
        Self::High,
        Self::Incidents,
        Self::Info,
        Self::Informational,
        Self::Insights,
        Self::Ip,
        Self::Keyboard,
        Self::Labs,
        Self::Link,
        Self::Lock,
        Self::Low,
        Self::Mail,
        Self::Mailbox,
        Self::Medium,
        Self::Moon,
        Self::More,
        Self::Note,
        Self::Paste,
        Self::Playbooks,
        Self::Plus,
        Self::Prepare,
        Self::Process,
        Self::Redo,
        Self::Registry,
        Self::Report,
        Self::Search,
        Self::Settings,
        Self::Shield,
        Self::Skip,
        Self::Sort,
        Self::Sun,
        Self::System,
        Self::Tag,
        Self::Target,
        Self::Trash,
        Self::Undo,
        Self::Unknown,
        Self::Upload,
        Self::Url,
        Self::User,
        Self::Wallet,
        Self::Warning,
    ];

    /// The drawing: path data, stroked. A zero-length line with round ends is a dot.
    const fn path(self) -> &'static str {
        match self {
            Self::App => "M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z",
            Self::Bell => "M3 11.5h10l-1.2-2V7a3.8 3.8 0 0 0-7.6 0v2.5zM6.5 13.8h3",
            // A clock face with its first quarter marked, as on the browser tab.
            Self::Brand => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 1 0 8 1.8zM8 2v6h6",
            Self::Bug => {
                "M5 6.5a3 3 0 0 1 6 0v3.5a3 3 0 0 1-6 0zM5.8 4L4.5 2.5M10.2 4l1.3-1.5M5 8H2M14 8h-3M5.2 10.5L3 12.5M10.8 10.5l2.2 2"
            }
            Self::Check => "M3 8.5l3.2 3.2L13 4.8",
            Self::ChevronDown => "M4 6l4 4 4-4",
            Self::ChevronLeft => "M10 4L6 8l4 4",
            Self::ChevronRight => "M6 4l4 4-4 4",
            Self::ChevronUp => "M4 10l4-4 4 4",
            Self::Clock => "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM8 4.8V8l2.2 1.6",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Cloud => "M4.5 12.5a2.8 2.8 0 0 1-.3-5.6 3.9 3.9 0 0 1 7.4-.4 3 3 0 0 1 .1 6z",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Device => "M2 3h12v7.5H2zM6 13.5h4M8 10.5v3",
            Self::Domain => {
                "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM2 8h12M8 2c2 1.8 2.6 3.8 2.6 6S10 12.2 8 14c-2-1.8-2.6-3.8-2.6-6S6 3.8 8 2z"
            }
            Self::Download => "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M2.5 13.5h11",
            Self::Edit => "M3 13l.6-2.8 7.2-7.2 2.2 2.2-7.2 7.2zM9.5 4.3l2.2 2.2",
            Self::Entities => {
                "M8 2.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 1 0 0-3.6zM3.8 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 1 0 0-3.6zM12.2 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 1 0 0-3.6zM7.1 5.6L4.7 10.4M8.9 5.6l2.4 4.8M5.6 12h4.8"
            }
            Self::External => "M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.3 2.7L7.5 8.5",
            Self::File => "M3.5 2h6l3 3v9h-9zM9.5 2v3h3",
            Self::Filter => "M2.5 4h11M4.5 8h7M6.5 12h3",
            Self::Globe => {
                "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM2 8h12M8 2c-2 1.8-2.6 3.8-2.6 6S6 12.2 8 14c2-1.8 2.6-3.8 2.6-6S10 3.8 8 2z"
            }
            Self::Group => {
                "M6 3a2.3 2.3 0 1 0 0 4.6A2.3 2.3 0 1 0 6 3zM1.8 13c.3-2.4 2-3.8 4.2-3.8s3.9 1.4 4.2 3.8M10.5 3.3a2.3 2.3 0 0 1 0 4M12 9.6c1.3.6 2 1.8 2.2 3.4"
            }
            Self::High => "M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3zM8 4.8v3.7M8 11v.01",
            Self::Incidents => {
                "M8 1.8l5.5 2v4c0 3-2.2 5.2-5.5 6.4-3.3-1.2-5.5-3.4-5.5-6.4v-4zM8 5v3.2M8 10.7v.01"
            }
            Self::Info => "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM8 7.3v3.7M8 5v.01",
            Self::Informational => "M8 3a5 5 0 1 0 0 10A5 5 0 1 0 8 3zM8 7.5v2.8M8 5.6v.01",
            Self::Insights => "M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6",
            Self::Ip => "M2 5h12v6H2zM4.5 8v.01M7 8v.01M9.5 8h2",
            Self::Keyboard => "M1.8 4h12.4v8H1.8zM4.3 6.5v.01M7 6.5v.01M9.5 6.5v.01M12 6.5v.01M5 9.5h6",
            Self::Labs => "M6.5 2v4L3 12.5c-.4.8 0 1.5.9 1.5h8.2c.9 0 1.3-.7.9-1.5L9.5 6V2M5.5 2h5M5 9.5h6",
            Self::Link => {
                "M6.8 9.2a2.5 2.5 0 0 0 3.5 0l2.4-2.4a2.5 2.5 0 0 0-3.5-3.5l-.9.9M9.2 6.8a2.5 2.5 0 0 0-3.5 0L3.3 9.2a2.5 2.5 0 0 0 3.5 3.5l.9-.9"
            }
            Self::Lock => "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2M8 9.5V11",
            Self::Low => "M8 13.5L2 4h12z",
            Self::Mail => "M2 3.5h12v9H2zM2.3 4l5.7 5 5.7-5",
            Self::Mailbox => "M2 9l2-6h8l2 6v4.5H2zM2 9h3.5l1 2h3l1-2H14",
            Self::Medium => "M8 1.8L14.2 8 8 14.2 1.8 8zM8 5.3v3M8 10.5v.01",
            Self::Moon => "M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z",
            Self::More => "M3.5 8v.01M8 8v.01M12.5 8v.01",
            Self::Note => "M3 2.5h10v7.5l-3.5 3.5H3zM13 10H9.5v3.5M5.5 5.5h5M5.5 8h3",
            Self::Paste => "M5.5 3H3.5v10.5h9V3h-2M5.5 2h5v2.5h-5zM6 8h4M6 10.5h4",
            Self::Playbooks => {
                "M8 4C6.5 2.9 4.5 2.7 2.5 3v9.5c2-.3 4 0 5.5 1 1.5-1 3.5-1.3 5.5-1V3c-2-.3-4-.1-5.5 1zM8 4v9.5"
            }
            Self::Plus => "M8 3v10M3 8h10",
            Self::Prepare => {
                "M6 3.5h7.5M6 8h7.5M6 12.5h7.5M2.3 3.5l.7.7 1.2-1.4M2.3 8l.7.7L4.2 7.3M2.3 12.5l.7.7 1.2-1.4"
            }
            Self::Process => "M2 3h12v10H2zM4.5 6.5l2 1.75-2 1.75M8 10.5h3.5",
            Self::Redo => "M13 6.5H6.5a3.5 3.5 0 0 0 0 7H9M10 3.5l3 3-3 3",
            Self::Registry => {
                "M2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9zM2.5 2.5h4.5V7H2.5zM9.8 2.8l3.4 1-1 3.4-3.4-1z"
            }
            Self::Report => "M3.5 2h6l3 3v9h-9zM9.5 2v3h3M6 8h4M6 10.8h4",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9zM10.3 10.3l3.2 3.2",
            Self::Settings => {
                "M2 5h7M12.5 5H14M2 11h1.5M7 11h7M10.75 3.25a1.75 1.75 0 1 0 0 3.5 1.75 1.75 0 1 0 0-3.5zM5.25 9.25a1.75 1.75 0 1 0 0 3.5 1.75 1.75 0 1 0 0-3.5z"
            }
            Self::Shield => {
                "M8 1.8l5.5 2v4c0 3-2.2 5.2-5.5 6.4-3.3-1.2-5.5-3.4-5.5-6.4v-4zM5.5 8l1.8 1.8 3.2-3.5"
            }
            Self::Skip => "M3 4l5 4-5 4zM8.5 4l5 4-5 4z",
            Self::Sort => "M5 3v10M2.5 10.5L5 13l2.5-2.5M11 13V3M8.5 5.5L11 3l2.5 2.5",
            Self::Sun => {
                "M8 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7"
            }
            Self::System => "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM8 2v12M8 5l4-1.5M8 8h6M8 11l4.5 1.5",
            Self::Tag => "M2.5 2.5h5l6 6-5 5-6-6zM5.3 5.3v.01",
            Self::Target => "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM8 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6zM8 8v.01",
            Self::Trash => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.7 7v4M9.3 7v4",
            Self::Undo => "M3 6.5h6.5a3.5 3.5 0 0 1 0 7H7M6 3.5l-3 3 3 3",
            Self::Unknown => {
                "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM6.3 6.3a1.7 1.7 0 1 1 2.5 1.5c-.6.3-.8.7-.8 1.2M8 11.2v.01"
            }
            Self::Upload => "M8 10.5V3M4.8 6L8 2.8 11.2 6M2.5 13.5h11",
            Self::Url => "M2 3.5h12v9H2zM2 6.3h12M4.2 4.9v.01M6 4.9v.01",
            Self::User => {
                "M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 1 0 0-5.4zM2.8 13.8c.4-2.6 2.4-4.1 5.2-4.1s4.8 1.5 5.2 4.1"
            }
            Self::Wallet => "M2.5 4.5h11v8.5h-11zM2.5 4.5L11 2.5v2M11 8.8v.01",
            Self::Warning => "M8 2L14.5 13.5h-13zM8 6.3v3.5M8 11.6v.01",
        }
    }
}

/// Draws an icon in the size and colour of the text around it.
#[component]
pub fn IconView(
    /// Which one.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=icon.path()></path>
        </svg>
    }
}
