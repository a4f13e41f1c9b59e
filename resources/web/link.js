// Speaking with the engine: one question and its answer, the stream of news, and the engine's time.

import { language } from "./words.js";

const PATIENCE = 4000; // ms for an answer; a question asked anew finds a network that is back
const LONG = 12000; // ms, where that did not help
const FIRST = 8000; // ms in which a stream must say something
const SILENCE = 13000; // ms without a beat before a stream is given up; there is one each 10 s
const TRY_AGAIN = [408, 429, 500, 502, 503, 504, 507];

/** The engine said no. */
export class Refusal extends Error {
	constructor(status, { message, code } = {}) {
		super(message);
		Object.assign(this, { status, code });
	}
}

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** How long to wait before try number `n`: longer each time, and for no two phones alike. */
export const backoff = (n, most, { after = 0 } = {}) =>
	Math.max(after, Math.min(most, 200 * 2 ** n)) * (1 + Math.random());

function request(path, token, signal, more) {
	const headers = { "Accept-Language": language(), "Content-Type": "application/json" };
	if (token) headers.Authorization = `Bearer ${token}`;
	return fetch(path, { headers, signal, cache: "no-store", ...more });
}

/** Ask the engine. Throws Refusal, or an error that says `after` how many ms to try again. */
export async function ask(path, { body, token, tries = 0 } = {}) {
	const watch = new AbortController();
	const timer = setTimeout(() => watch.abort(), tries > 5 ? LONG : PATIENCE);
	let after = 0;
	try {
		const more = body && { method: "POST", body: JSON.stringify(body) };
		const answer = await request(path, token, watch.signal, more);
		if (answer.ok) return answer.status === 204 ? null : await answer.json();
		after = 1000 * answer.headers.get("Retry-After");
		if (TRY_AGAIN.includes(answer.status)) throw new Error("later");
		throw new Refusal(answer.status, (await answer.json()).error);
	} catch (error) {
		throw error instanceof Refusal ? error : Object.assign(error, { after });
	} finally {
		clearTimeout(timer);
	}
}

/** Listen to the news until it stops; how many messages came. */
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
			const parts = (left + decoder.decode(value, { stream: true })).split("\n\n");
			left = parts.pop();
			messages += parts.length;
			parts.forEach((part) => hear(field(part, "event"), JSON.parse(field(part, "data") || "{}")));
		}
	} catch {
		// it stopped
	}
	clearTimeout(timer);
	watch.abort();
	return messages;
}

const field = (part, name) => part.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1];

/** The engine's time. The phone's own clock may be days off, so only its passing counts. */
export class EngineTime {
	ahead = -Infinity; // ms between the engine's time and our count

	/** Learn from a time that was told just now, or `slack` ms ago at most. */
	learn(told, slack = 0) {
		// What was longer under way seems earlier: the latest is the truest. Our count may run
		// a little fast, so what was learnt slowly gives way.
		const known = slack && slack < 1000 ? -Infinity : this.ahead - 1;
		this.ahead = Math.max(known, Date.parse(told) - performance.now() + slack / 2);
	}

	now() {
		return performance.now() + this.ahead;
	}
}
