"""The bundled knowledge as files: their format, their checks, and the pack they become."""

from knowledge.files import pack_digest
from knowledge.pack.fault import Fault
from knowledge.pack.loader import check_pack, load_pack

__all__ = ["Fault", "check_pack", "load_pack", "pack_digest"]
