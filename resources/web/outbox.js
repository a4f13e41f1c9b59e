// What is still to be sent. A letter is kept before it goes, and goes until the engine has it.

import { Away, Refusal, ask, backoff } from "./link.js";

const MOST = 50; // commands in one request
const LONGEST = 10000; // ms between two tries
const THERE = "note.exists"; // refused, since the engine has it already

export class Outbox {
	sending = false;
	again = false;
	tries = 0;

	/** `phone` gives the token of a meeting and is told what happened: see phone.js. */
	constructor(phone) {
		this.phone = phone;
		this.store = phone.store;
	}

	/** The letters of a meeting, first one first. */
	letters(meeting) {
		return this.store
			.all("letter:")
			.filter((letter) => letter.meeting === meeting && letter.status !== "dropped")
			.sort((one, other) => one.number - other.number || (one.key < other.key ? -1 : 1));
	}

	waiting(meeting) {
		return this.letters(meeting).filter((letter) => letter.status === "waiting");
	}

	/** Keep a letter with this command, and what else changes with it; then send it.
	 * False where it stands in no store that outlives the page. */
	async post(meeting, command, shown, ...others) {
		const number = Math.max(0, ...this.store.all("letter:").map((letter) => letter.number)) + 1;
		const letter = { key: `letter:${command.id}`, meeting, number, command, shown, status: "waiting" };
		const kept = await this.store.put(letter, ...others);
		this.phone.renewed();
		this.send();
		return kept;
	}

	/** Let go of a letter that was refused. */
	drop(letter) {
		return this.store.put({ ...letter, status: "dropped" });
	}

	/** Another database answers: what it acknowledged before, it may not have. */
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
			this.tries = 0;
		} catch (error) {
			const wait = Math.max(error.after || 0, backoff((this.tries += 1), LONGEST));
			this.timer = setTimeout(() => this.send(), wait);
			this.phone.reached(false);
		}
		this.sending = false;
	}

	/** Every meeting gets its turn; what goes wrong in one holds up no other. */
	async sendAll() {
		let trouble = null;
		for (const meeting of new Set(this.store.all("letter:").map((letter) => letter.meeting))) {
			try {
				for (const here = this.waiting(meeting); here.length; ) await this.sendSome(meeting, here.splice(0, MOST));
			} catch (error) {
				trouble = error;
			}
		}
		if (trouble) throw trouble;
	}

	async sendSome(meeting, letters) {
		const token = this.phone.tokenOf(meeting);
		const epoch = this.phone.epochOf(meeting);
		if (!token) return;
		try {
			const body = { commands: letters.map((letter) => letter.command) };
			const { results } = await ask("/api/commands", { body, token });
			await this.settle(results.map((result, place) => settled(letters[place], result, epoch)));
			this.phone.reached(true);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			await this.refused(error, meeting, letters);
		}
	}

	/** The request as a whole was refused: find out which letter it was. */
	async refused(error, meeting, letters) {
		if (error.status === 401) {
			await this.phone.joinAgain(meeting);
			throw new Away();
		}
		if (letters.length > 1) for (const letter of letters) await this.sendSome(meeting, [letter]);
		else await this.settle([settled(letters[0], { status: "refused", code: error.code, message: error.message })]);
	}

	async settle(letters) {
		await this.store.put(...letters);
		this.phone.settled(letters);
	}
}

function settled(letter, { status, code, values, message }, epoch) {
	if (status !== "refused" || code === THERE) return { ...letter, status: "received", epoch };
	return { ...letter, status, refusal: { code, values, message } };
}

/** The notes that were written here: the letters, joined by note. */
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
