"""What pages say that are not the document, and words that only documents use, in five languages and a little Dutch."""

import re
from functools import cache

from watcher.model.version import Doubt

# Each line is one alternative, in verbose mode; blanks are written as `\s`, an apostrophe as `'` (texts are folded).
_SAYINGS: dict[Doubt, str] = {
    Doubt.BOT_WALL: r"""
        just\sa\smoment | (?:checking|verifying)\s(?:if\s|that\s|your\sbrowser|you\sare\s|you're\s|the\ssite)
        | verify\s(?:that\s)?(?:you\sare|you're)\s(?:a\s|not\sa\s)?(?:human|robot|bot)
        | (?:are\syou|confirm\s(?:that\s)?you(?:'re|\sare)|prove\s(?:that\s)?you(?:'re|\sare)
          |make\ssure\syou(?:'re|\sare))\s(?:a\s|not\sa\s)?(?:human|robot|bot|real)
        | i'?\s?a?m\snot\sa\srobot | you'?\s?(?:a?re)\snot\sa\s(?:ro)?bot | attention\srequired
        | access\s(?:to\sthis\s(?:page|site|website|resource)\s(?:has\sbeen\s|is\s)|has\sbeen\s|is\s
          |was\s)?(?:denied|blocked|forbidden)
        | you\s(?:have\sbeen|were|are|don't\shave)\s(?:temporarily\s)?(?:blocked|permission\sto\saccess)
        | unusual\s(?:traffic|activity) | press\s(?:&|and)\shold
        | pardon\sour\sinterruption | security\s(?:check|verification|challenge|checkpoint) | ddos\sprotection
        | request\sunsuccessful | automated\s(?:requests|queries|access|traffic)
        | enable\s(?:javascript\sand\s)?cookies\sto\scontinue
        | (?:your|this|the)\s(?:request|access|connection|ip)\s(?:\w+\s)?(?:has\sbeen|was|is)\s(?:blocked
          |denied|rejected|flagged)
        | human\sverification
        | (?:solve|complete|enter)\s(?:the|this|a)\s(?:captcha|challenge|puzzle|characters) | captcha
        | ray\sid\b | incident\sid\b | bot\s(?:detection|protection|manager)
        | too\smany\srequests | rate\slimit\s(?:exceeded|reached)
        | un\sinstant | vérification\s(?:de\ssécurité|de\svotre|que\svous|en\scours)
        | vérifi(?:ons|ez)\sque\svous | accès\s(?:à\scette\s\w+\s)?(?:refusé|bloqué|interdit)
        | êtes-vous\s(?:un\s)?(?:robot|humain)
        | (?:n'êtes|ne\ssuis|n'es)\spas\sun\srobot | vous\s(?:êtes|avez\sété)\s(?:un\shumain|bloqué)
        | trafic\sinhabituel | activité\s(?:inhabituelle|suspecte) | contrôle\sde\ssécurité
        | trop\sde\srequêtes
        | un\smomento
        | (?:verifica|controllo)\s(?:di\ssicurezza|che\s(?:tu\s)?(?:sei|sia|non)|in\scorso|del\sbrowser)
        | (?:verifica|conferma|dimostra)\sdi\s(?:non\s)?essere\s(?:un\s)?(?:umano|essere|robot|una\spersona)
        | accesso\s(?:a\squest[oa]\s\w+\s(?:è\sstato\s)?)?(?:negato|bloccato|vietato)
        | sei\s(?:un\s)?(?:umano|robot) | non\ssono\sun\srobot | non\ssei\sun\srobot
        | traffico\s(?:insolito|anomalo|sospetto) | attività\s(?:insolita|sospetta) | troppe\srichieste
        | einen\smoment | sicherheits(?:prüfung|überprüfung|kontrolle|abfrage)
        | (?:bestätigen|überprüfen|beweisen)\ssie,?\sdass\ssie\s(?:ein\smensch|kein\s(?:ro)?bot)
        | überprüf(?:t|en|ung).{0,30}(?:browser|mensch)
        | zugriff\s(?:auf\sdiese\s\w+\s)?(?:wurde\s)?(?:verweigert|blockiert|gesperrt)
        | (?:ich\sbin|sind\ssie)\s(?:k?ein)\s?(?:e)?\s?(?:roboter|bot|mensch)
        | ungewöhnliche[rn]?\s(?:datenverkehr|aktivität\w*|zugriffe) | zu\sviele\sanfragen
        | sie\swurden\s(?:blockiert|gesperrt)
        | un\smomento | (?:comprobación|verificación|control)\sde\sseguridad
        | (?:verifi(?:que|ca|cando)|confirme|confirma|demuestra|compruebe)\sque\s(?:usted\s|no\s)?(?:es
          |eres)\s(?:un\s)?(?:humano|ser|robot|persona)
        | acceso\s(?:a\sest[ae]\s\w+\s(?:ha\ssido\s)?)?(?:denegado|bloqueado|prohibido) | no\ssoy\sun\srobot
        | ¿?eres\s(?:un\s)?(?:humano|robot) | tráfico\sinusual | actividad\s(?:inusual|sospechosa)
        | demasiadas\ssolicitudes | ha\ssido\sbloqueado
        | toegang\sgeweigerd | bent\su\seen\s(?:mens|robot)
        | slow\sdown | (?:error\s)?403\s(?:-\s)?forbidden | ^forbidden | requested\surl\swas\srejected
        | redirect\sto\syour\srequested | support\sid\sis""",
    Doubt.CONSENT_WALL: r"""
        before\syou\scontinue
        | (?:accept|allow|reject|decline)\s(?:all|the\suse\sof|optional|only\sessential
          |essential)\s?(?:optional\s)?cookies
        | accept\scookies\sfrom | we\svalue\syour\sprivacy | your\sprivacy\schoices
        | (?:manage|customi[sz]e|set|change)\s(?:my|your|cookie|consent|privacy)\s?(?:cookie\s|privacy\s
          |data\s|consent\s)?(?:preferences|settings|choices)
        | we\sand\sour\s(?:\d+\s)?(?:partners|vendors)
        | accept\sall | reject\sall | cookie\s(?:consent|preferences|settings) | consent\sor\spay
        | pay\sor\sconsent | (?:are\syou|i\sam|you\smust\sbe)\s(?:over\s|at\sleast\s)?(?:1[68]|21)\b
        | (?:confirm|verify|enter)\syour\s(?:age|date\sof\sbirth)
        | tout\s(?:accepter|refuser) | accepter\s(?:tous\sles|les|et\scontinuer|et\sfermer|tout)
        | (?:gérer|paramétrer|personnaliser)\s(?:mes|vos|les)\s(?:cookies|choix|préférences|préférences)
        | continuer\ssans\saccepter | nous\s(?:respectons\svotre\svie\sprivée|et\snos\s(?:\d+\s)?partenaires)
        | avant\sde\s(?:continuer|poursuivre|commencer)
        | accetta\s(?:tutt[io]|i\scookie|e\s(?:continua|chiudi)) | rifiuta\s(?:tutt[io]|i\scookie)
        | (?:gestisci|personalizza)\s(?:le\s|i\s)?(?:preferenze|cookie|opzioni) | continua\ssenza\saccettare
        | (?:la\stua\sprivacy\sè\simportante|teniamo\salla\stua\sprivacy) | prima\sdi\scontinuare
        | noi\se\si\snostri\s(?:\d+\s)?partner | hai\s(?:più\sdi|almeno)\s18
        | alle\s(?:cookies\s)?(?:akzeptieren|ablehnen|zulassen)
        | (?:cookie-?|datenschutz)?einstellungen\s(?:verwalten|anpassen|ändern)
        | bevor\ssie\s(?:fortfahren|weitermachen)
        | (?:wir\sschätzen\sihre\sprivatsphäre|ihre\sprivatsphäre\sist\suns\swichtig)
        | wir\sund\sunsere\s(?:\d+\s)?partner | zustimmen\sund\s(?:weiter|fortfahren)
        | mit\swerbung\sweiterlesen | ohne\seinwilligung
        | (?:aceptar|rechazar)\s(?:todas?|todos?|las|los|y\scontinuar)
        | (?:gestionar|configurar|administrar)\s(?:las\s|mis\s|sus\s)?(?:cookies|preferencias|opciones)
        | antes\sde\scontinuar | (?:valoramos|respetamos|nos\simporta)\s(?:su|tu)\sprivacidad
        | nosotros\sy\snuestros\s(?:\d+\s)?socios | continuar\ssin\saceptar | eres\smayor\sde
        | alle\scookies\s(?:accepteren|toestaan|weigeren)""",
    Doubt.LOGIN_WALL: r"""
        (?:log|sign)\sin\sto\s(?:continue|view|see|access|your\saccount|read|proceed|\w+$)
        | please\s(?:log|sign)\s(?:in|on)
        | (?:you\s(?:must|need\sto)|must)\s(?:be\s(?:logged|signed)\sin|(?:log|sign)\s(?:in|on)|first\slog\sin)
        | (?:log|sign)\sin\sor\s(?:sign\sup|register|create) | create\san\saccount\sor\s(?:log|sign)
        | forgot(?:ten)?\s(?:your\s)?(?:password|account)
        | (?:login|log\sin|sign\sin|authentication)\s(?:is\s)?required | members\sonly
        | don't\shave\san\saccount | continue\swith\s(?:google|apple|facebook|email)
        | keep\sme\s(?:logged|signed)\sin | (?:your\s)?session\s(?:has\s)?(?:expired|timed\sout)
        | (?:connectez-vous|identifiez-vous)\s(?:pour|à|ou|afin) | veuillez\svous\s(?:connecter|identifier)
        | (?:vous\sdevez\s(?:être\sconnecté|vous\s(?:connecter|identifier))) | mot\sde\spasse\soublié
        | connexion\s(?:requise|nécessaire) | pas\s(?:encore\s)?de\scompte | session\s(?:a\s)?expiré
        | (?:accedi|effettua\s(?:l'accesso|il\slogin))\s(?:per|a|al|o)\s
        | (?:devi|è\snecessario|occorre)\s(?:accedere|effettuare\s(?:l'accesso|il\slogin)|autenticarsi
          |essere\s(?:registrat|conness))
        | password\sdimenticata | (?:hai\s)?dimenticato\sla\spassword | accesso\srichiesto
        | non\shai\s(?:ancora\s)?un\saccount | sessione\s(?:è\s)?scaduta
        | (?:bitte\s)?(?:melden\ssie\ssich\san|loggen\ssie\ssich\sein|anmelden,\sum)
        | (?:sie\smüssen\s(?:sich\s(?:anmelden|einloggen)|angemeldet\ssein)) | passwort\svergessen
        | anmeldung\serforderlich | noch\skein\skonto | sitzung\s(?:ist\s)?abgelaufen
        | (?:inicia|inicie|iniciar)\ssesión\s(?:para|en|o)\s
        | (?:debes?|tienes\sque|es\snecesario|necesitas)\siniciar\ssesión
        | (?:olvidaste|olvidó|has\solvidado)\s(?:tu|su|la)\scontraseña | contraseña\solvidada
        | ¿no\stienes\s(?:una\s)?cuenta | sesión\s(?:ha\s)?(?:caducado|expirado)
        | log\sin\som\s""",
    Doubt.NOT_FOUND: r"""
        (?:error\s?|http\s)?40[34]\b(?:\serror)? | 410\sgone
        | (?:page|file|document|content|article|resource|url)\s(?:was\s|is\s|could\s)?not\s(?:be\s)?(?:found
          |available)
        | not\sfound
        | (?:this|the|that)\s(?:page|content|article|document|link|site|resource|url
          |entry)\s(?:\w+\s){0,8}?(?:isn't|is\snot|is\sno\slonger|is\scurrently\snot|is\scurrently\sun|is\sun
            |isn't\scurrently)\s?(?:currently\s|longer\s)?available
        | (?:page|content|article|document|link|site|url)\s(?:\w+\s){0,8}?(?:doesn't|does\snot
          |no\slonger)\sexists?
        | (?:page|content|article|document)\s(?:\w+\s){0,8}?(?:has|have|may\shave
          |might\shave)\s(?:been\s)?(?:removed|moved|deleted|expired)
        | (?:can't|cannot|couldn't|could\snot|unable\sto|didn't)\s(?:seem\sto\s)?(?:find|locate)\s(?:that|the
          |this|what|your|a)\b
        | (?:page|content|article|it)\s(?:\w+\s){0,8}?(?:can't|cannot|couldn't|could\snot)\sbe\s(?:found
          |displayed|located)
        | not\s(?:currently\s)?available\sin\syour\s(?:country|region|location|area)
        | nothing\s(?:was\s)?(?:found\s)?(?:here|to\ssee\shere)
        | (?:link|page)\s(?:\w+\s){0,3}(?:broken|missing) | you\s(?:seem\sto\sbe|are)\slost
        | looks\slike\s(?:you're\slost|this\spage) | temporarily\sremoved | no\slonger\savailable
        | page\s(?:introuvable|inexistante|non\strouvée|indisponible)
        | (?:page|contenu|document|article)\s(?:\w+\s|\w'\w+\s){0,8}?(?:n'existe\s(?:pas|plus)
          |est\sintrouvable|n'est\s(?:pas|plus|actuellement\spas)\s(?:disponible|accessible)
            |a\sété\s(?:supprimé|déplacé)|indisponible|introuvable|n'a\s(?:pas\spu|pu)\s(?:pas\s)?être\strouvé)
        | pas\s(?:disponible|accessible)\sdans\s(?:votre|ce)\s(?:pays|région)
        | pagina\s(?:non\s(?:trovata|esistente|disponibile|presente)|inesistente)
        | (?:pagina|contenuto|documento|articolo)\s(?:\w+\s|\w'\w+\s){0,8}?non\s(?:esiste|è\s(?:più\s
          |al\smomento\s|attualmente\s)?(?:disponibile|stat[oa]\strovat[oa])|è\spiù)
            | (?:non\s(?:riusciamo\sa|abbiamo|possiamo)\strova\w+)
        | non\s(?:è\s)?disponibile\s(?:nel\stuo|in\squesto)\spaese | contenuto\snon\sdisponibile
        | seite\s(?:wurde\s|konnte\s)?(?:leider\s)?nicht\s(?:gefunden|verfügbar|vorhanden)
        | (?:seite|inhalt|dokument|artikel)\s(?:\w+,?\s){0,8}?(?:existiert\s(?:leider\s)?nicht
          |ist\s(?:\w+\s)?nicht\s(?:mehr\s)?(?:verfügbar|vorhanden)|(?:nicht
            |wurde\sleider\snicht)\sgefunden|wurde\s(?:entfernt|gelöscht|verschoben)|gibt\ses\snicht)
        | nicht\sverfügbar\sin\sihre[rm]\s(?:land|region) | in\sihre[rm]\s(?:land|region)\snicht\sverfügbar
        | inhalt\snicht\sverfügbar
        | página\sno\s(?:encontrada|existe|disponible)
        | (?:página|contenido|documento|artículo)\s(?:\w+\s){0,8}?(?:no\s(?:existe
          |está\s(?:actualmente\s)?disponible|se\s(?:encuentra|ha\sencontrado|encontró|pudo\sencontrar)
            |ha\ssido\sencontrad)|ha\ssido\s(?:eliminad|movid)|ya\sno)
        | no\s(?:hemos\s(?:podido\sencontrar|encontrado)|podemos\sencontrar|pudimos\sencontrar|encontramos)
        | no\s(?:está\s)?disponible\sen\s(?:tu|su)\s(?:país|región) | contenido\sno\sdisponible
        | pagina\sniet\sgevonden | pagina\s(?:\w+\s){0,5}bestaat\sniet
        | (?:page|content|video|product|item|post|article)\s(?:is\s|has\s)?(?:gone|unavailable|isn't\savailable)
        | no\sresults\sfound | moved\spermanently | non\sabbiamo\strovato | (?:è\sstat[ao]|stat[ao])\srimoss[ao]
        | (?:nous\s)?ne\strouvons\spas | nicht\sauffindbar | ya\sno\sexiste""",
    Doubt.ERROR_PAGE: r"""
        something\s(?:went|has\sgone|is)\swrong
        | (?:an?\s)?(?:unexpected|internal|unknown|application|server|technical|system|client-side|fatal
          |critical)\s(?:\w+\s)?(?:error|exception|issue|problem|difficult\w+)
        | (?:an\s)?error\s(?:has\s)?(?:occurred|occured|happened|processing)
        | (?:bad|invalid)\s(?:gateway|request)
        | gateway\stime-?out | service\s(?:temporarily\s)?unavailable
        | (?:temporarily|currently)\s(?:unavailable|offline|down|not\savailable)
        | (?:http\s(?:error\s)?|error\s)?50[0234]\b | 52[0-7]\b
        | (?:down\sfor|under(?:going)?|scheduled|planned|site|system)\s(?:\w+\s)?maintenance
        | (?:we'll|we\swill|be)\s(?:be\s)?(?:right\s)?back\s(?:soon|shortly|online|later)
        | (?:try|come|check)\s(?:again|back|reloading|refreshing)(?:\sthe\spage)?(?:\s\w+){0,4}\s(?:later
          |minutes|moment|soon|moments)
        | try\s(?:reloading|refreshing) | (?:we're|we\sare)\s(?:so\s|very\s)?sorry | oops | whoops | uh-?oh
        | unable\sto\s(?:load|process|complete|connect|display)
        | (?:failed|could\snot|couldn't)\s(?:to\s)?(?:load|connect|fetch) | upstream\sconnect
        | connection\s(?:timed\sout|refused|reset) | database\serror | apologi[sz]e\sfor\sthe\sinconvenience
        | unsupported\sbrowser | domain\s(?:is\sfor\ssale|has\sexpired|parking) | this\sdomain
        | (?:une|l')\s?erreur\s(?:\w+\s)?(?:s'est\sproduite|est\ssurvenue|inattendue|interne|technique)
        | ^erreur$ | erreur\s(?:interne|serveur|technique)
        | (?:service|site)\s(?:\w+\s){0,3}(?:indisponible|en\smaintenance)
        | (?:maintenance\sen\scours|en\scours\sde\smaintenance)
        | veuillez\s(?:réessayer|nous\sexcuser|recharger) | nous\ssommes\sdésolés | désolés?,?
        | réessay(?:ez|er)\s(?:plus\starde?|dans)
        | si\sè\sverificato\sun\s(?:errore|problema)
        | errore\s(?:interno|del\sserver|imprevisto|inatteso|tecnico) | ^errore$ | qualcosa\sè\sandato\sstorto
        | (?:servizio|sito)\s(?:\w+\s){0,3}(?:non\sdisponibile|in\smanutenzione)
        | manutenzione\s(?:programmata|in\scorso) | (?:riprova|riprovare|torna)\s(?:più\stardi|tra|fra)
        | ci\sscusiamo | ops\b
        | (?:ein|es\sist\sein)\s(?:\w+\s)?fehler\s(?:ist\s)?(?:aufgetreten|passiert)
        | (?:interner|technischer|unerwarteter)\s(?:\w*)?(?:fehler|serverfehler) | ^fehler$
        | etwas\sist\sschief\s?gelaufen
        | (?:dienst|seite|website|service)\s(?:\w+\s){0,4}(?:nicht\serreichbar|vorübergehend\snicht|in\swartung)
        | wartungsarbeiten | versuchen\ssie\ses\s(?:bitte\s)?(?:später|in)
        | (?:bitte\s)?(?:später\s(?:erneut|noch)|es\stut\suns\sleid|wir\sbitten\sum\s(?:ent|ver))
        | (?:se\sha\sproducido|ha\socurrido|ocurrió)\sun\s(?:error|problema)
        | error\s(?:interno|del\sservidor|inesperado|técnico) | algo\s(?:ha\s)?(?:salido|salió|fue)\smal
        | (?:servicio|sitio)\s(?:\w+\s){0,4}(?:no\sdisponible|en\smantenimiento)
        | mantenimiento\s(?:programado|en\scurso)
        | (?:inténtelo|inténtalo|vuelve\sa\sintentarlo|intente|vuelva\sa\sintentar\w*)\s(?:de\snuevo
          |más\starde|otra)?
        | lo\ssentimos | disculp\w+\slas\smolestias
        | storing | er\sis\s(?:iets|een)\s(?:fout|mis)
        | having\s(?:some\s)?(?:trouble|problems|issues|difficulties) | service\sis\s(?:currently\s)?unavailable
        | under\sconstruction | can't\sbe\sreached | establishing\sa\sdatabase | that's\san\serror
        | s'est\smal\spassé | (?:est|a)\ssurvenue? | schief\s?gegangen | da\sist\setwas\sschief
        | no\sestá\sdisponible\s(?:temporal|en\seste) | temporalmente\s(?:no|fuera) | momentaneamente\snon""",
    Doubt.SHELL: r"""
        (?:enable|turn\son|activate|requires?|needs?)\sjavascript
        | javascript\s(?:is\s|must\sbe\s|appears\sto\sbe\s|has\sbeen\s|to\s)?(?:required|disabled|enabled
          |not\senabled|turned\soff|run)
        | without\sjavascript | ^loading\b | loading\s?(?:\.\.\.|…)?$ | please\swait | ^redirecting
        | you\s(?:are|will\sbe)\s(?:being\s)?redirected | if\syou\sare\snot\s(?:automatically\s)?redirected
        | (?:click|tap)\shere\sif\s(?:you\sare\snot|nothing)
        | (?:your\s|this\s)?browser\s(?:is\s|version\s)?(?:not\ssupported|no\slonger\ssupported|out\sof\sdate
          |outdated|isn't\ssupported)
        | (?:update|upgrade)\syour\sbrowser | initiali[sz]ing | starting\sup
        | (?:activer|activez|nécessite|désactivé)\s.{0,20}javascript
        | javascript\s(?:est\s)?(?:désactivé|requis|nécessaire|doit) | ^chargement | chargement\sen\scours
        | redirection\s(?:en\scours|vers) | veuillez\spatienter
        | navigateur\s(?:\w+\s){0,3}(?:pas\ssupporté|obsolète|n'est\splus)
        | (?:abilita|attiva|abilitare|attivare|richiede|disabilitato)\s.{0,20}javascript
        | javascript\s(?:è\s)?(?:disabilitato|disattivato|richiesto|necessario) | ^caricamento
        | (?:caricamento|reindirizzamento)\sin\scorso | attendere\sprego | attendi
        | browser\snon\s(?:è\s)?(?:supportato|aggiornato) | sarai\sreindirizzato
        | (?:aktivieren\ssie|benötigt|erfordert)\s.{0,20}javascript
        | javascript\s(?:ist\s)?(?:deaktiviert|erforderlich|aktivieren|muss|nicht)
        | ^(?:wird|seite\swird)\sgeladen | lädt\s?(?:\.\.\.|…) | bitte\swarten
        | (?:sie\swerden\s)?weitergeleitet | weiterleitung | browser\swird\snicht\s(?:mehr\s)?unterstützt
        | (?:active|activa|habilite|habilita|activar|habilitar|requiere|necesita)\s.{0,20}javascript
        | javascript\s(?:está\s)?(?:desactivado|deshabilitado|requerido|es\snecesario) | ^cargando
        | redirigiendo | por\sfavor,?\sespere | espera\sun\smomento
        | navegador\s(?:\w+\s){0,3}(?:no\s(?:es\s)?compatible|obsoleto|desactualizado)
        | turn\sjavascript\son | ^one\smoment | javascript\sis\snot\savailable""",
}

