// What this table wrote: by round, the newest first. Own notes may be changed until the end.

import { announce, button, h, paint, remake, say } from "./dom.js";
import { ownNotes } from "./outbox.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const ON_TOP = 1e9; // what is still under way stands above what is there

export function statusMark(status) {
	const words = { waiting: t("op dit toestel"), received: t("ontvangen"), refused: t("niet geplaatst") };
	return h("span.mark", { "data-mark": status }, words[status]);
}

export function wall(phone) {
	const { replica, outbox, identity } = phone;
	const heading = h("h2");
	const empty = h("p.muted");
	const body = h("div");
	const element = h("section.wall", heading, empty, body);
	const groups = new Map();
	let cards = new Map();

	function update() {
		const items = all();
		const own = identity.people > 1 ? t("Jullie notities") : t("Jouw notities");
		say(heading, replica.meeting.show_earlier ? t("Notities") : own);
		say(empty, t("Nog niets. Jij kunt de eerste zijn."));
		element.hidden = !items.length && (replica.activity !== "round" || replica.meeting.voting);
		empty.hidden = items.length > 0;
		lay(items);
	}

	function all() {
		const own = ownNotes(outbox.letters(identity.meeting));
		const items = replica.all("note").map((note) => there(note, own.get(note.id)));
		own.forEach((note, id) => replica.find("note", id) || items.push(unseen(note)));
		if (replica.hosts) phone.part("host")?.hide(phone, items);
		const rounds = replica.steps.map((step) => step.id);
		const rank = (item) => (item.hidden ? -3 : item.elsewhere ? -2 : rounds.indexOf(item.round));
		return items.sort((one, other) => rank(other) - rank(one) || other.newness - one.newness);
	}

	function there(note, own) {
		const theme = replica.find("theme", note.theme);
		return {
			...note,
			own,
			text: own?.changed ? own.text : note.text,
			about: theme !== replica.theme && theme?.title,
			colour: theme?.colour,
			newness: note.place + (own && own.status !== "received" ? ON_TOP : 0),
		};
	}

	/** An own note that is not here: under way, refused, hidden, or of another table. */
	function unseen(own) {
		const { note: id, text, table, step, theme, status, shown, written } = own;
		const received = status === "received";
		return {
			id,
			own,
			text,
			round: replica.find("step", step)?.activity === "round" ? step : null,
			about: replica.find("theme", theme)?.title,
			colour: shown.colour,
			elsewhere: received && table !== replica.you.table && shown.at,
			newness: written.number + (received ? 0 : ON_TOP),
		};
	}

	function lay(items) {
		const wanted = new Map();
		const before = cards;
		cards = new Map();
		for (const item of items) {
			const name = item.hidden
				? t("Verborgen")
				: item.elsewhere
					? t("Geschreven aan {table}", { table: item.elsewhere })
					: replica.stepName(item.round) || t("Tussendoor");
			const one = before.get(item.id) || card(phone, item.id);
			one.update(item);
			cards.set(item.id, one);
			wanted.set(name, [...(wanted.get(name) || []), one.element]);
		}
		arrange(body, [...wanted].map(([name, members]) => group(name, members)));
	}

	function group(name, members) {
		if (!groups.has(name)) groups.set(name, h("section", h("h3", name), h("ul.notes")));
		arrange(groups.get(name).lastChild, members);
		return groups.get(name);
	}

	return { element, update };
}

/** Put children in this order, touching only what stands elsewhere. */
export function arrange(parent, children) {
	const wanted = new Set(children);
	[...parent.children].forEach((child) => wanted.has(child) || child.remove());
	children.forEach((child, place) => {
		if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] || null);
	});
}

function card(phone, id) {
	const { store, outbox, replica, identity } = phone;
	const element = h("li.note");
	let editing = Boolean(store.get(`edit:${id}`)?.text);
	let item;

	function update(now = item) {
		item = now;
		const { own, text, about, late, hidden, trouble } = item;
		const { closed, held, hosts } = replica;
		const refused = own?.status === "refused";
		if (closed && !refused) editing = false;
		const { editor } = (editing && phone.part("editing")) || {};
		paint(element, item.colour);
		element.dataset.status = hidden || own?.status || "";
		const shown = [text, about, late, own?.status, own?.refusal, closed, held, hosts, hidden, trouble];
		remake(element, editor ? Boolean(held) : shown, () => {
			if (editor) return editor(phone, item, close);
			const change = own && !held && !hidden && (!closed || refused);
			const hide = hosts && !closed && own?.status !== "waiting" && !refused;
			const foot = [
				(hidden || own) && statusMark(hidden || own.status),
				late && h("span", t("na de ronde")),
				change && button("link", refused ? t("Pas aan") : t("Wijzig"), edit),
				hide && button("link", hidden ? t("Toon weer") : t("Verberg"), take),
			].filter(Boolean);
			return [
				h("p.text", text),
				about && h("p.about", about),
				(refused || trouble) && h("p.about", trouble && { role: "alert" }, trouble || own.refusal.message),
				foot.length > 0 && h("p.foot", foot),
			];
		});
	}

	function edit() {
		editing = true;
		update();
		element.querySelector("textarea")?.focus();
	}

	function close() {
		editing = false;
		update();
		element.querySelector("button")?.focus();
	}

	/** The host takes a note out of sight, or brings it back. */
	async function take() {
		const { text, colour, hidden } = item;
		const command = { command: "hide_notes", id: uuid(), notes: [id], hidden: !hidden };
		announce(hidden ? t("De notitie is weer te zien.") : t("De notitie is verborgen."));
		await outbox.post(identity.meeting, command, { text, colour });
		setTimeout(() => element.querySelector("button:last-child")?.focus());
	}

	return { element, update };
}
