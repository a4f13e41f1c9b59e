// Arrived from another address of the laptop, with what was written there. Anybody may make such a
// link: what is in it has a strict shape, is sent as who wrote it, and is taken for one's own only
// by who says so. Nothing that is newer here is overwritten.

import { button, form, h } from "./dom.js";
import { Refusal, ask, backoff, rest } from "./link.js";
import { DRAFT, LONGEST } from "./moving.js";
import { tableName } from "./replica.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const MOST = 1000; // letters
const KINDS = /^(write_note|edit_note|send_check_in|write_hand_over|hide_notes|become_host|cast_vote)$/;
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const TOKEN = /^[\w-]{1,300}$/; // another one can't even be sent

/** Take in what came along with a link. It is kept before the link forgets it. */
export async function unpack(phone, code, text) {
	const luggage = read(text);
	const place = luggage && (await placeOf(code));
	if (place?.meeting.id === luggage?.meeting && place) await keep(phone.store, { ...place, code }, luggage);
	if (luggage && !phone.store.get("language")) await phone.choose(luggage.speaks);
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
async function keep(store, place, { letters, drafts, speaks, ...who }) {
	const own = store.get(`identity:${who.meeting}`)?.id === who.id;
	const key = own ? undefined : `moved:${who.id}`;
	// another's letter takes the place of none, not even of one whose id was guessed
	const free = ({ key: letter }) => !store.get(letter) || store.get(letter).from === key;
	const taken = letters.map((letter) => ({ ...letter, from: key })).filter((letter) => own || free(letter));
	if (own) return store.take(...taken, ...drafts);
	const before = store.get(key);
	return store.take(...taken, { ...before, ...who, v: (before?.v || 0) + 1, key, place, drafts });
}

/** What is in a link, if all of it has the shape that it should have. */
function read(text) {
	try {
		if (text.length > LONGEST) return null;
		const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt());
		const { id, token, secret = id, name = "", people = 1, meeting, letters, drafts, speaks } = JSON.parse(new TextDecoder().decode(bytes));
		const fits = [id, secret, meeting].every((one) => ID.test(one)) && TOKEN.test(token) && line(name) && people > 0 && people < 51;
		if (!fits || letters.length > MOST || drafts.length > MOST) return null;
		return { id, token, secret, name, people, meeting, speaks, letters: letters.map((one) => letterOf(one, meeting)).filter(Boolean), drafts: drafts.filter(isDraft) };
	} catch {
		return null;
	}
}

const line = (value) => typeof value === "string" && value.length <= 300;
const isText = (value) => typeof value === "string" && value.length <= 5000;
const isTexts = (value) => Array.isArray(value) && value.every(isText);
const counts = (value) => Number.isInteger(value) && value > 0 && value < 1e6;

function letterOf({ v, number, status, epoch, command, shown }, meeting) {
	const { command: kind, id, note = id, notes } = command;
	const { at, colour, text } = shown;
	const fits = KINDS.test(kind) && ID.test(id) && ID.test(note) && counts(v) && Number.isFinite(number) && isShaped(command);
	if (kind.endsWith("_note") ? !isText(command.text) : kind === "hide_notes" && !isTexts(notes)) return null;
	if (!fits || ![at, text ?? ""].every(isPlain) || !/^[a-z]{0,9}$/.test(colour || "")) return null;
	const there = status === "dropped" || (status === "received" && line(epoch));
	// what was refused is asked again: the words for it come from the engine
	const told = there ? { status, epoch } : { status: "waiting" };
	return { key: `letter:${id}`, meeting, v, number, command, shown: { at, colour, text }, ...told };
}

const isDraft = (draft) => DRAFT.test(draft.key) && counts(draft.v) && isShaped(draft);

/** What the page reads as text is text. */
function isShaped(thing) {
	const { text = "", word = "", points } = thing;
	return isText(text) && isText(word) && (!points || isTexts(points)) && isPlain(thing);
}

/** Texts and numbers, and lists and objects of these, of a moderate size. */
function isPlain(value, depth = 0) {
	if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return true;
	if (typeof value === "string") return isText(value);
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
		// who made the link may know the key to a note that is not written yet
		const fresh = (draft) => (draft.secret ? { ...draft, secret: uuid() + uuid() } : draft);
		await store.take(...drafts.filter((draft) => !written(draft)).map(fresh));
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
