"""`hallyu corpus check · report · sample`: what a curator runs before a pull request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.terminal import complain, console, note

if TYPE_CHECKING:
    from knowledge.pack import Draft, Fault

Folder = Annotated[
    Path | None,
    typer.Argument(help="A folder with corpus/ and entities/ (and words/, golden/); default: the bundled one."),
]

app = typer.Typer(help="The bundled knowledge as files.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The bundled knowledge as files."""


@app.command()
def check(
    folder: Folder = None,
    pages: Annotated[
        Path | None,
        typer.Option(help="A folder with saved pages, SOURCE-ID.txt: no sentence may be theirs."),
    ] = None,
) -> None:
    """Check every file of the knowledge and name each fault with its file, entry and field."""
    from knowledge.checking import check_everything, check_texts, in_order
    from knowledge.golden import load_golden
    from knowledge.pack import load_pack, read_draft

    draft = read_draft(folder)
    texts = check_texts(draft, bundled=folder is None, pages=pages)
    faults = in_order([*check_everything(folder), *texts, *_unlinked(draft), *_repeated(draft)])
    for fault in faults:
        complain(str(fault))
    if faults:
        complain("One fault." if len(faults) == 1 else f"{len(faults)} faults.")
        raise typer.Exit(1)
    pack = load_pack(folder)
    console().print(
        f"The corpus is in order: {len(pack.topics)} topics, {len(pack.snippets)} snippets and facts, "
        f"{len(pack.entities)} entities, {len(load_golden(folder))} golden questions."
    )


@app.command()
def report(folder: Folder = None) -> None:
    """Show what the pack holds by area, language, publisher, age and kind, and where it is thin."""
    from bot.cli.corpus_report import show_survey
    from knowledge.pack import sound_draft, survey

    show_survey(survey(sound_draft(folder)), console())


@app.command()
def sample(
    pages: Annotated[Path, typer.Option(help="A folder with saved pages, SOURCE-ID.txt.")],
    count: Annotated[int, typer.Option(min=1, help="How many snippets.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed draws the same snippets.")] = 1,
    folder: Folder = None,
) -> None:
    """Draw snippets by chance and show each beside the saved text of its pages, to be read as a sceptic."""
    from bot.cli.corpus_report import show_beside_pages
    from knowledge.pack import read_pages, sound_draft
    from knowledge.pack import sample as drawn

    show_beside_pages(drawn(sound_draft(folder), count, seed), read_pages(pages), console())


def _unlinked(draft: Draft) -> list[Fault]:
    """Names that no entry links; with the bundled word list, which knows what is a word rather than a name."""
    from index.editing import check_names_linked
    from index.lexicon import Lexicon
    from knowledge.errors import HallyuError
    from knowledge.glossary import load_glossary

    try:
        glossary = load_glossary()
    except HallyuError:  # its faults are told by themselves, and without it nobody tells words from names
        return []
    return list(check_names_linked(draft, Lexicon.of(glossary)))


def _repeated(draft: Draft) -> list[Fault]:
    """Near-duplicates, where the model is there to tell."""
    from bot.models import model_name
    from bot.settings import load_settings
    from index.editing import check_near_duplicates, english_texts
    from index.embedding import ModelMissing, OnnxEmbedder, load_model_files
    from index.loading import encode_texts
    from index.pack_vectors import read_pack_vectors

    settings = load_settings()
    try:
        embedder = OnnxEmbedder(load_model_files(settings.cache_dir, model_name(settings)), threads=0)
    except ModelMissing:
        note("Not checked: whether texts repeat each other. That needs the model: hallyu model export.")
        return []
    texts = english_texts(draft)
    vectors = read_pack_vectors(settings.cache_dir, embedder.fingerprint).among(texts)
    vectors |= encode_texts({key: text for key, text in texts.items() if key not in vectors}, embedder)
    return list(check_near_duplicates(draft, vectors))
