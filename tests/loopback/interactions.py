"""What a bot may do with the token of an interaction, and until when."""

from __future__ import annotations

import asyncio

from .bodies import check_choices, check_message, check_modal
from .call import Call
from .transcript import Transcript
from .wire import EPHEMERAL, JSON, LOADING, ApiError, Callback, Interaction
from .world import World
from .writing import write

ON_A_MESSAGE = (Callback.DEFER_UPDATE, Callback.UPDATE)
ALLOWED = {
    Interaction.COMMAND: (Callback.MESSAGE, Callback.DEFER, Callback.MODAL),
    Interaction.COMPONENT: (Callback.MESSAGE, Callback.DEFER, Callback.MODAL, *ON_A_MESSAGE),
    Interaction.MODAL: (Callback.MESSAGE, Callback.DEFER, *ON_A_MESSAGE),
    Interaction.AUTOCOMPLETE: (Callback.CHOICES,),
}


class Interactions:
    """The open interactions; `answer_within` and `token_lifetime` are seconds."""

    def __init__(self, world: World, answer_within: float, token_lifetime: float) -> None:
        self._world = world
        self._by_token: dict[str, Transcript] = {}
        self.answer_within = answer_within
        self.token_lifetime = token_lifetime

    def open(self, transcript: Transcript) -> None:
        """Lets the clock run for an interaction that is being sent."""
        self._by_token[transcript.token] = transcript
        asyncio.get_running_loop().call_later(self.answer_within, transcript.lose)

    def forget(self, older_than: float) -> None:
        """Drops the interactions that were answered or lost and are so many seconds old, and what was written then."""
        over = [t for t in self._by_token.values() if (t.answered or t.lost) and t.age > older_than]
        for transcript in over:
            del self._by_token[transcript.token]
            for message in transcript.messages:
                self._world.messages.pop(int(message["id"]), None)

    def person(self, token: str) -> int | None:
        """The id of the person whose interaction has this token."""
        transcript = self._by_token.get(token)
        return transcript.user.id if transcript else None

    def blame(self, token: str, error: ApiError) -> None:
        """Notes an error that the bot was answered."""
        if transcript := self._by_token.get(token):
            transcript.errors.append(error.body)
            transcript.changed()

    async def callback(self, call: Call) -> JSON | None:
        """The first response to an interaction."""
        transcript = self._by_token.get(call["token"])
        if not transcript or str(transcript.id) != call["interaction"] or transcript.lost:
            raise ApiError(404, 10062, "Unknown interaction")
        if transcript.callback is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        kind = call.body.get("type")
        if kind not in ALLOWED[transcript.kind] or (kind in ON_A_MESSAGE and not transcript.source):
            raise ApiError(400, 50035, f"Invalid Form Body: {kind!r} does not answer {transcript.kind.name}")
        self._respond(transcript, Callback(kind), call.body.get("data") or {})
        return _described(transcript) if call.query.get("with_response") in ("1", "true") else None

    def _respond(self, transcript: Transcript, kind: Callback, data: JSON) -> None:
        match kind:
            case Callback.MODAL:
                check_modal(data)
                transcript.modal = data
            case Callback.CHOICES:
                check_choices(data)
                transcript.choices = data["choices"]
            case Callback.MESSAGE:
                check_message(data, ("data",))
                transcript.original = self._write(self._new_message(transcript, data), data)
            case Callback.DEFER:
                transcript.original = self._new_message(transcript, data)
                transcript.original["flags"] |= LOADING
            case Callback.UPDATE if transcript.source:
                check_message(data, ("data",), transcript.source)
                transcript.original = self._write(transcript.source, data)
            case Callback.DEFER_UPDATE:
                transcript.original = transcript.source
        transcript.acknowledge(kind)
        if transcript.original and kind in (Callback.MESSAGE, Callback.UPDATE):
            transcript.wrote(transcript.original)

    def _new_message(self, transcript: Transcript, body: JSON) -> JSON:
        flags = (body.get("flags") or 0) & EPHEMERAL
        message = self._world.message(transcript.channel_id, self._world.bot, flags)
        message |= {"application_id": str(self._world.bot.id), "interaction_metadata": transcript.metadata()}
        return message

    def _write(self, message: JSON, body: JSON) -> JSON:
        return write(message, body, self._world.users)

    async def follow_up(self, call: Call) -> JSON:
        """A further message; directly after a deferral it is the deferred one, visible to whom the deferral said."""
        transcript = self._open(call)
        waiting = transcript.original if transcript.loading else None
        check_message(call.body, before=waiting)
        message = self._write(waiting or self._new_message(transcript, call.body), call.body)
        transcript.wrote(message)
        return message

    async def read(self, call: Call) -> JSON:
        return self._message(self._open(call), call["message"])

    async def edit(self, call: Call) -> JSON:
        transcript = self._open(call)
        message = self._message(transcript, call["message"])
        check_message(call.body, before=message)
        transcript.wrote(self._write(message, call.body))
        return message

    async def delete(self, call: Call) -> None:
        transcript = self._open(call)
        message = self._message(transcript, call["message"])
        del self._world.messages[int(message["id"])]
        transcript.messages = [kept for kept in transcript.messages if kept is not message]
        transcript.original = None if transcript.original is message else transcript.original
        transcript.changed()

    def _open(self, call: Call) -> Transcript:
        """The interaction whose token may still be used."""
        transcript = self._by_token.get(call["token"])
        if not transcript or transcript.age > self.token_lifetime:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        if transcript.callback is None or call["application"] != str(self._world.bot.id):
            raise ApiError(404, 10015, "Unknown Webhook")
        return transcript

    def _message(self, transcript: Transcript, name: str) -> JSON:
        if name == "@original":
            message = transcript.original
        else:
            message = next((message for message in transcript.messages if message["id"] == name), None)
        if not message or int(message["id"]) not in self._world.messages:
            raise ApiError(404, 10008, "Unknown Message")
        return message


def _described(transcript: Transcript) -> JSON:
    """What a first response is answered where the bot wants to know."""
    interaction: JSON = {"id": str(transcript.id), "type": int(transcript.kind)}
    message = transcript.original
    if not message:
        return {"interaction": interaction}
    interaction["response_message_id"] = message["id"]
    interaction["response_message_loading"] = transcript.loading
    interaction["response_message_ephemeral"] = bool(message["flags"] & EPHEMERAL)
    return {"interaction": interaction, "resource": {"type": transcript.callback, "message": message}}
