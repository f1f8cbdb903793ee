"""How a language says things."""

import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from watcher.model.alert import Subscriber
from watcher.model.finding import Category, Change, ChangeKind, Tone
from watcher.voice import Voice, environment, ranked, wishes

SEEN = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
LANGUAGES = ("en", "it")


@pytest.mark.parametrize(
    ("asked", "spoken"), [("it", "it"), ("it-CH", "it"), ("IT_it", "it"), ("nl", "en"), ("", "en")]
)
def test_a_language_without_translations_speaks_english(asked, spoken):
    assert Voice.of(asked).language == spoken


def test_dates_numbers_and_quotation_marks_follow_the_language():
    en, it = Voice.of("en"), Voice.of("it")
    assert (en.date(SEEN), it.date(SEEN)) == ("14 March 2026", "14 marzo 2026")
    assert en.moment(SEEN) == "14 March 2026, 09:30 UTC"
    assert it.moment(SEEN.astimezone(ZoneInfo("Europe/Rome"))) == "14 marzo 2026, 10:30 CET"
    assert (en.number(12345), it.number(12345)) == ("12,345", "12.345")
    assert (en.quote("train"), it.quote("train")) == ("“train”", "«train»")


def test_plurals_follow_the_language():
    sentences = ("%(line)s, and %(count)s more", "%(line)s, and %(count)s more")
    assert Voice.of("it").plural(*sentences, 1, line="A") == "A, e un'altra modifica"
    assert Voice.of("it").plural(*sentences, 2, line="A") == "A, e altre 2 modifiche"


def test_values_are_never_read_as_placeholders():
    assert Voice.of("it").text("new: %(topic)s", topic="%(service)s 100%") == "novità: %(service)s 100%"


def test_the_headline_names_actor_and_act(wavecrest, change):
    grant = change("training_grant", "introduced", objects=("content",))
    assert Voice.of("en").headline(wavecrest, grant) == "Wavecrest may now use what you upload to train AI."
    assert (
        Voice.of("it").headline(wavecrest, grant)
        == "Ora Wavecrest può usare ciò che carichi per addestrare l'IA."
    )


def test_a_promise_lost_is_as_loud_as_a_permission_gained(wavecrest, change):
    lost = change("training_commitment", "removed", polarity="denied", conditions=("consent",))
    assert (
        Voice.of("en").headline(wavecrest, lost) == "Wavecrest no longer promises to ask before training AI."
    )
    assert (
        Voice.of("it").headline(wavecrest, lost)
        == "Wavecrest non promette più di chiedere il permesso prima di addestrare l'IA."
    )


def test_a_new_choice_is_good_news(wavecrest, change):
    choice = change("training_choice", "introduced", conditions=("opt_out",))
    assert Voice.of("en").headline(wavecrest, choice) == "New: you can opt out of AI training at Wavecrest."
    assert Voice.of("it").tone(choice.tone) == ("●", "meglio per te")


@pytest.mark.parametrize(
    ("reason", "headline"),
    [
        ("recipients+third_party", "Wavecrest may now also let others train AI with what you upload."),
        ("conditions-opt_out", "Wavecrest no longer says that you can opt out of AI training."),
        ("conditions-consent", "Wavecrest no longer asks for your consent before training AI."),
        ("objects+personal", "Wavecrest may now also use your personal data to train AI."),
        ("anything+else", "Wavecrest widens its permission to train AI with what you upload."),
    ],
)
def test_a_wider_permission_says_what_was_gained(wavecrest, change, reason, headline):
    wider = change("training_grant", "expanded", reasons=(reason,), objects=("content",))
    assert Voice.of("en").headline(wavecrest, wider) == headline


