"""A world on each kind of database."""

from tests.workflow.engine.conftest import world

__all__ = ["world"]
