// At the table: the clock, the question, the box, and what the table wrote.

import { clockStrip } from "./clock.js";
import { composer } from "./composer.js";
import { announce, button, h, remake } from "./dom.js";
import { tableName } from "./replica.js";
import { wall } from "./wall.js";
import { t } from "./words.js";

export function cafe(phone) {
	const { replica, identity } = phone;
	const clock = clockStrip(phone);
	const seat = h("div.seat");
	const stage = h("div.stage");
	const writing = composer(phone);
	const checking = h("div", { hidden: "" });
	let checkIn; // its part of the page comes later
	const notes = wall(phone);
	const element = h("div", clock.element, seat, stage, checking, writing.element, notes.element);
	const elsewhere = () => phone.askCode();
	let before;

	function update() {
		const { closed, activity, clock: at } = replica;
		const known = Boolean(replica.meeting);
		const checks = activity === "check_in" && !closed;
		const [heading = "", ...lines] = checks ? [] : stageOf(phone);
		clock.update();
		if (checks) checkIn ??= phone.part("checkin")?.checkIn(phone);
		if (checkIn && !checking.firstChild) checking.append(checkIn.element);
		checkIn?.update();
		remake(seat, [replica.table, replica.theme, known, closed], where);
		remake(stage, [heading, lines, activity], () => [
			heading && h("h1", heading),
			lines.map((line) => h("p", line)),
			activity === "switch" && !closed && button("second", t("Ik zit aan een andere tafel"), elsewhere),
		]);
		checking.hidden = !checks;
		writing.element.hidden = !known || ((closed || checks) && !writing.written());
		if (!known) return;
		writing.update();
		notes.update();
		if (before !== undefined && before !== at.step) announce(`${replica.stepName(at.step)}. ${heading}`);
		before = at.step;
	}

	/** Where one sits, and the way to another table. */
	function where() {
		const { table, theme } = replica.meeting ? replica : identity.place;
		return [
			h(
				"p",
				h("span.dot", { paper: theme?.colour }),
				h("strong", tableName(table)),
				theme && ` · ${theme.title}`,
				identity.name && ` · ${identity.name}`,
			),
			!replica.closed && button("link", t("Andere tafel"), elsewhere),
		];
	}

	return { element, update, settled: (letters) => letters.forEach(writing.answered) };
}

/** What stands above the box: a heading, such as the question, and lines. */
function stageOf({ replica, outbox, identity }) {
	const { meeting, step, theme, closed, activity } = replica;
	if (!meeting) return [t("Een ogenblik …")];
	if (closed) {
		const line = outbox.waiting(identity.meeting).length
			? t("Nog niet alles is verstuurd. Laat deze pagina open tot overal ‘ontvangen’ staat.")
			: t("Wat je schreef is ontvangen en komt in het verslag.");
		return [t("Dank je wel"), t("De bijeenkomst is afgelopen."), line];
	}
	if (!step) {
		return [t("Fijn dat je er bent"), t("Zodra we beginnen, verschijnt hier de vraag. Laat deze pagina open.")];
	}
	if (activity === "round") {
		return [step.question || theme?.question || theme?.title || t("Wat wil je hierover zeggen?")];
	}
	const line = {
		welcome: meeting.purpose || t("Luister mee. Straks ga je aan tafel in gesprek."),
		switch: t("Ga je naar een andere tafel? Scan daar de code op het kaartje. Blijf je zitten, dan hoef je niets te doen."),
		break: t("Even rust. Straks gaan we verder."),
	}[activity];
	return [replica.stepName(step.id), step.question, line || t("Kijk mee op het scherm in de zaal.")].filter(Boolean);
}
