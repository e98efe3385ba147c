"""The verbs of the engine: each is one transaction that locks the case, decides and writes, or refuses."""

from workflow.engine.commands.claim import (
    ClaimSeat,
    ReassignSeat,
    ReleaseSeat,
    claim,
    reassign,
    release,
)
from workflow.engine.commands.declare import DeclareInterest, declare
from workflow.engine.commands.escalate import EscalateRound, escalate
from workflow.engine.commands.initiate import OpenRound, initiate
from workflow.engine.commands.recuse import RecuseSeat, recuse
from workflow.engine.commands.sign import sign
from workflow.engine.commands.waive import WaiveBar, waive

__all__ = [
    "ClaimSeat",
    "DeclareInterest",
    "EscalateRound",
    "OpenRound",
    "ReassignSeat",
    "RecuseSeat",
    "ReleaseSeat",
    "WaiveBar",
    "claim",
    "declare",
    "escalate",
    "initiate",
    "reassign",
    "recuse",
    "release",
    "sign",
    "waive",
]
