"""Whether a lifecycle and its child cases fit together."""
