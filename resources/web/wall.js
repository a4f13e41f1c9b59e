// What this table wrote: by round, the newest first. Own notes may be changed until the end.

import { count, tidy } from "./composer.js";
import { button, form, h, paint, remake, say } from "./dom.js";
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
		say(heading, replica.meeting.show_earlier ? t("Notities") : t("Jouw notities"));
		say(empty, t("Nog niets. Jij kunt de eerste zijn."));
		element.hidden = !items.length && replica.activity !== "round";
		empty.hidden = items.length > 0;
		lay(items);
	}

	function all() {
		const own = ownNotes(outbox.letters(identity.meeting));
		const items = replica.all("note").map((note) => there(note, own.get(note.id)));
		own.forEach((note, id) => replica.find("note", id) || items.push(unseen(note)));
		const rounds = replica.steps.map((step) => step.id);
		const rank = (item) => (item.elsewhere ? -2 : rounds.indexOf(item.round));
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
			const name = item.elsewhere
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
function arrange(parent, children) {
	const wanted = new Set(children);
	[...parent.children].forEach((child) => wanted.has(child) || child.remove());
	children.forEach((child, place) => {
		if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] || null);
	});
}

function card({ store, outbox, replica, identity }, id) {
	const element = h("li.note");
	const draft = `edit:${id}`;
	let editing = Boolean(store.get(draft)?.text);
	let item;

	function update(now = item) {
		item = now;
		const { own, text, about, late } = item;
		const { closed } = replica;
		const refused = own?.status === "refused";
		if (closed && !refused) editing = false;
		paint(element, item.colour);
		element.dataset.status = own?.status || "";
		remake(element, editing || [text, about, late, own?.status, own?.refusal, closed], () => {
			if (editing) return editor();
			const change = own && (!closed || refused) && button("link", refused ? t("Pas aan") : t("Wijzig"), edit);
			return [
				h("p.text", text),
				about && h("p.about", about),
				refused && h("p.about", own.refusal.message),
				(own || late) && h("p.foot", own && statusMark(own.status), late && h("span", t("na de ronde")), change),
			];
		});
	}

	function edit() {
		editing = true;
		update();
		element.querySelector("textarea").focus();
	}

	function close() {
		editing = false;
		update();
		element.querySelector("button")?.focus();
	}

	function editor() {
		const line = h("p.count");
		const tell = () => count(box, line, replica.meeting.note_length);
		const input = () => {
			store.type({ key: draft, text: box.value });
			tell();
		};
		const value = store.get(draft)?.text || item.text;
		const box = h("textarea", { rows: 4, "aria-label": t("Je notitie"), value, input });
		const leave = () => {
			store.put({ key: draft, text: "" });
			close();
		};
		const foot = h("p.foot", h("button.small", t("Bewaar")), button("link", t("Laat het zo"), leave));
		tell();
		return form("", () => (tell() > 0 ? save(tidy(box.value)) : box.focus()), box, line, foot);
	}

	/** Send the note once more where it was refused, and else its new words. */
	async function save(text) {
		const { note, key, written, last, status, refusal, shown } = item.own;
		const again = written.status === "refused";
		let command = { command: "edit_note", id: uuid(), note, text, key };
		if (again) {
			command = { ...written.command, id: uuid(), note: uuid(), text };
			const fits = refusal.code === "note.length"; // or else its place may be there no more
			if (!fits) Object.assign(command, { table: replica.you.table, step: replica.clock.step });
		}
		await outbox.post(identity.meeting, command, shown, { key: draft, text: "" });
		if (status === "refused") await outbox.drop(again ? written : last);
		close();
	}

	return { element, update };
}
