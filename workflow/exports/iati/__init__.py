"""Programmes as IATI activities (version 2.03): what they are, and the transactions of their money."""
