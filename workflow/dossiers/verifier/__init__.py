"""The verifier: parts that stand on Python's own library alone, handed out as one file.

It shares no code with what writes the trail, so that one fault cannot hide the other, and it runs
on Python 3.9 and later. The parts name nothing twice, because `joined` lays them end to end.
"""
