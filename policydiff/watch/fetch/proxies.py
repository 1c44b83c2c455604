"""Which proxy a request goes through, from the settings or the usual environment variables."""

import urllib.request
from collections.abc import Mapping


def proxy_for(
    url_scheme: str, host: str, configured: str | None, environment: Mapping[str, str]
) -> str | None:
    """Return the proxy for a request, or None.

    Args:
        url_scheme: `http` or `https`.
        host: Host of the request, without port.
        configured: `track.proxy`; it holds for all hosts.
        environment: Lower-case scheme to proxy as `urllib.request.getproxies()` gives it; `no` lists exceptions.
    """
    if configured:
        return configured
    if _is_exempt(host, environment.get("no", "")):
        return None
    proxy = environment.get(url_scheme) or environment.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    return proxy or None


def _is_exempt(host: str, exceptions: str) -> bool:
    if exceptions.strip() == "*":
        return True
    names = [name.strip().lstrip(".").lower() for name in exceptions.split(",")]
    return any(name and (host.lower() == name or host.lower().endswith(f".{name}")) for name in names)


def environment_proxies() -> dict[str, str]:
    """Return the proxies the process's environment names."""
    return urllib.request.getproxies_environment()
