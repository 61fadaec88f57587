//! Draws Markdown: each piece of the tree as an element of the page, its text as text.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::app::{
    markdown::{Block, Inline, parse},
    prefs::use_words,
};

/// A text in Markdown.
#[component]
pub fn Markdown(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <div class="markdown">{move || text.with(|text| blocks(parse(text)))}</div> }
}

fn blocks(mut list: Vec<Block>) -> Vec<AnyView> {
    // A text may begin with a heading of any depth; drawn as such, it would skip a level of the page.
    if let Some(Block::Heading(level, _)) = list.iter_mut().find(|block| matches!(block, Block::Heading(..)))
    {
        *level = (*level).min(2);
    }
    list.into_iter().map(block).collect()
}

fn block(block: Block) -> AnyView {
    match block {
        // The page has its own h1 and h2, so a text's headings begin below them.
        Block::Heading(1 | 2, line) => view! { <h3>{inlines(line)}</h3> }.into_any(),
        Block::Heading(_, line) => view! { <h4>{inlines(line)}</h4> }.into_any(),
        Block::Paragraph(line) => view! { <p>{inlines(line)}</p> }.into_any(),
        Block::Code(code) => view! { <pre tabindex="0"><code>{code}</code></pre> }.into_any(),
        Block::Quote(inside) => view! { <blockquote>{blocks(inside)}</blockquote> }.into_any(),
        Block::List(None, items) => view! { <ul>{list_items(items)}</ul> }.into_any(),
        Block::List(Some(start), items) => {
            view! { <ol start=start.to_string()>{list_items(items)}</ol> }.into_any()
        }
        Block::Table(rows) => table(rows),
        Block::Rule => view! { <hr/> }.into_any(),
    }
}

fn list_items(items: Vec<Vec<Block>>) -> Vec<AnyView> {
    items.into_iter().map(|item| view! { <li>{blocks(item)}</li> }.into_any()).collect()
}

fn table(rows: Vec<Vec<Vec<Inline>>>) -> AnyView {
    let mut rows = rows.into_iter();
    let head: Vec<_> = rows
        .next()
        .unwrap_or_default()
        .into_iter()
        .map(|cell| view! { <th scope="col">{inlines(cell)}</th> })
        .collect();
    let body: Vec<_> = rows
        .map(|row| {
            let cells: Vec<_> = row.into_iter().map(|cell| view! { <td>{inlines(cell)}</td> }).collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="markdown-table">
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn inlines(line: Vec<Inline>) -> Vec<AnyView> {
    line.into_iter().map(inline).collect()
}

fn inline(inline: Inline) -> AnyView {
    match inline {
        Inline::Text(text) => text.into_any(),
        Inline::Code(code) => view! { <code>{code}</code> }.into_any(),
        Inline::Emphasis(inside) => view! { <em>{inlines(inside)}</em> }.into_any(),
        Inline::Strong(inside) => view! { <strong>{inlines(inside)}</strong> }.into_any(),
        Inline::Struck(inside) => view! { <s>{inlines(inside)}</s> }.into_any(),
        Inline::Link { address, host, text } => {
            let hint = use_words().parts.new_window;
            view! {
                <a href=address target="_blank" rel="noopener noreferrer" title=hint>{inlines(text)}</a>
                " ("
                <span class="markdown-host">{host}</span>
                ")"
            }
            .into_any()
        }
        Inline::Break => view! { <br/> }.into_any(),
        Inline::Task(done) => {
            let box_text = if done { "[x] " } else { "[ ] " };
            view! {
                <span class="markdown-task" data-done=done.then_some("")>
                    {done.then(|| view! { <IconView icon=Icon::Check/> })}
                    <span class="visually-hidden">{box_text}</span>
                </span>
            }
            .into_any()
        }
    }
}
