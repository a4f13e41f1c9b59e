// Check-in: a word and a grade from 1 to 10, sent as one.

import { button, form, h, remake, say } from "./dom.js";
import { statusMark } from "./wall.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const WORD = 60; // characters; as in facilitator/meeting/checkin.py

export class CheckIn {
	element = h("section.card.check-in");

	constructor(phone) {
		this.phone = phone;
		const key = `check-in:${phone.identity.meeting}`;
		this.draft = phone.store.get(key) || { key, id: uuid(), word: "", grade: null, sent: false };
	}

	update() {
		const { outbox, identity } = this.phone;
		const mine = ({ command }) => command.check_in === this.draft.id;
		const letter = this.draft.sent && outbox.letters(identity.meeting).filter(mine).pop();
		remake(this.element, letter && [letter.status, letter.key], () => (letter ? this.sent(letter) : this.form()));
	}

	form() {
		const { draft } = this;
		const keep = (change) => this.phone.store.type(Object.assign(draft, change));
		const field = { id: "word", maxlength: WORD, autocomplete: "off", value: draft.word };
		const word = h("input", field, { input: () => keep({ word: word.value }) });
		const grades = Array.from({ length: 10 }, (_, place) => {
			const grade = place + 1;
			const change = () => keep({ grade });
			const radio = { type: "radio", name: "grade", checked: draft.grade === grade, change };
			return h("label.grade", h("input", radio), h("span", String(grade)));
		});
		const wrong = h("p.wrong", { role: "alert" });
		const go = () => {
			if (draft.word.trim() || draft.grade) this.send();
			else say(wrong, t("Geef een woord, een cijfer, of allebei."));
		};
		return [
			h("h1", t("Hoe zit je erbij?")),
			form(
				"",
				go,
				h("label", { for: "word" }, t("In één woord")),
				word,
				h("fieldset.grades", h("legend", t("Als cijfer, van 1 tot 10")), h("div", grades)),
				wrong,
				h("button.primary", t("Versturen")),
			),
		];
	}

	async send() {
		const { draft, phone } = this;
		const { id, word, grade } = Object.assign(draft, { sent: true });
		const command = { command: "send_check_in", id: uuid(), check_in: id, word: word.trim(), grade };
		await phone.outbox.post(phone.identity.meeting, command, {}, draft);
	}

	sent({ status, refusal, command: { word, grade } }) {
		const again = () => {
			this.draft.sent = false;
			this.phone.store.type(this.draft);
			this.update();
			this.element.querySelector("input").focus();
		};
		return [
			h("h1", t("Dank je wel")),
			h("p.given", word && h("span", word), grade && h("span.number", String(grade))),
			refusal && h("p.wrong", refusal.message || t("De laptop nam het niet aan.")),
			h("p.foot", { role: "status" }, statusMark(status), button("link", t("Wijzig"), again)),
		];
	}
}