def test_when_a_clause_does_not_say_with_what_nothing_is_guessed(wavecrest):
    bare = Change("training_grant", ChangeKind.INTRODUCED, "high", "r", "q", None, "en")
    assert (
        Voice.of("en").headline(wavecrest, bare) == "Wavecrest may now use your content or data to train AI."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_and_kind_has_a_headline_and_a_subject_of_its_own(wavecrest, change, language):
    voice = Voice.of(language)
    names = [*map(str, Category), "licence_perpetual", "licence_x", "arbitration"]
    pairs = [change(name, str(kind)) for name in names for kind in ChangeKind]
    headlines = {voice.headline(wavecrest, each) for each in pairs}
    mailed = [each for each in pairs if each.change.matters]
    subjects = [voice.subject("Wavecrest", (each,)) for each in mailed]
    assert len(headlines) == len(pairs)
    assert all(
        "Wavecrest" in headline and "%" not in headline and "_" not in headline for headline in headlines
    )
    assert [s for s in subjects if not s.startswith("Wavecrest: ") or len(s) > 60] == []


def test_unknown_kinds_of_reason_keep_their_own_words():
    voice = Voice.of("en")
    assert voice.reason("recipients+third_party") == "now also for third parties"
    assert voice.reason("conditions-opt_out") == "the opt-out is gone"
    assert voice.reason("conditions+consent") == "only with your consent is new"
    assert voice.reason("recipients+record_labels") == "now also for record labels"
    assert voice.reason("territory-the_moon") == "gone: the moon"
    assert voice.reason("whatever") == "whatever"


def test_cues_are_told_in_plain_words_whatever_a_pack_calls_its_concepts():
    voice = Voice.of("en")
    assert voice.cue("actor third_party") == "others act"
    assert voice.cue("deny_back") == "rules it out"
    assert voice.cue("purpose generative") == "names the purpose"
    assert voice.cue("my_own_concept") == "my own concept"


def test_certainty_is_told_in_three_steps():
    told = [Voice.of("en").certainty(value) for value in (1.0, 0.7, 0.3)]
    assert len(set(told)) == 3
    assert "read the clause yourself" in told[2]


def test_a_subject_is_one_line_whatever_a_service_is_called(wavecrest, change):
    hostile = "Wave\r\nBcc: all@example.org\u202e\u2028crest" + "x" * 500
    subject = Voice.of("en").subject(hostile, (change("training_grant", "introduced"),))
    assert subject.splitlines() == [subject]
    assert "\u202e" not in subject
    assert len(subject) <= 120


def test_a_subject_counts_the_other_changes_where_they_fit(wavecrest, change):
    changes = tuple(change(name, "introduced") for name in ("training_choice", "training_restriction"))
    assert (
        Voice.of("en").subject("Wavecrest", changes)
        == "Wavecrest: you can now opt out of AI training, and 1 more"
    )
    assert Voice.of("it").subject("Wavenet", changes[:1], 3) == (
        "Wavenet: ora puoi negare il consenso all'IA, in 3 documenti"
    )


def test_the_most_severe_change_comes_first_and_harm_before_help(change):
    mild = change("training_grant", "introduced", severity="low")
    help_ = change("training_choice", "introduced", severity="high")
    harm = change("training_commitment", "removed", severity="high")
    assert ranked((mild, help_, harm)) == (harm, help_, mild)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tones_show_without_colour(language):
    signs = [Voice.of(language).tone(tone) for tone in Tone]
    assert [sign.sign for sign in signs] == ["▲", "●", "◆"]
    assert len({sign.word for sign in signs}) == 3


def test_templates_speak_escape_and_refuse_unknown_names():
    from jinja2 import UndefinedError

    page = environment("it")
    assert page is environment("it-IT")
    assert page.from_string("{{ _('new: %(topic)s', topic='<b>') }}").render() == "novità: &lt;b&gt;"
    assert page.from_string("{{ when | date }}").render(when=SEEN) == "14 marzo 2026"
    with pytest.raises(UndefinedError):
        page.from_string("{{ nothing }}").render()


def test_importing_the_voice_loads_no_heavy_library():
    code = "import sys, watcher.voice; print(sorted({'babel', 'jinja2', 'css_inline'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_promise_about_others_is_not_told_as_one_about_the_platform(wavecrest, change):
    promise = change(
        "training_commitment",
        "introduced",
        actor="third_party",
        polarity="denied",
        objects=("content",),
        recipients=("third_party",),
    )
    assert (
        Voice.of("en").headline(wavecrest, promise)
        == "Wavecrest now promises not to let others train AI with what you upload."
    )
    assert (
        Voice.of("it").headline(wavecrest, promise)
        == "Ora Wavecrest promette di non lasciare che altri addestrino l'IA con ciò che carichi."
    )


@pytest.mark.parametrize(
    ("day", "english", "italian"),
    [(7, "since 7", "dal 7"), (8, "since 8", "dall'8"), (11, "since 11", "dall'11")],
)
def test_an_italian_article_fits_the_day(day, english, italian):
    when = datetime(2026, 3, day, tzinfo=UTC)
    for language, begins in (("en", english), ("it", italian)):
        voice = Voice.of(language)
        assert (voice.dated("since %(date)s", when) % {"date": voice.date(when)}).startswith(begins)
    assert (
        Voice.of("it")
        .dated("It came on %(date)s.", when)
        .startswith("È comparsa l'" if day != 7 else "È comparsa il")
    )


@pytest.mark.parametrize(
    ("since", "until", "english", "italian"),
    [
        ((2026, 3, 3), (2026, 3, 5), "From 3 to 5 March 2026", "Dal 3 al 5 marzo 2026"),
        ((2026, 2, 28), (2026, 3, 3), "From 28 February to 3 March 2026", "Dal 28 febbraio al 3 marzo 2026"),
        (
            (2025, 12, 30),
            (2026, 1, 8),
            "From 30 December 2025 to 8 January 2026",
            "Dal 30 dicembre 2025 all'8 gennaio 2026",
        ),
        ((2026, 3, 8), (2026, 3, 11), "From 8 to 11 March 2026", "Dall'8 all'11 marzo 2026"),
        ((2025, 3, 3), (2026, 3, 5), "From 3 March 2025 to 5 March 2026", "Dal 3 marzo 2025 al 5 marzo 2026"),
    ],
)
def test_two_days_say_once_what_they_share(since, until, english, italian):
    days = [datetime(*day, tzinfo=UTC) for day in (since, until)]
    frame = "From %(since)s to %(until)s nothing could be read."
    assert Voice.of("en").between(frame, *days).startswith(f"{english} nothing")
    assert Voice.of("it").between(frame, *days).startswith(f"{italian} non ")


@pytest.mark.parametrize(
    ("hour", "rhythm", "english", "italian"),
    [
        (8, "daily", "once a day at 08:00, Rome time", "una volta al giorno alle 08:00, ora di Roma"),
        (1, "daily", "once a day at 01:00, Rome time", "una volta al giorno all'1:00, ora di Roma"),
        (1, "weekly", "on Mondays at 01:00, Rome time", "il lunedì all'1:00, ora di Roma"),
        (0, "weekly", "on Mondays at 00:00, Rome time", "il lunedì alle 00:00, ora di Roma"),
    ],
)
def test_an_hour_has_its_article(hour, rhythm, english, italian):
    reader = Subscriber("anna@reader.example", rhythm=rhythm, hour=hour, timezone="Europe/Rome")
    assert wishes.rhythm(Voice.of("en"), reader) == english
    assert wishes.rhythm(Voice.of("it"), reader) == italian
