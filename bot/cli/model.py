"""`hallyu model export`: the model's one-time export to ONNX."""

from __future__ import annotations

import typer

from bot.cli.terminal import console, note
from bot.settings import load_settings
from index.embedding import ModelMissing, load_model_files

app = typer.Typer(help="The embedding model.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The embedding model."""


@app.command()
def export() -> None:
    """Export the model to ONNX into the cache folder, unless a sound export is there already."""
    settings = load_settings()
    try:
        files = load_model_files(settings.cache_dir, settings.model)
    except ModelMissing:
        from index.embedding.export import export_model

        note(f"Exporting the model {settings.model} (once) …")
        files = export_model(settings.cache_dir, settings.model)
    known = ", ".join(files.manifest.scripts)
    console().print(
        f"The model {settings.model} is ready (understands: {known}; fingerprint {files.manifest.fingerprint})."
    )
