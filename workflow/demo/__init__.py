"""The demo: people, imported programmes and live ones, brought there by the real commands."""
