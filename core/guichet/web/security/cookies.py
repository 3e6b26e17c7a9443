"""The cookies of this site: few, never readable by a script, bound to the host where there is TLS."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cookie", "Cookies", "read_cookies"]


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie to set; an empty value takes it back."""

    name: str
    value: str
    max_age: int | None = None
    secure: bool = True

    def header(self) -> str:
        """Gives the value of the `Set-Cookie` header."""
        parts = [f"{self.name}={self.value}", "Path=/", "HttpOnly", "SameSite=Lax"]
        if not self.value:
            parts.append("Max-Age=0")
        elif self.max_age is not None:
            parts.append(f"Max-Age={self.max_age}")
        if self.secure:
            parts.append("Secure")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Cookies:
    """The names this site uses; `__Host-` needs TLS, which a sandbox on loopback has not."""

    secure: bool

    def name(self, name: str) -> str:
        """Gives the full name: `__Host-guichet` over TLS, `guichet` on a loopback sandbox."""
        return f"__Host-{name}" if self.secure else name

    def make(self, name: str, value: str, max_age: int | None = None) -> Cookie:
        """Gives a cookie to set."""
        return Cookie(self.name(name), value, max_age, self.secure)

    def take_back(self, name: str) -> Cookie:
        """Gives a cookie that removes itself."""
        return Cookie(self.name(name), "", None, self.secure)


def read_cookies(header: str) -> dict[str, str]:
    """Gives the cookies of a request; what is no `name=value` counts as none, and no value of ours is quoted.

    >>> read_cookies("guichet=abc; guichet-lang=en; astray")
    {'guichet': 'abc', 'guichet-lang': 'en'}
    """
    pieces = (piece.partition("=") for piece in header.split(";"))
    return {name.strip(): value.strip() for name, mark, value in pieces if mark}
