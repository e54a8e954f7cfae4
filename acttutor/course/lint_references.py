"""What one part of a course says of another: ids that must be unique, and ids that must lead somewhere."""

from collections.abc import Iterator

from acttutor.course.course_files import CLAIMS_FILE, CourseFile, LessonFiles
from acttutor.course.document import Node, Problem
from acttutor.course.keys import given
from acttutor.course.known import Known, block_id, exists, quizzes
from acttutor.course.parser import ParsedBlock, ParsedLesson, ParsedQuestions
from acttutor.course.places import Step, error, place, warning
from acttutor.course.question_keys import QuizKeys


def check_course(course: CourseFile, ids: Known) -> Iterator[Problem]:
    """The references inside `course.yaml`, and from it to pages."""
    keys, node, path = course.keys, course.node, course.path
    if keys is None:
        return
    yield from _unique(path, node, "lessons", keys.lessons)
    yield from _unique(path, node, "concepts", ids.concepts, "id")
    yield from _unique(path, node, "concepts", tuple(str(c.number) for c in keys.concepts), "number")
    yield from _unique(path, node, "misconceptions", ids.misconceptions, "id")
    for index, concept in enumerate(keys.concepts):
        for position, id in enumerate(concept.requires):
            steps = ("concepts", index, "requires", position)
            yield from exists(path, node, steps, "concept", id, ids.concepts)
            if id in ids.concepts[index:]:
                message = f"{concept.id} requires {id}, which does not stand before it"
                yield error(
                    path, place(node, *steps), "order", message, "list concepts in an order of learning"
                )
    for index, wrong in enumerate(keys.misconceptions):
        yield from exists(path, node, ("misconceptions", index, "repair"), "page", wrong.repair, ids.pages)
    for index, repair in enumerate(keys.repairs):
        yield from exists(path, node, ("repairs", index, "page"), "page", repair.page, ids.pages)
        for position, question in enumerate(repair.questions):
            steps = ("repairs", index, "questions", position)
            yield from exists(path, node, steps, "question", question, ids.questions)
        for position, number in enumerate(repair.claims):
            if ids.claims and number not in ids.claims:
                message = f"there is no claim {number} in {CLAIMS_FILE}"
                at = place(node, "repairs", index, "claims", position)
                yield error(path, at, "reference", message, f"claims are {ids.claims[0]} to {ids.claims[-1]}")


def check_lesson(parsed: ParsedLesson, ids: Known) -> Iterator[Problem]:
    """The references of a lesson file, and block ids that must be unique in it."""
    path, header, node = parsed.source.path, parsed.header, parsed.header_node
    if header is not None:
        for index, id in enumerate(header.requires):
            yield from exists(path, node, ("requires", index), "lesson", id, ids.lessons)
            own = ids.lessons.index(header.id) if header.id in ids.lessons else 0
            if id in ids.lessons[own:]:
                message = f"{header.id} requires {id}, which does not come before it"
                yield error(
                    path, place(node, "requires", index), "order", message, "change the order in course.yaml"
                )
        for index, id in enumerate(header.concepts):
            yield from exists(path, node, ("concepts", index), "concept", id, ids.concepts)
    seen: dict[str, int] = {}
    for page in parsed.pages:
        for block in page.blocks:
            id = block_id(block)
            if id in seen:
                message = f"a second block {id}, first in line {seen[id]}"
                yield error(
                    path, place(block.node, "id"), "duplicate-id", message, "give each block its own id"
                )
            elif id:
                seen[id] = block.line
            yield from check_question(block, path, ids)


def check_questions(parsed: ParsedQuestions, lesson: ParsedLesson | None, ids: Known) -> Iterator[Problem]:
    """The references of a questions file."""
    path, header = parsed.source.path, parsed.header
    if header is not None and lesson is not None and lesson.header is not None:
        right = lesson.header.id
        if header.lesson != right:
            message = f"these questions say they belong to {header.lesson}"
            yield error(
                path, place(parsed.header_node, "lesson"), "reference", message, f"write lesson: {right}"
            )
    for block in parsed.blocks:
        yield from check_question(block, path, ids)


