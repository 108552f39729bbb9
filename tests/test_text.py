"""Paragraphs, quotations and problems of a text."""

import datetime as dt
import json
import re
import textwrap
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.draft import Draft
from rejoinder.errors import DataError
from rejoinder.records import Document
from rejoinder.text import MAX_CHARACTERS, codable, lay_out
from rejoinder.text.data import LinePattern, layout, parse_layout, parse_vocabulary
from rejoinder.text.paragraphs import DATELINE

BODY = "The envoys of both sides met on Tuesday in the border village and agreed to meet again next month."


def draft(text: str, title: str | None = None) -> Draft:
    return lay_out(Draft(Document(text, title=title, published=dt.date(2016, 5, 20))))


def paragraphs(text: str, title: str | None = None) -> list[tuple[str, str]]:
    done = draft(text, title)
    return [(paragraph.kind, text[paragraph.start : paragraph.end]) for paragraph in done.paragraphs]


def codes(text: str) -> list[str]:
    return [problem.code for problem in draft(text).problems]


# ---- data ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("pattern", layout().patterns, ids=lambda pattern: pattern.name)
def test_each_pattern_takes_its_line_and_leaves_the_other(pattern: LinePattern) -> None:
    expression = re.compile(pattern.source, re.DOTALL)
    assert expression.fullmatch(pattern.takes)
    assert not expression.fullmatch(pattern.leaves)


@pytest.mark.parametrize("pattern", [one for one in layout().patterns if "line" in one.where], ids=lambda one: one.name)
def test_each_line_pattern_works_in_a_page(pattern: LinePattern) -> None:
    assert paragraphs(f"{BODY}\n\n{pattern.takes}\n\n{BODY}") == [
        ("body", BODY),
        (pattern.kind, pattern.takes),
        ("body", BODY),
    ]


@pytest.mark.parametrize("pattern", [one for one in layout().patterns if "tail" in one.where], ids=lambda one: one.name)
@pytest.mark.parametrize("glue", ["", " "], ids=["glued", "spaced"])
def test_each_tail_is_cut_off(pattern: LinePattern, glue: str) -> None:
    assert paragraphs(f"{BODY}\n\n{BODY}{glue}{pattern.takes}") == [
        ("body", BODY),
        ("body", BODY),
        (pattern.kind, pattern.takes),
    ]


@pytest.mark.parametrize("pattern", layout().patterns, ids=lambda pattern: pattern.name)
def test_no_pattern_takes_what_another_leaves(pattern: LinePattern) -> None:
    assert layout().kind_of(pattern.leaves) is None


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("patterns:", "rules:", "layout.yaml: 'patterns'"),
        ("kind: furniture", "kind: nonsense", "pattern 1 (comment-counter): kind is 'nonsense'"),
        ("where: [line, tail]", "where: []", "pattern 1 (comment-counter): where is []"),
        (r"pattern: '(?:\d+\s+)?comments?", r"pattern: '(\d+", "pattern 1 (comment-counter): no regular expression"),
        ("takes: Comments 0", "takes: ''", "pattern 1 (comment-counter): 'takes' is missing"),
        ("elisions: [", "elisions: [7, ", "layout.yaml: 'elisions' is no list of words"),
        ("attribution:", "attribution: [", "layout.yaml is not YAML"),
    ],
)
def test_a_malformed_layout_names_file_and_entry(old: str, new: str, named: str) -> None:
    source = (files("rejoinder.text") / "layout.yaml").read_text(encoding="utf-8")
    assert old in source
    with pytest.raises(DataError, match=re.escape(named)):
        parse_layout(source.replace(old, new, 1), "layout.yaml")


def test_a_word_in_two_lists_is_refused() -> None:
    with pytest.raises(DataError, match="'the' is in two lists"):
        parse_vocabulary("english: [the, of]\nshared: [in]\nforeign: [der, the]", "language.yaml")


# ---- paragraphs ------------------------------------------------------------------------------------------------------
def test_a_page_as_it_comes() -> None:
    text = (
        "South Offers Talks on Closed Factory Park\n\n\n"
        "Trucks leaving the factory park wait at a gate of the transit office on April 3, 2013.\n\n"
        "By JANE DOE, Some Agency\n\n"
        f"{BODY}\n\n{BODY} Read more: What the park means\n"
        "Staff Writer Jane Doe contributed reporting from Tokyo. Follow her on Twitter @a_reporter.\n"
    )
    assert [kind for kind, _ in paragraphs(text)] == [
        "headline",
        "caption",
        "byline",
        "body",
        "body",
        "furniture",
        "byline",
        "furniture",
    ]
    assert [paragraph.kind for paragraph in codable(draft(text))] == ["headline", "body", "body"]


