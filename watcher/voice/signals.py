"""What changes in signals for machines and on legal hubs, by rule; what stands, and what contradicts the terms.

`%(names)s` are crawlers with their companies, kinds of file, or the name of a document; `%(page)s` a page's address.
"""

from watcher.model.finding import ChangeKind
from watcher.voice.facts import Rows
from watcher.voice.msg import msg

_NEW, _WIDER, _NARROWER = ChangeKind.INTRODUCED, ChangeKind.EXPANDED, ChangeKind.NARROWED
_MIXED, _GONE, _SAME = ChangeKind.MIXED, ChangeKind.REMOVED, ChangeKind.REWORDED

_ANY: Rows = {
    _WIDER: (("", msg("%(service)s tells machines more about AI than before.")),),
    _NARROWER: (("", msg("%(service)s tells machines less about AI than before.")),),
    _MIXED: (
        (
            "",
            msg("%(service)s changes what it tells machines about AI: more in one respect, less in another."),
        ),
    ),
    _SAME: (("", msg("%(service)s tells machines in other words about AI; the meaning did not change.")),),
}

SIGNALS: dict[str, Rows] = {
    "signal-robots-forbids": {
        **_ANY,
        _NEW: (
            ("recipients=*", msg("%(service)s now keeps all crawlers out of its pages, those for AI too.")),
            (
                "conditions=exception",
                msg("%(service)s now forbids %(names)s to collect a part of its pages for AI."),
            ),
            ("", msg("%(service)s now forbids %(names)s to collect its pages for AI.")),
        ),
        _WIDER: (
            ("recipients=*", msg("%(service)s now keeps all crawlers out of its pages, those for AI too.")),
            (
                "previous",
                msg("%(service)s now forbids %(names)s to collect more of its pages for AI than before."),
            ),
            ("", msg("%(service)s now also forbids %(names)s to collect its pages for AI.")),
        ),
        _NARROWER: (
            ("previous", msg("%(service)s now lets %(names)s collect more of its pages for AI than before.")),
            ("", msg("%(service)s no longer forbids %(names)s to collect its pages for AI.")),
        ),
        _GONE: (
            (
                "recipients=*",
                msg("%(service)s no longer keeps all crawlers out of its pages, those for AI included."),
            ),
            ("", msg("%(service)s no longer forbids %(names)s to collect its pages for AI.")),
        ),
    },
    "signal-robots-admits": {
        **_ANY,
        _NEW: (("", msg("%(service)s now expressly lets %(names)s collect its pages for AI.")),),
        _WIDER: (
            ("previous", msg("%(service)s now lets %(names)s collect more of its pages for AI.")),
            ("", msg("%(service)s now also expressly lets %(names)s collect its pages for AI.")),
        ),
        _NARROWER: (
            ("previous", msg("%(service)s now lets %(names)s collect fewer of its pages for AI.")),
            ("", msg("%(service)s no longer expressly lets %(names)s collect its pages for AI.")),
        ),
        _GONE: (("", msg("%(service)s no longer expressly lets %(names)s collect its pages for AI.")),),
    },
    "signal-usage-forbids": {
        **_ANY,
        _NEW: (("", msg("%(service)s now tells machines not to train AI with its pages.")),),
        _WIDER: (("", msg("%(service)s now tells machines not to train AI with more of its pages.")),),
        _NARROWER: (
            ("", msg("%(service)s no longer tells machines not to train AI with some of its pages.")),
        ),
        _GONE: (("", msg("%(service)s no longer tells machines not to train AI with its pages.")),),
    },
    "signal-usage-allows": {
        **_ANY,
        _NEW: (("", msg("%(service)s now tells machines that they may train AI with its pages.")),),
        _WIDER: (("", msg("%(service)s now tells machines that they may train AI with more of its pages.")),),
        _NARROWER: (
            ("", msg("%(service)s no longer tells machines that they may train AI with some of its pages.")),
        ),
        _GONE: (("", msg("%(service)s no longer tells machines that they may train AI with its pages.")),),
    },
    "signal-tdm-reserved": {
        **_ANY,
        _NEW: (
            ("", msg("%(service)s now reserves text and data mining of its pages, AI training included.")),
        ),
        _WIDER: (("", msg("%(service)s now reserves text and data mining for more of its pages.")),),
        _NARROWER: (("", msg("%(service)s no longer reserves text and data mining for some of its pages.")),),
        _GONE: (("", msg("%(service)s no longer reserves text and data mining of its pages.")),),
    },
    "signal-tdm-open": {
        **_ANY,
        _NEW: (("", msg("%(service)s now declares its pages open to text and data mining, for AI too.")),),
        _WIDER: (
            ("", msg("%(service)s now declares more of its pages open to text and data mining, for AI too.")),
        ),
        _NARROWER: (
            ("", msg("%(service)s no longer declares some of its pages open to text and data mining.")),
        ),
        _GONE: (("", msg("%(service)s no longer declares its pages open to text and data mining.")),),
    },
    "signal-rsl-forbids": {
        **_ANY,
        _NEW: (("", msg("%(service)s now forbids AI training in its licence for machines.")),),
        _WIDER: (
            (
                "",
                msg(
                    "%(service)s now forbids AI training with more of its pages in its licence for machines."
                ),
            ),
        ),
        _NARROWER: (
            (
                "",
                msg(
                    "%(service)s no longer forbids AI training with some of its pages in its licence for machines."
                ),
            ),
        ),
        _GONE: (("", msg("%(service)s no longer forbids AI training in its licence for machines.")),),
    },
    "signal-rsl-pays": {
        **_ANY,
        _NEW: (
            ("", msg("%(service)s now allows AI training with its pages only against payment or credit.")),
        ),
        _WIDER: (
            ("", msg("%(service)s now asks for payment or credit for AI training with more of its pages.")),
        ),
        _NARROWER: (
            (
                "",
                msg(
                    "%(service)s no longer asks for payment or credit for AI training with some of its pages."
                ),
            ),
        ),
        _MIXED: (("", msg("%(service)s changes what it asks for AI training with its pages.")),),
        _GONE: (
            ("", msg("%(service)s no longer asks for payment or credit for AI training with its pages.")),
        ),
    },
    "signal-rsl-free": {
        **_ANY,
        _NEW: (
            (
                "",
                msg(
                    "%(service)s now lets anyone train AI with its pages free of charge, by a licence for machines."
                ),
            ),
        ),
        _WIDER: (("", msg("%(service)s now lets anyone train AI with more of its pages free of charge.")),),
        _NARROWER: (
            ("", msg("%(service)s no longer lets anyone train AI with some of its pages free of charge.")),
        ),
        _GONE: (("", msg("%(service)s no longer lets anyone train AI with its pages free of charge.")),),
    },
    "signal-aitxt-forbids": {
        **_ANY,
        _NEW: (("", msg("%(service)s now says in its ai.txt that its files are not for AI training.")),),
        _WIDER: (("", msg("%(service)s now keeps more of its files out of AI training in its ai.txt.")),),
        _NARROWER: (("", msg("%(service)s now keeps fewer of its files out of AI training in its ai.txt.")),),
        _GONE: (
            ("", msg("%(service)s no longer says in its ai.txt that its files are not for AI training.")),
        ),
    },
    "signal-aitxt-allows": {
        **_ANY,
        _NEW: (("", msg("%(service)s now offers its files for AI training in its ai.txt.")),),
        _WIDER: (("", msg("%(service)s now offers more of its files for AI training in its ai.txt.")),),
        _NARROWER: (("", msg("%(service)s now offers fewer of its files for AI training in its ai.txt.")),),
        _GONE: (("", msg("%(service)s no longer offers its files for AI training in its ai.txt.")),),
    },
    "signal-noai": {
        **_ANY,
        _NEW: (("", msg("%(service)s now marks a page as not for AI: %(page)s.")),),
        _WIDER: (("", msg("%(service)s now marks more of a page as not for AI: %(page)s.")),),
        _NARROWER: (("", msg("%(service)s removed a “no AI” tag from a page: %(page)s.")),),
        _GONE: (("", msg("%(service)s removed the “no AI” tag from a page: %(page)s.")),),
    },
    "hub-document": {
        **_ANY,
        _NEW: (("", msg("%(service)s published a new document: %(names)s.")),),
        _MIXED: (("", msg("%(service)s moved its document %(names)s to another address.")),),
        _GONE: (("", msg("%(service)s no longer lists its document %(names)s.")),),
    },
}

