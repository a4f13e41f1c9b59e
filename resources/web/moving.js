// The laptop may get another address. What this phone wrote lies with the old one, so it is taken
// along in the link to the new one; whoever made such a link, nothing here is overwritten by it.

import { button, form, h, say } from "./dom.js";
import { Refusal, ask, backoff, rest } from "./link.js";
import { tableName } from "./replica.js";
import { t } from "./words.js";

const QUIET = 4500; // ms without the engine before we look elsewhere
const EVERY = 4000; // ms between two looks
const LOOKS = 4; // in vain, before we ask where it is
const PATIENCE = 3000; // ms for an answer
const LONGEST = 1_000_000; // characters of a link that every browser takes
const MOST = 1000; // letters
const KINDS = /^(write_note|edit_note|send_check_in|write_hand_over|hide_notes|become_host)$/;
const DRAFT = /^(draft|check-in|edit|hosted|hand-over):[\w:-]{36,73}$/;
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

let seeking = false;

/** Look for the engine at its other addresses, while it is away; and go there. */
export async function seek(phone) {
	if (seeking) return;
	seeking = true;
	await rest(QUIET);
	for (let looks = 1; phone.away && phone.identity; looks += 1) {
		const found = !document.hidden && (await elsewhere(phone.store.get("engine")));
		if (found && phone.away) return move(phone, found);
		if (looks === LOOKS) document.getElementById("top").after(asking(phone));
		await rest(backoff(9, EVERY) / 1.5);
	}
	document.querySelector(".elsewhere")?.remove();
	seeking = false;
}

/** Where the engine answers while it does not answer here. */
async function elsewhere({ addresses = [], epoch } = {}) {
	const others = addresses.filter((url) => reachable(url) && url !== location.origin);
	const [here, ...there] = await Promise.all([location.origin, ...others].map(hello));
	return !here && others[there.findIndex((said) => said?.epoch === epoch)];
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
async function hello(origin) {
	const watch = new AbortController();
	const timer = setTimeout(() => watch.abort(), PATIENCE);
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
		const found = /^([\w.-]+|\[[\da-f:.]+\])$/i.test(host) && reachable(url) && (await hello(url));
		if (found) return move(phone, url);
		say(wrong, t("Daar is de laptop niet. Kijk of je het adres precies zo overneemt, en of je op de wifi van de zaal zit."));
		field.focus();
	};
	return form(
		".card.elsewhere",
		go,
		h("p", { role: "status" }, t("Scan de code op het scherm opnieuw, of typ het adres dat daar staat.")),
		h("label", { for: "address" }, t("Adres op het scherm")),
		field,
		wrong,
		h("button.primary", t("Ga daarheen")),
	);
}

async function move(phone, origin) {
	phone.store.flush();
	await phone.store.look(); // another tab may have written too
	location.assign(`${origin}/${phone.place.code}#move=${packed(phone)}`);
}

/** All that this phone wrote in the meeting, the most urgent first; what is too much stays. */
export function packed({ store, outbox, identity }) {
	const { id, token, name, people, meeting } = identity;
	const letters = store.all("letter:").filter((letter) => letter.meeting === meeting && !letter.from);
	const notes = new Set(letters.map(({ command }) => command.note));
	const drafts = store.all("").filter(({ key }) => {
		const [kind, of] = key.split(":");
		return DRAFT.test(key) && (of === meeting || kind === "hand-over" || (kind === "edit" && notes.has(of)));
	});
	const urgency = ({ status }) => ["waiting", "received"].indexOf(status) & 3;
	letters.sort((one, other) => urgency(one) - urgency(other) || other.number - one.number);
	for (;;) {
		const text = JSON.stringify({ id, token, name, people, meeting, letters, drafts });
		const bytes = new TextEncoder().encode(text);
		if (bytes.length * 1.34 < LONGEST) return base64(bytes);
		letters.length -= Math.ceil(letters.length / 20);
	}
}

function base64(bytes) {
	let text = "";
	for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return btoa(text).replaceAll("+", "-").replaceAll("/", "_");
}

/** Take in what came along with a link. It is kept before the link forgets it. */
export async function unpack(phone, code, text) {
	const luggage = read(text);
	const place = luggage && (await placeOf(code));
	if (place?.meeting.id === luggage?.meeting && place) await keep(phone.store, { ...place, code }, luggage);
	history.replaceState(null, "", location.pathname);
	phone.outbox.send();
}

async function placeOf(code) {
	for (let tries = 0; ; tries += 1) {
		const place = await ask(`/api/tables/${code}`).catch((error) => error);
		if (place instanceof Refusal) return null;
		if (!(place instanceof Error)) return place;
		await rest(backoff(tries, 5000));
	}
}

