// At the table: the clock, the question, the box, and what the table wrote.

import { CheckIn } from "./checkin.js";
import { clockStrip } from "./clock.js";
import { Composer } from "./composer.js";
import { announce, button, h, remake } from "./dom.js";
import { tableName } from "./replica.js";
import { Wall } from "./wall.js";
import { t } from "./words.js";

export function cafe(phone) {
	const clock = clockStrip(phone);
	const seat = h("div.seat");
	const stage = h("div.stage");
	const composer = new Composer(phone);
	const checkIn = new CheckIn(phone);
	const wall = new Wall(phone);
	const parts = [clock, { element: seat }, { element: stage }, checkIn, composer, wall];
	const element = h("div", parts.map((part) => part.element));
	let before;

	function update() {
		const { replica } = phone;
		const { closed, clock: at } = replica;
		const known = Boolean(replica.meeting);
		const checking = replica.activity === "check_in" && !closed;
		clock.update();
		showSeat(phone, seat);
		const [heading, ...lines] = checking ? [] : stageOf(phone);
		stage.hidden = checking;
		remake(stage, [heading, lines, replica.activity], () => draw(phone, heading, lines));
		checkIn.element.hidden = !checking;
		checkIn.update();
		composer.element.hidden = !known || ((closed || checking) && !composer.written);
		if (!known) return;
		composer.update();
		wall.update();
		if (before !== undefined && before !== at.step) announce(`${replica.stepName(at.step)}. ${heading || ""}`);
		before = at.step;
	}

	return { element, update, settled: (letters) => letters.forEach((letter) => composer.answered(letter)) };
}

/** Where one sits, and the way to another table. */
function showSeat(phone, seat) {
	const { replica, identity } = phone;
	const table = replica.table || identity.place.table;
	const theme = replica.meeting ? replica.theme : identity.place.theme;
	remake(seat, [table, theme, identity.name, replica.closed], () => [
		h(
			"p",
			h("span.dot", { "data-colour": theme?.colour || "yellow" }),
			h("strong", tableName(table)),
			theme && ` · ${theme.title}`,
			identity.name && h("span.muted", ` · ${identity.name}`),
		),
		!replica.closed && button("link", t("Andere tafel"), () => phone.askCode()),
	]);
}

/** What stands above the box: the question, or what is going on instead. A heading and lines. */
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

function draw(phone, heading, lines) {
	const { activity, closed } = phone.replica;
	const question = activity === "round" && !closed;
	const move = activity === "switch" && !closed;
	return [
		heading && h(question ? "h1.question" : "h1", heading),
		lines.map((line) => h("p", line)),
		move && button("second", t("Ik zit aan een andere tafel"), () => phone.askCode()),
	];
}
