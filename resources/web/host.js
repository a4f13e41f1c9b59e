// The host of a table: how a phone becomes that of the host, and what it may do more than others.

import { announce, form, h, remake, say } from "./dom.js";
import { tableName } from "./replica.js";
import { uuid } from "./store.js";
import { statusMark } from "./wall.js";
import { t } from "./words.js";

const POINTS = [0, 1, 2]; // of a hand-over; as in facilitator/meeting/hand_over.py
const LONGEST = 200; // characters of one

const letters = ({ outbox, identity }, name) =>
	outbox.letters(identity.meeting).filter(({ command }) => command.command === name);

/** Use the invitation "id.key". Once it is a letter it goes, whatever happens. */
export async function becomeHost(phone, link) {
	const [invitation, key] = link.split(".");
	const used = ({ command, status }) => command.invitation === invitation && status !== "refused";
	if (letters(phone, "become_host").some(used)) return;
	await phone.outbox.post(phone.identity.meeting, { command: "become_host", id: uuid(), invitation, key }, {});
}

/** Mark the notes that this host took out of sight, and add those that are seen nowhere else. */
export function hide(phone, items) {
	const last = new Map(letters(phone, "hide_notes").map((letter) => [letter.command.notes[0], letter]));
	for (const [id, { command, shown, status, refusal, number }] of last) {
		const waits = status === "waiting";
		const away = phone.replica.find("note", id) ? command.hidden && waits : command.hidden || waits;
		let item = items.find((one) => one.id === id);
		if (refusal) Object.assign(item || {}, { trouble: refusal.message });
		else if (away) {
			if (!item) items.push((item = { id, ...shown, newness: number }));
			item.hidden = status;
		}
	}
}

export function hosting(phone) {
	const { replica, store, identity } = phone;
	const known = `hosted:${identity.meeting}`;
	const word = h("p.context");
	const leaving = handOver(phone);
	const photos = h("div");
	const extra = h("section.card", h("h2", t("Jij bent tafelgastheer")), leaving.element, photos);
	const element = h("div", word, extra);
	let pictures; // their part of the page comes later
	let before;

	function update() {
		const { hosts, closed } = replica;
		if (hosts && !store.get(known)) store.put({ key: known });
		const waits = ({ status }) => status === "waiting";
		extra.hidden = !hosts || (closed && !store.all("photo:").some(waits));
		leaving.element.hidden = closed;
		say(word, hosts || closed ? "" : told());
		const news = hosts ? t("Je bent nu tafelgastheer van {table}.", { table: tableName(replica.table) }) : word.textContent;
		if (news !== before) announce(news);
		before = news;
		if (extra.hidden) return;
		leaving.update();
		pictures ??= phone.part("photo")?.pictures(phone);
		if (pictures && !photos.firstChild) photos.append(pictures.element);
		pictures?.update();
	}

	/** What became of the link, where this phone is not the host's. */
	function told() {
		const { status, refusal } = letters(phone, "become_host").pop() || {};
		const why = {
			waiting: t("We melden je aan als tafelgastheer …"),
			received: store.get(known) && t("De begeleider heeft je taak als tafelgastheer teruggenomen."),
			refused: /^host/.test(refusal?.code) ? refusal.message : t("De link voor de tafelgastheer werkt niet. Vraag de begeleider om een nieuwe."),
		};
		return [why[status], why[status] && status !== "waiting" && t("Je kunt gewoon meeschrijven.")].filter(Boolean).join(" ");
	}

	// who writes for others goes on with the next note
	document.addEventListener("keydown", (event) => {
		const { target, key, shiftKey, isComposing } = event;
		if (target.id !== "note" || key !== "Enter" || shiftKey || isComposing || !element.isConnected || !replica.hosts) return;
		event.preventDefault();
		target.form.requestSubmit();
	});

	return { element, update };
}

/** Points for the next group at this table. */
function handOver(phone) {
	const { replica, store, outbox, identity } = phone;
	const element = h("div");

	/** The round that goes on, or the last one before what goes on. */
	function round() {
		const order = replica.step?.order ?? -1;
		return replica.steps.filter((step) => step.activity === "round" && step.order <= order).pop();
	}

	function update() {
		const now = round();
		const { table } = replica.you;
		const key = `hand-over:${table}:${now?.id}`;
		const letter = letters(phone, "write_hand_over").filter(({ shown }) => shown.key === key).pop();
		const there = replica.all("hand_over").find((one) => one.table === table && one.round === now?.id);
		remake(element, [key, there?.points, letter?.key, letter?.status], () => now && writing(now, { key, table }, there, letter));
	}

	function writing({ id: step }, { key, table }, there, letter) {
		const sent = letter?.status === "received" ? there : letter?.command;
		const points = store.get(key)?.points || (sent || there)?.points || [];
		const boxes = POINTS.map((place) => {
			const name = t("Punt {number}", { number: place + 1 });
			return h("textarea", { rows: 2, maxlength: LONGEST, "aria-label": name, placeholder: name, value: points[place] || "", input });
		});
		const texts = () => boxes.map((box) => box.value);
		const wrong = h("p.wrong", { role: "alert" }, letter?.refusal?.message);
		const go = async () => {
			const said = texts().filter((text) => text.trim());
			say(wrong, said.length ? "" : t("Schrijf eerst een punt op."));
			if (!said.length) return boxes[0].focus();
			const command = { command: "write_hand_over", id: uuid(), hand_over: uuid(), table, step, points: said };
			await outbox.post(identity.meeting, command, { key }, { key, points: null });
			announce(t("De overdracht staat klaar voor de volgende groep."));
		};
		function input() {
			store.type({ key, points: texts() });
		}
		return form(
			"",
			go,
			h("h3", t("Voor de volgende groep, in drie punten")),
			h("p.muted", replica.stepName(step)),
			boxes,
			wrong,
			h("p.foot", h("button.second", t("Bewaar")), letter && statusMark(letter.status)),
		);
	}

	return { element, update };
}
