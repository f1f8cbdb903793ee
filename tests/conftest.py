"""For every test: no test fails because the machine was busy."""

from hypothesis import settings

settings.register_profile("watcher", deadline=None)
settings.load_profile("watcher")
