"""What a question demands of its answer, and which texts have it: a module for each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.demands.advice import asks_permission, is_personal, states_permission
from index.demands.dates import asks_time, states_time
from index.demands.future import asks_future
from index.demands.letters import asks_letters, spells_out
from index.demands.quantities import Quantity, quantities_stated, quantity_asked
from index.demands.reasons import asks_reason, states_reason
from index.demands.somebody import asks_somebody
from index.demands.units import Unit, unit_asked
from index.tokens import normalise


@dataclass(frozen=True, slots=True)
class Demands:
    """What a text must have to answer a question: a number of a kind, a number of a unit ("how many weeks"), a date, a
    reason, words on what is to come, a name of somebody else than those asked about, the words behind letters, what is
    allowed; `is_personal` that it must have been written for such a question."""

    quantity: Quantity | None = None
    unit: Unit | None = None
    time: bool = False
    reason: bool = False
    future: bool = False
    somebody: bool = False
    letters: bool = False
    permission: bool = False
    is_personal: bool = False

    @property
    def of_members(self) -> Demands:
        """What a text must have that a server wrote for its members: they ask it of themselves, what they may do and
        what comes next, and its notes tell such things in any words."""
        return replace(self, future=False, permission=False, is_personal=False)

    def are_said_in(self, sentence: str) -> bool:
        """Whether a sentence by itself has the number, the date or the reason that is demanded."""
        return self._are_told_in(sentence, (), Unit.is_counted_in)

    def are_met_by(self, text: str, asks: Sequence[str]) -> bool:
        """Whether a text with its ways to ask has all that can be seen in it alone: anything but `future` and
        `somebody`. Where a way to ask for it is for a reason, it has one."""
        return (
            self._are_told_in(text, asks, Unit.is_met_by)
            and (not self.letters or spells_out(text, asks))
            and (not self.permission or states_permission(text))
            and (not self.is_personal or any(is_personal(normalise(ask)) for ask in asks))
        )

    def _has_quantity(self, text: str) -> bool:
        """Whether it has a number of the kind; one of the unit is one."""
        if self.quantity is None or self.quantity in quantities_stated(text):
            return True
        return self.quantity is Quantity.NUMBER and self.unit is not None and self.unit.is_counted_in(text)

    def _are_told_in(self, text: str, asks: Sequence[str], counts: Callable[[Unit, str], bool]) -> bool:
        return (
            self._has_quantity(text)
            and (self.unit is None or counts(self.unit, text))
            and (not self.time or states_time(text))
            and (not self.reason or states_reason(text, asks))
        )


NONE = Demands()
"""What a question demands that asks for nothing in particular."""


def demands_of(normalised: str) -> Demands:
    """What a question (normalised) demands."""
    return Demands(
        quantity=quantity_asked(normalised),
        unit=unit_asked(normalised),
        time=asks_time(normalised),
        reason=asks_reason(normalised),
        future=asks_future(normalised),
        somebody=asks_somebody(normalised),
        letters=asks_letters(normalised),
        permission=asks_permission(normalised),
        is_personal=is_personal(normalised),
    )
