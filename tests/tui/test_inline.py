"""Short lesson markdown as styled text."""

from hypothesis import given
from hypothesis import strategies as st

from acttutor.tui.widgets.inline import inline_content


def test_emphasis_code_and_formulas_lose_their_marks() -> None:
    assert inline_content(r"a **b** *c* `d` $\sigma(x)$").plain == "a b c d σ(x)"


def test_paragraphs_and_list_items_get_their_own_lines() -> None:
    assert inline_content("one\n\n- two\n- three\n\n1. four").plain == "one\n• two\n• three\n1. four"


def test_links_show_where_they_lead_and_cannot_be_clicked() -> None:
    content = inline_content("[here](https://example.org)")
    assert content.plain == "here (https://example.org)"
    assert "click" not in content.markup


def test_markup_of_the_screen_library_is_plain_text() -> None:
    text = "[@click=app.quit]x[/] and [bold]y[/bold]"
    assert inline_content(text).plain == text


def test_a_line_end_in_chinese_is_no_space() -> None:
    assert inline_content("梯度\n消失").plain == "梯度消失"
    assert inline_content("gradient\nvanishes").plain == "gradient vanishes"


@given(st.text(max_size=300))
def test_any_text_gives_some_text(text: str) -> None:
    assert isinstance(inline_content(text).plain, str)
