"""What people read: sentences, dates, translations and the environment that templates are rendered in.

Importing this room is cheap: Babel and Jinja2 are loaded when the first translation, date or template needs them.
"""

from watcher.voice.environment import environment
from watcher.voice.ranking import ranked
from watcher.voice.stance import Stance, stance
from watcher.voice.voice import Sign, Voice

__all__ = ["Sign", "Stance", "Voice", "environment", "ranked", "stance"]
