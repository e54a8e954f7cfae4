"""No widget of ours takes a private name that Textual's own classes use: one once silenced its own repaints."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import textual
from textual.message_pump import MessagePump

import acttutor.tui


def _assigned(tree: ast.AST) -> set[str]:
    """Private names that a piece of code assigns on self."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and node.attr.startswith("_")
    }


def _textuals(cls: type) -> set[str]:
    """Private names that Textual's classes above `cls` assign or define."""
    names: set[str] = set()
    for base in cls.__mro__:
        if base.__module__.startswith("textual."):
            names |= set(vars(base)) | _assigned(ast.parse(inspect.cleandoc(f"\n{inspect.getsource(base)}")))
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


def _ours() -> list[type]:
    """Every class of the screens that Textual drives."""
    found = []
    for module in pkgutil.walk_packages(acttutor.tui.__path__, "acttutor.tui."):
        for cls in vars(importlib.import_module(module.name)).values():
            if isinstance(cls, type) and issubclass(cls, MessagePump) and cls.__module__ == module.name:
                found.append(cls)
    return found


def test_private_names_do_not_collide_with_textuals() -> None:
    classes = _ours()
    assert len(classes) > 20
    clashes = {
        cls.__qualname__: both
        for cls in classes
        if (both := _assigned(ast.parse(inspect.cleandoc(f"\n{inspect.getsource(cls)}"))) & _textuals(cls))
    }
    assert clashes == {}, Path(textual.__file__).parent
