"""The demo's partners: donors vetted, agreements signed, and a programme of training."""
