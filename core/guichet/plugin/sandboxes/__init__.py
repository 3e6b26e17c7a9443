"""Stand-ins of outside services on loopback: they speak the real protocol, and fail when asked to."""

from guichet.plugin.sandboxes.faults import FAULTS, Fault, Faults
from guichet.plugin.sandboxes.mount import mounted, sandboxes_of
from guichet.plugin.sandboxes.serving import SandboxServer, serve_sandbox

__all__ = ["FAULTS", "Fault", "Faults", "SandboxServer", "mounted", "sandboxes_of", "serve_sandbox"]
