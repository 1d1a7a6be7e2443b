"""Pure rules of reading: no framework, no input or output."""
