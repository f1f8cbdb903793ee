"""The headlines of every category and kind of change: rows of (fact, sentence), the first whose fact is there wins.

Facts are those of `watcher.voice.facts`. `%(what)s` is what AI is trained on, `%(gained)s` and `%(lost)s` what came
and went of it, `%(topic)s` the category's name between quotation marks.
"""

from watcher.model.finding import Category, ChangeKind
from watcher.voice.facts import Rows
from watcher.voice.msg import msg

_NEW, _WIDER, _NARROWER = ChangeKind.INTRODUCED, ChangeKind.EXPANDED, ChangeKind.NARROWED
_MIXED, _GONE, _SAME = ChangeKind.MIXED, ChangeKind.REMOVED, ChangeKind.REWORDED

_GRANT: Rows = {
    _NEW: (
        ("conditions=opt_out", msg("%(service)s may now use %(what)s to train AI unless you opt out.")),
        (
            "excepts=separate_agreement",
            msg("%(service)s may now use %(what)s to train AI, unless a separate agreement covers it."),
        ),
        ("conditions=consent", msg("%(service)s may now use %(what)s to train AI if you agree.")),
        ("conditions=opt_in", msg("%(service)s may now use %(what)s to train AI if you agree.")),
        ("purposes=generative", msg("%(service)s may now use %(what)s to train generative AI.")),
        ("", msg("%(service)s may now use %(what)s to train AI.")),
    ),
    _WIDER: (
        ("recipients+third_party", msg("%(service)s may now also let others train AI with %(what)s.")),
        ("conditions-consent", msg("%(service)s no longer asks for your consent before training AI.")),
        ("conditions-opt_in", msg("%(service)s no longer asks for your consent before training AI.")),
        ("conditions-opt_out", msg("%(service)s no longer says that you can opt out of AI training.")),
        ("conditions-minors", msg("%(service)s no longer leaves minors out of AI training.")),
        (
            "conditions-separate_agreement",
            msg("%(service)s no longer leaves out of AI training what a separate agreement covers."),
        ),
        ("objects+", msg("%(service)s may now also use %(gained)s to train AI.")),
        ("purposes+generative", msg("%(service)s may now also train generative AI with %(what)s.")),
        ("", msg("%(service)s widens its permission to train AI with %(what)s.")),
    ),
    _NARROWER: (
        ("conditions+consent", msg("%(service)s may now train AI with %(what)s only if you agree.")),
        ("conditions+opt_in", msg("%(service)s may now train AI with %(what)s only if you agree.")),
        ("conditions+opt_out", msg("%(service)s now lets you opt out of AI training.")),
        ("conditions+minors", msg("%(service)s now leaves minors out of AI training.")),
        (
            "conditions+separate_agreement",
            msg("%(service)s now leaves out of AI training what a separate agreement covers."),
        ),
        ("recipients-third_party", msg("%(service)s no longer says that others may train AI with %(what)s.")),
        ("objects-", msg("%(service)s no longer says that it may use %(lost)s to train AI.")),
        (
            "purposes-generative",
            msg("%(service)s no longer says that it may train generative AI with %(what)s."),
        ),
        ("", msg("%(service)s narrows its permission to train AI with %(what)s.")),
    ),
    _MIXED: (
        ("", msg("%(service)s changes what it may train AI with: more in one respect, less in another.")),
    ),
    _GONE: (("", msg("%(service)s no longer says that it may use %(what)s to train AI.")),),
    _SAME: (
        ("", msg("%(service)s words its permission to train AI differently; the meaning did not change.")),
    ),
}

