"""Turns raw pages into documents, and says when a page is not the document: the only room that knows HTML and PDF."""
