"""The company's time, as every company has it."""

from tests.fakes.common.clock import Clock, StandingClock

__all__ = ["Clock", "StandingClock"]
