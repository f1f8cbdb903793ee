"""Recorded fetch histories from elsewhere, fed through the pipeline."""
