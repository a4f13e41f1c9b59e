// A meeting was wiped. The engine said so, so this part can be fetched then.

import { notice } from "./doors.js";
import { Replica } from "./replica.js";
import { t } from "./words.js";

/** All of the meeting goes from here too. */
export function forget(phone, meeting) {
	const { store } = phone;
	const notes = new Set(store.all("letter:").map((letter) => letter.meeting === meeting && letter.command.note));
	const of = ({ key, meeting: own }) => own === meeting || key.includes(meeting) || notes.has(key.split(":")[1] || "");
	const gone = (record) => of(record) || record.key.startsWith("hand-over:");
	store.all("").filter(gone).forEach(({ key }) => store.forget(key));
	if (meeting !== phone.identity?.meeting) return;
	phone.live.stop();
	phone.identity = phone.place = null;
	phone.replica = new Replica();
	phone.show(() => notice(t("Alles is gewist"), t("De gegevens van deze bijeenkomst zijn gewist. Ook op dit toestel staat er niets meer van. Je kunt deze pagina sluiten.")));
}
