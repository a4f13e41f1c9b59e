// What is still to be sent. A letter is kept before it goes, and goes until the engine has it.

import { Away, Refusal, ask, backoff } from "./link.js";

const MOST = 50; // commands in one request
const LONGEST = 10000; // ms between two tries

/** What says that the engine has it already, in other words than "done". */
const THERE = new Set(["note.exists"]);

export class Outbox {
  /** `phone` gives the token of a meeting and is told what happened: see phone.js. */
  constructor(phone, store) {
    Object.assign(this, { phone, store });
    this.sending = false;
    this.again = false;
    this.tries = 0;
    this.timer = 0;
  }

  /** The letters of a meeting, first one first. */
  letters(meeting) {
    return this.store
      .all("letter:")
      .filter((letter) => letter.meeting === meeting && letter.status !== "dropped")
      .sort((one, other) => one.number - other.number || (one.key < other.key ? -1 : 1));
  }

  /** A letter with this command; not kept yet. */
  letter(meeting, command, shown = {}) {
    const number = Math.max(0, ...this.store.all("letter:").map((letter) => letter.number)) + 1;
    return { key: `letter:${command.id}`, meeting, number, command, shown, status: "waiting" };
  }

  /** Keep a letter, and what else changes with it; then send. False: it stands in no lasting store. */
  async post(letter, ...others) {
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
      this.tries += 1;
      const wait = Math.max(error.after || 0, backoff(this.tries, LONGEST));
      this.timer = setTimeout(() => this.send(), wait);
      if (error instanceof Away) this.phone.reached(false);
    } finally {
      this.sending = false;
    }
  }

  /** Every meeting gets its turn; what goes wrong in one holds up no other. */
  async sendAll() {
    const waiting = this.store.all("letter:").filter((letter) => letter.status === "waiting");
    let trouble = null;
    for (const meeting of new Set(waiting.map((letter) => letter.meeting))) {
      const here = this.letters(meeting).filter((letter) => letter.status === "waiting");
      try {
        for (let start = 0; start < here.length; start += MOST) {
          await this.sendSome(meeting, here.slice(start, start + MOST));
        }
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
    let results;
    try {
      const body = { commands: letters.map((letter) => letter.command) };
      ({ results } = await ask("/api/commands", { body, token }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.refused(error, meeting, letters);
      return;
    }
    await this.settle(results.map((result, place) => settled(letters[place], result, epoch)));
    this.phone.reached(true);
  }

  /** The request as a whole was refused: find out which letter it was. */
  async refused(error, meeting, letters) {
    if (error.status === 401) {
      await this.phone.joinAgain(meeting);
      throw new Away();
    }
    if (letters.length > 1) {
      for (const letter of letters) await this.sendSome(meeting, [letter]);
      return;
    }
    await this.settle([settled(letters[0], { ...error, message: error.message, status: "refused" })]);
  }

  async settle(letters) {
    await this.store.put(...letters);
    this.phone.settled(letters);
  }
}

function settled(letter, result, epoch) {
  if (result.status === "refused" && !THERE.has(result.code)) {
    const { code = "", values = {}, message = "" } = result;
    return { ...letter, status: "refused", refusal: { code, values, message } };
  }
  return { ...letter, status: "received", epoch };
}

/** The notes that were written here: the letters, joined by note. */
export function ownNotes(letters) {
  const notes = new Map();
  for (const letter of letters) {
    const { command, note, text } = letter.command;
    if (command === "write_note") {
      notes.set(note, { ...letter.command, written: letter, shown: letter.shown, last: null });
    } else if (command === "edit_note" && notes.has(note)) {
      Object.assign(notes.get(note), { text, last: letter });
    }
  }
  for (const own of notes.values()) {
    const there = own.written.status === "received";
    const telling = there && own.last ? own.last : own.written;
    own.status = telling.status;
    own.refusal = telling.refusal;
    own.changed = there && own.status !== "received"; // its words here are not yet those there
  }
  return notes;
}