_LEGAL = r"""
    terms?\b | rules? | conduct | permitted | allowed | imprint | own\srisk | agree(?:s|d|ment)? | polic(?:y
    |ies) | privacy | rights? | liab(?:le|ility) | licen[cs]e
    | governed | applicable\slaw | personal\s(?:data|information) | copyright | intellectual\sproperty
    | prohibited | you\s(?:may|must|shall|can)\s
    | (?:we|users?|members?|artists?|customers?|party|parties)\s(?:may|will|shall|must|do\snot|never|can)\s
    | consent | warrant(?:y|ies) | terminat\w+ | effective | third\spart(?:y|ies) | guidelines? | notice
    | responsible
    | conditions | utilisateurs? | droits? | responsab\w+ | données | licence | accord | politique | contrat
    | cookies | pouvez | devez | contenus? | propriété | mentions | règles
    | termini | condizioni | utent[ei] | diritt[oi] | dati | licenza | accordo | informativa | contratto
    | puoi | devi | contenut[oi] | proprietà | titolare | regole
    | nutzungs\w+ | bedingungen | nutzer\w* | rechte? | haft\w+ | daten\w* | lizenz | vereinbarung | vertrag
    | dürfen | inhalte? | eigentum | richtlinie\w* | verboten | impressum
    | términos | condiciones | usuarios? | derechos? | datos | licencia | acuerdo | política | puedes?
    | debes? | contenidos? | propiedad | normas"""


