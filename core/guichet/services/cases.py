"""What every use case works with, built once by the runtime and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from guichet.engine.calendars import local_day
from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.model.territories import Territories
from guichet.model.territory import Territory
from guichet.model.webhooks import Webhook
from guichet.plugin import Plugins
from guichet.plugin.contracts import Context, NoOutside, OutsideDoor
from guichet.plugin.contracts.base import Contract, Language, Mode, OptionsT, operator_options
from guichet.services.patience import Patience
from guichet.services.snapshots import Snapshots
from guichet.storage import Store


@dataclass(frozen=True, slots=True)
class UseCases:
    """Store, published schemes, plugins, clock and ids of one instance. Frozen: a process builds one."""

    store: Store
    snapshots: Snapshots
    territories: Territories
    plugins: Plugins
    clock: Clock
    ids: Ids
    mode: Mode
    folder: Path
    """Where files live: attachments, outgoing mails, delivered payment files."""
    base_url: str = ""
    """The public address, for links in messages: `https://aides.example.fr`."""
    name: str = ""
    """What people call the site."""
    secrets: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    services: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, "Mapping[str, Any]"])
    """Plugin key → the options the operator set in `instance.yaml`; one left out keeps its defaults."""
    outside: OutsideDoor = field(default_factory=NoOutside)
    """The one door to other services; never asked inside an act."""
    webhooks: Mapping[str, Webhook] = field(default_factory=dict[str, Webhook])
    """Other software told of events, by the name `instance.yaml` gives."""
    patience: Patience = field(default_factory=Patience)
    """How long the pages of this process wait for each source."""

    def territory(self, territory: str) -> Territory:
        """One territory by id; raises KeyError when this instance does not know it."""
        return self.territories[territory]

    def today(self, territory: str) -> date:
        """The business day of a territory."""
        return self.day_of(self.clock.business(), territory)

    def day_of(self, instant: datetime, territory: str) -> date:
        """The date an instant has in a territory."""
        return local_day(instant, self.territories[territory].time_zone)

    def service_options(self, plugin: Contract[OptionsT], declared: Mapping[str, Any] | None = None) -> OptionsT:
        """The options of a plugin: those a scheme declares, and over them those the operator set for its key.

        What only an operator sets is never taken from a scheme, not even from one published long ago.
        """
        own = operator_options(plugin.Options)
        told = {name: value for name, value in (declared or {}).items() if name not in own}
        return plugin.Options.model_validate({**told, **self.services.get(plugin.key, {})})

    def context(self, territory: str = "", language: Language = "fr", *, dossier: str = "") -> Context:
        """What a plugin is told of the moment; calls it makes outside are logged for the territory and dossier."""
        today = self.today(territory) if territory else self.clock.business().date()
        return Context(
            today=today,
            language=language,
            territory=territory,
            mode=self.mode,
            folder=self.folder,
            secrets=self.secrets,
            outside=self.outside.within(territory, dossier),
        )
