"""Messages in channels, as the bot user sees and writes them."""

from __future__ import annotations

from .bodies import check_message
from .call import Call
from .wire import EPHEMERAL, JSON, ApiError
from .world import World
from .writing import write

LONGEST_NONCE = 25
"""https://discord.com/developers/docs/resources/message#create-message"""


class Channels:
    """The bot's own access, without the token of an interaction."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_nonce: dict[str, JSON] = {}

    async def send(self, call: Call) -> JSON:
        channel = int(call["channel"])
        if not self._world.guild_of(channel) and channel not in self._world.direct:
            raise ApiError(404, 10003, "Unknown Channel")
        check_message(call.body)
        nonce = str(call.body.get("nonce") or "")
        if len(nonce) > LONGEST_NONCE:
            raise ApiError(400, 50035, "Invalid Form Body: nonce")
        if call.body.get("enforce_nonce") and nonce in self._by_nonce:
            return self._by_nonce[nonce]
        message = write(self._world.message(channel, self._world.bot), call.body, self._world.users)
        self._by_nonce[nonce] = message
        return message

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