_OTHERS: Rows = {
    _NEW: (
        (
            "conditions=opt_out",
            msg("%(service)s may now let others train AI with %(what)s unless you opt out."),
        ),
        ("conditions=consent", msg("%(service)s may now let others train AI with %(what)s if you agree.")),
        ("conditions=opt_in", msg("%(service)s may now let others train AI with %(what)s if you agree.")),
        ("", msg("%(service)s may now let others train AI with %(what)s.")),
    ),
    _WIDER: (
        ("conditions-consent", msg("%(service)s no longer asks you before letting others train AI.")),
        ("conditions-opt_in", msg("%(service)s no longer asks you before letting others train AI.")),
        ("conditions-opt_out", msg("%(service)s no longer says that you can keep others from training AI.")),
        ("objects+", msg("%(service)s may now also let others train AI with %(gained)s.")),
        ("", msg("%(service)s widens what others may train AI with.")),
    ),
    _NARROWER: (
        (
            "conditions+consent",
            msg("%(service)s may now let others train AI with %(what)s only if you agree."),
        ),
        (
            "conditions+opt_in",
            msg("%(service)s may now let others train AI with %(what)s only if you agree."),
        ),
        ("conditions+opt_out", msg("%(service)s now lets you keep others from training AI with %(what)s.")),
        ("", msg("%(service)s narrows what others may train AI with.")),
    ),
    _MIXED: (
        ("", msg("%(service)s changes what others may train AI with: more in one respect, less in another.")),
    ),
    _GONE: (("", msg("%(service)s no longer says that others may train AI with %(what)s.")),),
    _SAME: (("", msg("%(service)s words differently how others may train AI; the meaning did not change.")),),
}

_PROMISE: Rows = {
    _NEW: (
        (
            "excepts=separate_agreement",
            msg("%(service)s now leaves out of AI training what a separate agreement covers."),
        ),
        (
            "conditions=business",
            msg("%(service)s now promises business customers not to train AI with %(what)s."),
        ),
        (
            "conditions=region",
            msg("%(service)s now promises people in some regions not to train AI with %(what)s."),
        ),
        ("conditions=private", msg("%(service)s now promises to leave private content out of AI training.")),
        ("conditions=consent", msg("%(service)s now promises to ask before training AI with %(what)s.")),
        ("conditions=opt_in", msg("%(service)s now promises to ask before training AI with %(what)s.")),
        ("conditions=minors", msg("%(service)s now promises to leave minors out of AI training.")),
        (
            "conditions=separate_agreement",
            msg("%(service)s now promises not to train AI with %(what)s without a separate agreement."),
        ),
        (
            "conditions=exception",
            msg("%(service)s now promises, with exceptions, not to train AI with %(what)s."),
        ),
        (
            "actor=third_party",
            msg("%(service)s now promises not to let others train AI with %(what)s."),
        ),
        ("", msg("%(service)s now promises not to train AI with %(what)s.")),
    ),
    _WIDER: (
        ("recipients+third_party", msg("%(service)s now also promises not to let others train AI.")),
        ("objects+", msg("%(service)s now also promises not to train AI with %(gained)s.")),
        ("", msg("%(service)s strengthens its promise not to train AI with %(what)s.")),
    ),
    _NARROWER: (
        ("conditions+exception", msg("%(service)s makes a new exception to its promise not to train AI.")),
        ("recipients-third_party", msg("%(service)s no longer promises not to let others train AI.")),
        ("objects-", msg("%(service)s no longer promises not to train AI with %(lost)s.")),
        ("", msg("%(service)s weakens its promise not to train AI with %(what)s.")),
    ),
    _MIXED: (
        (
            "",
            msg(
                "%(service)s changes its promise not to train AI: stronger in one respect, weaker in another."
            ),
        ),
    ),
    _GONE: (
        (
            "excepts=separate_agreement",
            msg("%(service)s no longer leaves out of AI training what a separate agreement covers."),
        ),
        ("conditions=business", msg("%(service)s no longer promises business customers not to train AI.")),
        ("conditions=region", msg("%(service)s no longer promises people in some regions not to train AI.")),
        (
            "conditions=private",
            msg("%(service)s no longer promises to leave private content out of AI training."),
        ),
        ("conditions=consent", msg("%(service)s no longer promises to ask before training AI.")),
        ("conditions=opt_in", msg("%(service)s no longer promises to ask before training AI.")),
        ("conditions=minors", msg("%(service)s no longer promises to leave minors out of AI training.")),
        (
            "conditions=separate_agreement",
            msg("%(service)s no longer promises not to train AI without a separate agreement."),
        ),
        (
            "actor=third_party",
            msg("%(service)s no longer promises not to let others train AI with %(what)s."),
        ),
        ("", msg("%(service)s no longer promises not to train AI with %(what)s.")),
    ),
    _SAME: (
        ("", msg("%(service)s words its promise about AI training differently; the meaning did not change.")),
    ),
}

