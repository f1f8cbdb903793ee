"""The shared model: frozen types that pass between rooms. It imports nothing of this project but itself."""
