"""The verbs of the engine: each is one transaction that claims, decides and writes, or refuses."""

from workflow.engine.commands.claim import Claim, Reassignment, Release, claim, reassign, release
from workflow.engine.commands.declare import Interest, declare
from workflow.engine.commands.escalate import Alarm, escalate
from workflow.engine.commands.initiate import Initiative, initiate
from workflow.engine.commands.recuse import Recusal, recuse
from workflow.engine.commands.sign import sign
from workflow.engine.commands.waive import Lift, lift

__all__ = [
    "Alarm",
    "Claim",
    "Initiative",
    "Interest",
    "Lift",
    "Reassignment",
    "Recusal",
    "Release",
    "claim",
    "declare",
    "escalate",
    "initiate",
    "lift",
    "reassign",
    "recuse",
    "release",
    "sign",
]
