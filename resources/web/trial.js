// The trial: whether this phone can reach the laptop, and keeps reaching it. Nothing of it is kept.

import { announce, button, h, remake } from "./dom.js";
import { Refusal, ask, listen } from "./link.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const SECONDS = 20; // that the stream has to stay open; as in facilitator/server/trial.py
const SILENCE = 6000; // ms; the stream says something each second
const NOTE_AT = 2; // seconds: then the note goes
const STEPS = ["page", "stream", "note"];

let course = null; // one trial, also when the page is made again in another language

export function trial(phone, key) {
	const element = h("section.card.trial");
	course ??= begin(key);
	course.changed = update;

	function update() {
		const { done, seconds, trouble } = course;
		remake(element, [done, seconds, trouble], () => {
			const busy = STEPS.find((step) => !done.includes(step));
			const again = () => {
				course = null;
				phone.show(() => trial(phone, key));
			};
			return [
				h("h1", t("Kan deze telefoon de laptop bereiken?")),
				trouble !== "over" && h("ul.notes", STEPS.map((step) => h("li.foot", line(step, done.includes(step), trouble && (step === busy ? "no" : "late"))))),
				!busy && h("h2", t("Het werkt!")),
				!busy && h("p", t("Deze telefoon kan meedoen. Je kunt de pagina sluiten.")),
				busy && !trouble && h("p.muted", t("Laat deze pagina open. Het duurt ongeveer twintig seconden.")),
				trouble && h("p.wrong", words(trouble)),
				trouble && trouble !== "over" && button("primary", t("Probeer opnieuw"), again),
			];
		});
	}

	function line(step, done, trouble) {
		const text = {
			page: t("De laptop antwoordt"),
			stream: t("De verbinding blijft open: {number} van {all} seconden", { number: course.seconds, all: SECONDS }),
			note: t("Een proefnotitie gaat heen en terug"),
		}[step];
		const [mark, state] = done
			? ["received", t("gelukt")]
			: { no: ["refused", t("niet gelukt")], late: ["waiting", t("niet geprobeerd")] }[trouble] || ["waiting", t("bezig")];
		return [h("span", { "data-mark": mark, "aria-label": state, role: "img" }), h("span", text)];
	}

	return { element, update };
}

const words = (trouble) =>
	({
		over: t("Deze proef is voorbij, of nog niet begonnen. Scan de code op de laptop opnieuw."),
		silent: t("De laptop antwoordt niet. Zit deze telefoon op de wifi van de zaal? Zet mobiele data en VPN even uit."),
		broken: t("De verbinding viel weg. Blijf op de wifi van de zaal en houd het scherm aan. Zet mobiele data en VPN even uit."),
		lost: t("De proefnotitie kwam niet terug. Blijf op de wifi van de zaal en probeer het opnieuw."),
	})[trouble];

/** Go through the steps, and tell how far it is. */
function begin(key) {
	const run = { done: [], seconds: 0, trouble: "", changed: () => {} };
	const text = `${t("Proef")} ${uuid().slice(0, 4)}`;
	const tell = (path, more) => ask(`/api/trial/${path}`, { body: { key, ...more } });
	const watch = new AbortController();
	let silence = 0;
	let whole = false;

	const step = (name) => {
		if (!run.done.includes(name)) run.done.push(name);
		run.changed();
	};
	const stop = (trouble) => {
		if (run.trouble || run.done.length === STEPS.length) return;
		run.trouble = trouble;
		watch.abort();
		run.changed();
		announce(words(trouble));
	};
	const failed = (error) => stop(error instanceof Refusal ? "over" : "silent");

	function hear(name, data) {
		clearTimeout(silence);
		silence = setTimeout(() => stop("broken"), SILENCE);
		if (name === "second") {
			run.seconds = Math.min(data.second, SECONDS);
			run.changed();
			if (data.second === NOTE_AT) tell("note", { text }).catch(failed);
		} else if (name === "note" && data.text === text) {
			tell("back").then(() => step("note"), failed);
		} else if (name === "done") {
			whole = run.seconds >= SECONDS;
			whole ? step("stream") : stop("over"); // the facilitator ended it
		}
	}

	async function go() {
		await tell("page");
		step("page");
		silence = setTimeout(() => stop("broken"), SILENCE);
		await listen(`/api/trial/stream?key=${encodeURIComponent(key)}`, { hear, watch });
		clearTimeout(silence);
		if (!whole) return stop("broken");
		// the note's answer may be under way still
		if (!run.done.includes("note")) await new Promise((resolve) => setTimeout(resolve, 2000));
		if (!run.done.includes("note")) return stop("lost");
		announce(t("Het werkt!"));
	}

	go().catch(failed);
	return run;
}
