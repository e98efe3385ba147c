"""The attacks on the trail that its design names, T1 to T24: who finds each, and who does not."""
