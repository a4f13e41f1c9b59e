// What is still to be sent. A letter is kept before it goes, and goes until the engine has it.

import { Refusal, ask, backoff } from "./link.js";

const MOST = 50; // commands in one request
const LONGEST = 8000; // ms between two tries
const THERE = "note.exists"; // refused, since the engine has it already

export class Outbox {
	sending = false;
	again = false;
	tries = 0;

	constructor(phone) {
		this.phone = phone;
		this.store = phone.store;
	}

	/** The letters of a meeting, first one first; not those that came along and nobody knows yet. */
	letters(meeting) {
		const known = ({ from }) => !from || this.store.get(from)?.mine;
		return this.all((letter) => letter.meeting === meeting && letter.status !== "dropped" && known(letter));
	}

	all(which) {
		return this.store.all("letter:").filter(which).sort((one, other) => one.number - other.number);
	}

	waiting(meeting) {
		return this.letters(meeting).filter((letter) => letter.status === "waiting");
	}

	/** Keep a letter, and what changes with it; then send. False: no store that outlives the page took it. */
	async post(meeting, command, shown, ...others) {
		const number = Math.max(0, ...this.letters(meeting).map((letter) => letter.number)) + 1;
		const letter = { key: `letter:${command.id}`, meeting, number, command, shown, status: "waiting" };
		const kept = await this.store.put(letter, ...others);
		this.phone.renewed();
		this.send();
		return kept;
	}

	drop(letter) {
		return this.store.put({ ...letter, status: "dropped" });
	}

	/** Another database answers: what the old one acknowledged, it may not have. */
	async remind(meeting, epoch) {
		const old = this.letters(meeting).filter((one) => one.status === "received" && one.epoch !== epoch);
		if (!old.length) return;
		await this.store.put(...old.map((letter) => ({ ...letter, status: "waiting" })));
		this.send();
	}

	/** Send what waits, now; or once more when the sending that goes on is done. */
	async send() {
		this.again = true;
		if (this.sending) return;
		this.sending = true;
		clearTimeout(this.timer);
		try {
			while (this.again) {
				this.again = false;
				await this.sendAll();
			}
			if (this.tries) this.phone.reached(true, (this.tries = 0));
		} catch (error) {
			this.timer = setTimeout(() => this.send(), backoff((this.tries += 1), LONGEST, error));
			this.phone.reached(false);
			if (this.tries === 1) this.phone.live?.doubt();
		}
		this.sending = false;
	}

	/** What goes wrong with one sender holds up no other. */
	async sendAll() {
		let trouble = null;
		const waiting = this.all((letter) => letter.status === "waiting");
		for (const sender of new Set(waiting.map(senderOf))) {
			const here = waiting.filter((letter) => senderOf(letter) === sender);
			try {
				while (here.length) await this.sendSome(sender, here.splice(0, MOST));
			} catch (error) {
				trouble = error;
			}
		}
		if (trouble) throw trouble;
	}

	async sendSome(sender, letters) {
		const [{ meeting }] = letters;
		const { token, epoch } = this.phone.standing(meeting, sender);
		if (!token) return;
		const body = { commands: letters.map((letter) => letter.command) };
		let results;
		try {
			({ results } = await ask("/api/commands", { body, token, tries: this.tries }));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			if (error.status === 401) {
				await this.phone.joinAgain(meeting, sender);
				throw error;
			}
			if (error.status === 410) return this.phone.wiped(meeting);
			if (letters.length > 1) {
				// the request as a whole was refused: find out which letter it was
				for (const letter of letters) await this.sendSome(sender, [letter]);
				return;
			}
			results = [{ status: "refused", code: error.code, message: error.message }];
		}
		const told = results.map((result, place) => settled(letters[place], result, epoch));
		await this.store.put(...told);
		this.tries = 0;
		this.phone.settled(told);
	}
}

/** Under which identity a letter goes: what came along from elsewhere never goes under one's own. */
const senderOf = ({ from, meeting }) => from || `identity:${meeting}`;

function settled(letter, { status, code, message }, epoch) {
	if (status !== "refused" || code === THERE) return { ...letter, status: "received", epoch };
	return { ...letter, status, refusal: { code, message } };
}

/** The notes that were written here: letters, joined by note. */
export function ownNotes(letters) {
	const notes = new Map();
	for (const letter of letters) {
		const { command, note, text } = letter.command;
		if (command === "write_note") notes.set(note, { ...letter.command, written: letter, shown: letter.shown });
		else if (notes.has(note)) Object.assign(notes.get(note), { text, last: letter });
	}
	for (const own of notes.values()) {
		const there = own.written.status === "received";
		const { status, refusal } = (there && own.last) || own.written;
		const changed = there && status !== "received"; // its words here are not yet those there
		Object.assign(own, { status, refusal, changed });
	}
	return notes;
}
