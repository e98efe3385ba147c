"""How a run of the tests begins and ends, which tests it takes, and what it makes quick."""
