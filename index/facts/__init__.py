"""Questions that structured facts answer: who, when, which ones, at which time, by one step or two."""

from index.facts.asking import FactQuestion, fact_question
from index.facts.lacking import lacks
from index.facts.resolving import Resolved, resolve

__all__ = ["FactQuestion", "Resolved", "fact_question", "lacks", "resolve"]
