"""The vocabulary of page furniture: names that sites give to menus, banners and bars, and what their buttons say."""

import re

NOT_CONTENT_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "dialog",
        "alertdialog",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "tooltip",
    ]
)
"""ARIA landmark and widget roles (WAI-ARIA 1.2) that do not hold a document."""

BANNER_NAMES = re.compile(
    r"""cookie[-_]?(?:banner|bar|box|consent|popup|pop-up|modal|confirm|dialog|law|alert|message|overlay|wall|prompt|toast)
    |consent[-_]?(?:banner|bar|box|popup|modal|dialog|manager|overlay|wall|form)|onetrust-(?:banner|consent
    |pc)|ot-sdk-container
    |cybotcookiebot|didomi|usercentrics|qc-cmp|truste_|osano-cm|iubenda-cs|cmplz-|cmpbox|cc-window
    |gdpr-?(?:banner|popup|bar)
    |cookieconfirm|cookieconsent|cookiebanner|sp_message""",
    re.I | re.X,
)
"""Consent banners, by the names that consent tools and sites give them."""

FURNITURE_NAMES = re.compile(
    r"""(?:^|[\s_-])(?:
      (?:site|page|global|main|top|primary|secondary|mobile|bottom|sticky|app)[-_]?(?:nav\w*|menu|header|footer)
    | footer|nav|navbar|navigation|navmenu|menu|submenu|megamenu|breadcrumbs?|pagination|pager|skip-?(?:link|nav
    |to-\w+)
    | sidebar|side-?(?:nav|menu|bar)|toc|table-?of-?contents|on-?this-?page|in-?this-?article
    | share|sharing|share-?(?:bar|buttons?|links?|tools?)|social|social-?(?:links?|share|media|icons?|bar)
    | related|related-?(?:articles?|posts?|links?|content|pages?)|recommended|read-?next|more-?articles
    |you-?may-?like
    | newsletter|subscribe|subscription-?form|signup-?form|promo|advert|ads|banner-?ad
    | feedback|article-?(?:votes?|feedback|share|meta|subscribe|footer|return-to-top)|was-?this-?helpful
    |helpful|rating|vote
    | (?:language|lang|locale|country|region)[-_]?(?:picker|selector|select|switch\w*|chooser|menu|list
    |dropdown)
    | version-?(?:picker|selector|select|switcher)|back-?to-?top|scroll-?top|comments?|comment-?(?:list|form)
    | print-?(?:button|link)|search-?(?:form|box|bar|results)|login-?(?:form|box)|user-?menu|dropdown-menu
    |tooltip
    | screen-reader-(?:text|only)|sr-only|visually-?hidden|a11y-hidden
    )(?=$|[\s_-])""",
    re.I | re.X,
)
"""Menus, bars, pickers and boxes around a document, as whole words of class and id."""

_PHRASES = """
skip to content|skip to main content|skip to navigation|back to top|return to top|scroll to top|top of page
print|print this page|print page|print version|share|share this|share this page|share this article|tweet
copy link|copy url|link copied|copied|copy|email this page|download|download pdf|download as pdf|save as pdf
read more|show more|see more|view more|load more|show less|read less|see less|learn more|expand|expand all
collapse|collapse all|open all|close all|open|close|menu|search|log in|login|sign in|sign up|register
get started|contact us|contact sales|previous|next|previous page|next page|back|go back|home|loading
loading...|loading…|please wait|was this article helpful?|was this page helpful?|was this helpful?|yes|no
yes no|did this help?|feedback|give feedback|send feedback|submit|subscribe|follow|follow us|follow us on
table of contents|on this page|in this article|contents|jump to|jump to section|change language
select language|choose language|choose your language|language|english|all rights reserved
opens in a new window|opens in new window|opens in a new tab|opens in new tab|external link|accept all
accept all cookies|reject all|decline|manage cookies|cookie settings|toggle navigation|toggle menu
edit this page|view source|breadcrumb|related articles|related topics|related content|recommended articles
more in this section|articles in this section|advertisement|aller au contenu|aller au contenu principal
haut de page|retour en haut|retour en haut de page|imprimer|partager|copier le lien|télécharger
lire la suite|voir plus|voir moins|afficher plus|afficher moins|tout déplier|tout replier|fermer|ouvrir
rechercher|se connecter|s'inscrire|connexion|accueil|suivant|précédent|cet article vous a-t-il été utile ?
cette page vous a-t-elle été utile ?|oui|non|sommaire|table des matières|sur cette page|dans cet article
tout accepter|tout refuser|articles associés|changer de langue|vai al contenuto|vai al contenuto principale
salta al contenuto|torna su|torna all'inizio|inizio pagina|stampa|condividi|copia link|scarica|leggi tutto
leggi di più|mostra di più|mostra meno|espandi|espandi tutto|comprimi|comprimi tutto|chiudi|apri|cerca
accedi|registrati|iscriviti|avanti|indietro|successivo|precedente|questo articolo ti è stato utile?
questa pagina ti è stata utile?|sì|indice|in questa pagina|in questo articolo|accetta tutti|rifiuta tutti
articoli correlati|cambia lingua|seguici|zum inhalt|zum inhalt springen|zum hauptinhalt springen|nach oben
zurück nach oben|seitenanfang|drucken|seite drucken|teilen|link kopieren|herunterladen|weiterlesen
mehr lesen|mehr anzeigen|weniger anzeigen|alle öffnen|alle schließen|aufklappen|zuklappen|schließen|öffnen
suche|suchen|anmelden|registrieren|startseite|weiter|zurück|war dieser artikel hilfreich?
war diese seite hilfreich?|ja|nein|inhalt|inhaltsverzeichnis|auf dieser seite|in diesem artikel
alle akzeptieren|alle ablehnen|verwandte artikel|sprache ändern|folgen sie uns|ir al contenido
ir al contenido principal|saltar al contenido|volver arriba|inicio de página|imprimir|compartir
copiar enlace|descargar|leer más|ver más|ver menos|mostrar más|mostrar menos|expandir todo|contraer todo
cerrar|abrir|buscar|iniciar sesión|registrarse|inicio|siguiente|anterior|¿te resultó útil este artículo?
¿fue útil este artículo?|¿le resultó útil esta página?|sí|índice|en esta página|en este artículo
aceptar todo|rechazar todo|artículos relacionados|cambiar idioma|síguenos
"""

