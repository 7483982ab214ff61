"""The bundled knowledge as files: their format, their checks, and the pack they become."""

from knowledge.files import pack_digest
from knowledge.pack.draft import Draft
from knowledge.pack.editorial import remarks_on
from knowledge.pack.editorial.areas import check_areas
from knowledge.pack.editorial.provenance import check_own_words, read_pages
from knowledge.pack.fault import Fault
from knowledge.pack.loader import check_pack, load_pack, read_draft, sound_draft
from knowledge.pack.survey import Survey, sample, survey

__all__ = [
    "Draft",
    "Fault",
    "Survey",
    "check_areas",
    "check_own_words",
    "check_pack",
    "load_pack",
    "pack_digest",
    "read_draft",
    "read_pages",
    "remarks_on",
    "sample",
    "sound_draft",
    "survey",
]
