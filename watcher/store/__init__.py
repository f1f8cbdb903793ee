"""Keeps everything: the only room that knows the database."""
