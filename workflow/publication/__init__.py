"""The register of lifecycles: what is published, offered again or retired, by two where it takes two."""
