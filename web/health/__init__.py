"""Health: what works behind the pages, for officers and auditors, and for the proxy in front."""
