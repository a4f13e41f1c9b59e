// Speaking with the engine: one question and its answer, the stream of news, and the engine's time.

import { language } from "./words.js";

const PATIENCE = 10000; // ms for an answer
const FIRST = 8000; // ms in which a stream must say something
const SILENCE = 25000; // ms without a beat before a stream is given up
const TRY_AGAIN = [408, 429, 500, 502, 503, 504, 507];

/** The engine said no, in so many words. */
export class Refusal extends Error {
	constructor(status, { message = "", code = "", values = {} } = {}) {
		super(message);
		Object.assign(this, { status, code, values });
	}
}

/** The engine could not be heard, or asks to come back `after` ms. */
export class Away extends Error {
	constructor(after = 0) {
		super("away");
		this.after = after;
	}
}

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** How long to wait before try number `n`: longer each time, and for no two phones alike. */
export const backoff = (n, most) => Math.min(most, 400 * 2 ** n) * (0.5 + Math.random());

function request(path, token, signal, more) {
	const headers = { "Accept-Language": language(), "Content-Type": "application/json" };
	if (token) headers.Authorization = `Bearer ${token}`;
	return fetch(path, { headers, signal, cache: "no-store", ...more });
}

/** Ask the engine. Throws Refusal or Away. */
export async function ask(path, { body, token } = {}) {
	const watch = new AbortController();
	const timer = setTimeout(() => watch.abort(), PATIENCE);
	try {
		const more = body && { method: "POST", body: JSON.stringify(body) };
		const answer = await request(path, token, watch.signal, more);
		if (answer.ok) return await answer.json();
		if (TRY_AGAIN.includes(answer.status)) throw new Away(1000 * answer.headers.get("Retry-After"));
		throw new Refusal(answer.status, (await answer.json().catch(() => ({}))).error);
	} catch (error) {
		throw error instanceof Refusal || error instanceof Away ? error : new Away();
	} finally {
		clearTimeout(timer);
	}
}

/** Listen to the news until it stops; how many messages came. `hear(name, data)`. */
export async function listen(path, { token, hear, watch }) {
	let timer = setTimeout(() => watch.abort(), FIRST);
	let messages = 0;
	try {
		const answer = await request(path, token, watch.signal);
		const reader = answer.ok && answer.body.getReader();
		const decoder = new TextDecoder();
		for (let left = ""; reader; ) {
			const { value, done } = await reader.read();
			if (done) break;
			clearTimeout(timer);
			timer = setTimeout(() => watch.abort(), SILENCE);
			const parts = (left + decoder.decode(value, { stream: true })).replace(/\r\n/g, "\n").split("\n\n");
			left = parts.pop();
			messages += parts.length;
			parts.forEach((part) => hear(...message(part)));
		}
	} catch {
		// it stopped; whoever listens will look what is the matter
	}
	clearTimeout(timer);
	watch.abort();
	return messages;
}

function message(part) {
	const [, name = ""] = part.match(/^event: ?(.*)$/m) || [];
	const [, data = "{}"] = part.match(/^data: ?(.*)$/m) || [];
	return [name, JSON.parse(data)];
}

/** The engine's time. The phone's own clock may be days off, so only its passing counts. */
export class EngineTime {
	ahead = null; // ms between the engine's time and our count

	/** Learn from a time that was told just now, or on its way for `slack` ms at most. */
	learn(told, slack = 0) {
		const ahead = Date.parse(told) - performance.now();
		// What was longer under way seems earlier: the latest is the truest. Our count may run
		// a little fast, so what was learnt slowly gives way.
		const known = this.ahead === null || (slack && slack < 1000) ? -Infinity : this.ahead - 1;
		this.ahead = Math.max(known, ahead + slack / 2);
	}

	now() {
		return this.ahead === null ? Date.now() : performance.now() + this.ahead;
	}
}
