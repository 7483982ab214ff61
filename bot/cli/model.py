"""`hallyu model export`: a model's one-time export to ONNX."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.terminal import console, note
from bot.settings import load_settings

app = typer.Typer(help="The embedding model.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The embedding model."""


@app.command()
def export(
    model: Annotated[
        str | None,
        typer.Option("--model", help="A name or folder that sentence-transformers loads; default: the model in use."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Export it even where a sound export is there.")] = False,
) -> None:
    """Export the model to ONNX into the cache folder, unless a sound export is there already.

    Example: hallyu model export --model ./my-model
    """
    from bot.models import full_name, model_name
    from index.embedding.files import ModelMissing, load_model_files

    settings = load_settings()
    name = full_name(model) if model else model_name(settings)
    try:
        if again:
            raise ModelMissing
        files = load_model_files(settings.cache_dir, name)
    except ModelMissing:
        from index.embedding.export import export_model

        note(f"Exporting the model {name} (once) …")
        files = export_model(settings.cache_dir, name)
    known = ", ".join(files.manifest.scripts)
    console().print(
        f"The model {name} is ready (understands: {known}; fingerprint {files.manifest.fingerprint}).", soft_wrap=True
    )
