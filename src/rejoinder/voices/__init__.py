"""The voices room: who says an act, through which channel, and who passes it on."""

from rejoinder.voices.find import find_voices

__all__ = ["find_voices"]
