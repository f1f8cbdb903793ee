"""What made-up rules say to people."""

from watcher.model.finding import RuleText

_EXPLAINED = {
    "en": {
        "training_grant": (
            "A permission to train AI on what you upload",
            "Whatever you upload can become training material for machines that may one day imitate it.",
            "Download your work, decide what stays there, and look for a setting that switches this off.",
        ),
        "training_commitment": (
            "A promise not to train AI",
            "The platform binds itself not to train AI with your work unless you agree.",
            "Keep a copy of this wording.",
        ),
        "training_choice": (
            "A way to say no to AI training",
            "You can keep your work out of AI training, but only if you object yourself.",
            "Object now, and keep the confirmation.",
        ),
        "training_restriction": (
            "A ban on AI training by others",
            "Nobody who uses the platform may train AI with your pictures. The platform itself is not bound by this.",
            "Report accounts that break the ban.",
        ),
    },
    "it": {
        "training_grant": (
            "Un permesso di addestrare l'IA con ciò che carichi",
            "Tutto ciò che carichi può diventare materiale per addestrare macchine che un giorno potrebbero imitarlo.",
            "Scarica le tue opere, decidi che cosa lasciare e cerca un'impostazione per negare il consenso.",
        ),
        "training_commitment": (
            "Una promessa di non addestrare l'IA",
            "La piattaforma si impegna a non addestrare l'IA con le tue opere senza il tuo consenso.",
            "Conserva una copia di queste parole.",
        ),
        "training_choice": (
            "Un modo per dire no all'addestramento dell'IA",
            "Puoi tenere le tue opere fuori dall'addestramento dell'IA, ma solo se ti opponi tu.",
            "Opponiti subito e conserva la conferma.",
        ),
        "training_restriction": (
            "Un divieto per altri di addestrare l'IA",
            "Chi usa la piattaforma non può addestrare l'IA con le tue immagini. La piattaforma sì.",
            "Segnala chi viola il divieto.",
        ),
    },
}
_PLAIN = {
    "en": (
        "A rule about AI",
        "This is about artificial intelligence and your work.",
        "Read the clause below.",
    ),
    "it": ("Una regola sull'IA", "Riguarda l'intelligenza artificiale e le tue opere.", "Leggi la clausola."),
}


def explain(rule: str, language: str) -> RuleText:
    words = {"third_party_training": "training_grant"}
    category = rule.split("-", 1)[1].rsplit("-", 1)[0].replace("-", "_")
    known = _EXPLAINED[language].get(words.get(category, category), _PLAIN[language])
    return RuleText(rule, *known, language)
