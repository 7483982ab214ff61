"""The loopback refuses the bodies that Discord refuses, and names the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from loopback.bodies import TEXT_BYTES, check_choices, check_message, check_modal
from loopback.registration import check_commands
from loopback.wire import COMPONENTS_V2, ApiError

JSON = dict[str, Any]


def refusal(check: Callable[[], None], *path: str | int) -> str:
    """The first error code at `path` of a 50035, another error's own code, or "accepted"."""
    try:
        check()
    except ApiError as error:
        if error.body["code"] != 50035:
            return str(error.body["code"])
        node = error.body["errors"]
        for step in path:
            node = node[str(step)]
        return str(node["_errors"][0]["code"])
    return "accepted"


def button(**more: Any) -> JSON:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go", **more}


def row(*parts: JSON) -> JSON:
    return {"type": 1, "components": list(parts)}


def text(content: str) -> JSON:
    return {"type": 10, "content": content}


def layout(*parts: JSON, **more: Any) -> JSON:
    return {"flags": COMPONENTS_V2, "components": list(parts), **more}


def buttons(count: int) -> list[JSON]:
    return [button(custom_id=str(number)) for number in range(count)]


PICK = {"type": 3, "custom_id": "p", "options": [{"label": "a", "value": "a"}]}

BAD_MESSAGES = [
    ("content of 2,001", {"content": "x" * 2001}, ["content"], "BASE_TYPE_MAX_LENGTH"),
    ("nothing at all", {}, [], "50006"),
    ("six rows", {"components": [row(b) for b in buttons(6)]}, ["components"], "BASE_TYPE_MAX_LENGTH"),
    ("six buttons", {"components": [row(*buttons(6))]}, ["components", 0, "components"], "BASE_TYPE_BAD_LENGTH"),
    ("two lists in a row", {"components": [row(PICK, {**PICK, "custom_id": "q"})]}, ["components", 0, "components"],
     "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ("a custom id twice", {"components": [row(button(), button())]}, ["components"], "COMPONENT_CUSTOM_ID_DUPLICATED"),
    ("a custom id of 101", {"components": [row(button(custom_id="x" * 101))]},
     ["components", 0, "components", 0, "custom_id"], "BASE_TYPE_BAD_LENGTH"),
    ("a label of 81", {"components": [row(button(label="x" * 81))]}, ["components", 0, "components", 0, "label"],
     "BASE_TYPE_MAX_LENGTH"),
    ("a button without a face", {"components": [row(button(label=""))]}, ["components", 0, "components", 0],
     "BUTTON_COMPONENT_INVALID"),
    ("a link without an address", {"components": [row({"type": 2, "style": 5, "label": "x"})]},
     ["components", 0, "components", 0, "url"], "BASE_TYPE_REQUIRED"),
    ("a link to a script", {"components": [row({"type": 2, "style": 5, "label": "x", "url": "javascript:1"})]},
     ["components", 0, "components", 0, "url"], "URL_TYPE_INVALID_SCHEME"),
    ("a list of nothing", {"components": [row({**PICK, "options": []})]},
     ["components", 0, "components", 0, "options"], "BASE_TYPE_BAD_LENGTH"),
    ("an embed's title of 257", {"embeds": [{"title": "x" * 257}]}, ["embeds", 0, "title"], "BASE_TYPE_MAX_LENGTH"),
    ("embeds of 6,002", {"embeds": [{"description": "x" * 3001}] * 2}, ["embeds"], "MAX_EMBED_SIZE_EXCEEDED"),
    ("text parts without the flag", {"components": [text("x")]}, ["components", 0, "type"], "UNION_TYPE_CHOICES"),
    ("content beside a layout", layout(text("x"), content="y"), ["content"],
     "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    ("41 parts", layout(*[text("x")] * 41), ["components"], "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    ("41 parts, nested", layout({"type": 17, "components": [text("x")] * 40}), ["components"],
     "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    ("4,001 characters", layout(text("x" * 2001), text("x" * 2000)), ["components"],
     "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    ("a box in a box", layout({"type": 17, "components": [{"type": 17, "components": [text("x")]}]}),
     ["components", 0, "components", 0, "type"], "UNION_TYPE_CHOICES"),
    ("an empty text", layout(text("")), ["components", 0, "content"], "BASE_TYPE_BAD_LENGTH"),
    ("a section without its button", layout({"type": 9, "components": [text("x")]}),
     ["components", 0, "accessory", "type"], "UNION_TYPE_CHOICES"),
    ("more bytes than Discord stores", layout(text("가" * (TEXT_BYTES // 3))), [], "0"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "path", "code"), [case[1:] for case in BAD_MESSAGES], ids=[c[0] for c in BAD_MESSAGES]
)
def test_a_message_over_a_limit_is_refused(body: JSON, path: list[str | int], code: str):
    assert refusal(lambda: check_message(body), *path) == code


def test_a_message_at_every_limit_is_accepted():
    box = {"type": 17, "components": [text("x" * 3961), row(*buttons(5)), *[text("x")] * 32]}
    assert refusal(lambda: check_message(layout(box))) == "accepted"
    assert (
        refusal(lambda: check_message({"content": "x" * 2000, "components": [row(button(label="x" * 80))]}))
        == "accepted"
    )


def test_a_change_to_a_layout_has_to_clear_the_old_content():
    before = {"flags": 0, "content": "old", "embeds": [], "components": []}
    assert refusal(lambda: check_message(layout(text("new")), before=before), "content").startswith("MESSAGE_CANNOT")
    assert refusal(lambda: check_message(layout(text("new"), content=None), before=before)) == "accepted"


def modal(*parts: JSON, **more: Any) -> JSON:
    return {"title": "t", "custom_id": "m", "components": list(parts), **more}


def label(**more: Any) -> JSON:
    return {"type": 18, "label": "l", "component": {"type": 4, "style": 1, "custom_id": "c", **more}}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (modal(label(), title="t" * 46), ["title"]),
        (modal(label(), custom_id=""), ["custom_id"]),
        (modal(*[label(custom_id=str(i)) for i in range(6)]), ["components"]),
        (modal({**label(), "label": "l" * 46}), ["components", 0, "label"]),
        (modal(label(placeholder="p" * 101)), ["components", 0, "component", "placeholder"]),
        (modal(label(max_length=4001)), ["components", 0, "component", "max_length"]),
        (modal(row(button())), ["components", 0, "components", 0, "type"]),
    ],
)
def test_a_modal_over_a_limit_is_refused(body: JSON, path: list[str | int]):
    assert refusal(lambda: check_modal(body), "data", *path) not in ("accepted", "50006")


def test_a_modal_with_five_fields_is_accepted():
    assert refusal(lambda: check_modal(modal(*[label(custom_id=str(i)) for i in range(5)]))) == "accepted"


@pytest.mark.parametrize("choices", [[{"name": "a", "value": "a"}] * 26, [{"name": "a" * 101, "value": "a"}]])
def test_completions_over_a_limit_are_refused(choices: list[JSON]):
    with pytest.raises(ApiError):
        check_choices({"choices": choices})


def option(**more: Any) -> JSON:
    return {"name": "a", "description": "d", "type": 3, **more}


MANY = [
    option(name=f"o{n}", choices=[{"name": f"{c}" * 90, "value": f"{c}" * 40} for c in range(9)]) for n in range(25)
]
BAD_COMMANDS = [
    ("a capital letter", {"name": "Ask"}, ["name"]),
    ("a space", {"name": "a b"}, ["name"]),
    ("a name of 33", {"name": "a" * 33}, ["name"]),
    ("no description", {"description": None}, ["description"]),
    ("a description of 101", {"description": "d" * 101}, ["description"]),
    ("a translation of 101", {"description_localizations": {"ko": "가" * 101}}, ["description_localizations", "ko"]),
    ("an unknown locale", {"description_localizations": {"kr": "가"}}, ["description_localizations", "kr"]),
    ("26 options", {"options": [option(name=f"o{n}") for n in range(26)]}, ["options"]),
    ("an option twice", {"options": [option(), option()]}, ["options"]),
    ("required after optional", {"options": [option(), option(name="b", required=True)]}, ["options"]),
    ("an option of no type", {"options": [option(type=12)]}, ["options", 0, "type"]),
    ("an option's description of 101", {"options": [option(description="d" * 101)]}, ["options", 0, "description"]),
    ("a subcommand in a subcommand", {"options": [option(type=1, options=[option(type=1)])]},
     ["options", 0, "options", 0, "type"]),
    ("26 choices", {"options": [option(choices=[{"name": "c", "value": str(n)} for n in range(26)])]},
     ["options", 0, "choices"]),
    ("8,001 characters", {"options": MANY}, []),
    ("no place to be used", {"contexts": []}, ["contexts"]),
    ("a menu with a description", {"type": 3, "name": "Answer this"}, ["description"]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "more", "path"), BAD_COMMANDS)
def test_a_command_against_the_rules_is_refused(case: str, more: JSON, path: list[str | int]):
    command = {"name": "ask", "description": "Ask", **more}
    assert refusal(lambda: check_commands([command]), 0, *path) not in ("accepted", "30032")


def test_a_command_with_everything_is_accepted():
    choices = [{"name": "all", "value": "all", "name_localizations": {"ko": "전부"}}]
    options = [option(name="question", required=True, max_length=2000), option(name="topic", choices=choices)]
    ask = {"name": "ask", "description": "Ask", "description_localizations": {"ko": "질문하기"}, "options": options}
    menu = {"type": 3, "name": "Answer this", "contexts": [0, 1, 2], "integration_types": [0, 1]}
    assert refusal(lambda: check_commands([ask, menu])) == "accepted"


def test_names_are_unique_by_kind_and_counted():
    twice = [{"name": "a", "description": "d"}] * 2
    with pytest.raises(ApiError, match="50035"):
        check_commands(twice)
    with pytest.raises(ApiError, match="30032"):
        check_commands([{"name": f"c{n}", "description": "d"} for n in range(101)])
    check_commands([{"name": "a", "description": "d"}, {"name": "a", "type": 3}])
