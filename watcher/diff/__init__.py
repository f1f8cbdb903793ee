"""Compares two documents clause by clause: the only room that knows diff-match-patch."""
