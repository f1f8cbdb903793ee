"""How to check a package, in plain words: the two texts that lie in each."""

from collections.abc import Iterable

from watcher.evidence.case import Case

_ENGLISH = """EVIDENCE OF A CHANGE

{title}
versions {old} and {new}; the newer was first seen on {seen}
change {id}
{where}

What is here

  change.json       what changed, with every finding and the version of the rules that made it
  comparison.html   both texts, clause by clause (confronto.html: the same in Italian)
  comparison.json   the same for programs
  texts/            both texts: .txt are the very bytes that were summed, .md is for reading
  headers/          what the server said with each page, without cookies
  pages.warc        the pages as received, in the format of web archives (ISO 28500)
  SHA256SUMS        the sum of every other file

How to check it

1. Nothing was altered since this file was made. In this folder, run

       sha256sum -c SHA256SUMS

   (on a Mac: shasum -a 256 -c SHA256SUMS). Every line must end with OK.

2. The texts are those that the report names. The sums of texts/*.txt must be:

{texts}

3. The pages are whole. Any WARC tool reads pages.warc, for example (Python):

       pip install warcio
       warcio check -v pages.warc

   It ends without an error when every page has the sum that stands beside it. To see these sums, run

       warcio index -f warc-type,warc-payload-digest pages.warc

   Each sum of a response, resource or revisit must be one of these (a note, metadata, has its own):

{pages}

4. Others saw the same. Look the addresses up in another web archive around the dates above:

{addresses}

What this is not

Sums show that nothing changed since they were published, not who published it: compare them with the page of the
change, or with a copy that somebody kept. Bodies are stored decoded (no gzip), and the headers that spoke of the
coding are renamed X-Archive-Orig-... for that reason; the status line is written as HTTP/1.1 whatever version was
spoken. A page recorded as "resource" is no server's answer: a browser showed it, or a person saved it. The findings
are an automatic reading, not legal advice.
"""

_ITALIAN = """PROVA DI UNA MODIFICA

{title}
versioni {old} e {new}; la più recente è stata vista la prima volta: {seen}
modifica {id}
{where}

Che cosa c'è qui

  change.json       che cosa è cambiato, con ogni rilievo e la versione delle regole che lo ha prodotto
  confronto.html    i due testi, clausola per clausola (comparison.html: lo stesso in inglese)
  comparison.json   lo stesso per i programmi
  texts/            i due testi: i .txt sono esattamente i byte sommati, i .md servono per leggere
  headers/          che cosa ha detto il server con ogni pagina, senza i cookie
  pages.warc        le pagine come sono arrivate, nel formato degli archivi web (ISO 28500)
  SHA256SUMS        la somma di ogni altro file

Come verificare

1. Nulla è stato alterato da quando questo file è stato creato. In questa cartella esegui

       sha256sum -c SHA256SUMS

   (su Mac: shasum -a 256 -c SHA256SUMS). Ogni riga deve finire con OK.

2. I testi sono quelli indicati nel rapporto. Le somme di texts/*.txt devono essere:

{texts}

3. Le pagine sono intere. Qualsiasi strumento WARC legge pages.warc, per esempio (Python):

       pip install warcio
       warcio check -v pages.warc

   Finisce senza errori se ogni pagina ha la somma che le sta accanto. Per vedere queste somme esegui

       warcio index -f warc-type,warc-payload-digest pages.warc

   Ogni somma di response, resource o revisit deve essere una di queste (una nota, metadata, ha la sua):

{pages}

4. Anche altri hanno visto lo stesso. Cerca gli indirizzi in un altro archivio web intorno alle date indicate:

{addresses}

Che cosa non è

Le somme mostrano che nulla è cambiato da quando sono state pubblicate, non chi le ha pubblicate: confrontale con la
pagina della modifica, o con una copia conservata da altri. I contenuti sono conservati decodificati (senza gzip), e
per questo le intestazioni che parlavano della codifica si chiamano X-Archive-Orig-...; la riga di stato è scritta come
HTTP/1.1 qualunque versione sia stata usata. Una pagina registrata come "resource" non è la risposta di un server: l'ha
mostrata un browser, o l'ha salvata una persona. I rilievi sono una lettura automatica, non una consulenza legale.
"""


def readme(case: Case) -> tuple[tuple[str, bytes], ...]:
    """Both texts with the facts of this case."""
    facts = {
        "title": case.event.document.title,
        "old": case.event.old,
        "new": case.event.new,
        "seen": f"{case.event.seen_at:%Y-%m-%d %H:%M} UTC",
        "id": case.event.id,
        "where": case.address,
        "texts": _block(f"{side.text.digest}  version-{side.version.number}.txt" for side in case.sides),
        "pages": _block(
            dict.fromkeys(f"sha256:{page.page.sha256}" for side in case.sides for page in side.pages)
        ),
        "addresses": _block(
            dict.fromkeys(
                f"{page.page.fetched_at:%Y-%m-%d}  {page.page.final_url}"
                for side in case.sides
                for page in side.pages
            )
        ),
    }
    return tuple(
        (name, text.format(**facts).encode("utf-8", "replace"))
        for name, text in (("README.txt", _ENGLISH), ("LEGGIMI.txt", _ITALIAN))
    )


def _block(lines: Iterable[str]) -> str:
    return "\n".join(f"       {line}" for line in lines)
