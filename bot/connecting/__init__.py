"""Staying connected to Discord's gateway, within the number of sessions that Discord lets a bot begin."""

from bot.connecting.budget import Budget
from bot.connecting.gate import Gate
from bot.connecting.record import RECORD
from bot.connecting.staying import CLOSING_SECONDS, UNREACHABLE, closing, login, stay_connected

__all__ = ["CLOSING_SECONDS", "RECORD", "UNREACHABLE", "Budget", "Gate", "closing", "login", "stay_connected"]
