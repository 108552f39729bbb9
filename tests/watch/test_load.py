"""A feeds.toml is read as it is meant, and every slip is named with its place."""

import re
from pathlib import Path

import pytest

from rejoinder.errors import UsageError
from rejoinder.watch import load_plan
from rejoinder.watch.plan import AtomFile, Feed, Mail, Plan, Print, Webhook

PAGE = Path(__file__).resolve().parents[2] / "docs" / "watching.md"
SECRETS = {"HOOK_SECRET": "s3cret", "MAIL_PASSWORD": "pw"}
FEED = '[[feed]]\nurl = "https://news.example.org/rss"\n'
MAIL = '[[query.send]]\nkind = "mail"\nto = "a@b"\n'
QUERY = FEED + '[[query]]\nname = "offers"\n'


def plan(tmp_path: Path, text: str) -> Plan:
    place = tmp_path / "feeds.toml"
    place.write_text(text, encoding="utf-8")
    return load_plan(place, SECRETS)


def test_the_example_of_the_page_is_read(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    got = plan(tmp_path, text)
    assert got.feeds[0] == Feed("https://www.example.org/news/rss.xml", outlet="Example News")
    assert got.feeds[1] == Feed("https://ministry.example.com/statements.atom", every=6 * 3600.0, follow=False)
    offers, refusals = got.queries
    assert (offers.dyad, offers.kind, offers.min_score) == ("PRK-KOR", ("OFFER", "REQUEST"), 0.5)
    assert offers.sends == (
        Print(),
        Webhook("https://hooks.example.org/rejoinder", secret="s3cret"),
        AtomFile(str(tmp_path / "offers.xml")),
    )
    assert refusals.sends == (
        Mail(
            ("ann@example.org", "bob@example.org"),
            "watch@example.org",
            "mail.example.org",
            587,
            "starttls",
            "watch",
            "pw",
        ),
    )
    assert got.rules.contact == "mailto:ann@example.org"
    assert got.rules.per_host_seconds == 2.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "feeds.toml names no feed. Add one"),
        ("[[feed]", "feeds.toml is no TOML"),
        ("[[feed]]\n", "feeds.toml, [[feed]] 1: 'url' is missing"),
        ('[feed]\nurl="x"', "feeds.toml: 'feed' is no list of tables. Write [[feed]]"),
        ('[[feed]]\nurl = "ftp://a"\n', "[[feed]] 1: 'url': ftp://a: only http and https"),
        ('[[feed]]\nurl = "http://a:22/"\n', "[[feed]] 1: 'url': http://a:22/: port 22"),
        ("[[feed]]\nurl = 3\n", "'url' is no text"),
        (FEED + 'every = "often"\n', "[[feed]] 1: 'every' is 'often', which is no time"),
        (FEED + 'every = "0m"\n', "'every' is '0m'"),
        (FEED + 'follow = "yes"\n', "'follow' is neither true nor false"),
        (FEED + 'folow = true\n', "there is no key 'folow'. Did you mean 'follow'?"),
        (FEED + FEED, "names the feed 'https://news.example.org/rss' twice"),
        (FEED + "[fetch]\ncontact = 3\n", "feeds.toml, [fetch]: 'contact' is no text"),
        (FEED + '[fetch]\ncontact = "a\\nb"\n', "[fetch]: The contact"),
        (FEED + "[fetch]\nper_host_seconds = -1\n", "[fetch]: 'per_host_seconds' is no number from 0 on"),
        (FEED + "fetch = 3\n", "there is no key 'fetch'"),
        ("fetch = 3\n" + FEED, "'fetch' is no table"),
        (FEED + "[[query]]\n", "[[query]] 1: 'name' is missing"),
        (QUERY, "[[query]] 1: nothing says where to send"),
        (QUERY + 'kind = ["OFER"]\n[[query.send]]\nkind = "print"\n', "[[query]] 1: "),
        (QUERY + 'dyad = "Korea"\n[[query.send]]\nkind = "print"\n', "[[query]] 1: "),
        (QUERY + 'min_score = 2\n[[query.send]]\nkind = "print"\n', "[[query]] 1: 2.0 is no score"),
        (QUERY + "kind = [1]\n", "'kind' is no list of texts"),
        (QUERY + "[[query.send]]\n", "[[query]] 1, [[query.send]] 1: 'kind' is missing"),
        (QUERY + '[[query.send]]\nkind = "fax"\n', "'kind' is 'fax'. Write one of: print, webhook, mail, atom."),
        (QUERY + '[[query.send]]\nkind = "webhook"\n', "[[query.send]] 1: 'url' is missing"),
        (QUERY + '[[query.send]]\nkind = "webhook"\nurl = "http://h/"\nsecret_env = "NO"\n', "NO, which is not set"),
        (QUERY + '[[query.send]]\nkind = "mail"\n', "'to' is missing"),
        (QUERY + MAIL + 'smtp = "h:x"\n', "'smtp' is 'h:x'"),
        (QUERY + MAIL + 'smtp = "h"\ntls = "no"\n', "'tls' is 'no'"),
        (QUERY + MAIL + 'smtp = "h"\nuser = "u"\n', "go together"),
        (
            QUERY + MAIL + 'smtp = "h"\ntls = "none"\npassword_env = "MAIL_PASSWORD"\n',
            "in the clear",
        ),
        (QUERY + '[[query.send]]\nkind = "atom"\n', "'path' is missing"),
    ],
)  # fmt: skip
def test_slips_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        plan(tmp_path, text)
    assert said in str(caught.value)
    assert "feeds.toml" in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"feeds\.toml cannot be read"):
        load_plan(tmp_path / "feeds.toml", {})
    (tmp_path / "feeds.toml").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        load_plan(tmp_path / "feeds.toml", {})


@pytest.mark.parametrize(
    ("smtp", "port", "security"),
    [
        ("localhost", 25, "none"),
        ("[::1]:2525", 2525, "none"),
        ("mail.example.org", 587, "starttls"),
        ("mail.example.org:465", 465, "tls"),
        ("mail.example.org:25", 25, "starttls"),
    ],
)
def test_mail_is_kept_secret_unless_it_stays_here(tmp_path: Path, smtp: str, port: int, security: str) -> None:
    text = QUERY + f'[[query.send]]\nkind = "mail"\nto = "a@example.org"\nfrom = "b@example.org"\nsmtp = "{smtp}"\n'
    (send,) = plan(tmp_path, text).queries[0].sends
    assert isinstance(send, Mail)
    assert (send.port, send.security) == (port, security)


def test_private_addresses_may_be_allowed_for_all_or_for_one_webhook(tmp_path: Path) -> None:
    hook = '[[query.send]]\nkind = "webhook"\nurl = "http://127.0.0.1:9999/"\n'
    with pytest.raises(UsageError, match="port 9999"):
        plan(tmp_path, QUERY + hook)
    assert plan(tmp_path, QUERY + hook + "allow_private = true\n").rules.allow_private is False
    (send,) = plan(tmp_path, QUERY + hook + "[fetch]\nallow_private = true\n").queries[0].sends
    assert isinstance(send, Webhook)
    assert send.allow_private
