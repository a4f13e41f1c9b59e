// Writing a note. What is typed is kept at once, with the round and table it was begun at.

import { form, h, paint, remake, say } from "./dom.js";
import { tableName } from "./replica.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const NEAR = 20; // characters left from which they are told aloud

/** The text as it is sent; half a character, which nothing can keep, is shown as such. */
export const tidy = (text) =>
	text.replace(/\p{Surrogate}/gu, "\uFFFD").replace(/\r\n?/g, "\n").replace(/[^\S\n]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();

/** The number of characters in a box, told under it. Negative: more than may be. */
export function count(box, line, most) {
	const length = [...tidy(box.value)].length;
	const over = length > most;
	say(line, over ? t("Tekens te veel: {number}", { number: length - most }) : `${length} / ${most}`);
	line.classList.toggle("over", over);
	line.setAttribute("aria-live", length > most - NEAR ? "polite" : "off");
	return over ? -length : length;
}

export function composer(phone) {
	const { store, outbox, replica } = phone;
	const { meeting } = phone.identity;

	/** A fresh sheet. Its ids are made once: sending twice is writing once. */
	const sheet = () => ({
		key: `draft:${meeting}`,
		id: uuid(),
		note: uuid(),
		secret: uuid() + uuid(),
		text: "",
		theme: null,
		place: null, // what was on the screen when writing began
	});

	const kept = store.get(`draft:${meeting}`);
	// what was sent just before a reload is no draft any more
	let draft = kept && !store.fresh(`letter:${kept.id}`) ? kept : sheet();
	let busy = false;
	let colour;
	let unsafe = ""; // the letter that no store took, so that its text stays in the box

	const label = h("label", { for: "note" });
	const box = h("textarea", { id: "note", rows: 4, "aria-describedby": "count said", value: draft.text, input: typed });
	const line = h("p.count", { id: "count" });
	const choice = h("div");
	const context = h("p.context");
	const said = h("p.mark", { id: "said", role: "status" });
	const go = h("button.primary");
	const paper = h("div.note", label, box, line);
	const element = form(".composer", send, choice, paper, context, go, said);
	const written = () => Boolean(draft.text.trim());

	/** Where a note stands that is begun now. */
	function here() {
		const { step } = replica.clock;
		return { table: replica.you.table, step, at: tableName(replica.table), round: replica.stepName(step) };
	}

	function typed() {
		if (!written()) draft.place = here();
		draft.text = box.value;
		tell("");
		keep();
	}

	function keep() {
		store.type(draft);
		update();
	}

	function update() {
		const { closed, held, hosts, openTheme: open, theme } = replica;
		const many = phone.identity.people > 1;
		count(box, line, replica.meeting.note_length);
		box.readOnly = busy || Boolean(held);
		go.setAttribute("aria-disabled", Boolean(held));
		if (!held && said.dataset.mark === "held") tell("");
		const asked = hosts ? t("Notitie van iemand aan je tafel") : many ? t("Schrijf samen een notitie") : t("Schrijf een notitie");
		say(label, closed ? t("Nog niet verstuurd") : asked);
		say(go, closed ? t("Alsnog versturen") : t("Versturen"));
		colour = (open && draft.theme === open.id ? open : theme)?.colour;
		paint(paper, colour);
		remake(choice, open && [open, theme, draft.theme], () => open && choices(open));
		if (!replica.table && draft.place) store.type(Object.assign(draft, { place: null })); // taken away: it goes to the next
		// the round may go on while this is written: it stays where it was begun
		const place = (written() && !closed && draft.place) || "";
		const now = here();
		const moved = place && (place.step !== now.step || place.table !== now.table);
		const where = [place.at, place.round].filter(Boolean).join(", ");
		say(context, moved ? t("Deze notitie hoort bij {where}.", { where }) : "");
	}

	function choices(open) {
		const own = replica.theme || { title: tableName(replica.table) || t("Je tafel") };
		const one = (theme, { title, colour }) => {
			const change = () => {
				draft.theme = theme;
				keep();
				choice.querySelector(":checked").focus();
			};
			const radio = h("input", { type: "radio", name: "theme", checked: draft.theme === theme, change });
			return h("label.choice", { paper: colour }, radio, h("span", title));
		};
		return h("fieldset.choices", h("legend", t("Waar hoort je notitie bij?")), one(null, own), one(open.id, open));
	}

	async function send() {
		if (busy) return;
		if (replica.held) return tell(replica.held, "held");
		const length = count(box, line, replica.meeting.note_length);
		if (length <= 0) {
			const long = t("Dit is te lang voor één notitie. Maak het korter, of maak er twee van.");
			tell(length ? long : t("Schrijf eerst iets op."), "refused");
			return box.focus();
		}
		// another tab of this phone may have sent this very sheet
		if (unsafe !== draft.id && store.fresh(`letter:${draft.id}`)) draft.id = draft.note = uuid();
		const { id, note, theme, secret: key, place } = draft;
		const { table, step, at } = place || here();
		const command = { command: "write_note", id, note, text: tidy(box.value), table, step, theme, key };
		busy = box.readOnly = true;
		tell(t("Op dit toestel. We versturen het …"), "waiting");
		const blank = sheet();
		if (await outbox.post(meeting, command, { at, colour }, blank)) clear(blank);
		else {
			unsafe = id;
			tell(t("Dit toestel kan niets bewaren. Je tekst blijft hier staan tot de laptop hem heeft; sluit deze pagina niet."), "refused");
		}
		busy = false;
		update();
		if (replica.hosts) box.focus(); // the next one
		answered(store.get(`letter:${id}`));
	}

	function clear(blank) {
		draft = blank;
		box.value = unsafe = "";
		update();
	}

	function answered({ meeting: of, status, command: { id, command } }) {
		if (command !== "write_note" || of !== meeting) return;
		if (status === "received") {
			if (unsafe === id && !busy) clear(sheet());
			tell(t("Ontvangen. Dank je wel!"), "received");
		} else if (status === "refused") {
			tell(t("Je notitie kon niet worden geplaatst. Het staat hieronder."), "refused");
		}
	}

	function tell(text, mark = "") {
		said.dataset.mark = mark;
		say(said, text);
	}

	return { element, update, answered, written };
}
