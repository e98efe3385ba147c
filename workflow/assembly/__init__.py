"""Where the engine of programmes is put together of what every wing has for it."""
