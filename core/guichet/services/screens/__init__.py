"""Extra pages for agents, brought by plugins: who sees which, what they are told, what they give."""

from guichet.services.screens.asking import Answered, Silence, ask_screen
from guichet.services.screens.finding import FoundScreen, find_screen, screens_for, visible_links

__all__ = ["Answered", "FoundScreen", "Silence", "ask_screen", "find_screen", "screens_for", "visible_links"]
