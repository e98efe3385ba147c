"""The simulation: cases played through the rules of a lifecycle, under declared assumptions."""
