// What this phone keeps: in IndexedDB and in localStorage and in memory.
// Each store alone has lost notes (a killed browser, a sleeping tab); together they have not.

const NAME = "facilitator";
const PATIENCE = 1500; // ms; a database that hangs must not hold up who writes
const PAUSE = 250; // ms; typing goes to the database in pauses
const OLD = 30 * 24 * 3600 * 1000; // ms; after this, what was received is forgotten here

/** A random UUID. (crypto.randomUUID is not there on plain http.) */
export function uuid() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[6] = (bytes[6] & 0x0f) | 0x40;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const within = (promise) =>
	Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error("slow")), PATIENCE))]);

/** The value of `work`, or `otherwise` where the browser does not let us. */
function attempt(work, otherwise) {
	try {
		return work();
	} catch {
		return otherwise;
	}
}

const quick = {
	all: () => Object.keys(localStorage).filter((key) => key.startsWith(NAME)).map(quick.read).filter(Boolean),
	read: (key) => attempt(() => JSON.parse(localStorage.getItem(key)), null),
	get: (key) => quick.read(`${NAME}:${key}`),
	put: (record) => attempt(() => (localStorage.setItem(`${NAME}:${record.key}`, JSON.stringify(record)), true), false),
	drop: (key) => attempt(() => localStorage.removeItem(`${NAME}:${key}`)),
};

let database = null; // opened again when the browser dropped it

function open() {
	database ??= new Promise((resolve, reject) => {
		const opening = indexedDB.open(NAME, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore("records", { keyPath: "key" });
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => resolve(opening.result);
	});
	return database;
}

/** Do something in the database, and be sure that it is on the disk. */
async function slowly(work, mode = "readwrite") {
	for (const last of [false, true]) {
		try {
			const doing = (await open()).transaction("records", mode, { durability: "strict" });
			const asked = work(doing.objectStore("records"));
			return await new Promise((resolve, reject) => {
				doing.oncomplete = () => resolve(asked?.result);
				doing.onabort = doing.onerror = () => reject(doing.error);
			});
		} catch (error) {
			database = null;
			if (last) throw error;
		}
	}
}

/** Records by key. Of two versions of a record the one with the higher number `v` is the newer. */
export class Store {
	records = new Map();
	typed = new Map();
	heard = () => {}; // called when another tab wrote

	/** All that was kept, from whichever store has it. */
	async load() {
		const kept = await within(slowly((table) => table.getAll(), "readonly")).catch(() => []);
		[...kept, ...attempt(quick.all, [])].forEach((record) => this.learn(record));
		this.forget();
		addEventListener("storage", ({ key }) => {
			const record = key?.startsWith(NAME) && quick.read(key);
			if (record && this.learn(record)) this.heard();
		});
		addEventListener("pagehide", () => this.flush());
		document.addEventListener("visibilitychange", () => this.flush());
	}

	learn(record) {
		const newer = !(this.get(record.key)?.v >= record.v);
		if (newer) this.records.set(record.key, record);
		return newer;
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
		const record = quick.get(key);
		if (record) this.learn(record);
		return this.get(key);
	}

	/** Keep records. True when at least one store that outlives the page has them. */
	async put(...changed) {
		const records = changed.map((record) => this.next(record));
		const stored = records.map(quick.put).every(Boolean);
		const writing = slowly((table) => void records.forEach((record) => table.put(record)));
		return within(writing).then(
			() => true,
			() => stored,
		);
	}

	/** Keep what is being typed: at once in the quick store, in a pause in the slow one. */
	type(record) {
		const next = this.next(record);
		this.typed.set(next.key, next);
		clearTimeout(this.pause);
		this.pause = setTimeout(() => this.flush(), PAUSE);
		quick.put(next);
	}

	flush() {
		const records = [...this.typed.values()];
		this.typed.clear();
		if (records.length) slowly((table) => void records.forEach((record) => table.put(record))).catch(() => {});
	}

	next(record) {
		const next = { ...record, v: (this.get(record.key)?.v || 0) + 1, at: Date.now() };
		this.records.set(next.key, next);
		return next;
	}

	/** Let go of what the laptop has had for a month. */
	forget() {
		const over = ({ status, text, at }) => status !== "waiting" && status !== "refused" && !text && at < Date.now() - OLD;
		const gone = [...this.records.values()].filter(over).map((record) => record.key);
		for (const key of gone) {
			this.records.delete(key);
			quick.drop(key);
		}
		if (gone.length) slowly((table) => void gone.forEach((key) => table.delete(key))).catch(() => {});
	}
}
