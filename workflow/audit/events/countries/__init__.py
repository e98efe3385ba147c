"""Events about countries that stand on the register: what they belong to."""
