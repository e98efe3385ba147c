"""Which version of each lifecycle is offered: what was published, offered again and retired."""
