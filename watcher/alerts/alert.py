"""The mail that tells what changed on one platform."""

from collections.abc import Sequence

from watcher.alerts.letter import rendered
from watcher.alerts.news import News, Words, is_web, merged, proof, stories
from watcher.model.alert import Body
from watcher.voice import Voice
from watcher.voice.passage import harmless

# A mail above 100 kB is cut off by Gmail; ten changes in full stay well below, the others are told in a line each.
_IN_FULL = 10
_IN_A_LINE = 30
_PROOFS = 12


def alert(news: Sequence[News], language: str, words: Words) -> Body:
    """One body for all `news` (at least one, all of one platform), most severe change first."""
    if not any(one.changes for one in news):
        raise ValueError("a letter needs a change to tell of")
    voice = Voice.of(language)
    cases = merged(news)
    full, brief = cases[:_IN_FULL], cases[_IN_FULL:]
    documents = [one.event.document for one in news]
    several = len(news) > 1
    first = documents[0]
    opt_out = next((d.opt_out for d in documents if is_web(d.opt_out)), None)
    values = {
        "about": harmless(first.service if several else first.title),
        "seen": max(one.event.seen_at for one in news),
        "service": harmless(first.service),
        "stories": stories(full, voice, words),
        "several": several,
        "brief": [harmless(voice.headline(case.document, case.change)) for case, _ in brief[:_IN_A_LINE]],
        "unsaid": max(0, len(brief) - _IN_A_LINE),
        "opt_out": opt_out,
        "proofs": [proof(one, voice, words.links) for one in news[:_PROOFS]],
        "unproved": max(0, len(news) - _PROOFS),
    }
    subject = voice.subject(first.service, (case.change for case, _ in cases), documents=len(cases[0][1]))
    return rendered("alert", subject, voice, words.links, values)
