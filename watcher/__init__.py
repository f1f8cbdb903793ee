"""The terms watcher: notices when platforms change their terms, explains what it means, proves it."""

__version__ = "0.1.0"
