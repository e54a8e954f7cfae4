"""A small course without a problem, in both languages, which tests then spoil at one place."""

from pathlib import Path

COURSE = """\
format: 1
title:
  en: A course
  zh: 一门课
lessons:
  - 01-slopes
concepts:
  - id: slope
    number: 1
    title:
      en: Slope
      zh: 斜率
misconceptions:
  - id: too-steep
    title:
      en: Steeper than it is
      zh: 想得太陡
    repair: slopes#first
repairs:
  - page: slopes#second
    claims:
      - 9
    questions:
      - number
"""

GLOSSARY = """\
format: 1
terms:
  - id: steepness
    term:
      en: steepness
      zh: 陡峭程度
    text:
      en: |
        How fast a curve rises; see [the first page](page:slopes#first).
      zh: |
        曲线上升得有多快；见[第一页](page:slopes#first)。
    page: slopes#first
    see:
      - bend
  - id: bend
    term:
      en: bend
      zh: 弯曲
    text:
      en: Where the $slope$ changes.
      zh: 斜率改变的地方。
    page: slopes#second
"""

SOURCE_CLAIMS = """\
format: 1
source: A popular text
claims:
  - number: 8
    verdict: "true"
  - number: 9
    verdict: wrong
    statement: The slope is a half.
"""

LESSON_EN = """\
---
format: 1
id: slopes
title: Slopes
summary: What a slope is.
minutes: 5
objectives:
  - Read a slope
concepts:
  - slope
sources:
  - Newton 1687
---

## The first page {#first}

The slope of $\\sigma(x)$ is **small**.

$$\\sigma'(x) \\le \\frac{1}{4}$$

```plot
id: curve
curves:
  - activation: sigmoid
  - activation: elu
    params:
      alpha: 2
    derivative: true
caption: Two curves.
```

```claim
id: quarter
text: The slope never exceeds 0.25.
check:
  measure: max_slope
  args:
    activation: sigmoid
  equals: 0.25
  tolerance: 1e-12
```

```note
Let them **guess** first.
```

## The second page {#second}

See [a page](https://example.org/slopes).
It has a [bend](glossary:bend), as on [the first](page:slopes#first).

```experiment
id: rescue
experiment: confident-wrong
arms:
  - bce
  - mse
seeds: 3
caption: Which one recovers?
```

```math
a = b
```

```predict
id: guess
prompt: How large is it at 0?
answer:
  measure: slope
  args:
    activation: sigmoid
    x: 0
  tolerance: 0.01
reveal: A quarter.
plot:
  curves:
    - activation: tanh
```

```flow
id: stacks
stacks:
  - activation: relu
    init: he
depth: 4
width: 8
```

```sim
id: net
network:
  inputs: 1
  layers:
    - units: 1
      activation: sigmoid
  loss: mse
  weights: [[[2]]]
  data:
    - x: [0.5]
      y: [1]
```
"""

QUESTIONS_EN = """\
---
format: 1
lesson: slopes
---

A note for authors.

```quiz
id: largest
type: choice
concept: slope
prompt: Where is it largest?
options:
  - id: zero
    correct: true
    text: At 0
    why: By symmetry.
  - id: one
    text: At 1
    why: It falls from 0 on.
    misconception: too-steep
```

```quiz
id: both
type: multiple
concept: slope
prompt: Which are below 1?
options:
  - id: sigmoid
    correct: true
    text: Sigmoid's
    why: 0.25.
  - id: relu
    text: ReLU's
    why: It is 1.
    misconception: too-steep
  - id: half
    correct: true
    text: Half of it
    why: 0.5.
hints:
  - Think of the line.
```

```quiz
id: number
type: numeric
concept: slope
prompt: How large is $\\sigma'(0)$?
answer:
  measure: slope
  args:
    activation: sigmoid
    x: 0
  tolerance: 0.001
  why: A quarter.
  mistakes:
    - value: 0.5
      tolerance: 0.01
      why: That is the value.
      misconception: too-steep
```

```quiz
id: drawn
type: numeric
concept: slope
prompt: |
  The weight is {w} and z = {z}. What is $w \\sigma'({z})$?
variables:
  w:
    from: 0.5
    to: 2
    step: 0.5
  z:
    choices:
      - -1
      - 0
      - 2
  steep:
    measure: slope
    args:
      activation: sigmoid
      x: "{z}"
    decimals: 4
answer:
  measure: product
  args:
    a: "{w}"
    b: "{steep}"
  decimals: 4
  tolerance: 0.001
  why: |
    {w} × {steep} = {answer}.
  mistakes:
    - value: "{w}"
      tolerance: 0.001
      why: That is {w} alone.
      misconception: too-steep
hints:
  - First the slope at {z}.
```

```quiz
id: steps
type: order
concept: slope
prompt: Put the steps in order.
options:
  - id: input
    text: Take the input
    why: Everything begins with it.
  - id: curve
    text: Read off the height
    why: It needs the input.
  - id: product
    text: Multiply height and rest
    why: It needs the height.
mistakes:
  - first: product
    then: curve
    why: There is no height yet.
    misconception: too-steep
```

```quiz
id: loss
type: choice
concept: slope
scenario: true
prompt: Which loss recovers?
options:
  - id: bce
    correct: true
    text: BCE
    why: Its slope stays.
  - id: mse
    text: MSE
    why: Its slope is tiny.
    misconception: too-steep
evidence: confident-wrong
```
"""

_WORDS = (
    ("Slopes", "斜率"),
    ("What a slope is.", "什么是斜率。"),
    ("Read a slope", "读懂斜率"),
    ("The first page", "第一页"),
    ("The second page", "第二页"),
    ("is **small**", "很**小**"),
    ("Two curves.", "两条曲线。"),
    ("At 0", "在 0 处"),
    ("Let them **guess** first.", "先让大家**猜**一猜。"),
    ("Which one recovers?", "哪个能恢复？"),
    ("Put the steps in order.", "把步骤排好。"),
)


def translated(text: str) -> str:
    """The text in (enough) Chinese."""
    for english, chinese in _WORDS:
        text = text.replace(english, chinese)
    return text


FILES = {
    "course.yaml": COURSE,
    "glossary.yaml": GLOSSARY,
    "source-claims.yaml": SOURCE_CLAIMS,
    "01-slopes/lesson.en.md": LESSON_EN,
    "01-slopes/lesson.zh.md": translated(LESSON_EN),
    "01-slopes/questions.en.md": QUESTIONS_EN,
    "01-slopes/questions.zh.md": translated(QUESTIONS_EN),
}


def write_course(root: Path, files: dict[str, str] = FILES) -> Path:
    """Writes a course and says where."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return root


def spoilt(old: str, new: str, *names: str) -> dict[str, str]:
    """The files of the course with one text replaced, in the named files or else wherever it stands."""
    chosen = names or tuple(name for name, text in FILES.items() if old in text)
    assert chosen, f"{old!r} stands nowhere"
    changed = dict(FILES)
    for name in chosen:
        assert old in FILES[name], f"{old!r} does not stand in {name}"
        changed[name] = FILES[name].replace(old, new, 1)
    return changed


def line_of(text: str, needle: str) -> int:
    """The 1-based line on which a text first stands."""
    return text[: text.index(needle)].count("\n") + 1
