// Speaking with the engine: one question and its answer, the stream of news, and the engine's time.

import { language } from "./words.js";

const PATIENCE = 10000; // ms for an answer
const FIRST = 8000; // ms in which a stream must say something
const SILENCE = 25000; // ms without a beat before a stream is given up
const TRY_AGAIN = new Set([408, 429, 500, 502, 503, 504, 507]);

/** The engine said no, in so many words. */
export class Refusal extends Error {
  constructor(status, error = {}) {
    super(error.message || "");
    this.status = status;
    this.code = error.code || "";
    this.values = error.values || {};
  }
}

/** The engine could not be heard, or asks to come back later. */
export class Away extends Error {
  constructor(after = 0) {
    super("away");
    this.after = after; // ms
  }
}

/** How long to wait before try number `n`: longer each time, and for no two phones alike. */
export const backoff = (n, most) => Math.min(most, 400 * 2 ** n) * (0.5 + Math.random());

const heading = (token) => ({
  "Accept-Language": language(),
  ...(token ? { Authorization: `Bearer ${token}` } : {}),
});

/** Ask the engine. Throws Refusal or Away. */
export async function ask(path, { body, token } = {}) {
  const watch = new AbortController();
  const timer = setTimeout(() => watch.abort(), PATIENCE);
  const options = { headers: heading(token), cache: "no-store", signal: watch.signal };
  if (body !== undefined) {
    options.method = "POST";
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  try {
    const answer = await fetch(path, options);
    if (answer.ok) return await answer.json();
    if (TRY_AGAIN.has(answer.status)) throw new Away(1000 * Number(answer.headers.get("Retry-After") || 0));
    const told = await answer.json().catch(() => ({}));
    throw new Refusal(answer.status, told.error);
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
    const headers = { ...heading(token), Accept: "text/event-stream" };
    const answer = await fetch(path, { headers, cache: "no-store", signal: watch.signal });
    if (!answer.ok || !answer.body) return 0;
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return messages;
      clearTimeout(timer);
      timer = setTimeout(() => watch.abort(), SILENCE);
      const parts = (rest + decoder.decode(value, { stream: true })).replace(/\r\n/g, "\n").split("\n\n");
      rest = parts.pop();
      for (const [name, data] of parts.map(message)) {
        messages += 1;
        hear(name, data);
      }
    }
  } catch {
    return messages;
  } finally {
    clearTimeout(timer);
    watch.abort();
  }
}

function message(part) {
  let name = "message";
  const data = [];
  for (const line of part.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  try {
    return [name, data.length ? JSON.parse(data.join("\n")) : {}];
  } catch {
    return ["resync", {}];
  }
}

/** The engine's time. The phone's own clock may be days off, so only its passing counts. */
export class EngineTime {
  constructor() {
    this.ahead = null; // ms between the engine's time and our count
  }

  /** Learn from a time that was told just now, or on its way for `slack` ms at most. */
  learn(told, slack = 0) {
    const ahead = Date.parse(told) - performance.now();
    if (Number.isNaN(ahead)) return;
    // What was longer under way seems earlier: the latest is the truest. Our count may run
    // a little fast, so what was learnt slowly gives way.
    const known = this.ahead === null || (slack && slack < 1000) ? -Infinity : this.ahead - 1;
    this.ahead = Math.max(known, ahead + slack / 2);
  }

  now() {
    return this.ahead === null ? Date.now() : performance.now() + this.ahead;
  }
}
