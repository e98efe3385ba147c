"""What is done behind the pages, and by whom: by a process beside them, or by workers of their own."""

from workflow.background.parts import Background, mailer_of

__all__ = ["Background", "mailer_of"]
