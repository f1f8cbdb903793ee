"""Writes letters to subscribers and hands them over: the only room that knows SMTP."""
