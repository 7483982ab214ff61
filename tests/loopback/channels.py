"""Messages in channels, as the bot user sees and writes them."""

from __future__ import annotations

from .bodies import check_message
from .call import Call
from .wire import EPHEMERAL, JSON, ApiError
from .world import World
from .writing import write


class Channels:
    """The bot's own access, without the token of an interaction."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def send(self, call: Call) -> JSON:
        channel = int(call["channel"])
        if not self._world.guild_of(channel) and channel not in self._world.direct:
            raise ApiError(404, 10003, "Unknown Channel")
        check_message(call.body)
        return write(self._world.message(channel, self._world.bot), call.body, self._world.users)

    async def direct(self, call: Call) -> JSON:
        """The direct channel with a person."""
        user = self._world.users.get(int(call.body["recipient_id"]))
        if not user:
            raise ApiError(404, 10013, "Unknown User")
        return {"id": str(self._world.direct_channel(user)), "type": 1, "recipients": [user.payload()]}

    async def read(self, call: Call) -> JSON:
        message = self._world.messages.get(int(call["message"]))
        if not message or message["channel_id"] != call["channel"] or message["flags"] & EPHEMERAL:
            raise ApiError(404, 10008, "Unknown Message")
        return message

    async def edit(self, call: Call) -> JSON:
        message = await self._own(call)
        check_message(call.body, before=message)
        return write(message, call.body, self._world.users)

    async def delete(self, call: Call) -> None:
        message = await self._own(call)
        del self._world.messages[int(message["id"])]

    async def _own(self, call: Call) -> JSON:
        message = await self.read(call)
        if message["author"]["id"] != str(self._world.bot.id):
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        return message
