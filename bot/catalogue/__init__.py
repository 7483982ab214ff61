"""Every fixed text that a person sees, one YAML file per language, so that a translator needs no Python."""

from bot.catalogue.catalogue import Catalogue, Voice

__all__ = ["Catalogue", "Voice"]
