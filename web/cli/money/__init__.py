"""The money of programmes and the rates of exchange on the command line."""
