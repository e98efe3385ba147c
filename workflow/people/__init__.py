"""Parties, persons and appointments: whose authority the engine asks for."""
