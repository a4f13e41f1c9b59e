// Changing an own note, or mending one that was refused.

import { count, tidy } from "./composer.js";
import { button, form, h } from "./dom.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

/** The form in which the note `item` is changed; `close` puts it away. */
export function editor({ store, outbox, replica, identity }, { id, own, text }, close) {
	const draft = `edit:${id}`;
	const line = h("p.count");
	const tell = () => count(box, line, replica.meeting.note_length);
	const input = () => {
		store.type({ key: draft, text: box.value });
		tell();
	};
	const value = store.get(draft)?.text || text;
	const box = h("textarea", { rows: 4, "aria-label": t("Je notitie"), value, input });
	const go = h("button.small", t("Bewaar"));
	const leave = () => {
		store.put({ key: draft, text: "" });
		close();
	};
	box.readOnly = go.disabled = Boolean(replica.held);
	tell();
	const done = () => (tell() > 0 ? save(tidy(box.value)) : box.focus());
	return form("", done, box, line, h("p.foot", go, button("link", t("Laat het zo"), leave)));

	/** Send the note once more where it was refused, and else its new words. */
	async function save(words) {
		const { note, key, written, last, status, refusal, shown } = own;
		const again = written.status === "refused";
		let command = { command: "edit_note", id: uuid(), note, text: words, key };
		if (again) {
			command = { ...written.command, id: uuid(), note: uuid(), text: words };
			const fits = refusal.code === "note.length"; // or else its place may be there no more
			if (!fits) Object.assign(command, { table: replica.you.table, step: replica.clock.step });
		}
		await outbox.post(identity.meeting, command, shown, { key: draft, text: "" });
		if (status === "refused") await outbox.drop(again ? written : last);
		close();
	}
}
