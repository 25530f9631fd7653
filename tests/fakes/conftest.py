from tests.fakes.common.fixtures import clock, no_proxy

__all__ = ["clock", "no_proxy"]
