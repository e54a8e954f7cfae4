"""One quiet line for whoever is writing a course: how many problems its files have, and what is shown as it was."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from acttutor.i18n import Translator
    from acttutor.tui.preview import Preview


class PreviewLine(Static):
    """Takes no space while there is nothing to say."""

    DEFAULT_CSS = """
    PreviewLine {
        height: auto;
        padding: 0 2;
        background: $surface;
        color: $text-warning;
        display: none;
    }
    """

    def tell(self, preview: "Preview", folder: str, translator: "Translator") -> None:
        """Say how it stands; `folder` is that of the open lesson."""
        _ = translator.gettext
        parts: list[str] = []
        if preview.problems:
            parts.append(problem_count(len(preview.problems), translator))
        if folder in preview.kept:
            parts.append(_("this lesson cannot be read now, so it stays as it was"))
        elif preview.kept:
            names = ", ".join(sorted(preview.kept))
            parts.append(_("{names} cannot be read now").format(names=names))
        self.display = bool(parts)
        if parts:
            self.update(Content.assemble(("! ", "bold"), " · ".join(parts)))

    async def on_click(self) -> None:
        """A click lists them, as the key does."""
        await self.run_action("screen.problems")


def problem_count(count: int, translator: "Translator") -> str:
    """`3 problems`, in the language in use."""
    return translator.ngettext("{n} problem", "{n} problems", count).format(n=count)
