"""What is wrong with `glossary.yaml` and `source-claims.yaml`: ids that come twice, entries that are too long."""

from collections.abc import Iterator
from typing import Final

from acttutor.course.course_files import KeysFile
from acttutor.course.course_keys import GlossaryKeys, SourceClaimsKeys
from acttutor.course.document import Problem, Scalar
from acttutor.course.known import Known, exists
from acttutor.course.lint_lines import check_widths
from acttutor.course.lint_text import check_prose
from acttutor.course.model import Language
from acttutor.course.parser import Source
from acttutor.course.places import error, node_at, place

MAX_TERM_LINES: Final = 4


def check_glossary(glossary: KeysFile[GlossaryKeys], ids: Known) -> Iterator[Problem]:
    """Ids and words come once; page and other terms are there; the text is short, clean and in both languages."""
    path, node, keys = glossary.path, glossary.node, glossary.keys
    yield from glossary.problems
    source = Source(path, glossary.text, tuple(glossary.text.split("\n")))
    yield from check_widths(source)
    if keys is None:
        return
    seen: set[str] = set()
    for index, term in enumerate(keys.terms):
        if term.id in seen:
            at = place(node, "terms", index, "id")
            yield error(path, at, "duplicate-id", f"a second term {term.id}", "give it another id")
        seen.add(term.id)
        yield from exists(path, node, ("terms", index, "page"), "page", term.page, ids.pages)
        for position, other in enumerate(term.see):
            others = tuple(id for id in ids.terms if id != term.id)
            yield from exists(path, node, ("terms", index, "see", position), "other term", other, others)
        for language in Language:
            text = node_at(node, "terms", index, "text", language)
            if isinstance(text, Scalar):
                yield from _check_text(text, source, ids)


def check_source_claims(claims: KeysFile[SourceClaimsKeys]) -> Iterator[Problem]:
    """Each number comes once."""
    yield from claims.problems
    seen: set[int] = set()
    for index, claim in enumerate(claims.keys.claims if claims.keys is not None else ()):
        if claim.number in seen:
            at = place(claims.node, "claims", index, "number")
            message = f"a second claim {claim.number}"
            yield error(claims.path, at, "duplicate-id", message, "each number comes once")
        seen.add(claim.number)


def _check_text(text: Scalar, source: Source, ids: Known) -> Iterator[Problem]:
    lines = text.text.strip().count("\n") + 1
    if lines > MAX_TERM_LINES:
        message = f"the text has {lines} lines"
        yield error(
            source.path, (text.line, text.column), "term-length", message, f"at most {MAX_TERM_LINES}"
        )
    yield from check_prose(text.text, text.line, source, ids)
