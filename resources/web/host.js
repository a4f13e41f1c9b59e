// The host of a table: how a phone becomes that of the host, and what it may do more than others.

import { announce, h, say } from "./dom.js";
import { tableName } from "./replica.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

/** The letters from here with this command. */
export const letters = ({ outbox, identity }, name) =>
	outbox.letters(identity.meeting).filter(({ command }) => command.command === name);

/** Use the invitation "id.key" of the link. Once it is a letter it goes, whatever happens. */
export async function becomeHost(phone) {
	if (!phone.invitation) return;
	const [invitation, key] = phone.invitation.split(".");
	const used = ({ command, status }) => command.invitation === invitation && status !== "refused";
	if (!letters(phone, "become_host").some(used)) {
		await phone.outbox.post(phone.identity.meeting, { command: "become_host", id: uuid(), invitation, key }, {});
	}
	phone.invitation = "";
	phone.showPlace();
}

/** Mark the notes that this host took out of sight, and add those that are seen nowhere else. */
export function hide(phone, items) {
	const last = new Map();
	for (const letter of letters(phone, "hide_notes")) {
		const [id] = letter.command.notes;
		last.set(id, letter.refusal ? { ...last.get(id), trouble: letter.refusal.message } : letter);
	}
	for (const [id, { command, shown, status, number, trouble }] of last) {
		const waits = status === "waiting";
		const away = phone.replica.find("note", id) ? command?.hidden && waits : command?.hidden || waits;
		let item = items.find((one) => one.id === id);
		if (away && !item) items.push((item = { id, ...shown, newness: number }));
		if (item) Object.assign(item, { trouble, hidden: away && status });
	}
}

export function hosting(phone) {
	const { replica, store, identity } = phone;
	const known = `hosted:${identity.meeting}`;
	const word = h("p.context");
	const parts = { leaving: h("div"), photo: h("div") }; // they come later
	const extra = h("section.card", h("h2", t("Jij bent tafelgastheer")), Object.values(parts));
	const element = h("div", word, extra);
	const made = {};
	let before;

	function update() {
		const { hosts, closed } = replica;
		if (hosts && !store.get(known)) store.put({ key: known });
		const waits = ({ status }) => status === "waiting";
		extra.hidden = !hosts || (closed && !store.all("photo:").some(waits));
		parts.leaving.hidden = closed;
		say(word, hosts || closed ? "" : told());
		const news = hosts ? t("Je bent nu tafelgastheer van {table}.", { table: tableName(replica.table) }) : word.textContent;
		if (news !== before) announce(news);
		before = news;
		if (extra.hidden) return;
		for (const [name, place] of Object.entries(parts)) {
			made[name] ??= phone.part(name)?.tool(phone);
			if (made[name] && !place.firstChild) place.append(made[name].element);
			made[name]?.update();
		}
	}

	/** What became of the link, where this phone is not the host's. */
	function told() {
		const { status, refusal } = letters(phone, "become_host").pop() || {};
		const why = {
			waiting: t("We melden je aan als tafelgastheer …"),
			received: store.get(known) && t("De begeleider heeft je taak als tafelgastheer teruggenomen."),
			refused: /^host/.test(refusal?.code) ? refusal.message : t("De link voor de tafelgastheer werkt niet. Vraag de begeleider om een nieuwe."),
		};
		return why[status] ? `${why[status]} ${status === "waiting" ? "" : t("Je kunt gewoon meeschrijven.")}` : "";
	}

	// who writes for others goes on with the next note
	document.addEventListener("keydown", (event) => {
		const { target, key, shiftKey, isComposing } = event;
		if (target.id !== "note" || key !== "Enter" || shiftKey || isComposing) return;
		if (!element.isConnected || !replica.hosts) return;
		event.preventDefault();
		target.form.requestSubmit();
	});

	return { element, update };
}
