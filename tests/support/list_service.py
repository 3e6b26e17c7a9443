"""A stand-in of Démarches Simplifiées in a process of its own, for measures: `python list_service.py ROWS [ready]`.

It prints its address, then serves until its input ends. With `ready`, every answer is made beforehand, so that what is
measured is the other side.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from guichet.plugin.sandboxes import serve_sandbox
from guichet_plugins.connect.demarches.options import ListOptions
from guichet_plugins.connect.demarches.stand_in import a_service_of_rows

OPTIONS = {
    "demarche": "7",
    "token": "secret:ds",
    "per_minute": "1000000",
    "champs": {"reference": "Référence", "amount": "Montant", "month": "Mois"},
    "dossier": {"siren": "demandeur.entreprise.siren"},
}
KINDS = {"reference": "text", "amount": "money", "month": "month"}


class Ready:
    """Answers each question with what was answered the first time it was asked."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.kept: dict[bytes, tuple[str, list[tuple[str, str]], bytes]] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer."""
        asked = environ["wsgi.input"].read()
        environ["wsgi.input"].seek(0)
        if asked not in self.kept:
            started: list[Any] = []
            body = b"".join(self.app(environ, lambda *said: started.append(said)))
            status, headers = started[0]
            self.kept[asked] = (status, headers, body)
        status, headers, body = self.kept[asked]
        start_response(status, headers)
        return [body]


def main() -> None:
    """Serve until the input ends."""
    count = int(sys.argv[1])
    rows = [
        {"siren": f"{n:09d}", "reference": f"FDS1-{n:08d}", "amount": 30_000 + n % 120_000, "month": "2020-03"}
        for n in range(count)
    ]
    app: Any = a_service_of_rows(rows, {"siren": "text", **KINDS}, ListOptions.model_validate(OPTIONS))
    if "ready" in sys.argv:
        app = Ready(app)
    with serve_sandbox(app) as server:
        print(json.dumps(server.url), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