def check_question(block: ParsedBlock, path: str, ids: Known) -> Iterator[Problem]:
    """The concept and the misconceptions a question names."""
    keys, node = block.keys, block.node
    if not isinstance(keys, QuizKeys):
        return
    yield from exists(path, node, ("concept",), "concept", keys.concept, ids.concepts)
    for index, option in enumerate(keys.options):
        named = given(option.misconception)
        if named is not None:
            steps: tuple[Step, ...] = ("options", index, "misconception")
            yield from exists(path, node, steps, "misconception", named, ids.misconceptions)
    for index, wrong in enumerate(keys.mistakes):
        steps = ("mistakes", index, "misconception")
        if (named := given(wrong.misconception)) is not None:
            yield from exists(path, node, steps, "misconception", named, ids.misconceptions)
    answer = given(keys.answer)
    for index, mistake in enumerate(answer.mistakes if answer is not None else ()):
        steps = ("answer", "mistakes", index, "misconception")
        if (named := given(mistake.misconception)) is not None:
            yield from exists(path, node, steps, "misconception", named, ids.misconceptions)


def check_unique(lessons: list[LessonFiles]) -> Iterator[Problem]:
    """Lesson ids and aliases, and question ids, in one language of the whole course."""
    lesson_ids: dict[str, str] = {}
    questions: dict[str, str] = {}
    for files in lessons:
        if files.lesson is not None and files.lesson.header is not None:
            header, node, path = files.lesson.header, files.lesson.header_node, files.lesson.source.path
            for steps, id in [(("id",), header.id), *((("aliases",), alias) for alias in header.aliases)]:
                if id in lesson_ids:
                    message = f"a second lesson {id}, first in {lesson_ids[id]}"
                    yield error(path, place(node, *steps), "duplicate-id", message, "give it another id")
                lesson_ids.setdefault(id, path)
        for block, path in quizzes(files):
            id = block_id(block)
            where = f"{path}:{block.line}"
            if id in questions:
                message = f"a second question {id}, first in {questions[id]}"
                yield error(path, place(block.node, "id"), "duplicate-id", message, "give it another id")
            elif id:
                questions[id] = where


def check_use(course: CourseFile, lessons: list[LessonFiles]) -> Iterator[Problem]:
    """Misconceptions that no answer catches, and concepts that no question asks about: worth a warning."""
    keys = course.keys
    if keys is None:
        return
    asked, caught = set(), set()
    for files in lessons:
        for block, _ in quizzes(files):
            if isinstance(block.keys, QuizKeys):
                asked.add(block.keys.concept)
                caught |= {given(option.misconception) for option in block.keys.options}
                caught |= {given(wrong.misconception) for wrong in block.keys.mistakes}
                answer = given(block.keys.answer)
                caught |= {
                    given(mistake.misconception)
                    for mistake in (answer.mistakes if answer is not None else ())
                }
    for index, concept in enumerate(keys.concepts):
        if concept.id not in asked:
            at = place(course.node, "concepts", index, "id")
            message = f"no question asks about {concept.id}"
            yield warning(course.path, at, "unused", message, "ask about it, or remove it")
    for index, wrong in enumerate(keys.misconceptions):
        if wrong.id not in caught:
            at = place(course.node, "misconceptions", index, "id")
            message = f"no wrong answer catches {wrong.id}"
            yield warning(course.path, at, "unused", message, "name it at a wrong option, or remove it")


def _unique(path: str, node: Node | None, key: str, names: tuple[str, ...], *under: str) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            at = place(node, key, index, *under)
            what = " ".join(under) or "entry"
            yield error(path, at, "duplicate-id", f"{key}: a second {what} {name}", "give it another")