@pytest.mark.parametrize(
    ("head", "lead"),
    [
        ("N. Korea slams drills", "SEOUL, May 3 (XNA) -- North Korea condemned the exercises next door on Tuesday."),
        ("North Accepts South's Offer of Talks", "North Korea accepted an offer of talks by the South on Friday."),
        ('North calls the offer "a trick"', "Seoul regretted the answer on Friday and repeated its offer of talks."),
        (
            "Koreas agree on date of talks",
            " KAESONG, North Korea (XNA) -- The two Koreas agreed on Monday to meet again.",
        ),
        ("SOUTH HALTS AID TO NORTH OVER TEST", " The South on Monday stopped its shipments of rice to the North."),
        (
            "NORTH WALKS OUT OF TALKS OVER AID",
            " BUSAN, July 3 - North Korea left the talks on Friday night, envoys said.",
        ),
        (
            "NORTH WALKS OUT OF TALKS OVER AID",
            " NEW DELHI, July 3 - North Korea left the talks on Friday, envoys said.",
        ),
    ],
)
def test_a_glued_headline_is_cut(head: str, lead: str) -> None:
    dateline = DATELINE.match(lead.strip())
    parts = [("dateline", dateline.group().strip())] if dateline else []
    parts.append(("body", lead.strip()[dateline.end() if dateline else 0 :]))
    assert paragraphs(head + lead)[: 1 + len(parts)] == [("headline", head), *parts]


@pytest.mark.parametrize(
    ("dateline", "story"),
    [
        ("SEOUL, April 25 (Example Wire) -", "South Korea proposed talks on Thursday."),
        ("PYONGYANG, May 20, 2016 (XNA) --", "The ministry answered with a letter."),
        ("Panmunjom, South Korea, Jan. 9 (XNA) —", "The two Koreas met for the first time in two years."),
        ("WASHINGTON --", "The United States welcomed the talks."),
    ],
)
def test_a_dateline_is_no_part_of_the_story(dateline: str, story: str) -> None:
    assert paragraphs(f"{dateline} {story}") == [("dateline", dateline), ("body", story)]


@pytest.mark.parametrize(
    "text",
    [
        "One group (the smaller one) rejected the offer of the ministry on Friday.",
        "North Korea - which had asked for the talks - stayed away on Friday.",
        "Seoul (Blue House) officials met the envoy on Friday, the spokesman said.",
    ],
)
def test_brackets_and_dashes_alone_make_no_dateline(text: str) -> None:
    assert paragraphs(text) == [("body", text)]


def test_the_title_cuts_a_headline_that_nothing_else_shows() -> None:
    head, lead = "North Urges South to Accept Offer", "North Korea urged the South on Friday to accept its offer."
    assert paragraphs(f"{head} {lead}", title=head) == [("headline", head), ("body", lead)]
    assert paragraphs(f"{head} {lead}") == [("body", f"{head} {lead}")]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry blocked WhatsApp and YouTube on Friday, as protesters gathered in the streets of the capital.",
        "Officials met managers of AstraZeneca and FijiFirst on Friday and asked them for more deliveries.",
        "The delegation called on McDonald and DeVries to explain on Friday why the offer of talks was turned down.",
        "Its forces bombed a NATO–OIR depot near the border on Friday, as the allies left their bases in the north.",
        "SEOUL, SOUTH KOREA, MAY 3 (XNA) -- North Korea condemned the exercises of its neighbour on Tuesday.",
        "KOREAN CENTRAL NEWS AGENCY reports say that the North rejected the offer of talks on Friday afternoon.",
    ],
)
def test_a_first_sentence_is_not_cut(text: str) -> None:
    assert paragraphs(text) == [("body", text)]


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Seoul rebuffs offer of talks", "headline"),
        ("Seoul rebuffs offer by U.S.", "headline"),
        ("Will Seoul talk?", "headline"),
        ("Seoul rebuffed the offer.", "body"),
        ("The text of the statement follows:", "body"),
        ("Dear Mr. President,", "body"),
    ],
)
def test_what_is_a_headline(first: str, kind: str) -> None:
    assert paragraphs(f"{first}\n\n{BODY}") == [(kind, first), ("body", BODY)]


