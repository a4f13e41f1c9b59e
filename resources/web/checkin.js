// Check-in: a word and a grade from 1 to 10, sent as one.

import { tidy } from "./composer.js";
import { button, form, h, remake, say } from "./dom.js";
import { uuid } from "./store.js";
import { statusMark } from "./wall.js";
import { t } from "./words.js";

const WORD = 60; // characters; as in facilitator/meeting/checkin.py

export function checkIn({ store, outbox, replica, identity: { meeting, people } }) {
	const element = h("section.card.check-in");
	const key = `check-in:${meeting}`;
	const draft = store.get(key) || { key, id: uuid(), word: "", grade: null, sent: false };
	const keep = (change) => store.type(Object.assign(draft, change));

	function update() {
		const mine = ({ command }) => command.check_in === draft.id;
		const letter = draft.sent && outbox.letters(meeting).filter(mine).pop();
		remake(element, letter ? [letter.status, letter.key] : replica.held, () => (letter ? sent(letter) : asking()));
	}

	function asking() {
		const field = { id: "word", maxlength: WORD, autocomplete: "off", value: draft.word };
		const word = h("input", field, { input: () => keep({ word: word.value }) });
		const grades = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((grade) => {
			const change = () => keep({ grade });
			const radio = h("input", { type: "radio", name: "grade", checked: draft.grade === grade, change });
			return h("label.grade", radio, h("span", `${grade}`));
		});
		const wrong = h("p.wrong", { role: "alert" });
		const go = () => {
			const { id, grade } = draft;
			if (replica.held) return say(wrong, replica.held);
			if (!draft.word.trim() && !grade) return say(wrong, t("Geef een woord, een cijfer, of allebei."));
			const command = { command: "send_check_in", id: uuid(), check_in: id, word: tidy(draft.word), grade };
			draft.sent = true;
			return outbox.post(meeting, command, {}, draft);
		};
		return [
			h("h1", t("Hoe zit je erbij?")),
			people > 1 && h("p.muted", t("Om de beurt: iedereen aan dit toestel een eigen woord en cijfer.")),
			form(
				"",
				go,
				h("label", { for: "word" }, t("In één woord")),
				word,
				h("fieldset.grades", h("legend", t("Als cijfer, van 1 tot 10")), h("div", grades)),
				wrong,
				h("button.primary", { "aria-disabled": `${Boolean(replica.held)}` }, t("Versturen")),
			),
		];
	}

	function sent({ status, refusal, command: { word, grade } }) {
		const again = (change) => {
			keep({ ...change, sent: false });
			update();
			element.querySelector("input").focus();
		};
		const next = () => again({ id: uuid(), word: "", grade: null });
		return [
			h("h1", t("Dank je wel")),
			h("h2", [word, grade].filter(Boolean).join(" · ")),
			refusal && h("p.wrong", refusal.message),
			h("p.foot", { role: "status" }, statusMark(status), button("link", t("Wijzig"), () => again())),
			people > 1 && button("second", t("Nog iemand"), next),
		];
	}

	return { element, update };
}
