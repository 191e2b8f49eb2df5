"""When a request is tried again. Importing this module imports requests; only the door does so."""

from __future__ import annotations

from collections.abc import Callable

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential
from urllib3.exceptions import NameResolutionError

from flows.errors import SourceUnavailable
from flows.net.answers import Answer, RateLimited


def retrying(attempts: int, cap_s: float, sleep: Callable[[float], None]) -> Callable[[Callable[[], Answer]], Answer]:
    """A caller that tries again after connection failures, 429 and 5xx: with jitter, or after the pause asked for.

    A request that ran out of time is not repeated: it has cost its whole budget already. A pause longer than `cap_s`
    ends it at once. Raises the last SourceUnavailable.
    """
    jitter = wait_random_exponential(multiplier=0.5, max=8)

    def wait(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RateLimited) and error.retry_after_s is not None:
            return error.retry_after_s
        return float(jitter(state))

    def stop(state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RateLimited) and (error.retry_after_s or 0) > cap_s:
            return True
        return bool(stop_after_attempt(attempts)(state))

    def call(attempt: Callable[[], Answer]) -> Answer:
        policy = Retrying(
            retry=retry_if_exception(_may_pass),
            wait=wait,
            stop=stop,
            sleep=sleep,
            reraise=True,
        )
        try:
            return policy(attempt)
        except requests.RequestException as error:
            raise SourceUnavailable(_plain(error)) from error
        except (OSError, ValueError) as error:
            raise SourceUnavailable(f"the answer could not be read ({type(error).__name__})") from error

    return call


def _may_pass(error: BaseException) -> bool:
    """Whether the same request may succeed in a moment. A name that does not resolve means: no network, or a wrong name."""
    if _unresolved(error) or isinstance(error, requests.exceptions.SSLError):
        return False
    return isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError | RateLimited)


def _unresolved(error: BaseException) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), NameResolutionError)


def _plain(error: requests.RequestException) -> str:
    """One line without addresses: what requests prints may hold a query with a key in it."""
    host = ""
    if error.request is not None and error.request.url:
        from urllib.parse import urlsplit

        host = urlsplit(error.request.url).hostname or ""
    if _unresolved(error):
        reason = "its name does not resolve"
    elif isinstance(error, requests.exceptions.SSLError):
        reason = "its certificate is not trusted"
    elif isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        reason = "its answer broke off or is damaged"
    else:
        reason = "the connection failed"
    return f"{host or 'the source'} cannot be reached: {reason}"
