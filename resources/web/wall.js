// What this table wrote: by round, the newest first. Own notes may be changed until the end.

import { count, tidy } from "./composer.js";
import { button, form, h, icon, remake, say } from "./dom.js";
import { ownNotes } from "./outbox.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const FIRST = 60; // cards that are drawn before one asks for more
const MORE = 200;
const ON_TOP = 1e9; // what is still under way stands above what is there

/** How far something is: on this device, received, or refused. */
export function statusMark(status) {
	const [mark, word] = {
		waiting: ["wait", t("op dit toestel")],
		received: ["check", t("ontvangen")],
		refused: ["alert", t("niet geplaatst")],
	}[status];
	return h("span.status", { "data-status": status }, icon(mark), word);
}

export class Wall {
	cards = new Map();
	groups = new Map();
	most = FIRST;
	heading = h("h2");
	empty = h("p.muted");
	body = h("div");

	constructor(phone) {
		this.phone = phone;
		this.more = button("quiet", "", () => {
			this.most += MORE;
			this.update();
		});
		this.element = h("section.wall", this.heading, this.empty, this.body, this.more);
	}

	update() {
		const { replica } = this.phone;
		const items = this.items();
		const shown = items.slice(0, this.most);
		say(this.heading, replica.meeting.show_earlier ? t("Briefjes") : t("Jouw briefjes"));
		say(this.empty, t("Nog niets. Jij kunt de eerste zijn."));
		say(this.more, t("Toon er meer ({number})", { number: items.length - shown.length }));
		this.element.hidden = !items.length && replica.activity !== "round";
		this.empty.hidden = items.length > 0;
		this.more.hidden = shown.length === items.length;
		this.lay(shown);
	}

	/** The notes of this table and the own ones, in the order in which they are read. */
	items() {
		const { replica, outbox, identity } = this.phone;
		const own = ownNotes(outbox.letters(identity.meeting));
		const items = replica.all("note").map((note) => this.item(note, own.get(note.id)));
		own.forEach((note, id) => replica.find("note", id) || items.push(this.unseen(note)));
		const rounds = replica.steps.map((step) => step.id);
		const rank = (item) => (item.elsewhere ? -2 : rounds.indexOf(item.round));
		return items.sort((one, other) => rank(other) - rank(one) || other.newness - one.newness);
	}

	item({ id, text, round, theme, late, place }, own) {
		const { replica } = this.phone;
		const about = replica.find("theme", theme);
		return {
			id,
			text: own?.changed ? own.text : text,
			round,
			about: about === replica.theme ? "" : about?.title,
			colour: about?.colour || "yellow",
			late,
			own,
			newness: place + (own && own.status !== "received" ? ON_TOP : 0),
		};
	}

	/** An own note that the engine does not show here: under way, refused, hidden, or of another table. */
	unseen(own) {
		const { replica } = this.phone;
		const { note: id, text, table, step, theme, status, shown, written } = own;
		const received = status === "received";
		return {
			id,
			text,
			round: replica.find("step", step)?.activity === "round" ? step : null,
			about: replica.find("theme", theme)?.title,
			colour: shown.colour,
			own,
			elsewhere: received && table !== replica.you.table && shown.table,
			newness: written.number + (received ? 0 : ON_TOP),
		};
	}

	lay(items) {
		const groups = new Map();
		const cards = new Map();
		for (const item of items) {
			const name = item.elsewhere
				? t("Geschreven aan {table}", { table: item.elsewhere })
				: this.phone.replica.stepName(item.round) || t("Tussendoor");
			const card = this.cards.get(item.id) || new Card(this.phone, item.id);
			card.update(item);
			cards.set(item.id, card);
			groups.set(name, [...(groups.get(name) || []), card.element]);
		}
		this.cards = cards;
		arrange(this.body, [...groups].map(([name, members]) => this.group(name, members)));
	}

	group(name, members) {
		if (!this.groups.has(name)) this.groups.set(name, h("section", h("h3", name), h("ul.notes")));
		const section = this.groups.get(name);
		arrange(section.lastChild, members);
		return section;
	}
}

/** Put children in this order, touching only those that stand elsewhere. */
function arrange(parent, children) {
	const wanted = new Set(children);
	[...parent.children].forEach((child) => wanted.has(child) || child.remove());
	children.forEach((child, place) => {
		if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] || null);
	});
}

/** One note. */
class Card {
	element = h("li.note");

	constructor(phone, id) {
		this.phone = phone;
		this.draft = `edit:${id}`;
		this.editing = Boolean(phone.store.get(this.draft)?.text);
	}

	update(item) {
		this.item = item;
		const { own, text, about, colour, late } = item;
		const { closed } = this.phone.replica;
		const refused = own?.status === "refused";
		if (closed && !refused) this.editing = false;
		this.element.dataset.colour = colour;
		this.element.dataset.status = own?.status || "";
		const shown = this.editing || [text, about, late, own?.status, own?.refusal, closed];
		remake(this.element, shown, () => {
			if (this.editing) return this.editor();
			const change = own && (!closed || refused) && button("link", refused ? t("Pas aan") : t("Wijzig"), () => this.edit());
			return [
				h("p.text", text),
				about && h("p.about", about),
				refused && h("p.reason", reason(own.refusal)),
				(own || late) && h("p.foot", own && statusMark(own.status), late && h("span", t("na de ronde")), change),
			];
		});
	}

	edit() {
		this.editing = true;
		this.update(this.item);
		this.element.querySelector("textarea").focus();
	}

	editor() {
		const { store, replica } = this.phone;
		const line = h("p.count");
		const tell = () => count(box, line, replica.meeting.note_length);
		const input = () => {
			store.type({ key: this.draft, text: box.value });
			tell();
		};
		const value = store.get(this.draft)?.text || this.item.text;
		const box = h("textarea", { rows: 4, "aria-label": t("Je briefje"), value, input });
		const leave = () => {
			store.put({ key: this.draft, text: "" });
			this.close();
		};
		const foot = h("p.foot", h("button.small", t("Bewaar")), button("link", t("Laat het zo"), leave));
		tell();
		return form("", () => (tell() > 0 ? this.save(tidy(box.value)) : box.focus()), box, line, foot);
	}

	/** Send the note once more where it was refused, and else its new words. */
	async save(text) {
		const { outbox, identity, replica } = this.phone;
		const { own } = this.item;
		const again = own.written.status === "refused";
		const { note, key } = own;
		const command = { command: "edit_note", id: uuid(), note, text, key };
		if (again) {
			Object.assign(command, own.written.command, { id: command.id, note: uuid(), text });
			const fits = own.refusal.code === "note.length"; // or else its place may be there no more
			if (!fits) Object.assign(command, { table: replica.you.table, step: replica.clock.step });
		}
		await outbox.post(identity.meeting, command, own.shown, { key: this.draft, text: "" });
		if (own.status === "refused") await outbox.drop(again ? own.written : own.last);
		this.close();
	}

	close() {
		this.editing = false;
		this.update(this.item);
		this.element.querySelector("button")?.focus();
		this.phone.renewed();
	}
}

const reason = ({ code, values, message }) =>
	code === "note.length"
		? t("Het is te lang: er passen {maximum} tekens op een briefje.", values)
		: message || t("De laptop nam het niet aan.");
