"""The buyer's pages of times, and ours about hours and the day. Importing this registers all."""

from app.scheduling.routes.feed import blueprint as feed
from app.scheduling.routes.interviews import blueprint as interviews
from app.scheduling.routes.own import blueprint as own
from app.scheduling.routes.times import blueprint as times

__all__ = ["feed", "interviews", "own", "times"]