_CHOICE: Rows = {
    _NEW: (
        ("conditions=opt_in", msg("New: %(service)s trains AI with %(what)s only if you opt in.")),
        ("", msg("New: you can opt out of AI training at %(service)s.")),
    ),
    _WIDER: (
        ("objects+", msg("%(service)s now also lets you keep %(gained)s out of AI training.")),
        ("", msg("%(service)s gives you more choice about AI training.")),
    ),
    _NARROWER: (
        ("objects-", msg("%(service)s no longer lets you keep %(lost)s out of AI training.")),
        ("", msg("%(service)s gives you less choice about AI training.")),
    ),
    _MIXED: (
        ("", msg("%(service)s changes your choice about AI training: more in one respect, less in another.")),
    ),
    _GONE: (
        ("conditions=opt_in", msg("%(service)s no longer asks you to opt in before training AI.")),
        ("", msg("%(service)s no longer offers a way to opt out of AI training.")),
    ),
    _SAME: (
        ("", msg("%(service)s words your choice about AI training differently; the meaning did not change.")),
    ),
}

_BAN: Rows = {
    _NEW: (
        ("actor=user", msg("%(service)s now forbids its users to train AI with its content.")),
        ("", msg("%(service)s now forbids others to train AI with its content.")),
    ),
    _WIDER: (("", msg("%(service)s forbids others more than before to train AI with its content.")),),
    _NARROWER: (("", msg("%(service)s forbids others less than before to train AI with its content.")),),
    _MIXED: (
        (
            "",
            msg(
                "%(service)s changes its ban on AI training by others: stricter in one respect, looser in another."
            ),
        ),
    ),
    _GONE: (
        ("actor=user", msg("%(service)s no longer forbids its users to train AI with its content.")),
        ("", msg("%(service)s no longer forbids others to train AI with its content.")),
    ),
    _SAME: (("", msg("%(service)s words its ban on AI training differently; the meaning did not change.")),),
}

_LIKENESS: Rows = {
    _NEW: (
        ("polarity=denied", msg("%(service)s now forbids AI imitations of a voice, likeness or style.")),
        (
            "conditions=consent",
            msg("%(service)s now allows AI imitations of a voice or likeness with consent."),
        ),
        ("polarity=required", msg("%(service)s has a new duty about AI imitations of a voice or likeness.")),
        ("polarity=permitted", msg("%(service)s now allows AI imitations of a voice, likeness or style.")),
        ("", msg("%(service)s has new rules on AI imitations of voices and likenesses.")),
    ),
    _WIDER: (
        (
            "polarity=denied",
            msg("%(service)s forbids more AI imitations of voices and likenesses than before."),
        ),
        ("", msg("%(service)s says more than before about AI imitations of voices and likenesses.")),
    ),
    _NARROWER: (
        (
            "polarity=denied",
            msg("%(service)s forbids fewer AI imitations of voices and likenesses than before."),
        ),
        ("", msg("%(service)s says less than before about AI imitations of voices and likenesses.")),
    ),
    _MIXED: (("", msg("%(service)s changes its rules on AI imitations of voices and likenesses.")),),
    _GONE: (
        (
            "polarity=denied",
            msg("%(service)s no longer forbids AI imitations of a voice, likeness or style."),
        ),
        ("", msg("%(service)s no longer mentions AI imitations of a voice, likeness or style.")),
    ),
    _SAME: (
        ("", msg("%(service)s words its rules on AI imitations differently; the meaning did not change.")),
    ),
}

