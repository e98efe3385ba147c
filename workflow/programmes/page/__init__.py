"""The page of one programme: facts, rounds and stages."""
