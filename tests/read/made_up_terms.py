"""Terms of made-up platforms in five languages, and pages to put them on."""

from datetime import UTC, datetime

from watcher.model.fetched import Fetched
from watcher.model.source import Document, Page

URL = "https://wavecrest.example/legal/terms"

TERMS = {
    "en": [
        ("h1", "Wavecrest Terms of Use"),
        ("p", "Last updated: 3 March 2025"),
        (
            "p",
            "These terms are an agreement between you and Wavecrest Sound Ltd. By using the service you accept them.",
        ),
        ("h2", "1. Your music"),
        (
            "p",
            "You keep all rights in the recordings that you upload. You give us a licence to store and play them.",
        ),
        ("p", "You may not:"),
        ("li", "upload what belongs to other people,"),
        ("li", "copy the service or resell access to it,"),
        ("li", "disturb other members or our staff."),
        ("h2", "2. Payment"),
        (
            "p",
            "We pay your share on the tenth day of each month, after deducting the fees shown in your account.",
        ),
        ("p", "If we change our fees we tell you by email thirty days before the change takes effect."),
        ("h2", "3. Ending"),
        (
            "p",
            "You can close your account at any time. We delete your recordings within sixty days after that.",
        ),
        ("p", "The law of Ireland applies, and the courts of Cork decide on any dispute about these terms."),
    ],
    "it": [
        ("h1", "Condizioni d'uso di Canzoniere"),
        ("p", "Ultimo aggiornamento: 3 marzo 2025"),
        (
            "p",
            "Queste condizioni sono un contratto tra te e Canzoniere S.r.l. Usando il servizio le accetti.",
        ),
        ("h2", "1. La tua musica"),
        (
            "p",
            "Conservi tutti i diritti sulle registrazioni che carichi. Ci concedi una licenza per trasmetterle.",
        ),
        ("p", "Non puoi:"),
        ("li", "caricare opere che appartengono ad altri,"),
        ("li", "copiare il servizio o rivenderne l'accesso,"),
        ("li", "disturbare gli altri utenti o il nostro personale."),
        ("h2", "2. Pagamenti"),
        (
            "p",
            "Versiamo la tua quota il dieci di ogni mese, dopo aver dedotto le commissioni indicate nel tuo profilo.",
        ),
        ("p", "Se cambiamo le commissioni ti avvisiamo per posta elettronica trenta giorni prima."),
        ("h2", "3. Fine del contratto"),
        (
            "p",
            "Puoi chiudere il profilo quando vuoi. Cancelliamo le tue registrazioni entro sessanta giorni.",
        ),
        ("p", "Si applica la legge italiana e per ogni controversia è competente il foro di Bologna."),
    ],
    "fr": [
        ("h1", "Conditions d'utilisation de Lumalia"),
        ("p", "Dernière mise à jour : 3 mars 2025"),
        (
            "p",
            "Ces conditions forment un contrat entre vous et Lumalia SAS. En utilisant le service, vous les acceptez.",
        ),
        ("h2", "1. Vos images"),
        (
            "p",
            "Vous conservez tous les droits sur les images que vous publiez. Vous nous accordez une licence.",
        ),
        ("p", "Vous ne pouvez pas :"),
        ("li", "publier ce qui appartient à d'autres personnes,"),
        ("li", "copier le service ou en revendre l'accès,"),
        ("li", "gêner les autres membres ou notre équipe."),
        ("h2", "2. Paiement"),
        (
            "p",
            "Nous versons votre part le dix de chaque mois, après déduction des frais indiqués dans votre compte.",
        ),
        ("p", "Si nos frais changent, nous vous prévenons par courriel trente jours avant."),
        ("h2", "3. Fin"),
        (
            "p",
            "Vous pouvez fermer votre compte à tout moment. Nous supprimons vos images dans les soixante jours.",
        ),
        ("p", "Le droit français s'applique et les tribunaux de Lyon sont compétents pour tout litige."),
    ],
    "de": [
        ("h1", "Nutzungsbedingungen von Tonhafen"),
        ("p", "Zuletzt geändert am 3. März 2025"),
        (
            "p",
            "Diese Bedingungen sind ein Vertrag zwischen Ihnen und uns. Mit der Nutzung nehmen Sie sie an.",
        ),
        ("h2", "1. Ihre Aufnahmen"),
        (
            "p",
            "Sie behalten alle Rechte an den Aufnahmen, die Sie hochladen. Sie geben uns eine Lizenz, sie zu spielen.",
        ),
        ("p", "Sie dürfen nicht:"),
        ("li", "hochladen, was anderen gehört,"),
        ("li", "den Dienst kopieren oder den Zugang weiterverkaufen,"),
        ("li", "andere Mitglieder oder unsere Leute stören."),
        ("h2", "2. Zahlung"),
        (
            "p",
            "Wir zahlen Ihren Anteil am zehnten Tag jedes Monats nach Abzug der Gebühren, die im Konto stehen.",
        ),
        ("p", "Ändern sich die Gebühren, so teilen wir das dreißig Tage vorher per E-Mail mit."),
        ("h2", "3. Ende"),
        (
            "p",
            "Sie können Ihr Konto jederzeit schließen. Wir löschen Ihre Aufnahmen innerhalb von sechzig Tagen.",
        ),
        ("p", "Es gilt deutsches Recht, und die Gerichte in Kiel entscheiden über jeden Streit."),
    ],
    "es": [
        ("h1", "Condiciones de uso de Ondaclara"),
        ("p", "Última actualización: 3 de marzo de 2025"),
        (
            "p",
            "Estas condiciones son un contrato entre usted y Ondaclara S.L. Al usar el servicio, usted las acepta.",
        ),
        ("h2", "1. Su música"),
        (
            "p",
            "Usted conserva todos los derechos sobre las grabaciones que sube. Nos concede una licencia.",
        ),
        ("p", "Usted no puede:"),
        ("li", "subir lo que pertenece a otras personas,"),
        ("li", "copiar el servicio o revender el acceso,"),
        ("li", "molestar a otros miembros ni a nuestro personal."),
        ("h2", "2. Pagos"),
        (
            "p",
            "Pagamos su parte el día diez de cada mes, una vez deducidas las comisiones que aparecen en su cuenta.",
        ),
        ("p", "Si cambiamos las comisiones, se lo comunicamos por correo electrónico treinta días antes."),
        ("h2", "3. Fin"),
        (
            "p",
            "Usted puede cerrar su cuenta cuando quiera. Borramos sus grabaciones en un plazo de sesenta días.",
        ),
        ("p", "Se aplica la ley española y los tribunales de Cádiz resuelven cualquier disputa."),
    ],
}