PHRASES = frozenset(phrase.strip() for line in _PHRASES.strip().splitlines() for phrase in line.split("|"))
"""What buttons and labels say, in lower case: a block of these words alone is no clause."""

_UNIT = r"""(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?
    |secondes?|heures?|jours?|semaines?|mois|ans?|années?
    |second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|sekunden?|minuten?|stunden?
    |tag(?:en?)?|wochen?
    |monat(?:en?)?|jahr(?:en?)?|segundos?|horas?|días?|mes(?:es)?|años?)"""
_COUNT = r"""(?:\d+|an?|one|un[ae']?|ein(?:em|er|e)?)\s*"""

_RELATIVE_DATE = re.compile(
    rf"""^\W*(?:(?:last\s+)?(?:updated|modified|edited|reviewed|published|posted)|(?:dernière\s+)?mise?\s+à\s+jour|publié|modifié
    |(?:ultimo\s+)?aggiorna(?:t[oa]|mento)|pubblicat[oa]|modificat[oa]|(?:zuletzt\s+)?aktualisiert|geändert
    |veröffentlicht
    |(?:última\s+)?actualiza(?:d[oa]|ción)|publicad[oa])?\W*
    (?:(?:about|over|almost|circa|environ|etwa)\s+)?
    (?:{_COUNT}{_UNIT}\s+(?:ago|fa)|(?:il\s+y\s+a|vor|hace)\s+(?:(?:circa|environ|etwa|unos)\s+)?{_COUNT}{_UNIT})\W*$""",
    re.I | re.X,
)
_COUNTER = re.compile(
    r"""^\W*(?:©|copyright|\(c\))[^.:]{0,40}\b(?:19|20)\d\d\b.{0,60}$
    |^\W*(?:\d+|one|a)\s*-?\s*min(?:ute)?s?\.?\s+(?:read|reading(?:\s+time)?|de\s+lecture|di\s+lettura|lesezeit|de\s+lectura)\W*$
    |^\d+\s+(?:out\s+of|of|sur|von|de|su)\s+\d+\s+(?:found|people|users|personnes|persone|utenti|fanden
    |personas|usuarios)\b.{0,40}$
    |^(?:service\s+status|system\s+status|état\s+du\s+service|stato\s+del\s+servizio|systemstatus|estado\s+del\s+servicio)\s*:.{0,40}$""",
    re.I | re.X,
)


def is_relative_date(text: str) -> bool:
    """Whether a text only says how long ago something was ("3 days ago"): it changes without the page changing."""
    return len(text) <= 90 and bool(_RELATIVE_DATE.match(text))


def is_interface(text: str) -> bool:
    """Whether a whole block is a button's label, a relative date, a reading time or a feedback widget."""
    if len(text) > 90:
        return False
    bare = text.casefold().strip(" →←↑↓›‹»«>+-–|·•*✓×▾▼▲")
    return bare in PHRASES or bool(_RELATIVE_DATE.match(text) or _COUNTER.match(text))
