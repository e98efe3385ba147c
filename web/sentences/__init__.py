"""How pages say sentences: found in a catalogue, gathered for translators, with values kept in their place."""
