// What the host leaves for the next group at the table: the hand-over, in three points.

import { announce, form, h, remake, say } from "./dom.js";
import { letters } from "./host.js";
import { uuid } from "./store.js";
import { statusMark } from "./wall.js";
import { t } from "./words.js";

const POINTS = [0, 1, 2]; // as in facilitator/meeting/hand_over.py
const LONGEST = 200; // characters of one

export function tool(phone) {
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
		const wrong = h("p.wrong", { role: "alert" }, letter?.refusal?.message);
		const go = async () => {
			const said = boxes.map(({ value }) => value).filter((text) => text.trim());
			say(wrong, said.length ? "" : t("Schrijf eerst een punt op."));
			if (!said.length) return boxes[0].focus();
			const command = { command: "write_hand_over", id: uuid(), hand_over: uuid(), table, step, points: said };
			await outbox.post(identity.meeting, command, { key }, { key, points: null });
			announce(t("De overdracht staat klaar voor de volgende groep."));
		};
		function input() {
			store.type({ key, points: boxes.map(({ value }) => value) });
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