@cache
def sayings(doubt: Doubt) -> re.Pattern[str]:
    """What such a page says, to be searched in folded-quote lower-case text."""
    return re.compile(_SAYINGS[doubt], re.X)


_BINDING = r"""
    (?:may|must|shall)\snot | prohibit | forbid | licen[cs]e | grant | liable | appeal | refund
    | ne\s(?:pouvez|peut|devez)\spas | interdit | accord(?:ez|ons) | droits
    | non\s(?:puoi|può|devi) | vietat | conced | licenza | diritt
    | dürfen\s(?:\w+\s){0,4}nicht | untersagt | verboten | lizenz | haften | recht
    | no\s(?:puede|debe|podrá) | prohibid | conced | licencia | derecho"""


@cache
def binding_words() -> re.Pattern[str]:
    """Words that bind somebody: a sentence with them is law even when it speaks of errors or robots."""
    return re.compile(rf"\b(?:{_BINDING})", re.X)


@cache
def legal_words() -> re.Pattern[str]:
    """Words that terms, policies and notices are made of."""
    return re.compile(rf"\b(?:{_LEGAL})", re.X)


KINDS = (
    Doubt.BOT_WALL,
    Doubt.CONSENT_WALL,
    Doubt.LOGIN_WALL,
    Doubt.NOT_FOUND,
    Doubt.ERROR_PAGE,
    Doubt.SHELL,
)
"""In the order in which a page is asked: the more telling first."""
