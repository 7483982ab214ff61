"""The command line in this process: what it prints, for people and for programs, and what it says to each fault."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import shutil
import sqlite3
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import answering
from bot.cli.app import app, main
from bot.settings import Settings, environment_names
from fakes.answers import GOLDEN, GOLDEN_KO, a_decline, a_line, a_which_one, an_answer
from fakes.asking import ScriptedAsking
from fakes.files import snapshot
from fakes.logging_state import logging_restored
from knowledge import files
from knowledge.golden import load_golden
from knowledge.importing.limits import LARGEST_FILE
from knowledge.store.sqlite.lock import writer_lock

CONTRACT = {"question", "status", "answer", "language", "as_of", "citations", "closest", "choices", "took_ms"}
CITATION = {"n", "quote", "title", "publisher", "published", "url", "snippet", "revision"}
ESCAPE = "\x1b"


def commands(group: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command, groups included."""
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


COMMANDS = list(commands(typer.main.get_command(app)))


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    """An empty folder to work in, with all of our files in it, and nothing else set."""
    for name in environment_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HALLYU_DATA_DIR", str(tmp_path / "data"))
    with logging_restored():
        yield


@pytest.fixture
def hallyu(monkeypatch, capfd) -> Callable[..., Outcome]:
    """Runs a command line as the console script does; `stdin` is what comes in."""

    def run(*words: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["hallyu", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Outcome(end.value.code or 0, out, err)

    return run


@pytest.fixture
def asking(monkeypatch) -> ScriptedAsking:
    """Answers from a script in place of the data folder and the model."""
    scripted = ScriptedAsking()

    @asynccontextmanager
    async def here():
        yield scripted

    monkeypatch.setattr(answering, "asking_here", here)
    return scripted


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words):
    result = CliRunner().invoke(app, [*words, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert len(result.output.split("Options:")[0].splitlines()) > 2, "it says what it does"


def test_without_a_command_the_help_comes(hallyu):
    result = hallyu()
    assert (result.code, result.out) == (2, "")
    assert "Usage: hallyu" in result.err
    assert "ask " in result.err


@pytest.mark.parametrize("words", [("aks", "x"), ("ask", "--jsn", "x"), ("corpus",), ("model", "exprt")])
def test_a_slip_of_the_keyboard_is_told_with_the_usage(hallyu, words):
    result = hallyu(*words)
    assert result.code == 2
    assert "Usage:" in result.out + result.err


@pytest.mark.parametrize("words", [("export",), ("import", "notes.csv")])
@pytest.mark.parametrize("guild", [0, 2**63, 99999999999999999999])
def test_what_is_no_id_of_a_server_is_told_with_the_usage(hallyu, tmp_path, words, guild):
    (tmp_path / "notes.csv").write_text("text\nTiger Tea sells tea.\n", encoding="utf-8")
    result = hallyu(*words, "--guild", str(guild))
    assert (result.code, result.out) == (2, "")
    assert "--guild" in result.err


# --- questions and answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        (("who owns it?",), ["who owns it?"]),
        (("who", "owns", "it?"), ["who owns it?"]),
        (("who owns it?", "and since when?"), ["who owns it?", "and since when?"]),
        (("골든은", "며칠?"), ["골든은 며칠?"]),
        (("--", "--json", "x"), ["--json x"]),
    ],
)
def test_words_without_quotes_are_one_question_and_quoted_ones_each_their_own(hallyu, asking, words, questions):
    assert hallyu("ask", *words).code == 0
    assert [question for question, _ in asking.asked] == questions


def test_the_card_in_a_pipe_is_plain_text(hallyu, asking):
    asking.script["q?"] = an_answer()
    result = hallyu("ask", "q?")
    assert result.out.splitlines() == [
        f"{GOLDEN} [1]",
        "As of 5 November 2025.",
        "",
        "Sources",
        "[1] Krypton Today · 5 November 2025 · K-Pop's Global Takeover",
        "https://kryptontoday.com/?p=10257",
    ]
    assert result.err == ""


def test_the_card_is_in_the_language_of_the_question(hallyu, asking):
    asking.script["며칠?"] = an_answer(language="ko")
    lines = hallyu("ask", "며칠?").out.splitlines()
    assert lines[:2] == [f"{GOLDEN_KO} [1]", "2025년 11월 5일 기준이에요."]
    assert "출처" in lines


def test_markup_in_an_answer_is_printed_as_it_is(hallyu, asking):
    asking.script["q?"] = an_answer(a_line("[bold]not bold[/bold] :smile: https://x.example"))
    assert "[bold]not bold[/bold] :smile: https://x.example [1]" in hallyu("ask", "q?").out


def test_two_answers_are_told_apart(hallyu, asking):
    asking.script |= {"one?": an_answer(), "two?": an_answer()}
    first, second = hallyu("ask", "one?", "two?").out.split("\n\n" + GOLDEN)
    assert first.startswith(GOLDEN)
    assert first.endswith("/?p=10257")
    assert second.startswith(" [1]\n")


def test_a_fault_inside_is_told_with_its_id_and_stops_no_other(hallyu, asking, caplog):
    asking.script |= {"bad?": RuntimeError("the cause"), "good?": an_answer()}
    for_people, for_programs = hallyu("ask", "bad?", "good?"), hallyu("ask", "--json", "bad?", "good?")
    assert (for_people.code, for_programs.code) == (1, 0)
    assert GOLDEN in for_people.out
    assert [o["status"] for o in for_programs.objects] == ["no_answer", "answered"]
    ids = re.findall(r"error\.inside (\w+): RuntimeError\('the cause'\)", caplog.text)
    assert len(ids) == 2
    assert ids[0] in for_people.err
    assert ids[1] in for_programs.err


def test_a_decline_and_a_question_back_are_answers_too(hallyu, asking):
    asking.script["which?"] = a_which_one("V (BTS)", "V (other)")
    declined, which = hallyu("ask", "weather?"), hallyu("ask", "which?")
    assert (declined.code, which.code) == (0, 0)
    assert "I don't know" in declined.out
    assert "V (BTS)" in which.out


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colours_a_terminal_gets_no_escape_code(hallyu, asking, monkeypatch, variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    asking.script["a question?"] = an_answer()
    monkeypatch.setattr("rich.console.Console.is_terminal", True)
    result = hallyu("ask", "a question?", "another one?")
    assert GOLDEN.split(" stayed")[0] in result.out
    assert ESCAPE not in result.out + result.err


def test_a_terminal_gets_a_frame(hallyu, asking, monkeypatch):
    monkeypatch.setattr("rich.console.Console.is_terminal", True)
    assert "╭" in hallyu("ask", "q?").out


@pytest.mark.parametrize("words", [("ask",), ("ask", "--json"), ("ask", "--stdin", "and a question")])
def test_a_question_or_standard_input_but_not_neither_nor_both(hallyu, asking, words):
    result = hallyu(*words)
    assert (result.code, result.out) == (2, "")
    assert "Give a question" in result.err
    assert asking.asked == []


# --- for programs ------------------------------------------------------------------------------------------------


def test_every_outcome_has_exactly_the_fields_of_the_contract(hallyu, asking):
    asking.script |= {
        "answered?": an_answer(),
        "which one?": a_which_one("V (BTS)", "V (other)"),
        "no answer?": a_decline("Charts"),
        "on file?": a_decline("Charts", on_file=an_answer()),
    }
    objects = hallyu("ask", "--json", "answered?", "which one?", "no answer?", "on file?").objects
    assert [o["question"] for o in objects] == ["answered?", "which one?", "no answer?", "on file?"]
    assert [o["status"] for o in objects] == ["answered", "which_one", "no_answer", "no_answer"]
    assert all(o.keys() == CONTRACT for o in objects)
    answered, which, declined, on_file = objects
    assert (answered["answer"], answered["as_of"]) == (f"{GOLDEN} [1]", "2025-11-05")
    assert [citation.keys() for citation in answered["citations"]] == [CITATION]
    assert which["choices"] == [
        {"label": "V (BTS)", "entity": "entity-0"},
        {"label": "V (other)", "entity": "entity-1"},
    ]
    assert declined["closest"] == [{"topic": "charts"}]
    assert [(c["text"], len(c["citations"])) for c in on_file["closest"]] == [(f"{GOLDEN} [1]", 1)]
    assert [o["answer"] for o in (which, declined, on_file)] == [None] * 3


def test_lines_come_out_in_the_order_in_which_they_came_in(hallyu, asking):
    asking.script["며칠?"] = an_answer(language="ko")
    result = hallyu("ask", "--json", "--stdin", stdin="first\r\n며칠?\n\n  third  \nlast".encode())
    assert result.code == 0
    assert [o["question"] for o in result.objects] == ["first", "며칠?", "", "third", "last"]
    assert [o["language"] for o in result.objects] == ["en", "ko", "en", "en", "en"]
    assert GOLDEN_KO in result.out, "Hangul is not escaped"


def test_no_line_at_all_is_no_answer_at_all(hallyu, asking):
    assert hallyu("ask", "--json", "--stdin").out == ""


@pytest.mark.parametrize(
    "line", [b"\xed\xa0\xbd who", b"\xff\xfe\x00", "\u202e\x1b[31mred\u2028?".encode(), b"@everyone"]
)
def test_any_bytes_get_one_object_of_clean_text(hallyu, asking, line):
    (found,) = hallyu("ask", "--json", "--stdin", stdin=line + b"\n").objects
    assert found.keys() == CONTRACT
    assert ESCAPE not in found["question"]
    found["question"].encode()


def test_a_lone_surrogate_among_the_words_is_no_fault(hallyu, asking):
    assert hallyu("ask", "--json", "who \udced\udca0 is").objects[0]["status"] == "no_answer"


@pytest.fixture
def really(monkeypatch, tmp_path):
    """The real use case on a small database, instead of a script."""
    from fakes.knowing import small_knowing

    @asynccontextmanager
    async def here():
        async with small_knowing(tmp_path / "hallyu.db", keeps=False) as small:
            yield small.asking

    monkeypatch.setattr(answering, "asking_here", here)


@pytest.mark.parametrize("question", ["", " ", "🎤", "x" * 501])
def test_what_is_not_tried_is_a_sentence_for_people_and_an_honest_no_for_programs(hallyu, really, question):
    for_people = hallyu("ask", question)
    assert (for_people.code, for_people.out) == (2, "")
    assert for_people.err.count("\n") == 1
    for_programs = hallyu("ask", "--json", question)
    assert for_programs.code == 0
    (found,) = for_programs.objects
    assert (found.keys(), found["status"], found["citations"]) == (CONTRACT, "no_answer", [])


def test_one_question_that_is_not_tried_stops_no_other(hallyu, really):
    result = hallyu("ask", "--stdin", stdin=b"\nHow many days in a row was Golden No. 1 on Spotify?\n")
    assert result.code == 2
    assert GOLDEN in result.out


# --- faults: one sentence, exit code 1 or 78, and nothing on disk has changed -------------------------------------


@pytest.fixture
def fails(hallyu, tmp_path):
    """Runs a command that must be refused; its sentence."""

    def run(*words: str, code: int = 1) -> str:
        before = snapshot(tmp_path)
        result = hallyu(*words)
        assert (result.code, result.out) == (code, "")
        assert snapshot(tmp_path) == before
        return result.err.strip()

    return run


@pytest.fixture
def database(tmp_path) -> Path:
    """The synced database of an earlier run."""
    from bot.compose import sync_pack
    from knowledge.store import open_store

    async def make(path: Path) -> None:
        async with open_store(path) as store:
            await sync_pack(store)

    path = tmp_path / "data" / "hallyu.db"
    asyncio.run(make(path))
    return path


def test_notes_of_an_address_cite_the_source_that_the_command_names(database, monkeypatch):
    from bot.fetching import Fetching
    from bot.pages import Page
    from bot.transferring import preview_of

    async def fetch(self, url):
        return Page(url, b"text,as_of\nTiger Tea opened its Busan shop in 2024.,2024\n", "text/csv")

    monkeypatch.setattr(Fetching, "fetch", fetch)
    settings, source = Settings(data_dir=database.parent), "https://paper.example/all"
    preview = asyncio.run(preview_of(settings, "https://data.example/notes.csv", 1, "", source))

    assert [note.sources[0].url for note in preview.new] == [source]


@pytest.mark.parametrize("words", [("run",), ("invite",), ("sync", "--commands")])
def test_without_a_token_the_way_to_one_is_told(fails, words):
    sentence = fails(*words, code=78)
    assert "There is no bot token yet" in sentence
    assert "https://discord.com/developers/applications" in sentence


@pytest.mark.parametrize("words", [("ask", "x"), ("run",), ("sync",), ("doctor",), ("invite",), ("model", "export")])
def test_faulty_settings_are_named_together(fails, monkeypatch, words):
    monkeypatch.setenv("HALLYU_LOG_LEVEL", "loud")
    monkeypatch.setenv("DISCORD_API_URL", "http://proxy.example")
    headline, *faults = fails(*words, code=78 if words == ("run",) else 1).splitlines()
    assert headline == "The settings have faults:"
    assert [fault.split(":")[0] for fault in faults] == ["- DISCORD_API_URL", "- HALLYU_LOG_LEVEL"]


NEWER = ("made by a newer Hallyu", "INSERT INTO migration VALUES (9999, 'later', '')")
FOREIGN = ("another program's database", "DROP TABLE migration")


@pytest.mark.parametrize(
    ("words", "sentence", "statement"), [(("ask", "x"), *NEWER), (("run",), *NEWER), (("ask", "x"), *FOREIGN)]
)
def test_a_database_of_somebody_else_is_left_alone(fails, database, monkeypatch, words, sentence, statement):
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    connection = sqlite3.connect(database)
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert sentence in fails(*words)


@pytest.mark.parametrize("words", [("ask", "x"), ("run",)], ids=" ".join)
def test_a_damaged_database_is_left_alone(fails, database, monkeypatch, words):
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    database.write_bytes(b"\0" * 4096)
    assert "damaged" in fails(*words)


@pytest.mark.parametrize("words", [("ask", "x"), ("run",)], ids=" ".join)
def test_a_data_folder_that_cannot_be_made_is_named(fails, tmp_path, monkeypatch, words):
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    sentence = fails(*words)
    assert str(tmp_path / "data") in sentence
    assert sentence.count("\n") == 0


def test_a_data_folder_that_may_not_be_written_is_named(fails, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o500)
    try:
        (folder / "probe").touch()
    except OSError:
        assert "cannot be written" in fails("ask", "x")
    else:
        pytest.skip("root may write anywhere")


def test_a_second_bot_on_the_same_folder_is_refused(fails, database, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    with writer_lock(database.parent):
        assert "Another Hallyu is already writing" in fails("run")


def test_without_a_model_and_the_means_to_make_one_the_remedy_is_told(hallyu, database, monkeypatch, tmp_path):
    monkeypatch.setenv("HALLYU_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    before = snapshot(tmp_path / "data")
    result = hallyu("ask", "x")
    assert (result.code, result.out) == (1, "")
    assert "sentence-transformers is not installed here" in result.err
    assert snapshot(tmp_path / "data") == before
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(("more", "said"), [(1, "8.1"), (64 * 1024 * 1024, "72")])
def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(hallyu, database, tmp_path, more, said):
    large = tmp_path / "large.csv"
    large.touch()
    os.truncate(large, LARGEST_FILE + more)
    tracemalloc.start()
    result = hallyu("import", "large.csv", "--guild", "1")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.code == 1
    assert result.err.startswith(f"large.csv has {said} MB, and 8 MB at most are read")
    assert peak < 4 * LARGEST_FILE


@pytest.fixture
def own_pack(tmp_path, monkeypatch) -> Path:
    """A copy of the bundled files, which the commands take for the bundled ones."""
    root = tmp_path / "pack"
    shutil.copytree(files.PACKAGE, root, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(files, "PACKAGE", root)
    return root


FAULTS = {
    "corpus": "topic: own\ntitle: {en: Own, ko: 우리}\nsnippets: [{id: own, kind: rumour}]\n",
    "entities": "- {id: own, kind: grop, names: {en: Own}}\n",
    "words": "- {id: one-of-ours, gloss: own}\n",
    "golden": "questions: none\n",
}


def spoil(root: Path, *kinds: str) -> None:
    """Puts a faulty file beside the others of its kind."""
    for kind in kinds:
        (root / kind / "own.yaml").write_text(FAULTS[kind], encoding="utf-8")


@pytest.mark.parametrize("named", [False, True])
def test_corpus_check_names_every_fault_in_one_go(fails, own_pack, named):
    spoil(own_pack, *FAULTS)
    *faults, count = fails("corpus", "check", *([str(own_pack)] if named else [])).splitlines()
    assert count == f"{len(faults)} faults."
    assert [file for file, _ in groupby(fault.split(": ")[0] for fault in faults)] == [
        f"{kind}/own.yaml" for kind in FAULTS
    ]
    assert "corpus/own.yaml: own: kind: is rumour. Use one of: event, state." in faults


def test_corpus_check_counts_what_is_in_order(hallyu):
    result = hallyu("corpus", "check")
    assert result.code == 0
    assert result.out.startswith("The corpus is in order: ")


def test_corpus_check_of_a_folder_without_a_pack_says_so(fails, tmp_path):
    assert "has no .yaml file in corpus/ or entities/" in fails("corpus", "check", str(tmp_path))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "{}"), "has no .yaml file in corpus/ or entities/"),
        (("sample", "--pages", "{}"), "has no saved pages (SOURCE-ID.txt). Name the right folder."),
        (("check", "--pages", "{}"), "has no saved pages (SOURCE-ID.txt). Name the right folder."),
    ],
)
def test_a_folder_that_holds_nothing_is_not_taken_for_an_empty_success(fails, tmp_path, words, said):
    assert said in fails("corpus", *(word.format(tmp_path) for word in words))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "fresh"), [(("ask", "x"), True), (("ask", "x"), False), (("run",), True), (("sync",), False)]
)
def test_faulty_files_are_named_before_anything_is_made(fails, own_pack, request, monkeypatch, words, fresh):
    if not fresh:
        request.getfixturevalue("database")
    spoil(own_pack, "corpus")
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    assert "corpus/own.yaml: own: kind: is rumour" in fails(*words)


