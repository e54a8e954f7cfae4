"""Short lesson markdown as styled text: options, reasons, captions, where a document would be too much."""

from markdown_it.token import Token
from textual.content import Content

from acttutor.course.formula import inline
from acttutor.course.links import web_address
from acttutor.tui.lesson_markdown import lesson_parser

STYLES = {"strong": "bold", "em": "italic", "s": "strike"}


def inline_content(markdown: str) -> Content:
    """Markdown with emphasis, code and formulas styled; paragraphs and list items on lines of their own.

    Links keep their text and web links show their target; nothing can be clicked or is read as Textual markup.
    """
    paragraphs: list[Content] = []
    bullet = ""
    for token in lesson_parser().parse(markdown):
        if token.type == "list_item_open":
            bullet = f"{token.info}. " if token.info else "• "
        elif token.type == "inline":
            paragraphs.append(Content(bullet) + _inline(token.children or []))
            bullet = ""
        elif token.type in ("fence", "code_block"):
            text = inline(token.content.strip()) if token.info == "math" else token.content.rstrip()
            paragraphs.append(Content.styled(text, "$text-primary"))
    return Content("\n").join(paragraphs)


def _inline(tokens: list[Token]) -> Content:
    parts: list[Content] = []
    open_styles: list[str] = []
    target = ""
    for token in tokens:
        kind = token.type
        if kind.endswith("_open"):
            name = kind.removesuffix("_open")
            if name == "link":
                target = web_address(str(token.attrs.get("href", "")))
            open_styles.append(STYLES.get(name, ""))
        elif kind.endswith("_close"):
            open_styles.pop()
            if kind == "link_close" and target:
                parts.append(Content.styled(f" ({target})", "dim"))
        else:
            style = " ".join(filter(None, open_styles))
            if kind == "code_inline":
                parts.append(Content.styled(token.content, f"{style} $text-primary".strip()))
            elif kind in ("softbreak", "hardbreak"):
                parts.append(Content(" " if kind == "softbreak" else "\n"))
            elif token.content:
                parts.append(Content.styled(token.content, style) if style else Content(token.content))
    return Content("").join(parts)