/** What came along is sent as who wrote it. Whether that is who holds this phone, is asked. */
async function keep(store, place, { letters, drafts, ...who }) {
	const own = store.get(`identity:${who.meeting}`)?.id === who.id;
	const key = own ? undefined : `moved:${who.id}`;
	const taken = letters.map((letter) => ({ ...letter, from: key }));
	if (own) return store.take(...taken, ...drafts);
	const before = store.get(key);
	return store.take(...taken, { ...before, ...who, v: (before?.v || 0) + 1, key, place, drafts });
}

/** What is in a link, if all of it has the shape that it should have. */
function read(text) {
	try {
		if (text.length > LONGEST) return null;
		const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt());
		const { id, token, name = "", people = 1, meeting, letters, drafts } = JSON.parse(new TextDecoder().decode(bytes));
		const fits = ID.test(id) && ID.test(meeting) && line(token) && line(name) && people > 0 && people < 51;
		if (!fits || letters.length > MOST || drafts.length > MOST) return null;
		return { id, token, name, people, meeting, letters: letters.map((one) => letterOf(one, meeting)).filter(Boolean), drafts: drafts.filter(isDraft) };
	} catch {
		return null;
	}
}

const line = (value) => typeof value === "string" && value.length <= 300;
const counts = (value) => Number.isInteger(value) && value > 0 && value < 1e6;

function letterOf({ v, number, status, epoch, command, shown }, meeting) {
	const { command: kind, id, note = id } = command;
	const { at, colour, text } = shown;
	const fits = KINDS.test(kind) && ID.test(id) && ID.test(note) && counts(v) && counts(number) && isPlain(command);
	if (!fits || ![at, text ?? ""].every(isPlain) || !/^[a-z]{0,9}$/.test(colour || "")) return null;
	const there = status === "dropped" || (status === "received" && line(epoch));
	// what was refused is asked again: the words for it come from the engine
	const told = there ? { status, epoch } : { status: "waiting" };
	return { key: `letter:${id}`, meeting, v, number, command, shown: { at, colour, text }, ...told };
}

const isDraft = (draft) => DRAFT.test(draft.key) && counts(draft.v) && isPlain(draft);

/** Texts and numbers, and lists and objects of these, of a moderate size. */
function isPlain(value, depth = 0) {
	if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return true;
	if (typeof value === "string") return value.length <= 5000;
	const inside = Object.entries(value);
	return depth < 3 && inside.length <= 30 && inside.every(([name, one]) => name !== "__proto__" && isPlain(one, depth + 1));
}

/** Is this who holds the phone? Only then is it taken for theirs. */
export function movedCard(phone, place, moved) {
	const { store } = phone;
	const { meeting, drafts, letters, ...identity } = moved;
	const number = store.all("letter:").filter(({ from, command }) => from === moved.key && command.command === "write_note").length;
	const yes = async () => {
		const key = `identity:${meeting}`;
		const known = store.get(key);
		const mine = !known && { ...identity, meeting, key, place };
		await store.put(...[{ ...moved, drafts: [], mine: true }, mine].filter(Boolean));
		const written = ({ key: of }) => store.get(of)?.text || store.get(of)?.word;
		await store.take(...drafts.filter((draft) => !written(draft)));
		phone.visit(place.code);
	};
	const no = async () => {
		await store.put({ ...moved, drafts: [], mine: false });
		phone.visit(place.code);
	};
	const element = form(
		".card.join",
		yes,
		h("h1", t("Klopt dit?")),
		h("p", t("De laptop heeft een nieuw adres gekregen. Hier ga je verder waar je was.")),
		h(
			"div.ticket",
			{ paper: place.theme?.colour },
			h("p.table", tableName(place.table)),
			moved.name && h("p", moved.name),
			h("p.event", place.meeting.title),
		),
		number > 0 && h("p", t("Meegekomen notities: {number}", { number })),
		h("button.primary", t("Ja, dit ben ik")),
		button("quiet", t("Nee, dit ben ik niet"), no),
	);
	return { element };
}

/** Forget all of a meeting. */
export function forget(store, meeting) {
	const letters = store.all("letter:").filter((letter) => letter.meeting === meeting);
	const notes = new Set(letters.map(({ command }) => command.note));
	const gone = ({ key, meeting: of }) => of === meeting || key.includes(meeting) || key.startsWith("hand-over:") || notes.has(key.split(":")[1]);
	store.all("").filter(gone).forEach(({ key }) => store.forget(key));
}
