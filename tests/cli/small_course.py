"""A course of one lesson and three questions, in English and Chinese, for tests that answer them."""

from pathlib import Path

_COURSE = """\
format: 1
title:
  en: A small course
  zh: 小课程
lessons:
  - 01-small
concepts:
  - id: slopes
    number: 1
    title:
      en: Slopes
      zh: 斜率
  - id: chains
    number: 2
    title:
      en: Chains
      zh: 链
misconceptions:
  - id: slope-alone
    title:
      en: The slope alone decides
      zh: 只看斜率
    repair: small#two
"""

_LESSON = """\
---
format: 1
id: small
title: {title}
summary: {title}
minutes: 5
objectives:
  - {title}
requires: []
concepts:
  - slopes
  - chains
sources:
  - A source
---

## {title} {{#one}}

Text.

## {second} {{#two}}

Text.
"""

_QUESTIONS = """\
---
format: 1
lesson: small
---

```quiz
id: first
revision: 1
type: choice
concept: slopes
prompt: |
  {first} $\\\\sigma'(0)$
options:
  - id: right
    correct: true
    text: {right}
    why: It is a **quarter**.
  - id: wrong
    text: {wrong}
    misconception: slope-alone
    why: The `weights` belong in the product.
hints:
  - {hint}
```

```quiz
id: second
revision: 1
type: numeric
concept: slopes
prompt: {second}
answer:
  value: 0.25
  tolerance: 0.001
  why: A quarter.
```

```quiz
id: third
revision: 1
type: multiple
concept: chains
prompt: {third}
options:
  - id: one
    correct: true
    text: One
    why: Yes, one.
  - id: two
    correct: true
    text: Two
    why: Yes, two.
  - id: three
    text: Three
    misconception: slope-alone
    why: Not three.
```
"""


def write_small_course(root: Path) -> Path:
    """Write the course into `root` and give `root` back."""
    folder = root / "01-small"
    folder.mkdir(parents=True)
    (root / "course.yaml").write_text(_COURSE, encoding="utf-8")
    words = {
        "en": (
            "Small lesson",
            "Second page",
            "How steep is",
            "A quarter",
            "A half",
            "Halve it twice",
            "Number?",
            "Which?",
        ),
        "zh": ("小课", "第二页", "斜率是多少", "四分之一", "二分之一", "减半两次", "数字？", "哪些？"),
    }
    for language, (title, page, first, right, wrong, hint, second, third) in words.items():
        (folder / f"lesson.{language}.md").write_text(
            _LESSON.format(title=title, second=page), encoding="utf-8"
        )
        questions = _QUESTIONS.format(
            first=first, right=right, wrong=wrong, hint=hint, second=second, third=third
        ).replace("\\\\", "\\")
        (folder / f"questions.{language}.md").write_text(questions, encoding="utf-8")
    return root
