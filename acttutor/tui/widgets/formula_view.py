"""A displayed formula, drawn in two dimensions."""

from textual.content import Content
from textual.widgets import Static

from acttutor.course.formula import draw, linear


class FormulaView(Static):
    """A LaTeX formula in Unicode; in a column too narrow for the drawing, the same formula in one line."""

    DEFAULT_CSS = """
    FormulaView {
        width: 100%;
        height: auto;
        padding: 0 2;
        color: $text-primary;
    }
    """

    def __init__(
        self, latex: str, *, ascii_only: bool = False, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self.latex = latex
        self._ascii = ascii_only

    def show(self, latex: str) -> None:
        """Draw another formula."""
        if latex != self.latex:
            self.latex = latex
            self.refresh(layout=True)

    def render(self) -> Content:
        """The drawing, as wide as it wants to be if that fits."""
        if self._ascii:
            return Content(linear(self.latex, ascii_only=True))
        drawing = draw(self.latex)
        available = self.size.width or drawing.width
        if drawing.width > available:
            return Content(linear(self.latex))
        return Content("\n".join(drawing.lines))
