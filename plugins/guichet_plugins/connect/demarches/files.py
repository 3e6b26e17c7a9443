"""The files of a dossier: offered with links made for the occasion, taken whole or not at all."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import md5
from typing import Any

from guichet import Call, Context, OfferedFile, Reason, Refused, Unavailable
from guichet_plugins.connect.demarches import questions
from guichet_plugins.connect.demarches.asking import SERVICE, ask
from guichet_plugins.connect.demarches.options import ListOptions

_PURPOSE = "pièces d'un dossier"
_NOT_LOOKED_AT = "pending"
_SOUND = frozenset({"safe", ""})


def offered_files(
    number: str, demarche: int, options: ListOptions, context: Context
) -> Mapping[str, tuple[OfferedFile, ...]]:
    """Give the files of a dossier by the name their champ is mapped under.

    Raises:
        Refused: The dossier is of another démarche, or its number is none.
        Unavailable: The service is silent, or still looks a file over.
    """
    if not number.isdecimal():
        raise Refused(fr=f"« {number} » n'est pas un numéro de dossier.", en=f'"{number}" is no number of a dossier.')

    def take(data: Mapping[str, Any]) -> Mapping[str, tuple[OfferedFile, ...]]:
        dossier = data["dossier"]
        if int(dossier["demarche"]["number"]) != demarche:
            raise Refused(
                fr=f"Le dossier {number} n'est pas de la démarche {demarche}.",
                en=f"The dossier {number} is not of the démarche {demarche}.",
            )
        return {name: _of_champ(dossier["champs"], champ) for name, champ in options.files.items()}

    asked = {"dossierNumber": int(number)}
    return ask(options, context, questions.FILES, asked, take, purpose=_PURPOSE, operation="getDossier").taken


def content_of(file: OfferedFile, context: Context) -> bytes:
    """Give the bytes of a file. No token goes with the question: the link alone opens it, wherever it lies.

    A link that is over, or a file that is not what was told, is no failure of the server: another link is asked for.
    """
    call = Call(
        service=f"{SERVICE}_files",
        method="GET",
        url=file.address,
        purpose=_PURPOSE,
        timeout_s=60.0,
        most_bytes=max(file.size, 1),
    )
    status, content = context.outside.ask(call, lambda reply: (reply.status, reply.body))
    if status != 200:
        raise Unavailable(
            fr=f"Le lien d'une pièce n'ouvre plus (réponse {status}) : un autre sera demandé.",
            en=f"The link of a file opens no more (answer {status}): another will be asked for.",
        )
    if len(content) != file.size or _checksum(content) != file.identity:
        raise Unavailable(
            fr="Une pièce est arrivée incomplète ou altérée : elle sera reprise.",
            en="A file came incomplete or altered: it will be taken again.",
        )
    return content


def _of_champ(champs: list[Mapping[str, Any]], name: str) -> tuple[OfferedFile, ...]:
    champ = next((one for one in champs if one.get("champDescriptorId") == name), None)
    champ = champ or next((one for one in champs if one.get("label") == name), None)
    return () if champ is None else tuple(_offered(one) for one in champ.get("files") or ())


def _offered(one: Mapping[str, Any]) -> OfferedFile:
    found = one.get("virusScanResult") or ""
    if found == _NOT_LOOKED_AT:
        raise Unavailable(
            fr="Le service n'a pas encore cherché de virus dans une pièce.",
            en="The service has not yet looked for viruses in a file.",
        )
    size = one["byteSizeBigInt"] if "byteSizeBigInt" in one else one["byteSize"]
    return OfferedFile(
        identity=str(one["checksum"]),
        name=str(one["filename"]),
        size=int(size),
        address=str(one["url"]),
        refused=None if found in _SOUND else _UNSOUND,
    )


def _checksum(content: bytes) -> str:
    return b64encode(md5(content, usedforsecurity=False).digest()).decode()


_UNSOUND = Reason(fr="le service l'a trouvée infectée ou abîmée", en="the service found it infected or damaged")
