"""What the checker reports, by code: the list that the author's guide prints."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """A code of `lessons check`, and what is wrong where it stands."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rules that belong together."""

    title: str
    rules: tuple[Rule, ...]


CHAPTERS: Final = (
    Chapter(
        "Files",
        (
            Rule("missing-folder", "a lesson of course.yaml has no folder"),
            Rule("missing-file", "a lesson lacks a file, or a file in one language"),
            Rule("unknown-file", "a file that is never read (a warning)"),
            Rule("unlisted", "a lesson folder that course.yaml does not list (a warning)"),
            Rule("symlink", "a symbolic link: none is followed"),
            Rule("unreadable", "a file that cannot be opened"),
            Rule("size", "a file of more than 1 MB"),
            Rule("encoding", "a byte that is not UTF-8"),
            Rule("character", "a character that steers a terminal or hides the order of the text"),
        ),
    ),
    Chapter(
        "YAML and keys",
        (
            Rule("syntax", "the YAML cannot be read"),
            Rule("empty", "there is no YAML at all"),
            Rule("course", "a file of the course is no mapping"),
            Rule("documents", "a second YAML document begins"),
            Rule("depth", "nested deeper than 20 levels"),
            Rule("anchor", "an anchor, &name"),
            Rule("alias", "an alias, *name"),
            Rule("tag", "a tag, !name"),
            Rule("merge-key", "a merge key, <<"),
            Rule("key", "a key that is no plain word"),
            Rule("duplicate-key", "a key that comes twice"),
            Rule("unknown-key", "a key that does not exist"),
            Rule("missing-key", "a key that is needed and not there"),
            Rule("comment", "a text that is cut by ' #', which begins a comment (a warning)"),
            Rule("value", "a value of the wrong kind, or keys that do not go together"),
        ),
    ),
    Chapter(
        "Pages and blocks",
        (
            Rule("front-matter", "a file without front matter"),
            Rule("page", "text before the first page, or no page"),
            Rule("heading", "a page without an id, or a heading of the first level"),
            Rule("id", "a page id with other characters than a-z, 0-9 and -"),
            Rule("fence", "a fence that is never closed, or still open where a block or page begins"),
            Rule("unknown-block", "a fence whose word is almost that of a block"),
            Rule("block-place", "a block that does not stand alone at the start of the line"),
            Rule("block", "the body of a block is no mapping"),
            Rule("question", "a questions file without a question"),
            Rule("page-length", "more than 40 lines of text on a page, or 60 with its blocks"),
            Rule("width", "a line of more than 76 columns; a Chinese character counts two"),
        ),
    ),
    Chapter(
        "Text",
        (
            Rule("formula", "a formula that cannot be read; as a warning, one that cannot be drawn"),
            Rule("formula-width", "a displayed formula that is too wide (a warning)"),
            Rule("link", "a link that opens nothing: no web address, no term, no page"),
            Rule("image", "a picture"),
            Rule("html", "raw HTML"),
            Rule("table", "a table in a reveal"),
            Rule("term-length", "a glossary text of more than 4 lines"),
        ),
    ),
    Chapter(
        "Ids and references",
        (
            Rule("duplicate-id", "an id that comes twice"),
            Rule("reference", "an id that leads nowhere: page, concept, term, question, claim …"),
            Rule("order", "a lesson or concept that requires a later one"),
            Rule("unused", "a concept, misconception or variable that nothing uses (a warning)"),
            Rule("languages", "the two languages differ in more than words"),
        ),
    ),
    Chapter(
        "What is shown and computed",
        (
            Rule("activation", "an activation or parameter that does not exist, or has no curve"),
            Rule("init", "an initialisation that does not exist"),
            Rule("range", "an axis that ends before it begins, or a cursor outside"),
            Rule("network", "a network that cannot be built"),
            Rule("run", "a plot, flow or network that cannot be shown"),
            Rule("measure", "a measure that does not exist, refuses its arguments or gives no number"),
            Rule("claim-false", "a claim that does not hold"),
            Rule("experiment", "an experiment that does not exist, or breaks"),
            Rule("arm", "an arm that the experiment does not have"),
        ),
    ),
    Chapter(
        "Questions",
        (
            Rule("options", "as many correct options as the type does not allow"),
            Rule("misconception", "a wrong option that names no misconception"),
            Rule("evidence", "correct options that are not the winners of the experiment"),
            Rule("placeholder", "a {name} that is no variable, or gives the answer away"),
            Rule("draw", "numbers of a template that are not finite, minus zero, or shown as 0"),
            Rule("tolerance", "an answer that, as it is shown, would count as wrong"),
            Rule("mistake", "a foreseen mistake that is right: in every draw, or in this order"),
        ),
    ),
)
