"""The commands. They parse, call one function and print; the work is done elsewhere."""
