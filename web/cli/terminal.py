"""The terminal that commands draw tables and progress on."""

from rich.console import Console

console = Console(highlight=False)