def test_doctor_finds_what_is_missing_and_makes_nothing(hallyu, monkeypatch, tmp_path):
    monkeypatch.setenv("HALLYU_CACHE_DIR", str(tmp_path / "cache"))
    before = snapshot(tmp_path)
    result = hallyu("doctor", "--json")
    assert result.code == 1
    (findings,) = result.objects
    assert {finding["part"] for finding in findings if not finding["fine"]} >= {"Model", "Cache", "Knowledge"}
    assert all(finding["remedy"] for finding in findings if not finding["fine"])
    assert snapshot(tmp_path) == before
    assert hallyu("doctor").out.count("FAULT") == sum(not finding["fine"] for finding in findings)


@pytest.mark.slow
def test_eval_counts_the_golden_questions_and_hides_failures_of_the_test_half(hallyu):
    result = hallyu("eval", "--json")
    assert result.code == 0
    (found,) = result.objects
    assert [part["name"] for part in found["parts"]][:3] == ["all", "en", "ko"]
    assert found["parts"][0]["answered"]["count"] == sum(q.expect == "answered" for q in load_golden())
    halves = {question.id: question.split for question in load_golden()}
    assert {halves[failure["id"]] for failure in found["failures"]} <= {"dev"}


@pytest.mark.slow
def test_eval_of_a_reading_set_measures_the_ranking_of_its_paragraphs(hallyu, tmp_path):
    path = tmp_path / "set.json"
    paragraphs = [
        {"context": f"Duo {n} comes from {place}.", "qas": [{"question": f"Where is Duo {n} from?", "answers": [a]}]}
        for n, place in enumerate(("Seoul", "Busan", "Daegu"))
        for a in ({"text": place},)
    ]
    path.write_text(json.dumps({"data": [{"title": "Duos", "paragraphs": paragraphs}]}), encoding="utf-8")
    (found,) = hallyu("eval", "--json", "--set", str(path)).objects
    assert found["ranks"]["recall_1"]["mean"] == found["sentence_1"]["mean"] == 1.0
    assert "recall_1    1.000 [1.000, 1.000]  over 3 questions" in hallyu("eval", "--set", str(path)).out


def test_eval_of_what_is_not_there_says_what_there_is(hallyu):
    result = hallyu("eval", "--set", "nothing")
    assert result.code == 2
    assert "There is no set and no file called nothing. Use golden" in result.err


@pytest.mark.slow
def test_why_shows_what_was_understood_and_compared(hallyu):
    result = hallyu("ask", "--why", "How many days in a row was Golden No. 1 on Spotify?")
    assert result.code == 0
    assert "names understood: " in result.out
    assert "  - note golden-76-days-spotify · " in result.out