_GENERATED: Rows = {
    _NEW: (
        ("polarity=denied", msg("%(service)s now forbids some AI-generated content.")),
        ("polarity=required", msg("%(service)s now sets a duty for AI-generated content.")),
        ("", msg("%(service)s has new rules on AI-generated content.")),
    ),
    _WIDER: (("", msg("%(service)s widens its rules on AI-generated content.")),),
    _NARROWER: (("", msg("%(service)s narrows its rules on AI-generated content.")),),
    _MIXED: (("", msg("%(service)s changes its rules on AI-generated content.")),),
    _GONE: (
        ("polarity=denied", msg("%(service)s no longer forbids this AI-generated content.")),
        ("", msg("%(service)s drops a rule on AI-generated content.")),
    ),
    _SAME: (
        (
            "",
            msg(
                "%(service)s words its rules on AI-generated content differently; the meaning did not change."
            ),
        ),
    ),
}

_PAYMENT: Rows = {
    _NEW: (
        ("polarity=denied", msg("%(service)s now rules out payment or credit when AI uses your work.")),
        ("polarity=permitted", msg("%(service)s now provides for payment or credit when AI uses your work.")),
        ("polarity=required", msg("%(service)s now promises payment or credit when AI uses your work.")),
        ("", msg("%(service)s has new rules on payment or credit when AI uses your work.")),
    ),
    _WIDER: (
        (
            "polarity=denied",
            msg("%(service)s rules out payment or credit in more cases when AI uses your work."),
        ),
        ("", msg("%(service)s provides for more payment or credit than before when AI uses your work.")),
    ),
    _NARROWER: (
        (
            "polarity=denied",
            msg("%(service)s rules out payment or credit in fewer cases when AI uses your work."),
        ),
        ("", msg("%(service)s provides for less payment or credit than before when AI uses your work.")),
    ),
    _MIXED: (("", msg("%(service)s changes what it says about payment or credit when AI uses your work.")),),
    _GONE: (
        ("polarity=denied", msg("%(service)s no longer rules out payment or credit when AI uses your work.")),
        ("", msg("%(service)s no longer provides for payment or credit when AI uses your work.")),
    ),
    _SAME: (("", msg("%(service)s words payment for use with AI differently; the meaning did not change.")),),
}

HEADLINES: dict[Category, Rows] = {
    Category.TRAINING_GRANT: _GRANT,
    Category.THIRD_PARTY_TRAINING: _OTHERS,
    Category.TRAINING_COMMITMENT: _PROMISE,
    Category.TRAINING_CHOICE: _CHOICE,
    Category.TRAINING_RESTRICTION: _BAN,
    Category.VOICE_LIKENESS: _LIKENESS,
    Category.AI_GENERATED_CONTENT: _GENERATED,
    Category.AI_REMUNERATION: _PAYMENT,
}

LICENCE: Rows = {
    _NEW: (("", msg("%(service)s takes a new right to your work: %(topic)s.")),),
    _WIDER: (("", msg("%(service)s widens a right that it takes to your work: %(topic)s.")),),
    _NARROWER: (("", msg("%(service)s narrows a right that it takes to your work: %(topic)s.")),),
    _MIXED: (("", msg("%(service)s changes a right that it takes to your work: %(topic)s.")),),
    _GONE: (("", msg("%(service)s no longer claims a right to your work: %(topic)s.")),),
    _SAME: (
        (
            "",
            msg("%(service)s words a right to your work differently, %(topic)s; the meaning did not change."),
        ),
    ),
}

UNKNOWN: Rows = {
    _NEW: (("", msg("%(service)s has a new clause on %(topic)s.")),),
    _WIDER: (("", msg("%(service)s widens its clause on %(topic)s.")),),
    _NARROWER: (("", msg("%(service)s narrows its clause on %(topic)s.")),),
    _MIXED: (("", msg("%(service)s changes its clause on %(topic)s.")),),
    _GONE: (("", msg("%(service)s drops its clause on %(topic)s.")),),
    _SAME: (("", msg("%(service)s words its clause on %(topic)s differently; the meaning did not change.")),),
}
