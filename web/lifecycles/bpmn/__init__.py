"""A lifecycle as a BPMN 2.0 file."""
