//! Toasts: what just happened, with a way to take it back. Announced politely; they wait while pointed at or focused.

use std::{fmt, sync::Arc, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::{
    badge::Tone,
    button::{Button, ButtonKind},
    icon::{Icon, IconView},
};
use crate::app::prefs::use_words;

/// How long a toast stays, unless its reader holds it. What went wrong stays until dismissed.
const SHOWN: Duration = Duration::from_secs(10);

/// Toasts on screen at most; an older one makes room.
const AT_MOST: usize = 4;

/// A message about something that just happened.
#[derive(Clone)]
pub struct Toast {
    tone: Tone,
    text: String,
    /// Not a `Callback`: a toast outlives the page that showed it, and with it whatever that page owns.
    action: Option<(String, Arc<dyn Fn() + Send + Sync>)>,
}

impl fmt::Debug for Toast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Toast").field("tone", &self.tone).field("text", &self.text).finish_non_exhaustive()
    }
}

impl Toast {
    /// A message. With [`Tone::Danger`] or [`Tone::Warning`] it stays until dismissed.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into(), action: None }
    }

    /// Adds a way to act on it: Undo.
    #[must_use]
    pub fn action(mut self, label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        self.action = Some((label.into(), Arc::new(run)));
        self
    }

    fn stays(&self) -> bool {
        matches!(self.tone, Tone::Danger | Tone::Warning)
    }
}

/// The toasts on screen.
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Vec<(u32, Toast)>>,
    next_id: StoredValue<u32>,
}

impl Toasts {
    /// Provides the toasts as context.
    pub fn provide() -> Self {
        let toasts = Self { shown: RwSignal::default(), next_id: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// Shows a toast.
    pub fn show(self, toast: Toast) {
        let id = self.next_id.try_update_value(|next| {
            *next += 1;
            *next
        });
        let _ = self.shown.try_update(|shown| {
            shown.push((id.unwrap_or_default(), toast));
            let surplus = shown.len().saturating_sub(AT_MOST);
            shown.drain(..surplus);
        });
    }

    fn dismiss(self, id: u32) {
        let _ = self.shown.try_update(|shown| shown.retain(|(other, _)| *other != id));
    }
}

/// The toasts of the page.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::provide)
}

/// Where toasts appear. Stands once, in the shell; a modal dialog hides it, so dialogs report inside themselves.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let words = &use_words().parts;
    let toasts = use_toasts();
    view! {
        <section class="toasts" aria-label=words.notifications aria-live="polite">
            <For each=move || toasts.shown.get() key=|(id, _)| *id let:item>
                <ToastView id=item.0 toast=item.1/>
            </For>
        </section>
    }
}

#[component]
fn ToastView(id: u32, toast: Toast) -> impl IntoView {
    let words = &use_words().parts;
    let toasts = use_toasts();
    let stays = toast.stays();
    let timer: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let hold = move || {
        let _ = timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    };
    let start = move || {
        hold();
        if !stays && let Ok(handle) = set_timeout_with_handle(move || toasts.dismiss(id), SHOWN) {
            timer.set_value(Some(handle));
        }
    };
    start();
    on_cleanup(hold);
    let icon = match toast.tone {
        Tone::Danger | Tone::Warning => Icon::Warning,
        Tone::Success => Icon::Check,
        _ => Icon::Info,
    };
    view! {
        <div
            class="toast"
            data-tone=toast.tone.name()
            on:mouseenter=move |_| hold()
            on:mouseleave=move |_| start()
            on:focusin=move |_| hold()
            on:focusout=move |_| start()
        >
            <IconView icon/>
            <span class="toast-text">{toast.text}</span>
            {toast
                .action
                .map(|(label, run)| {
                    view! {
                        <Button
                            label
                            small=true
                            on_press=move || {
                                toasts.dismiss(id);
                                run();
                            }
                        />
                    }
                })}
            <Button
                label=words.dismiss
                icon=Icon::Close
                icon_only=true
                small=true
                kind=ButtonKind::Ghost
                on_press=move || toasts.dismiss(id)
            />
        </div>
    }
}
