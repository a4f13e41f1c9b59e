// Away from here: to the laptop's new address, with all that was written at the old one, whose
// stores can't be read from there.

import { announce, form, h, say } from "./dom.js";
import { backoff, rest } from "./link.js";
import { language, t } from "./words.js";

const QUIET = 2500; // ms without the engine before we look elsewhere
const EVERY = 200; // ms between two looks, and after many
const SELDOM = 3000;
const LOOKS = 40; // in vain, before we ask where it is
const PATIENCE = 1000; // ms for an answer, and where somebody typed the address
const LONG = 5000;
const BRIEF = 700; // two ways there and back, on a slow network

export const LONGEST = 1_000_000; // characters of a link that every browser takes
const isMeant = (text) => !text || text.length <= 5000; // or nobody reads it there
export const DRAFT = /^(draft|check-in|edit|hosted|hand-over):[\w:-]{36,73}$/;

let seeking = false;

/** Look for the engine at its other addresses, while it is away; and go there. */
export async function seek(phone) {
	if (seeking) return;
	seeking = true;
	await rest(QUIET);
	for (let looks = 1, found; phone.away && phone.identity; looks += 1) {
		// no look waits for the one before: that may have begun just before the laptop was back
		if (!document.hidden) elsewhere(phone.store.get("engine")).then((way) => (found ||= way));
		if (looks === LOOKS) document.getElementById("away").after(asking(phone));
		await rest(backoff(9, looks > LOOKS ? SELDOM : EVERY) / 1.5);
		if (found && !(await here(found.took)) && phone.away) return move(phone, found.url);
		found = null;
	}
	document.querySelector(".elsewhere")?.remove();
	seeking = false;
}

/** Where else the engine answers, and how many ms that took. */
function elsewhere({ addresses = [], epoch } = {}) {
	const others = addresses.filter((url) => reachable(url) && url !== location.origin);
	const ours = async (url) => {
		const began = performance.now();
		if ((await hello(url))?.epoch !== epoch) throw url;
		return { url, took: performance.now() - began };
	};
	return Promise.any(others.map(ours)).catch(() => null);
}

/**
 * Whether it answers here, in the time that the other way took and more; asked thrice, since it may
 * come back a moment later by this way, and a packet may be lost.
 */
async function here(took) {
	const pace = Math.min(BRIEF, 100 + 5 * took);
	const asked = [0, pace / 3, pace / 1.5].map((ms) => rest(ms).then(() => hello(location.origin, pace)));
	return (await Promise.all(asked)).some(Boolean);
}

/** Whether the page may ask there: the same port, nothing after it. */
function reachable(url) {
	try {
		const { protocol, port, origin } = new URL(url);
		return protocol === "http:" && port === location.port && origin === url;
	} catch {
		return false;
	}
}

/** What an engine says of itself; nothing where there is none. */
async function hello(origin, patience = PATIENCE) {
	const watch = new AbortController();
	const timer = setTimeout(() => watch.abort(), patience);
	try {
		const said = await (await fetch(`${origin}/api/hello`, { signal: watch.signal, cache: "no-store" })).json();
		return said.app === "facilitator" ? said : null;
	} catch {
		return null;
	} finally {
		clearTimeout(timer);
	}
}

/** No address that we know answers: the hall's screen shows the new one. */
function asking(phone) {
	const field = h("input", { id: "address", inputmode: "url", autocomplete: "off", autocapitalize: "none", spellcheck: "false", "aria-describedby": "missed" });
	const wrong = h("p.wrong", { id: "missed", role: "alert" });
	const go = async () => {
		const host = field.value.trim().replace(/^\w+:\/\//, "").replace(/\/.*$/, "").replace(/:\d+$/, "");
		const url = `http://${host.toLowerCase()}${location.port && `:${location.port}`}`;
		const found = /^([\w.-]+|\[[\da-f:.]+\])$/i.test(host) && reachable(url) && (await hello(url, LONG));
		if (found) return move(phone, url);
		say(wrong, t("Daar is de laptop niet. Kijk of je het adres precies zo overneemt, en of je op de wifi van de zaal zit."));
		field.focus();
	};
	const why = t("Scan de code op het scherm opnieuw, of typ het adres dat daar staat.");
	const asked = form(".card", go, h("p", why), h("label", { for: "address" }, t("Adres op het scherm")), field, wrong, h("button.primary", t("Ga daarheen")));
	announce(why);
	return h("aside.elsewhere", asked);
}

async function move(phone, origin) {
	phone.store.flush();
	await phone.store.look(); // another tab may have written too
	location.assign(`${origin}/${phone.place.code}#move=${packed(phone)}`);
}

/** All that this phone wrote in the meeting, the most urgent first; what is too much stays. */
export function packed({ store, outbox, identity }) {
	const { id, token, secret, name, people, meeting } = identity;
	const letters = store.all("letter:").filter((letter) => letter.meeting === meeting && [undefined, `moved:${id}`].includes(letter.from));
	const notes = new Set(letters.map(({ command }) => command.note));
	const drafts = store.all("").filter(({ key, text }) => {
		const [kind, of] = key.split(":");
		return DRAFT.test(key) && isMeant(text) && (of === meeting || kind === "hand-over" || (kind === "edit" && notes.has(of)));
	});
	const urgency = ({ status }) => ["waiting", "received"].indexOf(status) & 3;
	letters.sort((one, other) => urgency(one) - urgency(other) || other.number - one.number);
	for (;;) {
		const text = JSON.stringify({ id, token, secret, name, people, meeting, letters, drafts, speaks: language() });
		const bytes = new TextEncoder().encode(text);
		if (bytes.length * 1.34 < LONGEST) return base64(bytes);
		if (letters.length) letters.length -= Math.ceil(letters.length / 20);
		else drafts.pop();
	}
}

function base64(bytes) {
	let text = "";
	for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return btoa(text).replaceAll("+", "-").replaceAll("/", "_");
}
