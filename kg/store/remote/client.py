"""One exchange with an endpoint: within a time and a size, repeated where that is right, an error of ours otherwise."""

from __future__ import annotations

import http.client
import random
import ssl
import time
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

from SPARQLWrapper import SPARQLWrapper

from kg.errors import BadQuery, RemoteError
from kg.store.remote.address import PASSWORD, TOKEN, USER, Address, Credentials, Limits, origin
from kg.store.remote.transport import Deadline, excerpt, opener, read_body
from kg.store.worker import has_dataset

_AGAIN = (429, 502, 503, 504)
_MOST_TRIES = 6
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0
_LONGEST_GET = 1_500
_TOO_LARGE = (413, 414)
AGENT = "iis-kg"


@dataclass(frozen=True)
class Reply:
    """What came: media type, body and headers."""

    media_type: str
    body: bytes
    headers: Message


class Refused(RemoteError):
    """The endpoint answers with a status that says no."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


class Client:
    """Asks one endpoint.

    Args:
        url: of the endpoint.
        credentials: sent to its origin alone.
        limits: of each exchange.

    Raises:
        UseError: the address is none, or not one for these credentials.
    """

    def __init__(self, url: str, credentials: Credentials | None = None, limits: Limits | None = None) -> None:
        self._credentials = Credentials.from_environment() if credentials is None else credentials
        self.limits = Limits.from_environment() if limits is None else limits
        self.address = Address.read(url, self._credentials)
        self._home = origin(self.address.url)
        self.more: tuple[tuple[str, str], ...] = ()
        """Parameters that go with each query besides those of the address, unless it names its graphs by FROM."""
        self._credentials_first = True

    def __repr__(self) -> str:
        return f"Client({self.address.url!r})"

    def query(self, text: str, form: str, accept: str) -> Reply:
        """Send a query.

        Args:
            text: of the query.
            form: SELECT, ASK, CONSTRUCT or DESCRIBE.
            accept: media types that are wanted.

        Raises:
            BadQuery: the endpoint says that the query is wrong.
            RemoteError: it does not answer, not in time, or too much.
        """
        wrapper = self._wrapper(text, form, () if has_dataset(text) else self.more)
        wrapper.addCustomHttpHeader("Accept", accept)
        wrapper.setMethod("GET" if len(urlencode({"query": text})) <= _LONGEST_GET else "POST")
        try:
            return self.exchange(wrapper._createRequest(), repeat=True)
        except Refused as refused:
            if refused.status in (400, *_TOO_LARGE):
                raise BadQuery(str(refused)) from None
            raise

    def update(self, text: str) -> Reply:
        """Send an update.

        Raises:
            RemoteError: the endpoint refuses it, does not answer, or not in time.
        """
        wrapper = self._wrapper(text, "INSERT")
        wrapper.setMethod("POST")
        return self.exchange(wrapper._createRequest(), repeat=False)

    def graph_store(self, method: str, graph: str, turtle: bytes | None = None) -> Reply:
        """Put or delete a named graph by the Graph Store Protocol.

        Args:
            method: PUT or DELETE.
            graph: its name.
            turtle: what it is to hold.

        Raises:
            RemoteError: the endpoint refuses it, does not answer, or not in time.
        """
        parameters = urlencode([*self.address.parameters, ("graph", graph)])
        headers = {"Content-Type": "text/turtle; charset=utf-8"} if turtle is not None else {}
        url = f"{self.address.url}?{parameters}"
        return self.exchange(urllib.request.Request(url, turtle, headers, method=method), repeat=True)

    def _wrapper(self, text: str, form: str, more: tuple[tuple[str, str], ...] = ()) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.address.url, agent=AGENT)
        wrapper.setOnlyConneg(True)
        wrapper.queryString, wrapper.queryType = text, form  # as read by us: setQuery guesses the form
        for name, value in (*self.address.parameters, *more):
            wrapper.addParameter(name, value)
        return wrapper

    def exchange(self, request: urllib.request.Request, repeat: bool) -> Reply:
        """Send a request and read what comes.

        Args:
            request: for the endpoint.
            repeat: whether a connection that breaks may be tried once more; not where the request changes something.

        Raises:
            Refused: a status other than 2xx that does not pass.
            RemoteError: no answer, not in time, or too much.
        """
        request.add_header("Accept-Encoding", "identity")
        deadline, tries, broken = Deadline(self.limits.seconds), 0, 0
        while True:
            tries += 1
            try:
                return self._once(request, deadline)
            except HTTPError as error:
                if (
                    error.code == 401
                    and self._credentials.user
                    and self._credentials_first
                    and not error.headers.get("WWW-Authenticate")
                ):
                    error.close()  # some ask for Digest only those who send nothing
                    self._credentials_first = False
                    continue
                refused = self._refused(error)
                error.close()
                wait = _wait(error.headers, tries)
                if error.code not in _AGAIN or tries == _MOST_TRIES or not _sleep(wait, deadline):
                    raise refused from None
            except (TimeoutError, OSError, http.client.HTTPException, zlib.error, ValueError) as error:
                failed = self._failed(error)
                reason = error.reason if isinstance(error, URLError) else error
                broken += isinstance(reason, ConnectionError | http.client.RemoteDisconnected)
                if not (repeat and broken == 1 and isinstance(reason, ConnectionResetError | BrokenPipeError)):
                    raise failed from None

    def _once(self, request: urllib.request.Request, deadline: Deadline) -> Reply:
        # The request is copied: urllib notes redirects and authorisation in it.
        fresh = urllib.request.Request(
            request.full_url, request.data, dict(request.headers), method=request.get_method()
        )
        with opener(deadline, self._home, self._credentials, self._credentials_first).open(fresh) as response:
            body = read_body(response, self.limits)
            return Reply(response.headers.get_content_type(), body, response.headers)

    def _refused(self, error: HTTPError) -> Refused:
        said = f" ({text})" if (text := excerpt(error)) else ""
        status = f"answers {error.code}{said}"
        remedy = {
            400: "Correct the request",
            401: f"Set ${TOKEN}, or ${USER} and ${PASSWORD}",
            403: f"Set ${TOKEN}, or ${USER} and ${PASSWORD}, of someone who may",
            404: "Look whether its address is right",
            405: "Look whether its address is right",
            413: "Send less at once",
        }.get(error.code, "Try again later, or ask its keeper")
        if 300 <= error.code < 400:
            status, remedy = "sends requests on, again and again", "Look whether its address is right"
        return Refused(f"{self.address.url}: the endpoint {status}. {remedy}", error.code)

    def _failed(self, error: Exception) -> RemoteError:
        reason = error.reason if isinstance(error, URLError) else error
        seconds = f"{self.limits.seconds:g} s"
        if isinstance(reason, TimeoutError):
            what, remedy = f"did not answer within {seconds}", "Ask for less, or set $IIS_KG_REMOTE_SECONDS"
        elif isinstance(reason, ssl.SSLError):
            what, remedy = f"has no certificate that holds ({reason.reason or 'TLS'})", "Look at its address"
        elif isinstance(reason, http.client.IncompleteRead):
            what, remedy = "broke off its answer", "Try again"
        elif isinstance(reason, ConnectionRefusedError):
            what, remedy = "is not there: the connection is refused", "Look whether it runs, and its address"
        elif isinstance(reason, ConnectionError | http.client.RemoteDisconnected):
            what, remedy = "broke off the connection", "Try again later"
        elif isinstance(reason, OSError):
            what, remedy = f"cannot be reached ({reason.strerror or reason})", "Look at its address and the network"
        else:
            what, remedy = "does not answer as HTTP has it", "Look whether its address is right"
        return RemoteError(f"{self.address.url}: the endpoint {what}. {remedy}")


def _wait(headers: Mapping[str, str] | Message, tries: int) -> float:
    """Seconds until the next try: what the server asks for, or more each time, with chance in it."""
    wanted = headers.get("Retry-After")
    if wanted:
        try:
            return max(0.0, float(wanted))
        except ValueError:
            try:
                return max(0.0, parsedate_to_datetime(wanted).timestamp() - time.time())
            except ValueError:
                pass
    grown: float = _FIRST_WAIT * 2.0 ** (tries - 1)
    return min(_LONGEST_WAIT, grown) * random.uniform(0.5, 1.0)


def _sleep(seconds: float, deadline: Deadline) -> bool:
    """Wait, unless the deadline would pass meanwhile; whether it was waited."""
    try:
        enough = seconds < deadline.left()
    except TimeoutError:
        return False
    if enough:
        time.sleep(seconds)
    return enough
