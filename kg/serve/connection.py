"""A client's connection: what it must send and take in time, and how large the beginning of a request may be."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.serve.guard import GONE
from kg.serve.problems import problem

IN_TIME = 20.0
"""Seconds for a request to arrive; of a larger body, for each `PART` of it."""

PART = 256 * 1024
HEAD = 32 * 1024
"""Bytes of the address and headers of a request."""

ADDRESS = 16 * 1024
"""Bytes of the address alone."""

BESIDES = 1024 * 1024
"""Bytes of a body in chunks that are none of its content: sizes of chunks, extensions, trailers."""

TAKING, TAKEN = 10.0, 16 * 1024
"""Of an answer that waits to be taken, a client must take so many bytes in so many seconds."""

UNTAKEN = 512 * 1024 * 1024
"""Bytes of all answers together that wait to be taken; beyond them, who has waited longest is left."""

_RAW = re.compile(rb"[\x80-\xff]")


class Connection(HttpToolsProtocol):
    """A connection that ends where its client is slow, and whose request ends where its client leaves."""

    _waiting: ClassVar[dict[Connection, None]] = {}
    """Those whose answers wait to be taken, the first first."""

    _timer: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None
    _task: asyncio.Task[None] | None = None
    _in_line = True
    _in_head = False
    _refused = False
    _received = _besides = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._timer, self._taking):
            if timer is not None:
                timer.cancel()
        self._waiting.pop(self, None)
        super().connection_lost(exc)
        if self._task is not None and not self.cycle.response_complete:
            self._task.cancel(GONE)

    def _start_asgi_task(self, cycle: Any, app: Callable[..., Any]) -> None:
        self._task = task = self.loop.create_task(cycle.run_asgi(app))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    # --- requests ---------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self._timer is None:
            self._expect()
        if self._in_line:
            data = self._in_ascii(data)
        self._besides += len(data)
        super().data_received(data)
        if self._in_head and not self._refused:
            self._received += len(data)
            if self._received > HEAD:
                self._refuse_head()
        elif self._besides > BESIDES and not self._refused:
            self._refuse(400, f"the chunks of the body have more than {BESIDES} bytes besides it. Send larger ones")

    def _in_ascii(self, data: bytes) -> bytes:
        """The first line of a request with letters of an address percent-encoded that were typed as they are."""
        line, end, rest = data.partition(b"\n")
        self._in_line = not end
        return data if line.isascii() else _RAW.sub(lambda byte: b"%%%02X" % ord(byte[0]), line) + end + rest

    def on_message_begin(self) -> None:
        self._in_head, self._received = True, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:  # what comes behind a body in chunks (RFC 9110, section 6.5) is not read
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = self._in_line = False
        self._besides = 0
        size = len(self.url)
        for name, value in self.headers:
            size += len(name) + len(value)
        if size > HEAD or len(self.url) > ADDRESS:
            self._refuse_head()
        elif not self._refused:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._refused:
            return
        self._received += len(body)
        self._besides -= len(body)
        if self._received > PART:
            self._received = 0
            self._expect()
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_line = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._refused:
            super().on_message_complete()

    def _expect(self) -> None:
        """Expect the end of a request, or more of it, in time."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_later(IN_TIME, self._too_late)

    def _too_late(self) -> None:
        self._timer = None
        if self._in_head or (self.cycle is not None and not self.cycle.response_complete):
            self._refuse(408, f"the request did not arrive within {IN_TIME:g} s. Send it at once")
        else:
            self.transport.close()

    def _refuse_head(self) -> None:
        if len(self.url) > ADDRESS:
            self._refuse(414, f"the address has more than {ADDRESS} bytes. Send the query with POST")
        else:
            self._refuse(431, f"the headers have more than {HEAD} bytes. Send fewer")

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 (the library's words)
        """Answer what is no HTTP."""
        self._refuse(400, "the request is not as HTTP/1.1 has it. Correct it")

    def _refuse(self, status: int, detail: str) -> None:
        """Answer without the application, unless it began to, and end the connection."""
        self._refused = True
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            response = problem(status, detail, Connection="close")
            head = [STATUS_LINE[status], *(b"%s: %s\r\n" % pair for pair in response.raw_headers)]
            self.transport.write(b"".join([*head, b"\r\n", bytes(response.body)]))
        self.transport.close()
        self.loop.call_later(TAKING, self.transport.abort)

    # --- answers ----------------------------------------------------------------------------------------------------

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch(self.transport.get_write_buffer_size())
        waiting = self._waiting
        waiting[self] = None
        while len(waiting) > 1 and sum(each.transport.get_write_buffer_size() for each in waiting) > UNTAKEN:
            first = next(iter(waiting))
            del waiting[first]
            first.transport.abort()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._waiting.pop(self, None)
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _watch(self, waiting: int) -> None:
        self._taking = self.loop.call_later(TAKING, self._look, waiting)

    def _look(self, waited: int) -> None:
        waits = self.transport.get_write_buffer_size()
        if waits + TAKEN > waited:
            self.transport.abort()
        else:
            self._watch(waits)
