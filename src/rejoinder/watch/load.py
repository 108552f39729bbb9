"""A plan from a feeds.toml."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from rejoinder.book.asked import act_query
from rejoinder.errors import FetchError, UsageError
from rejoinder.fetch import FetchRules
from rejoinder.fetch.target import target_of
from rejoinder.watch.plan import AtomFile, Feed, Mail, Plan, Print, Query, Security, Send, Webhook
from rejoinder.watch.toml import Table, read_toml

__all__ = ["load_plan"]

_USUAL_PORT = {"tls": 465, "starttls": 587, "none": 25}
_ATTEMPTS = 2
"""For each page; what fails then waits for the next poll, and other feeds need not wait for it."""

_HERE = ("localhost", "127.0.0.1", "::1")


def load_plan(path: Path, environment: Mapping[str, str]) -> Plan:
    """The plan in the file ``path``; ``environment`` holds the secrets that it names.

    Raises UsageError, which names the file, the table and the key.
    """
    top = read_toml(path)
    rules = _rules(top.table("fetch"))
    feeds = tuple(_feed(table, rules) for table in top.tables("feed", "feed"))
    queries = tuple(_query(table, rules, environment, path.parent) for table in top.tables("query", "query"))
    top.end()
    if not feeds:
        raise UsageError(f'{path} names no feed. Add one: [[feed]], and below it url = "https://...".')
    _refuse_twice(path, "feed", [feed.url for feed in feeds])
    _refuse_twice(path, "query", [query.name for query in queries])
    return Plan(feeds, queries, rules)


def _rules(table: Table) -> FetchRules:
    contact = table.text("contact")
    private = table.flag("allow_private", usual=False)
    pause = table.number("per_host_seconds")
    table.end()
    try:
        rules = FetchRules(contact=contact, allow_private=private, attempts=_ATTEMPTS)
        return rules if pause is None else replace(rules, per_host_seconds=pause)
    except UsageError as error:
        raise table.fault(str(error)) from error


def _feed(table: Table, rules: FetchRules) -> Feed:
    feed = Feed(
        url=_url(table, rules),
        outlet=table.text("outlet"),
        every=table.duration("every"),
        follow=table.flag("follow", usual=True),
    )
    table.end()
    return feed


def _query(table: Table, rules: FetchRules, environment: Mapping[str, str], folder: Path) -> Query:
    makers = _senders(rules, environment, folder)
    query = Query(
        name=table.needed("name", '"offers"'),
        dyad=table.text("dyad"),
        kind=table.texts("kind"),
        issue=table.text("issue"),
        channel=table.text("channel"),
        min_score=table.number("min_score"),
        text=table.text("text"),
        background=table.flag("background", usual=False),
        sends=tuple(_send(one, makers) for one in table.tables("send", "query.send")),
    )
    table.end()
    if not query.sends:
        raise table.fault('nothing says where to send what it finds. Add [[query.send]] with kind = "print".')
    _check(table, query)
    return query


def _check(table: Table, query: Query) -> None:
    """Raise UsageError for a word that no book could be asked about."""
    try:
        act_query(
            kind=query.kind,
            dyad=query.dyad,
            actor=None,
            target=None,
            since=None,
            until=None,
            issue=query.issue,
            channel=query.channel,
            background=None,
            min_score=query.min_score,
            text=query.text,
        )
    except UsageError as error:
        raise table.fault(str(error)) from error


def _send(table: Table, makers: Mapping[str, Callable[[Table], Send]]) -> Send:
    kind = table.needed("kind", '"print"')
    make = makers.get(kind)
    if make is None:
        raise table.fault(f"'kind' is {kind!r}. Write one of: {', '.join(makers)}.")
    send = make(table)
    table.end()
    return send


def _senders(rules: FetchRules, environment: Mapping[str, str], folder: Path) -> Mapping[str, Callable[[Table], Send]]:
    return {
        "print": lambda _table: Print(),
        "webhook": lambda table: _webhook(table, rules, environment),
        "mail": lambda table: _mail(table, environment),
        "atom": lambda table: AtomFile(str(folder / table.needed("path", '"offers.xml"'))),
    }


def _webhook(table: Table, rules: FetchRules, environment: Mapping[str, str]) -> Webhook:
    private = table.flag("allow_private", usual=rules.allow_private)
    return Webhook(
        url=_url(table, replace(rules, allow_private=private)),
        secret=_secret(table, "secret_env", environment),
        allow_private=private,
    )


def _mail(table: Table, environment: Mapping[str, str]) -> Mail:
    to = table.texts("to")
    if not to:
        raise table.fault("'to' is missing. Add it: to = \"ann@example.org\".")
    host, port = _server(table, table.needed("smtp", '"mail.example.org:587"'))
    said = table.text("tls")
    security = _security(table, said, host, port)
    user, password = table.text("user"), _secret(table, "password_env", environment)
    if password is not None and security == "none" and host not in _HERE:
        raise table.fault('the password would travel in the clear. Set tls to "tls" or "starttls".')
    if (user is None) != (password is None):
        raise table.fault("'user' and 'password_env' go together. Give both or neither.")
    return Mail(
        to=to,
        sender=table.needed("from", '"watch@example.org"'),
        host=host,
        port=port or _USUAL_PORT[security],
        security=security,
        user=user,
        password=password,
    )


def _server(table: Table, said: str) -> tuple[str, int | None]:
    host, colon, port = said.rpartition(":")
    if not colon or said.endswith("]"):
        return said.strip("[]"), None
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536) or not host:
        raise table.fault(f"'smtp' is {said!r}. Write it as host:port.")
    return host.strip("[]"), int(port)


def _security(table: Table, said: str | None, host: str, port: int | None) -> Security:
    """How the way to the mail server is kept secret: in the clear only to this machine, or where one insists."""
    if said is None:
        if port == _USUAL_PORT["tls"]:
            return "tls"
        return "none" if host in _HERE else "starttls"
    for known in get_args(Security):
        if said == known:
            found: Security = known
            return found
    raise table.fault(f"'tls' is {said!r}. Write one of: {', '.join(get_args(Security))}.")


def _secret(table: Table, key: str, environment: Mapping[str, str]) -> str | None:
    name = table.text(key)
    if name is None:
        return None
    if not environment.get(name):
        raise table.fault(f"{key!r} names the environment variable {name}, which is not set. Set it.")
    return environment[name]


def _url(table: Table, rules: FetchRules) -> str:
    url = table.needed("url", '"https://..."')
    try:
        target_of(url, rules)
    except FetchError as error:
        raise table.fault(f"'url': {error}") from error
    return url


def _refuse_twice(path: Path, what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{path} names the {what} {name!r} twice. Take one out.")
