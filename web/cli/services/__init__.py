"""Commands that go on until they are stopped: the pages, the worker and the signer."""
