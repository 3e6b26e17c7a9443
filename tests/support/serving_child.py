"""A server of its own process for tests of serving: it says its port, then what it hears of the visitor.

`python serving_child.py PROXIES FOLDER`: `/` answers with client and scheme; `/slow` takes a second; a work beside it
is in the middle of something when it is told to stop, and writes `done` in the folder once that is finished.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

from guichet.web.serving import listen, serve

FOLDER = Path(sys.argv[2])


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers with what the server believes of the request."""
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    if scope["path"] == "/slow":
        (FOLDER / "begun").touch()
        await asyncio.sleep(1)
    body = json.dumps({"client": scope["client"][0], "scheme": scope["scheme"]}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})


def beside(stop: Event) -> None:
    """Is always in the middle of something, and finishes it."""
    stop.wait()
    sleep(0.5)
    (FOLDER / "done").touch()


def main() -> None:
    """Serve until a signal."""
    with listen("127.0.0.1", 0) as bound:
        sys.stdout.write(f"{bound.getsockname()[1]}\n")
        sys.stdout.flush()
        serve(app, bound, beside=[beside], proxies=sys.argv[1])  # pyright: ignore[reportArgumentType]  any ASGI application


if __name__ == "__main__":
    main()
