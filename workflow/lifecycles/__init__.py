"""Lifecycles as data: the definition, its loader, rules, calendar, machine and soundness; no database."""
