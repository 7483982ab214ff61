"""What `hallyu doctor` looks at: one finding per part, each with its remedy."""

from bot.diagnosis.examining import examine
from bot.diagnosis.finding import Finding

__all__ = ["Finding", "examine"]
