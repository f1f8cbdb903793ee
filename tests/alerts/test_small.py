"""Whatever clauses hold, a mail stays so small that no program cuts it off, and says what it leaves out."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alerts.conftest import OPTIONS, SEEN, WAVECREST, event, explain, finding
from tests.alerts.mails import BASE, LINKS, ROME, WORDS, letter
from tests.alerts.test_letter import Outline
from watcher.alerts import Links, News, Words, alert, correction, digest, note, silence
from watcher.alerts.fitting import LARGEST
from watcher.alerts.message import wire
from watcher.alerts.silence import Silent
from watcher.diff import mark
from watcher.model.alert import Body, Letter
from watcher.model.comparison import Comparison, Pair
from watcher.model.finding import Change, ChangeKind
from watcher.model.note import Fact, Outage, Withdrawal
from watcher.model.report import DocumentStatus
from watcher.model.source import Page
from watcher.model.text import Clause, DocumentText
from watcher.signing import Signer

CHANGES = 12
EMPTY = DocumentText("Terms", "en", ())

Word = Callable[[int], str]

# What the words of a clause look like, by their place in it.
WORDS_OF: dict[str, Word] = {
    "short": lambda place: "ab"[place % 2],
    "accents": lambda place: "è" * 9,
    "angles": lambda place: "‹…>&<\"'"[place % 4 :] * 2,
    "marks of their own": lambda place: "<ins></ins><del>",
    "endless": lambda place: "unbroken" * 40,
    "endless and far from Latin": lambda place: "🎻" * 170,
    "wide": lambda place: "訓練" * 3,
    "equals signs": lambda place: "=3D=20=",
}
# Which of a hundred words the new text has otherwise.
REWORDED = {"every second": 50, "every tenth": 10, "all": 100, "none": 0}


def sides(word: Word, changed: int, number: int, words: int) -> tuple[str, str]:
    old = [f"{number}", *(word(place) for place in range(words))]
    new = [
        one + "x" if changed and place % (100 // changed) == 0 else one
        for place, one in enumerate(old, start=1)
    ]
    return " ".join(old), " ".join(new)


def news(
    word: Word, changed: int, *, changes: int = CHANGES, documents: int = 1, words: int = 280
) -> list[News]:
    made = []
    for number in range(documents):
        told, pairs = [], []
        for at in range(changes):
            old, new = sides(word, changed, number * 1000 + at, words)
            path = tuple(word(place) * 3 for place in range(6))
            clauses = [Clause("paragraph", text, text, path) for text in (old, new)]
            now = finding("training_grant", "ai-grant", new, {new[:200]: "training"}, objects=("content",))
            told.append(
                Change(
                    "training_grant",
                    ChangeKind.EXPANDED if changed else ChangeKind.INTRODUCED,
                    "high",
                    "ai-grant",
                    new,
                    old if changed else None,
                    "en",
                    now=replace(now, clause=clauses[1].key),
                    reasons=("objects+content",),
                )
            )
            pairs.append(
                Pair("reworded" if changed else "added", clauses[0] if changed else None, clauses[1])
            )
        document = replace(WAVECREST, name=f"Terms {number}")
        one = replace(event(*told, document=document), old=number)
        made.append(News(one, one.changes, Comparison(EMPTY, EMPTY, tuple(pairs)), word(0)[:200]))
    return made


def size(made: Letter) -> int:
    return len(wire(made, OPTIONS))


def is_whole(made: Letter) -> None:
    """Small, with the way out in both parts, and HTML that ends."""
    assert size(made) < LARGEST
    for part in (made.text, made.html):
        assert made.unsubscribe in part
        assert made.preferences in part
    assert made.html.rstrip().endswith("</html>")
    assert Outline(made.html).tags.count("h1") == 1


def counted(text: str) -> int:
    """How many changes an English text part tells in full, in a line, or as a number."""
    full = text.count("WHY THIS WAS FLAGGED")
    _, _, rest = text.partition("MORE CHANGES IN THE SAME TEXT")
    lines = len(re.findall(r"^- ", rest, re.M))
    more = re.search(r"^And (\d+) more\.", rest, re.M)
    return full + lines + (int(more[1]) if more else 0)


@pytest.mark.parametrize("changed", REWORDED)
@pytest.mark.parametrize("words", WORDS_OF)
def test_an_alert_is_small_and_tells_or_counts_every_change(words: str, changed: str):
    made = letter(alert(news(WORDS_OF[words], REWORDED[changed]), "en", WORDS))
    is_whole(made)
    assert counted(made.text) == CHANGES
    told = made.html.count("Why this was flagged")
    assert told == made.text.count("WHY THIS WAS FLAGGED") >= 1
    page = LINKS.change(news(WORDS_OF[words], REWORDED[changed])[0].event.id, "en")
    assert f"See all of them: {page}" in made.text
    assert f'href="{page}"' in made.html
    left_out = made.text.count("There is no room here for the whole clause.")
    assert left_out == made.html.count("There is no room here for the whole clause.")


@pytest.mark.parametrize("words", WORDS_OF)
def test_every_other_mail_is_small_as_well(words: str):
    for language, body in others(WORDS_OF[words]):
        is_whole(letter(body))
        assert body.language == language


def others(word: Word) -> list[tuple[str, Body]]:
    many = news(word, 50, changes=4, documents=8)
    platforms = [
        replace(
            one, event=replace(one.event, document=replace(WAVECREST, service=f"Platform {at} {word(0)}"))
        )
        for at, one in enumerate(many)
    ]
    name = " ".join(word(place) for place in range(40))
    document = replace(
        WAVECREST, service=name, name=name, pages=(Page("https://wavecrest.example/terms"),) * 9
    )
    withdrawn = [
        Withdrawal(f"w{at}", replace(many[0].event, document=document), change, SEEN, f"{at} {name * 20}")
        for at in range(12)
        for change in many[0].changes
    ]
    status = DocumentStatus(document, SEEN, None, failures=9, reason=name)
    silent = [Silent(Outage(f"o{at}", name, SEEN), (status,) * 9) for at in range(60)]
    made = []
    for language in ("en", "it"):
        made += [
            (language, alert(many, language, WORDS)),
            (language, digest(many, language, WORDS, day=ROME, weekly=False)),
            (language, digest(platforms, language, WORDS, day=ROME, weekly=True)),
            (language, correction(withdrawn, language, WORDS, day=ROME)),
            (language, silence(silent, language, LINKS, day=ROME, back=False)),
            (language, silence(silent, language, LINKS, day=ROME, back=True)),
        ]
    return made


@pytest.mark.parametrize("words", WORDS_OF)
def test_the_operators_note_is_small_as_well(words: str):
    name = " ".join(WORDS_OF[words](place) for place in range(200))
    topics = ("failing", "reading", "moved", "selectors")
    facts = [Fact(topics[at % 4], str(at), name, name, name) for at in range(200)]
    made = letter(note(facts, [name] * 200, "en", LINKS, day=ROME))
    assert size(made) < LARGEST
    told = len(re.findall(r"^- ", made.text, re.M))
    assert told + sum(int(more) for more in re.findall(r"^And (\d+) more\.$", made.text, re.M)) == 400


def test_a_digest_says_how_many_changes_and_platforms_it_leaves_out():
    text = letter(digest(news(WORDS_OF["wide"], 50), "en", WORDS, day=ROME, weekly=False)).text
    told = text.count("Old and new, clause by clause:")
    assert re.search(rf"^And {CHANGES - told} more on this platform\.", text, re.M)
    assert f"See all of them: {BASE}/services/wavecrest.html" in text
    # The same advice is not given twice in a row.
    assert text.count("What you can do: the same as above.") == told - 1


def test_a_correction_names_or_counts_every_reading_that_it_takes_back():
    [one] = news(WORDS_OF["short"], 50)
    withdrawn = [
        Withdrawal(f"w{at}", one.event, change, SEEN, "It only moved.")
        for at in range(5)
        for change in one.changes
    ]
    text = letter(correction(withdrawn, "en", WORDS, day=ROME)).text
    told = text.count("WHAT WAS WRONG")
    rest = text.partition("MORE READINGS THAT WE TAKE BACK")[2]
    lines = len(re.findall(r"^- ", rest, re.M))
    assert f"And {len(withdrawn) - told - lines} more." in rest
    assert f"See all changes: {BASE}/changes/index.html" in rest


def test_without_a_site_there_is_no_link_for_what_is_left_out():
    nowhere = Words(explain, mark, Links("", Signer("k" * 32, lambda: SEEN)))
    body = alert(news(WORDS_OF["wide"], 50), "en", nowhere)
    assert "There is no room here for the whole clause." in body.text
    assert "See all" not in body.text + body.html


def test_most_long_clauses_stand_whole_in_a_mail_of_ten():
    """Ten clauses of 250 words, every tenth of them changed."""
    usual = [
        "the",
        "licence",
        "that",
        "you",
        "give",
        "us",
        "lets",
        "our",
        "partners",
        "stream",
        "your",
        "recordings",
        "to",
        "people",
        "abroad",
    ]
    made = letter(
        alert(news(lambda place: usual[place % len(usual)], 10, changes=10, words=250), "en", WORDS)
    )
    is_whole(made)
    assert made.text.count("WHY THIS WAS FLAGGED") == 10
    assert made.text.count("The whole clause:") >= 8


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=400), min_size=1, max_size=8),
    st.sampled_from([0, 5, 10, 50, 100]),
    st.integers(1, 14),
)
def test_whatever_the_words_the_mail_is_whole(words: list[str], changed: int, changes: int):
    made = letter(
        alert(news(lambda place: words[place % len(words)] or "a", changed, changes=changes), "en", WORDS)
    )
    is_whole(made)
    assert counted(made.text) == changes
