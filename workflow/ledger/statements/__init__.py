"""Statements of money over many cases: of a framework, of a party, of all that one person may know of."""
