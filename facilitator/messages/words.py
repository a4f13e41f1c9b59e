"""The words of each error, in Dutch: what happened, and what to do now.

A code never changes its meaning. ``{maximum}`` and the like are filled in with the values that came
along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from facilitator.i18n import N_

MESSAGES: Final[Mapping[str, str]] = {
    # The meeting
    "meeting.unknown": N_("Deze bijeenkomst is er niet meer. Kies een andere in de bibliotheek."),
    "meeting.missing": N_(
        "Er is niet gezegd om welke bijeenkomst het gaat. Kies een bijeenkomst en probeer het opnieuw."
    ),
    "meeting.exists": N_("Deze bijeenkomst is er al. Open haar in de bibliotheek."),
    "meeting.not_live": N_(
        "De bijeenkomst is nog niet open. Wacht tot de begeleider de deuren opent."
    ),
    "meeting.closed": N_("De bijeenkomst is gesloten. Wijzigen kan alleen de begeleider nog."),
    "meeting.wiped": N_(
        "De persoonsgegevens van deze bijeenkomst zijn gewist. Zij blijft gesloten, en er kan van telefoons niets meer bij."
    ),
    "wipe.live": N_(
        "Deze bijeenkomst is niet gesloten. Sluit haar eerst, en wis dan de persoonsgegevens."
    ),
    "wipe.unfinished": N_(
        "De woorden zijn weg uit de bijeenkomst, maar nog niet uit alle bestanden. Dat wordt vanzelf nog eens geprobeerd; kijk of er ruimte is op de schijf."
    ),
    "wipe.sure": N_(
        "Wissen kan niet ongedaan gemaakt worden. Geef dezelfde opdracht met --yes als u het zeker weet."
    ),
    "meeting.live": N_("Deze bijeenkomst is nog bezig. Sluit haar eerst."),
    "meeting.told": N_(
        "De deelnemers hebben dit al gelezen. Wijzig het voordat de deuren opengaan."
    ),
    "meeting.language": N_("Deze taal kennen we niet. Kies Nederlands of Engels."),
    "meeting.note_length": N_(
        "De lengte van een notitie ligt tussen {minimum} en {maximum} tekens. Kies een getal daartussen."
    ),
    "meeting.grace": N_(
        "De tijd na een ronde ligt tussen {minimum} en {maximum} seconden. Kies een getal daartussen."
    ),
    "wifi.name": N_(
        "De naam van een wifi-netwerk past in {maximum} bytes. Neem hem precies over van het netwerk."
    ),
    "wifi.password": N_(
        "Een wifi-wachtwoord heeft hoogstens {maximum} tekens. Neem het precies over van het netwerk."
    ),
    "title.length": N_("Een titel heeft 1 tot {maximum} tekens. Vul hem in of maak hem korter."),
    "line.length": N_("Dit is te lang: er passen {maximum} tekens. Maak het korter."),
    "text.length": N_("Deze tekst is te lang: er passen {maximum} tekens. Maak hem korter."),
    "text.empty": N_("Er staat nog niets. Vul de tekst in."),
    # Programme and clock
    "step.running": N_("Dit onderdeel is nu bezig. Ga eerst naar het volgende."),
    "step.length": N_("Een onderdeel duurt hoogstens acht uur. Kies een kortere tijd."),
    "clock.idle": N_("De klok loopt nog niet. Start eerst een onderdeel."),
    "clock.seconds": N_(
        "Zoveel tijd kan er niet in één keer bij of af. Doe het in stappen van hoogstens een uur."
    ),
    "clock.last_step": N_(
        "Dit is het laatste onderdeel. Voeg een onderdeel toe of sluit de bijeenkomst."
    ),
    "clock.first_step": N_("Er is geen eerder onderdeel om naar terug te gaan."),
    # Themes, tables, people
    "theme.most": N_(
        "Er zijn al {maximum} thema’s, meer past niet in de matrix. Haal er eerst een weg."
    ),
    "theme.unknown": N_("Dit thema is er niet meer. Kies een ander."),
    "table.most": N_("Er zijn al {maximum} tafels. Haal er eerst een weg."),
    "table.seats": N_(
        "Aan een tafel zitten {minimum} tot {maximum} mensen. Kies een getal daartussen."
    ),
    "table.code": N_("Deze code hoort bij geen tafel. Kijk nog eens op het kaartje op tafel."),
    "table.unknown": N_("Deze tafel is er niet meer. Kies een andere."),
    "participant.most": N_(
        "Er doen al {maximum} mensen mee, meer kan niet. Schrijf samen met iemand op één telefoon."
    ),
    "participant.name": N_("Vul een naam in, van hoogstens 200 tekens."),
    "participant.unknown": N_("Deze deelnemer staat niet meer op de lijst. Meld je opnieuw aan."),
    "participant.people": N_(
        "Achter één toestel zitten {minimum} tot {maximum} mensen. Kies een getal daartussen."
    ),
    "writer.unknown": N_(
        "Van deze notitie is niet bekend welk toestel haar stuurde. Verberg de notitie zelf."
    ),
    "host.link": N_("Deze link werkt niet (meer). Vraag de begeleider om een nieuwe."),
    "host.used": N_(
        "Deze link is al op een ander toestel gebruikt. Vraag de begeleider om een nieuwe."
    ),
    "host.table": N_("Dit mag alleen aan de eigen tafel. Vraag het de begeleider."),
    "hand_over.points": N_(
        "Een overdracht heeft 1 tot {most} punten, van hoogstens {maximum} tekens. Maak hem korter."
    ),
    "hand_over.exists": N_("Deze overdracht is er al. Stuur haar opnieuw."),
    "order.unknown": N_("De plek waar dit heen moest is er niet meer. Kies een andere plek."),
    # Notes, categories, check-in, outcomes
    "note.length": N_(
        "Een notitie heeft 1 tot {maximum} tekens. Schrijf iets op, of maak het korter."
    ),
    "note.exists": N_("Deze notitie is er al. Schrijf een nieuwe, of wijzig deze."),
    "note.not_yours": N_(
        "Deze notitie is van iemand anders. Je kunt alleen je eigen notities wijzigen."
    ),
    "note.number": N_("Kies 1 tot {maximum} notities tegelijk."),
    "note.unknown": N_("Deze notitie is er niet meer."),
    "category.most": N_("Er zijn al {maximum} categorieën. Haal er eerst een weg."),
    "category.other_theme": N_(
        "Deze categorie hoort bij een ander thema. Kies een categorie van dit thema."
    ),
    "category.unknown": N_("Deze categorie is er niet meer. Kies een andere."),
    "check_in.empty": N_("Vul een woord of een cijfer in."),
    "check_in.word": N_("Een trefwoord heeft hoogstens {maximum} tekens. Maak het korter."),
    "check_in.grade": N_("Een cijfer is een getal van {minimum} tot {maximum}. Kies er een."),
    "check_in.most": N_("Er zijn al {maximum} antwoorden bij het inchecken. Meer kan niet."),
    "check_in.exists": N_("Dit antwoord is van iemand anders. Vul een eigen woord of cijfer in."),
    "explanation.unknown": N_("Deze toelichting is er niet meer."),
    "outcome.most": N_("Er staan er al {maximum}. Haal er eerst een weg."),
    "response.reason": N_("Een bezwaar heeft een reden. Schrijf op waarom."),
    "response.exists": N_("Dit bezwaar is er al. Wijzig het, of schrijf een nieuw op."),
    "option.most": N_("Er staan al {maximum} keuzes op de lijst. Haal er eerst een weg."),
    "option.length": N_("Een keuze is hoogstens {maximum} tekens lang. Maak haar korter."),
    "meeting.dots": N_("Iemand heeft {minimum} tot {maximum} stippen. Kies een getal daartussen."),
    "votes.none": N_("Er is nog niets om op te stemmen. Zet eerst keuzes op de lijst."),
    "votes.closed": N_("Het stemmen is dicht. Deze stippen tellen niet mee."),
    "votes.option": N_("Deze keuze staat niet meer op de lijst. Geef je stippen aan een andere."),
    "votes.spent": N_(
        "Je stippen zijn op: je hebt er {maximum}. Haal er eerst een weg bij een andere keuze."
    ),
    "votes.key": N_("Dit toestel kan niet stemmen. Meld je opnieuw aan met de code op tafel."),
    "photo.unknown": N_("Deze foto is er niet meer."),
    "photo.kind": N_("Dit is geen foto die we kunnen lezen. Kies een JPEG, PNG of WebP."),
    "photo.size": N_(
        "Deze foto is te groot: hoogstens {megabytes} MB en {megapixels} megapixel. Maak haar kleiner, of kies een andere."
    ),
    "photo.failed": N_("De foto kon nu niet verwerkt worden. Probeer het opnieuw."),
    "photo.most": N_("Er staan al {maximum} foto’s in deze bijeenkomst. Haal er eerst een weg."),
    "reference.missing": N_(
        "Waar dit bij hoorde is er niet meer. Kijk wat er nu staat en probeer het opnieuw."
    ),
    "reference.in_use": N_("Hier hoort nog iets bij, zoals notities. Verplaats dat eerst."),
    # Undo
    "undo.unknown": N_("Dit is te lang geleden om ongedaan te maken."),
    "undo.done": N_("Dit is al ongedaan gemaakt."),
    "undo.changed": N_(
        "Iemand heeft dit daarna gewijzigd. Ongedaan maken zou dat weggooien; wijzig het met de hand."
    ),
    "undo.gone": N_("Dit is er niet meer, dus er valt niets ongedaan te maken."),
    # Who may do what
    "token.unknown": N_(
        "De motor kent dit toestel niet (meer). Meld je opnieuw aan met de code op tafel."
    ),
    "role.forbidden": N_("Dit mag alleen de begeleider. Vraag het in de zaal."),
    "host.unknown": N_("Dit adres is niet van deze motor. Scan de QR-code opnieuw."),
    "origin.unknown": N_(
        "Dit verzoek komt van een andere website en is geweigerd. Open de pagina met de QR-code."
    ),
    "rate.limited": N_(
        "Dit gaat te snel achter elkaar. Wacht even; wat je schreef blijft bewaard."
    ),
    "streams.full": N_(
        "Er luisteren al te veel toestellen mee. Wacht even en probeer het opnieuw."
    ),
    # What was asked
    "body.size": N_(
        "Dit is te groot om te ontvangen: hoogstens {maximum} bytes. Stuur het in delen, of kies een kleiner bestand."
    ),
    "body.malformed": N_("Dit verzoek is niet te lezen. Vernieuw de pagina of werk de app bij."),
    "command.unknown": N_(
        "Deze motor kent de opdracht ‘{command}’ niet. Werk de app op deze laptop bij."
    ),
    "command.malformed": N_(
        "Deze opdracht is niet te lezen. Vernieuw de pagina of werk de app bij."
    ),
    "commands.number": N_("Stuur 1 tot {maximum} opdrachten tegelijk."),
    "events.after": N_(
        "Het nummer van de laatste wijziging ontbreekt of klopt niet. Vernieuw de pagina."
    ),
    "hello.nonce": N_("De vraag om een bewijs klopt niet: stuur 16 tot 128 hexadecimale tekens."),
    "id.malformed": N_("Dit nummer is niet te lezen. Ga terug en kies opnieuw."),
    "page.unknown": N_("Deze pagina is er niet. Scan de QR-code opnieuw."),
    "method.forbidden": N_(
        "Dit adres neemt zo’n verzoek niet aan. Kijk in docs/protocol.md hoe het moet."
    ),
    "address.unknown": N_("Deze laptop heeft dat adres niet (meer). Kies een ander."),
    "wire.entity": N_("De motor stuurde iets dat niet te lezen is. Werk de app bij."),
    "wire.entry": N_("De motor stuurde een wijziging die niet te lezen is. Werk de app bij."),
    # The engine
    "engine.busy": N_(
        "De motor heeft het even te druk. Wacht een paar seconden; er gaat niets verloren."
    ),
    "engine.slow": N_("De motor kon dit niet op tijd bewaren. Het wordt opnieuw geprobeerd."),
    "engine.failed": N_(
        "Er ging iets mis in de motor. Probeer het opnieuw; blijft het misgaan, stuur dan het bestand logs/engine.log mee met uw vraag."
    ),
    "engine.port_taken": N_(
        "Poort {port} is in gebruik door een ander programma. Sluit dat programma; de poort staat op de tafelkaarten en verandert daarom niet vanzelf."
    ),
    "engine.unreachable": N_(
        "De motor is niet te bereiken. Hij wordt opnieuw gestart; er gaat niets verloren."
    ),
    "engine.start": N_(
        "De motor start niet. Kijk in logs/engine.log, of start de computer opnieuw."
    ),
    "engine.crashing": N_(
        "De motor valt steeds uit. Kijk in logs/engine.log, of start de computer opnieuw."
    ),
    "engine.answer": N_("De motor gaf een antwoord dat niet te lezen is. Werk de app bij."),
    "engine.version": N_(
        "De motor is versie {theirs}, de app versie {ours}. Sluit de app, stop de motor en start opnieuw."
    ),
    "rule.failed": N_(
        "Dit ging mis in de motor en is niet gedaan. Het staat in logs/engine.log; ga verder met iets anders."
    ),
    "report.format": N_(
        "In dit formaat kunnen we het verslag niet maken. Kies een van deze: {formats}."
    ),
    "export.stopped": N_(
        "Het wegschrijven is gestopt en er is niets geschreven. Geef de opdracht opnieuw als u het bestand toch wilt."
    ),
    "job.unknown": N_("Dit bestand wordt niet (meer) gemaakt. Vraag het opnieuw aan."),
    "report.failed": N_(
        "Het verslag kon niet gemaakt worden. Probeer het opnieuw; uw gegevens zijn veilig."
    ),
    "pdf.absent": N_(
        "Voor een PDF met opbouw is LibreOffice nodig; dat is gratis. Installeer het en probeer het opnieuw, of bewaar het verslag als Word en maak er in Word een PDF van."
    ),
    "pdf.failed": N_(
        "LibreOffice maakte er geen goede PDF van. Werk LibreOffice bij en probeer het opnieuw, of bewaar het verslag als Word en maak er in Word een PDF van."
    ),
    "pdf.slow": N_(
        "LibreOffice deed te lang over de PDF. Probeer het opnieuw, of bewaar het verslag als Word en maak er in Word een PDF van."
    ),
    "house.kind": N_(
        "Dit is geen Word-bestand dat we kunnen lezen. Kies een .docx of .dotx, zoals Word dat bewaart."
    ),
    "house.strict": N_(
        "Dit bestand is bewaard als “Strict Open XML”. Open het in Word en bewaar het als gewoon Word-document (.docx)."
    ),
    "house.locked": N_(
        "Dit bestand is van een oude Word, of er zit een wachtwoord op. Open het in Word en bewaar het als .docx zonder wachtwoord."
    ),
    "house.size": N_(
        "Dit bestand is te groot voor een huisstijl: er passen {megabytes} MB. Haal grote afbeeldingen eruit en probeer het opnieuw."
    ),
    "house.broken": N_(
        "Het onderdeel {part} van dit bestand is niet te lezen. Open het in Word, bewaar het opnieuw en probeer het nog eens."
    ),
    "house.macros": N_(
        "In dit bestand zitten macro’s ({part}). Die gaan nooit mee. Bewaar het in Word als .docx of .dotx, zonder macro’s."
    ),
    "house.ribbon": N_(
        "Dit bestand verandert de knoppen van Word ({part}). Dat gaat nooit mee. Gebruik een bestand zonder eigen lint."
    ),
    "house.active": N_(
        "In dit bestand zitten besturingselementen die iets uitvoeren ({part}). Haal ze in Word weg en probeer het opnieuw."
    ),
    "house.embedded": N_(
        "In dit bestand zit een ander bestand ({part}). Maak er in Word een afbeelding van, of haal het weg."
    ),
    "house.external": N_(
        "Dit bestand haalt iets van buiten: {part}. Zet afbeeldingen in het bestand zelf, en maak de gekoppelde sjabloon los (Word: Ontwikkelaars, Documentsjabloon)."
    ),
    "house.field": N_(
        "In {part} staat een veld dat iets van buiten haalt of start: {field}. Haal het in Word weg en probeer het opnieuw."
    ),
    "house.most": N_("Er staan al {maximum} huisstijlen. Haal er eerst een weg."),
    "house.kept": N_(
        "De huisstijl kon niet bewaard worden: {why}. Kijk of er ruimte is op de schijf en probeer het opnieuw."
    ),
    "house.unknown": N_("Deze huisstijl is er niet meer. Kies een andere."),
    "trial.off": N_(
        "Deze proef is voorbij, of nog niet begonnen. Scan de code op de laptop opnieuw."
    ),
    # The store and the meeting file
    "store.locked": N_(
        "Deze gegevensmap is al in gebruik door een andere motor. Gebruik die, of kies een andere map met --data."
    ),
    "store.synced": N_(
        "De gegevens staan in een map die met internet wordt gelijkgehouden. Dat kan een bijeenkomst beschadigen; kies een gewone map op deze computer."
    ),
    "store.network": N_(
        "De gegevens staan op een andere computer in het netwerk. Dat kan een bijeenkomst beschadigen; kies een map op deze computer."
    ),
    "store.newer": N_(
        "Deze gegevens zijn van een nieuwere versie: lezen en exporteren kan, wijzigen niet. Werk de app bij."
    ),
    "store.corrupt": N_(
        "De database is beschadigd. Zet een reservekopie terug uit de map backups."
    ),
    "store.foreign": N_(
        "Dit bestand is geen database van Facilitator. Kies een andere gegevensmap."
    ),
    "store.full": N_(
        "De schijf is vol. Maak ruimte; wat nog niet bewaard is, wordt vanzelf opnieuw gestuurd."
    ),
    "store.failing": N_(
        "Bewaren lukt nu niet. Kijk of de schijf er nog is en ruimte heeft; er wordt opnieuw geprobeerd."
    ),
    "store.uncertain": N_(
        "Het is niet zeker of dit bewaard is. Het wordt opnieuw gestuurd; dubbel wordt het niet."
    ),
    "store.constraint": N_("De database weigert dit. Kijk wat er nu staat en probeer het opnieuw."),
    "store.closed": N_("De motor is aan het stoppen. Wacht tot hij weer gestart is."),
    "file.meeting": N_(
        "In dit bestand zit geen bijeenkomst, of meer dan één. Kies een ander bestand."
    ),
    "store.backup": N_(
        "Er kan geen reservekopie worden gemaakt ({why}). Kijk of er ruimte is op de schijf en of de map er nog is."
    ),
    "file.kind": N_(
        "Dit is geen bijeenkomst. Kies een bestand dat op .cafe of .json eindigt en dat door dit programma is gemaakt."
    ),
    "file.broken": N_(
        "Het bestand is beschadigd of niet helemaal aangekomen. Vraag het opnieuw aan wie het stuurde."
    ),
    "file.newer": N_(
        "Dit bestand is gemaakt met een nieuwere versie. Werk dit programma bij en probeer het opnieuw."
    ),
    "file.huge": N_(
        "Het bestand is te groot voor een bijeenkomst. Controleer of u het goede bestand koos."
    ),
    "file.unsafe": N_(
        "In het bestand staan namen die buiten het bestand wijzen. Vertrouw het niet; vraag een nieuw aan wie het stuurde."
    ),
    "file.unknown_kind": N_(
        "Het bestand bevat iets wat we niet kennen: {kind}. Werk dit programma bij, of haal het uit het bestand."
    ),
    "file.field": N_(
        "Bij {kind} nummer {number} staat een veld dat we niet kennen: {field}. Verbeter het bestand en probeer het opnieuw."
    ),
    "file.value": N_(
        "Bij {kind} nummer {number} klopt een waarde niet ({why}). Verbeter het bestand en probeer het opnieuw."
    ),
    "file.double": N_(
        "In het bestand staat iets dubbel. Haal er een van weg en probeer het opnieuw."
    ),
    "file.reference": N_(
        "Het bestand is niet compleet: {kind} verwijst met {field} naar iets wat er niet in staat. Vraag het opnieuw aan wie het stuurde."
    ),
    "file.merged": N_(
        "Een notitie in het bestand ligt onder een notitie die zelf onder een andere ligt. Verbeter het bestand en probeer het opnieuw."
    ),
    "file.photo": N_(
        "Een foto in het bestand ontbreekt of is geen JPEG. Vraag het bestand opnieuw aan wie het stuurde."
    ),
    "meeting.which": N_(
        "Er zijn {number} bijeenkomsten die zo heten. Noem het nummer of meer van de titel."
    ),
    "file.format": N_(
        "Dit soort bestand kan niet gemaakt worden. Kies een naam die eindigt op: {formats}."
    ),
    "file.access": N_(
        "Het bestand {file} kan niet worden gelezen of geschreven ({why}). Kijk of de naam klopt en of er ruimte is."
    ),
}
"""Code → what a person reads, in Dutch."""
