// The clock, in step with the hall: it subtracts, and counts on when the time is up.

import { announce, h, say } from "./dom.js";
import { t } from "./words.js";

/** 14:32; +0:07 when the time is up. The hall counts alike: ui/projector/told.py. */
function clockText(left) {
	const whole = left > 0 ? Math.ceil(left) : Math.floor(-left);
	const two = (number) => String(number).padStart(2, "0");
	const hours = Math.floor(whole / 3600);
	const minutes = Math.floor(whole / 60) % 60;
	return `${left > 0 ? "" : "+"}${hours ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

const stretchWord = (stretch, left) =>
	({
		paused: t("De klok staat stil"),
		warning: t("Nog {number} minuten", { number: Math.ceil(left / 60) }),
		last_minute: t("Rond af"),
		overtime: t("De tijd is om"),
	})[stretch] || "";

export function clockStrip(phone) {
	const name = h("p.step");
	const word = h("p.word");
	const digits = h("p.digits", { role: "timer" });
	const bar = h("div.bar");
	const track = h("div.track", { "aria-hidden": "true" }, bar);
	const element = h("section.clock", { "aria-label": t("Klok") }, h("div", name, word), digits, track);
	let timer = 0;
	let before = "";

	function update() {
		clearTimeout(timer);
		const { replica, time } = phone;
		const { step, clock } = replica;
		element.hidden = !step || replica.closed;
		if (element.hidden) return;
		const now = time.now();
		const left = replica.remaining(now);
		const stretch = (element.dataset.stretch = replica.stretch(now));
		const told = stretchWord(stretch, left);
		say(name, replica.stepName(step.id));
		say(word, told);
		say(digits, clockText(left));
		bar.style.width = `${Math.max(0, Math.min(100, (100 * left) / Math.max(step.length, left, 1)))}%`;
		if (before && before !== stretch && told) announce(told);
		before = stretch;
		// the next whole second of the clock, not of this phone
		if (clock.ends_at && element.isConnected) timer = setTimeout(update, ((left % 1) + 1) % 1 * 1000 + 5);
	}

	return { element, update };
}