def terms_html(language: str = "en", leave_out: tuple[int, ...] = ()) -> str:
    """The terms' own markup, lists made of their items."""
    parts, listed = [], False
    for at, (tag, text) in enumerate(TERMS[language]):
        if at in leave_out:
            continue
        if (tag == "li") != listed:
            parts.append("</ul>" if listed else "<ul>")
            listed = not listed
        parts.append(f"<{tag}>{text}</{tag}>")
    return "".join(parts) + ("</ul>" if listed else "")


def page(content: str, title: str = "Wavecrest", language: str = "en", head: str = "") -> str:
    """A whole page around some content, with the furniture that pages have."""
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title>{head}'
        "<script>var n=1;</script></head><body>"
        '<header><nav><a href="/">Home</a> <a href="/browse">Browse</a> <a href="/login">Log in</a></nav></header>'
        f"<main>{content}</main>"
        '<footer><a href="/about">About</a> <a href="/jobs">Jobs</a> <a href="/terms">Terms</a> © 2025</footer>'
        "</body></html>"
    )


def fetched(
    html: str | bytes, url: str = URL, final_url: str = "", content_type: str = "text/html; charset=utf-8"
) -> Fetched:
    """An answer of status 200 with this body."""
    body = html.encode() if isinstance(html, str) else html
    headers = (("content-type", content_type),) if content_type else ()
    return Fetched(url, final_url or url, 200, headers, body, datetime(2025, 6, 1, tzinfo=UTC))


def document(*pages: Page, language: str = "en", name: str = "Terms of Use") -> Document:
    """A followed document of a made-up platform."""
    return Document("Wavecrest", name, pages or (Page(URL),), language=language)
