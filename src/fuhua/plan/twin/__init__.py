"""Pure: what might come, imagined from what was; nothing here is ever recorded."""
