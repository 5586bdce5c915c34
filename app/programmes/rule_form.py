"""A rule in a form: each part of the tree has a path, '0' for the whole and '0-2' for its third
part; its inputs carry the path in their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from werkzeug.datastructures import MultiDict

from app.programmes.rules import (
    COMPARISONS,
    DEEPEST,
    EVERYTHING,
    MOST_CONDITIONS,
    Compare,
    Condition,
    Field,
    Group,
    Join,
    Kind,
    Node,
    conditions_of,
    problem_with,
)

ROOT = "0"
_LONGEST_VALUE = 1000
_MOST_VALUES = 300
_FIRST = Condition("outcome", Compare.IS)


def read_form(form: MultiDict[str, str], fields: Mapping[str, Field]) -> Group:
    """The rule as the form has it, unfinished conditions too."""
    paths = form.getlist("node")[: 4 * MOST_CONDITIONS]
    root = _read(form, fields, paths, ROOT, depth=1)
    return root if isinstance(root, Group) else EVERYTHING


def change(rule: Group, do: str) -> Group:
    """The rule after the button 'add 0', 'group 0-1' or 'remove 0-2' was pressed; any other
    leaves it as it is."""
    what, _, path = do.partition(" ")
    steps = [int(step) for step in path.split("-")[1:] if step.isdecimal()]
    if what == "add":
        return _changed(rule, steps, lambda group: [*group.of, _FIRST])
    if what == "group" and len(steps) + 1 < DEEPEST:
        return _changed(rule, steps, lambda group: [*group.of, Group(Join.ANY, (_FIRST,))])
    if what == "remove" and steps:
        last = steps.pop()
        return _changed(
            rule, steps, lambda group: [one for place, one in enumerate(group.of) if place != last]
        )
    return rule


def problems(rule: Group, fields: Mapping[str, Field]) -> dict[str, str]:
    """What is wrong, by path."""
    found = {
        path: problem
        for path, condition in _with_paths(rule, ROOT)
        if (problem := problem_with(condition, fields))
    }
    if len(list(conditions_of(rule))) > MOST_CONDITIONS:
        found[ROOT] = f"A rule has at most {MOST_CONDITIONS} conditions."
    return found


def _with_paths(node: Node, path: str) -> list[tuple[str, Condition]]:
    if isinstance(node, Condition):
        return [(path, node)]
    return [
        pair for place, part in enumerate(node.of) for pair in _with_paths(part, f"{path}-{place}")
    ]


def _read(
    form: MultiDict[str, str],
    fields: Mapping[str, Field],
    paths: list[str],
    path: str,
    depth: int,
) -> Node:
    join = form.get(f"join.{path}")
    if join is None or depth > DEEPEST:
        return _read_condition(form, fields, path)
    children = [
        each for each in paths if each.startswith(f"{path}-") and "-" not in each[len(path) + 1 :]
    ]
    parts = tuple(_read(form, fields, paths, child, depth + 1) for child in children)
    return Group(Join(join) if join in list(Join) else Join.ALL, parts)


def _read_condition(form: MultiDict[str, str], fields: Mapping[str, Field], path: str) -> Condition:
    key = form.get(f"field.{path}", "")
    about = fields.get(key)
    values = tuple(value[:_LONGEST_VALUE] for value in form.getlist(f"value.{path}"))
    if form.get(f"was.{path}", key) != key:
        values = ()  # what was picked for another field says nothing about this one
    if about is None:
        return Condition(key, Compare.IS, values[:_MOST_VALUES])
    asked = form.get(f"test.{path}", "")
    able = COMPARISONS[about.kind]
    test = Compare(asked) if asked in able else able[0]
    if about.kind is Kind.CHOICE:
        known = {value for value, _ in about.choices}
        values = tuple(value for value in values if value in known)
    return Condition(key, test, values[:_MOST_VALUES])


def _changed(group: Group, steps: list[int], parts: Callable[[Group], list[Node]]) -> Group:
    """The tree with other parts in the group that the steps lead to."""
    if not steps:
        return Group(group.join, tuple(parts(group)))
    first, *rest = steps
    if not (first < len(group.of) and isinstance(group.of[first], Group)):
        return group
    inner = group.of[first]
    assert isinstance(inner, Group)
    changed = [
        _changed(inner, rest, parts) if place == first else one
        for place, one in enumerate(group.of)
    ]
    return Group(group.join, tuple(changed))
