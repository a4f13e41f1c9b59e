// At the table: the clock, the question, the box, and what the table wrote.

import { composer } from "./composer.js";
import { announce, button, h, remake, say } from "./dom.js";
import { ownNotes } from "./outbox.js";
import { tableName } from "./replica.js";
import { t } from "./words.js";

export function cafe(phone) {
	const { replica, outbox, identity } = phone;
	const clock = h("div.part");
	const seat = h("div.seat");
	const stage = h("div.stage");
	const writing = composer(phone);
	const checking = h("div", { hidden: "" });
	const voting = h("div");
	const parts = {}; // what comes later
	const notes = h("div");
	const held = h("p.held");
	const handed = h("div");
	const hosting = h("div");
	const element = h("div", clock, seat, stage, voting, held, handed, checking, writing.element, hosting, notes);
	const elsewhere = () => phone.askCode();
	const invited = ({ command }) => command.command === "become_host";
	let before;

	function update() {
		const { closed, activity, clock: at } = replica;
		const known = Boolean(replica.meeting);
		const votes = replica.meeting?.voting && !closed;
		const checks = activity === "check_in" && !closed && !votes;
		const [heading = "", ...lines] = checks || votes ? [] : stageOf(phone);
		later(clock, "clock", "clockStrip");
		if (votes || parts.voting) later(voting, "voting", "voting");
		if (checks) later(checking, "checkin", "checkIn");
		remake(seat, [replica.table, replica.theme, known, closed], where);
		remake(stage, [heading, lines, activity], () => [
			heading && h("h1", heading),
			lines.map((line) => h("p", line)),
			activity === "switch" && !closed && button("second", t("Ik zit aan een andere tafel"), elsewhere),
		]);
		checking.hidden = !checks;
		writing.element.hidden = !known || ((closed || checks || votes) && !writing.written());
		if (!known) return;
		writing.update();
		later(notes, "wall", "wall");
		later(handed, "handover", "handedOver");
		if (replica.hosts || outbox.letters(identity.meeting).some(invited)) later(hosting, "host", "hosting");
		if (held.textContent !== replica.held) announce(replica.held || t("Je kunt weer schrijven."));
		say(held, replica.held);
		if (before !== undefined && before !== at.step) announce(`${replica.stepName(at.step)}. ${heading}`);
		before = at.step;
	}

	/** Show what a part of the page that comes later makes. */
	function later(place, name, make) {
		parts[name] ??= phone.part(name)?.[make](phone);
		if (parts[name] && !place.firstChild) place.append(parts[name].element);
		parts[name]?.update();
	}

	/** Where one sits, and the way to another table. */
	function where() {
		const { table, theme } = replica.meeting ? replica : identity.place;
		const name = identity.name && [" · ", h("bdi", identity.name)];
		return [
			table && h("p", h("span.dot", { paper: theme?.colour }), h("strong", tableName(table)), theme && [" · ", h("bdi", theme.title)], name),
			!replica.closed && button(table ? "link" : "second", t("Andere tafel"), elsewhere),
		];
	}

	return { element, update, settled: (letters) => letters.forEach(writing.answered) };
}

/** What stands above the box: a heading, such as the question, and lines. */
function stageOf({ replica, outbox, identity }) {
	const { meeting, step, theme, closed, activity } = replica;
	if (!meeting) return [t("Een ogenblik …")];
	if (closed) {
		const many = identity.people > 1;
		const notes = [...ownNotes(outbox.letters(identity.meeting)).values()];
		const line = outbox.waiting(identity.meeting).length
			? t("Nog niet alles is verstuurd. Laat deze pagina open tot overal ‘ontvangen’ staat.")
			: notes.some(({ status }) => status === "refused")
				? t("Niet alles kon worden geplaatst. Hieronder zie je wat, en waarom.")
				: t("Alles is ontvangen en komt in het verslag.");
		return [many ? t("Dank jullie wel") : t("Dank je wel"), t("De bijeenkomst is afgelopen."), line];
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
