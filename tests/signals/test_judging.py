"""What a new version of signals changes: one piece of news for each rule and direction."""

from tests.signals.conftest import changes, text
from watcher import signals
from watcher.model.comparison import Comparison
from watcher.model.finding import Tone
from watcher.model.text import DocumentText

NONE = text("robots", "", status=404)


def robots(*blocked: str, also: str = "") -> DocumentText:
    lines = "".join(f"User-agent: {name}\n" for name in blocked)
    return text("robots", (f"{lines}Disallow: /\n" if blocked else "") + also)


def test_the_first_crawler_introduces_further_ones_expand_and_the_last_to_go_removes():
    assert changes(NONE, robots("GPTBot")) == [("robots-forbids", "introduced", ("GPTBot (OpenAI)",))]
    assert changes(robots("GPTBot"), robots("CCBot", "GPTBot")) == [
        ("robots-forbids", "expanded", ("CCBot (Common Crawl)",))
    ]
    assert changes(robots("CCBot", "GPTBot"), robots("GPTBot")) == [
        ("robots-forbids", "narrowed", ("CCBot (Common Crawl)",))
    ]
    assert changes(robots("GPTBot"), NONE) == [("robots-forbids", "removed", ("GPTBot (OpenAI)",))]


def test_twenty_crawlers_at_once_are_one_piece_of_news_with_each_name_marked():
    many = ("GPTBot", "CCBot", "ClaudeBot", "Bytespider", "meta-externalagent")
    judged = signals.judge(Comparison(NONE, robots(*many), ()))
    (change,) = judged.changes
    marked = {change.quote[cue.start : cue.end] for cue in change.now.cues}
    assert marked == set(many)
    assert (change.tone, change.severity) == (Tone.PROTECTION, "medium")
    assert judged.unjudged is None


def test_a_protection_lost_weighs_more_than_one_gained_and_harms():
    judged = signals.judge(Comparison(robots("GPTBot"), robots(), ()))
    assert [(c.tone, c.severity) for c in judged.changes] == [(Tone.HARM, "high")]


def test_from_forbidden_to_admitted_is_told_in_both_respects():
    assert changes(robots("GPTBot"), text("robots", "User-agent: GPTBot\nAllow: /\n")) == [
        ("robots-forbids", "removed", ("GPTBot (OpenAI)",)),
        ("robots-admits", "introduced", ("GPTBot (OpenAI)",)),
    ]


def test_names_that_a_rule_for_everybody_covers_come_and_go_without_news():
    everybody = robots(also="User-agent: *\nDisallow: /\n")
    both = robots("GPTBot", also="User-agent: *\nDisallow: /\n")
    assert changes(everybody, both) == []
    assert changes(both, everybody) == []
    assert changes(robots("GPTBot"), everybody) == [("robots-forbids", "expanded", ("*",))]


def test_an_exception_gained_and_paths_lost_narrow_the_ban():
    whole = robots("GPTBot")
    press = text("robots", "User-agent: GPTBot\nDisallow: /\nAllow: /press/\n")
    songs = text("robots", "User-agent: GPTBot\nDisallow: /songs/\nDisallow: /art/\n")
    fewer = text("robots", "User-agent: GPTBot\nDisallow: /songs/\n")
    assert [kind for _, kind, _ in changes(whole, press)] == ["narrowed"]
    assert [kind for _, kind, _ in changes(press, whole)] == ["expanded"]
    assert [kind for _, kind, _ in changes(songs, fewer)] == ["narrowed"]
    assert [kind for _, kind, _ in changes(fewer, songs)] == ["expanded"]


def test_crawlers_that_do_not_train_and_what_is_not_understood_are_no_news():
    search = text("robots", "User-agent: OAI-SearchBot\nDisallow: /\n")
    broken = text("robots", "User-agent: *\nContent-Usage: / train-ai=perhaps\n")
    assert changes(NONE, search) == []
    assert changes(search, broken) == []


def test_one_tag_in_two_places_is_gone_only_when_both_are():
    page = "<html><head>{}</head><body>Song</body></html>"
    tag, header = page.format('<meta name="robots" content="noai">'), [("x-robots-tag", "noai")]
    both = text("tags", tag, media="text/html", headers=header)
    one = text("tags", tag, media="text/html")
    bare = text("tags", page.format(""), media="text/html")
    assert changes(both, one) == []
    assert changes(one, bare) == [("noai", "removed", ("noai",))]


def test_another_policy_address_rewords_and_another_price_is_mixed():
    rule = '[{{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://w.example/{}"}}]'
    judged = changes(text("tdmrep", rule.format(1)), text("tdmrep", rule.format(2)))
    assert judged == [("tdm-reserved", "reworded", ("tdm-reservation",))]


def test_a_finding_for_each_judged_statement():
    found = signals.findings(robots("GPTBot", "OAI-SearchBot", also="User-agent: CCBot\nAllow: /\n"))
    assert [(one.category, one.polarity, one.recipients) for one in found] == [
        ("training_restriction", "denied", ("GPTBot (OpenAI)",)),
        ("third_party_training", "permitted", ("CCBot (Common Crawl)",)),
    ]