# The subjects of mails: what is new, and what is gone.
SUBJECTS: dict[str, tuple[str, str]] = {
    "signal-robots-forbids": (
        msg("robots.txt now keeps AI crawlers out"),
        msg("robots.txt no longer keeps AI crawlers out"),
    ),
    "signal-robots-admits": (
        msg("robots.txt now lets AI crawlers in"),
        msg("robots.txt no longer names AI crawlers as welcome"),
    ),
    "signal-usage-forbids": (
        msg("now tells machines not to train AI"),
        msg("no longer tells machines not to train AI"),
    ),
    "signal-usage-allows": (
        msg("now tells machines they may train AI"),
        msg("no longer tells machines they may train AI"),
    ),
    "signal-tdm-reserved": (msg("data mining is now reserved"), msg("data mining is no longer reserved")),
    "signal-tdm-open": (
        msg("data mining is now declared open"),
        msg("data mining is no longer declared open"),
    ),
    "signal-rsl-forbids": (
        msg("machine licence now forbids AI training"),
        msg("machine licence no longer forbids AI training"),
    ),
    "signal-rsl-pays": (
        msg("AI training only against payment or credit"),
        msg("no more payment or credit for AI training"),
    ),
    "signal-rsl-free": (
        msg("machine licence now gives AI training away"),
        msg("machine licence no longer gives AI training away"),
    ),
    "signal-aitxt-forbids": (
        msg("ai.txt now keeps files out of AI training"),
        msg("ai.txt no longer keeps files out of AI training"),
    ),
    "signal-aitxt-allows": (
        msg("ai.txt now offers files for AI training"),
        msg("ai.txt no longer offers files for AI training"),
    ),
    "signal-noai": (msg("a page now says “no AI”"), msg("the “no AI” tag is gone from a page")),
    "hub-document": (msg("new document: %(names)s"), msg("document no longer listed: %(names)s")),
}

