// What this phone keeps: in IndexedDB and in localStorage and in memory.
// Each store alone has lost notes (a killed browser, a sleeping tab); together they have not.

const NAME = "facilitator";
const PATIENCE = 1500; // ms; a database that hangs holds up nobody
const PAUSE = 250; // ms; typing goes to the database in pauses
const RESET = 1.7e12; // ms since 1970; no phone with a good clock ran this page before
const OLD = 30 * 24 * 3600 * 1000; // ms; then what was not touched since is forgotten

/** A random UUID. (crypto.randomUUID is not there on plain http.) */
export function uuid() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[6] = (bytes[6] & 0x0f) | 0x40;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function attempt(work, otherwise) {
	try {
		return work();
	} catch {
		return otherwise;
	}
}

const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)), null);
const readAll = () => Object.keys(localStorage).filter((key) => key.startsWith(NAME)).map(read).filter(Boolean);
const write = (record) =>
	!record.bytes && // a picture is too much for localStorage
	attempt(() => (localStorage.setItem(`${NAME}:${record.key}`, JSON.stringify(record)), true), false);

let database = null; // opened again when the browser dropped it

const open = () =>
	(database ??= new Promise((resolve, reject) => {
		const opening = indexedDB.open(NAME, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore("records", { keyPath: "key" });
		opening.onerror = reject;
		opening.onsuccess = () => resolve(opening.result);
	}));

/** Do something in the database, and be sure that it is on the disk. */
async function slowly(work, again = true) {
	try {
		const doing = (await open()).transaction("records", "readwrite", { durability: "strict" });
		const asked = work(doing.objectStore("records"));
		return await new Promise((resolve, reject) => {
			doing.oncomplete = () => resolve(asked?.result);
			doing.onabort = doing.onerror = reject;
		});
	} catch (error) {
		database = null;
		if (again) return slowly(work, false);
		throw error;
	}
}

const patiently = (work) => Promise.race([slowly(work), new Promise((_, no) => setTimeout(no, PATIENCE))]);
const putting = (records) => (table) => records.forEach((record) => table.put(record));

/** Records by key. Of two versions of a record the one with the higher number `v` is the newer. */
export class Store {
	records = new Map();
	typed = new Map();

	async load() {
		await this.look();
		// a phone whose clock was reset wrote in 1970; and what was not sent is never too old
		const old = ({ at, status }) => at > RESET && at < Date.now() - OLD && status !== "waiting";
		this.all("").filter(old).forEach(({ key }) => this.forget(key));
		addEventListener("pagehide", () => this.flush());
		document.addEventListener("visibilitychange", () => this.flush());
	}

	/** What lies in the stores now; another tab may have written there. */
	async look() {
		const kept = await patiently((table) => table.getAll()).catch(() => []);
		[...kept, ...attempt(readAll, [])].forEach((record) => this.learn(record));
	}

	/** Keep records that another store numbered, where they are newer than what is here. */
	take(...records) {
		const newer = records.filter(({ key, v }) => !(this.get(key)?.v >= v));
		return this.put(...newer.map((record) => (this.records.set(record.key, { v: record.v - 1 }), record)));
	}

	learn(record) {
		if (!(this.get(record.key)?.v >= record.v)) this.records.set(record.key, record);
	}

	get(key) {
		return this.records.get(key);
	}

	/** The records whose key begins so. */
	all(prefix) {
		return [...this.records.values()].filter((record) => record.key.startsWith(prefix));
	}

	/** A record as another tab may have written it a moment ago. */
	fresh(key) {
		const record = read(`${NAME}:${key}`);
		if (record) this.learn(record);
		return this.get(key);
	}

	/** Keep records. True when a store that outlives the page has them. */
	async put(...changed) {
		const records = changed.map((record) => this.next(record));
		const written = records.map(write).every(Boolean);
		return patiently(putting(records)).then(
			() => true,
			() => written,
		);
	}

	/** Keep what is being typed: here at once, in the database in a pause. */
	type(record) {
		const next = this.next(record);
		this.typed.set(next.key, next);
		clearTimeout(this.pause);
		this.pause = setTimeout(() => this.flush(), PAUSE);
		write(next);
	}

	flush() {
		if (this.typed.size) slowly(putting([...this.typed.values()])).catch(() => {});
		this.typed.clear();
	}

	next(record) {
		const next = { ...record, v: (this.get(record.key)?.v || 0) + 1, at: Date.now() };
		this.records.set(next.key, next);
		return next;
	}

	forget(key) {
		this.records.delete(key);
		this.typed.delete(key);
		attempt(() => localStorage.removeItem(`${NAME}:${key}`));
		slowly((table) => void table.delete(key)).catch(() => {});
	}
}