def test_a_headline_of_two_lines() -> None:
    text = f"Koreas trade fire at sea\nSouth says boat sank\n\n{BODY}"
    assert [kind for kind, _ in paragraphs(text)] == ["headline", "headline", "body"]


def test_the_lead_is_no_caption() -> None:
    lead = "President Doe meets his guest from Tokyo in the capital on May 3, 2016."
    assert [kind for kind, _ in paragraphs(f"Doe meets guest\n\n{lead}")] == ["headline", "body"]
    assert [kind for kind, _ in paragraphs(f"Doe meets guest\n\n{lead}\n\n{BODY}")] == ["headline", "caption", "body"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped_text_is_rejoined(width: int, line_end: str) -> None:
    stories = [
        "North Korea urged the South on Friday to accept its offer of military talks, and said that the tension on the "
        "peninsula, which rose after its fourth test in January, could be eased by Seoul alone if it wished to.",
        "Seoul rejected the offer. It called on Pyongyang to take a step towards disarmament first. The United States, "
        "whose envoy is in Seoul this week, supported the South in a statement of the State Department on Friday.",
    ]
    wrapped = [line_end.join(textwrap.wrap(story, width)) for story in stories]
    head = "North urges South to talk"
    text = line_end.join([head, *wrapped[:1], "", *wrapped[1:]])
    assert paragraphs(text) == [("headline", head), ("body", wrapped[0]), ("body", wrapped[1])]


def test_short_paragraphs_are_not_joined() -> None:
    lines = [
        "The North offered talks on Friday.",
        "The South refused to come to them.",
        "Washington said nothing at all.",
    ]
    assert paragraphs("\n".join(lines)) == [("body", line) for line in lines]


def test_a_list_is_not_joined() -> None:
    lines = [
        "The two sides agreed to take these steps before the year ends:",
        "- they will open the road",
        "- they will meet",
    ]
    assert paragraphs("\n".join(lines)) == [("body", line) for line in lines]


def test_a_lost_break_is_found() -> None:
    text = "The two sides met on Monday.   \xa0   They will meet again in the spring."
    assert [part for _, part in paragraphs(text)] == [
        "The two sides met on Monday.",
        "They will meet again in the spring.",
    ]


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "The envoys went to see the register of the U.S. Copyright 2016 was the only thing that it said."
    assert paragraphs(text) == [("body", text)]


def test_the_title_is_not_joined_to_hard_wrapped_text() -> None:
    head = "North Korea offers talks on the border and the factory park at Kaesong"
    lines = [
        "Seoul refused the offer of talks that the North had made on Friday and",
        "asked for more. The North",
        "said no.",
    ]
    assert [kind for kind, _ in paragraphs("\n".join([head, *lines]), title=head)] == ["headline", "body"]


# ---- problems --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_text(text: str) -> None:
    done = draft(text)
    assert ([one.code for one in done.problems], done.paragraphs) == (["EMPTY_TEXT"], ())


def test_a_text_too_long() -> None:
    line = BODY + "\n"
    text = line * (MAX_CHARACTERS // len(line) + 1)
    assert codes(text) == ["TOO_LONG"]
    assert "TOO_LONG" not in codes(text[:MAX_CHARACTERS])


def test_no_date() -> None:
    assert [one.code for one in lay_out(Draft(Document(BODY))).problems] == ["NO_DATE"]
    assert codes(BODY) == []


def test_earlier_problems_stay() -> None:
    once = lay_out(Draft(Document(BODY)))
    assert lay_out(once).problems == once.problems * 2


@pytest.mark.parametrize(
    "text",
    [
        "Nordkorea hat am Freitag eine Rakete abgefeuert, wie das Militär mitteilte, und der Süden protestierte.",
        "La Corée du Nord a tiré un missile vendredi, selon les autorités du Sud, qui ont dénoncé une provocation.",
        "Corea del Norte lanzó un misil el viernes, según las autoridades del Sur, que lo calificaron de provocación.",
        "Korea Utara menembakkan rudal pada hari Jumat, kata militer di Seoul, dan Jepang mengecam tindakan itu.",
        "Noord-Korea heeft vrijdag een raket gelanceerd, zegt het leger in Seoul, dat van een provocatie spreekt.",
        "Nordkorea har på fredagen avfyrat en robot, uppger det sydkoreanska försvaret som talar om en provokation.",
        "Bắc Triều Tiên đã phóng một tên lửa vào thứ Sáu, quân đội Hàn Quốc cho biết và lên án các bên.",
        "Pohjois-Korea laukaisi perjantaina ohjuksen, kertoo Etelä-Korean armeija. Japanin hallitus tuomitsi laukaisun "
        "jyrkästi ja kutsui koolle turvallisuusneuvoston kokouksen.",
        "북한은 금요일 한국에 군사 회담을 제안했다고 조선중앙통신이 보도했다.",
        "Северная Корея предложила Югу провести военные переговоры, сообщило агентство.",
        "朝鲜周五向韩国提议举行军事会谈，朝中社报道。",
        "北朝鮮は金曜日、韓国に軍事会談を提案したと報じた。",
    ],
)
def test_other_languages_are_told(text: str) -> None:
    assert codes(text) == ["NOT_ENGLISH"]


def test_a_flash_told_four_times_is_still_english() -> None:
    assert codes(" ".join(["Russia expelled three Polish diplomats."] * 4)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Un visits Beijing",
        "Gunmen shoot dead five police officers near the border.",
        "Boko Haram militants raid five villages around Maiduguri, Nigeria, killing 37 people.",
        "President Lula da Silva and Cristina de la Cruz met in Los Angeles with envoys of El Salvador on Friday.",
        "SOUTH HALTS AID TO NORTH OVER TEST",
        'The placard read "조선은 하나다" ("Korea is one"), a reporter who was there said on Friday.',
        "2016 - 2017",
    ],
)
def test_english_is_told(text: str) -> None:
    assert codes(text) == []


# ---- invariants ------------------------------------------------------------------------------------------------------
PIECES = st.sampled_from(
    [
        *(
            "He said",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            '"',
            "“",
            "”",
            "'",
            "’",
            "‘",
            "«",
            "»",
            "``",
            "''",
            ". ",
            ".",
            ", ",
            "Workers",
        ),
        *("talks", "Comments 0", "Follow him on Twitter @x.", "said.", "###", "walks", "SEOUL, May 3 (XNA) -- "),
        *("Read more: ", "By JANE DOE", "North Korea ", "offer", "5", "(Photo: X)", "\xa0", "      ", "\u2028"),
        *("on May 3, 2016.", "U.S. ", "OFFER ", "(", ")"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@given(TEXTS, st.none() | TEXTS)
def test_paragraphs_cover_the_text_once_in_order(text: str, title: str | None) -> None:
    done = draft(text, title)
    covered = [0] * len(text)
    last = 0
    for paragraph in done.paragraphs:
        assert last <= paragraph.start < paragraph.end <= len(text)
        assert text[paragraph.start : paragraph.end].strip() == text[paragraph.start : paragraph.end]
        covered[paragraph.start : paragraph.end] = [1] * (paragraph.end - paragraph.start)
        last = paragraph.end
    assert all(mark or letter.isspace() for mark, letter in zip(covered, text, strict=True))


@given(TEXTS)
def test_quotations_lie_in_codable_paragraphs_in_order(text: str) -> None:
    done = draft(text)
    last = 0
    for quotation in done.quotations:
        for start, end in quotation.parts:
            assert last <= start < end
            assert any(one.start <= start and end <= one.end for one in codable(done))
            last = end


@given(TEXTS)
def test_the_same_text_gives_the_same_draft(text: str) -> None:
    assert draft(text) == draft(text)


# ---- gold ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("part", ["dev", "train"])
def test_gold_is_english_and_its_acts_are_in_the_story(shared: Path, part: str) -> None:
    folder = shared / "gold" / part
    gold = map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    acts = {item["id"]: item["acts"] for item in gold}
    cut = []
    for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        done = lay_out(Draft(Document(item["text"], title=item["title"])))
        assert "NOT_ENGLISH" not in [one.code for one in done.problems], item["id"]
        stories = [(one.start, one.end) for one in codable(done)]
        cut += [
            (item["id"], act["quote"])
            for act in acts[item["id"]]
            if not any(start <= act["start"] and act["end"] <= end for start, end in stories)
        ]
    assert cut == []
