// Parts of the page that nobody needs for the first note: fetched when there is time, and kept,
// so that they are there without a connection too.

import { backoff, rest } from "./link.js";

const parts = {}; // name → the module, or the promise of it

/** Tried until it is there; each time anew, since a browser may remember a failure. */
async function load(name) {
	for (let tries = 0; ; tries += 1) {
		try {
			return (parts[name] = await import(`./${name}.js${tries ? `?${tries}` : ""}`));
		} catch {
			await rest(backoff(tries, 8000));
		}
	}
}

/** The module of this name, when it is there. */
export const fetched = async (name) => (parts[name] ??= load(name));

/** The module if it is there; else it is fetched, and `ready` called when it is. */
export function part(name, ready) {
	const found = (parts[name] ??= load(name));
	if (!(found instanceof Promise)) return found;
	found.then(ready);
	return null;
}
