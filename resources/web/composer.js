// Writing a note. What is typed is kept as it is typed, with the round and table it was begun at.

import { button, form, h, icon, remake, say } from "./dom.js";
import { tableName } from "./replica.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const NEAR = 20; // characters left from which they are told aloud
const MARKS = { ok: "check", wait: "wait", wrong: "alert" };

/** The text as the engine will keep it. */
export const tidy = (text) =>
	text.replace(/\r\n?/g, "\n").replace(/[^\S\n]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();

/** The number of characters in a box, of those that may be, told under it. Negative: too long. */
export function count(box, line, most) {
	const length = [...tidy(box.value)].length;
	say(line, length > most ? t("{number} tekens te veel", { number: length - most }) : `${length} / ${most}`);
	line.classList.toggle("over", length > most);
	return length > most ? -length : length;
}

/** A fresh sheet. Its ids are made once, so that sending twice is writing once. */
const sheet = (meeting) => ({
	key: `draft:${meeting}`,
	id: uuid(),
	note: uuid(),
	secret: uuid() + uuid(),
	text: "",
	theme: null,
	place: null, // table and step that were on the screen when writing began
});

const placeName = ({ tableName: table, stepName }) => [table, stepName].filter(Boolean).join(", ");

export class Composer {
	busy = false;
	unsafe = ""; // the letter whose text stays in the box, since no store took it

	constructor(phone) {
		this.phone = phone;
		this.meeting = phone.identity.meeting;
		const kept = phone.store.get(`draft:${this.meeting}`);
		// what was sent just before a reload is no draft any more
		this.draft = kept && !phone.store.fresh(`letter:${kept.id}`) ? kept : sheet(this.meeting);
		this.label = h("label", { for: "note" });
		const described = { id: "note", rows: 4, "aria-describedby": "count said" };
		this.box = h("textarea", described, { value: this.draft.text, input: () => this.typed() });
		this.count = h("p.count", { id: "count" });
		this.aloud = h("p.unseen", { role: "status" });
		this.choice = h("div");
		this.context = h("p.context");
		this.said = h("p.said", { id: "said", role: "status" });
		this.button = h("button.primary");
		this.sheet = h("div.sheet.note", this.label, this.box, this.count);
		const parts = [this.choice, this.sheet, this.aloud, this.context, this.button, this.said];
		this.element = form(".composer", () => this.send(), parts);
	}

	get written() {
		return Boolean(this.draft.text.trim());
	}

	/** Where a note stands that is begun now. */
	here() {
		const { replica } = this.phone;
		const { step } = replica.clock;
		return { table: replica.you.table, step, tableName: tableName(replica.table), stepName: replica.stepName(step) };
	}

	typed() {
		const began = !this.written;
		this.draft.text = this.box.value;
		if (began) this.draft.place = this.here();
		this.tell("");
		this.keep();
	}

	keep() {
		this.phone.store.type(this.draft);
		this.update();
	}

	update() {
		const { replica } = this.phone;
		const { closed, openTheme: open, theme } = replica;
		const round = replica.activity === "round";
		const label = round ? t("Schrijf een briefje") : t("Wil je iets opschrijven?");
		say(this.label, closed ? t("Nog niet verstuurd") : label);
		say(this.button, closed ? t("Alsnog versturen") : t("Versturen"));
		const most = replica.meeting.note_length;
		const length = Math.abs(count(this.box, this.count, most));
		say(this.aloud, length > most - NEAR ? t("{length} van {most} tekens", { length, most }) : "");
		const chosen = open && this.draft.theme === open.id ? open : theme;
		this.sheet.dataset.colour = chosen?.colour || "yellow";
		remake(this.choice, open && [open, theme, this.draft.theme], () => open && this.choices(open));
		const place = this.written && !closed && this.draft.place;
		const here = this.here();
		const moved = place && (place.step !== here.step || place.table !== here.table);
		this.context.hidden = !moved;
		remake(this.context, moved && [place, here], () => moved && this.elsewhere(place, here));
	}

	/** "Voor": the table's theme, or the open one. */
	choices(open) {
		const { theme, table } = this.phone.replica;
		const one = (value, { title, colour }) => {
			const change = () => {
				this.draft.theme = value;
				this.keep();
				this.choice.querySelector(":checked").focus();
			};
			const radio = { type: "radio", name: "theme", checked: this.draft.theme === value, change };
			return h("label.choice", { "data-colour": colour }, h("input", radio), h("span", title));
		};
		const own = theme || { title: tableName(table), colour: "yellow" };
		return h("fieldset.choices", h("legend", t("Voor")), one(null, own), one(open.id, open));
	}

	/** The round went on while this was being written: it stays where it was begun. */
	elsewhere(place, here) {
		const move = () => {
			this.draft.place = here;
			this.keep();
			this.box.focus();
		};
		return [
			t("Dit briefje hoort bij {where}.", { where: placeName(place) }),
			button("link", t("Zet het bij {where}", { where: placeName(here) }), move),
		];
	}

	async send() {
		if (this.busy) return;
		const length = count(this.box, this.count, this.phone.replica.meeting.note_length);
		if (length <= 0) {
			const long = t("Dit is te lang voor één briefje. Maak het korter, of maak er twee van.");
			this.tell(length ? long : t("Schrijf eerst iets op."), "wrong");
			return this.box.focus();
		}
		const { store, outbox } = this.phone;
		if (this.unsafe !== this.draft.id && store.fresh(`letter:${this.draft.id}`)) {
			// another tab of this phone sent this very sheet
			Object.assign(this.draft, { id: uuid(), note: uuid() });
		}
		const { id, note, theme, secret: key, place } = this.draft;
		const { table, step, ...names } = place || this.here();
		const command = { command: "write_note", id, note, text: tidy(this.box.value), table, step, theme, key };
		const shown = { table: names.tableName, colour: this.sheet.dataset.colour };
		this.busy = this.box.readOnly = true;
		this.tell(t("Op dit toestel. We versturen het …"), "wait");
		const blank = sheet(this.meeting);
		if (await outbox.post(this.meeting, command, shown, blank)) this.clear(blank);
		else {
			this.unsafe = id;
			this.tell(t("Dit toestel kan niets bewaren. Je tekst blijft hier staan tot de laptop hem heeft; sluit deze pagina niet."), "wrong");
		}
		this.busy = this.box.readOnly = false;
		this.answered(store.get(`letter:${id}`));
	}

	clear(blank = sheet(this.meeting)) {
		this.draft = blank;
		this.box.value = this.unsafe = "";
		this.update();
	}

	/** What became of a letter. */
	answered({ meeting, status, command: { id, command } }) {
		if (command !== "write_note" || meeting !== this.meeting) return;
		if (status === "received") {
			if (this.unsafe === id && !this.busy) this.clear();
			this.tell(t("Ontvangen. Dank je wel!"), "ok");
		} else if (status === "refused") {
			this.tell(t("Je briefje kon niet worden geplaatst. Het staat hieronder."), "wrong");
		}
	}

	tell(text, kind = "") {
		this.said.dataset.kind = kind;
		remake(this.said, text, () => text && [icon(MARKS[kind]), h("span", text)]);
	}
}
