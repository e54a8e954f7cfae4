"""How lesson markdown is read for the screen: CommonMark with tables and dollar formulas; raw HTML is text."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from acttutor.course.formula import inline
from acttutor.tui.line_breaks import joins_without_space


def lesson_parser() -> MarkdownIt:
    """A parser whose formulas come as tokens that Textual's Markdown knows: inline code and a `math` fence."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin)
    parser.core.ruler.push("formulas", _formulas)
    parser.core.ruler.push("line_joins", _line_joins)
    return parser


def _formulas(state: StateCore) -> None:
    for token in state.tokens:
        if token.type.startswith("math_block"):
            token.type, token.tag, token.info = "fence", "code", "math"
        for child in token.children or []:
            if child.type == "math_inline":
                child.type, child.content = "code_inline", inline(child.content)


def _line_joins(state: StateCore) -> None:
    """A line end between two Chinese characters is nothing, where between two words it is a space."""
    for token in state.tokens:
        children = token.children or []
        for before, child, after in zip(children, children[1:], children[2:], strict=False):
            if child.type == "softbreak" and joins_without_space(_last(before), _first(after)):
                child.type, child.content = "text", ""


def _last(token: Token) -> str:
    return token.content[-1:]


def _first(token: Token) -> str:
    return token.content[:1]