MOVED = msg("moved: %(names)s")

# What stands today, for a service's page.
STANDING: dict[str, str] = {
    "signal-robots-forbids": msg("Forbids %(names)s to collect its pages for AI"),
    "signal-robots-admits": msg("Expressly lets %(names)s collect its pages for AI"),
    "signal-usage-forbids": msg("Tells machines not to train AI with its pages"),
    "signal-usage-allows": msg("Tells machines that they may train AI with its pages"),
    "signal-tdm-reserved": msg("Reserves text and data mining"),
    "signal-tdm-open": msg("Declares text and data mining open to anyone"),
    "signal-rsl-forbids": msg("Forbids AI training in a licence for machines"),
    "signal-rsl-pays": msg("Allows AI training only against payment or credit"),
    "signal-rsl-free": msg("Lets anyone train AI free of charge"),
    "signal-aitxt-forbids": msg("Keeps files out of AI training in its ai.txt"),
    "signal-aitxt-allows": msg("Offers files for AI training in its ai.txt"),
    "signal-noai": msg("Marks the page as not for AI"),
}

# By the kinds of `watcher.model.contradiction`.
CONTRADICTIONS: dict[str, str] = {
    "permits_but_keeps_out": msg(
        "The terms let %(service)s train AI with people's work, while it keeps the AI crawlers of others out."
    ),
    "shares_but_keeps_out": msg(
        "The terms let others train AI with people's work, while %(service)s keeps AI crawlers out."
    ),
    "promises_but_lets_in": msg(
        "The terms promise not to train AI with people's work, while %(service)s lets AI crawlers take it."
    ),
    "forbids_but_lets_in": msg(
        "The terms forbid others to train AI with what stands there, while %(service)s lets AI crawlers take it."
    ),
}
