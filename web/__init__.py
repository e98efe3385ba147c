"""The pages: one folder per audience and noun, thin views over the engine."""
