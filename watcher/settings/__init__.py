"""Reads config.yaml and catalogues, validated as a whole, every mistake with its file, line and key."""
