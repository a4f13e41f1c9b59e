// What this phone keeps: in IndexedDB and in localStorage and in memory.
// Each store alone has lost notes (a killed browser, a sleeping tab); together they have not.

const NAME = "facilitator";
const PREFIX = "facilitator:";
const PATIENCE = 1500; // ms; a database that hangs must not hold up who writes
const PAUSE = 250; // ms; typing goes to the slow store in pauses
const OLD = 30 * 24 * 3600 * 1000; // ms; after this, what was received is forgotten here

/** A random UUID. (crypto.randomUUID is not there on plain http.) */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error || new Error("blocked"));
  });

const within = (promise, patience) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), patience))]);

/** The database of the browser; opened again when the browser dropped it. */
class Slow {
  constructor() {
    this.database = null;
  }

  async open() {
    if (this.database) return this.database;
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("records", { keyPath: "key" });
    const database = await asked(opening);
    database.onclose = database.onversionchange = () => {
      database.close();
      this.database = null;
    };
    this.database = database;
    return database;
  }

  async all() {
    const database = await this.open();
    return asked(database.transaction("records").objectStore("records").getAll());
  }

  /** Write, and be sure that it is on the disk. */
  async write(records, gone = []) {
    for (const last of [false, true]) {
      try {
        const database = await this.open();
        await new Promise((resolve, reject) => {
          const writing = database.transaction("records", "readwrite", { durability: "strict" });
          writing.oncomplete = resolve;
          writing.onerror = writing.onabort = () => reject(writing.error);
          const table = writing.objectStore("records");
          records.forEach((record) => table.put(record));
          gone.forEach((key) => table.delete(key));
        });
        return;
      } catch (error) {
        this.database = null;
        if (last) throw error;
      }
    }
  }
}

/** Records by key. Of two versions of a record the one with the higher number `v` is the newer. */
export class Store {
  constructor() {
    this.records = new Map();
    this.slow = new Slow();
    this.typed = new Map();
    this.pause = 0;
    this.heard = () => {}; // called with a record that another tab wrote
  }

  /** All that was kept, from whichever store has it. */
  async load() {
    const kept = await within(this.slow.all(), PATIENCE).catch(() => []);
    [...kept, ...quickAll()].forEach((record) => this.learn(record));
    this.forget();
    addEventListener("storage", (event) => {
      const record = event.key?.startsWith(PREFIX) && event.newValue ? read(event.newValue) : null;
      if (record && this.learn(record)) this.heard(record);
    });
    const leaving = () => this.flush();
    addEventListener("pagehide", leaving);
    document.addEventListener("visibilitychange", leaving);
  }

  learn(record) {
    const known = this.records.get(record.key);
    if (known && known.v >= record.v) return false;
    this.records.set(record.key, record);
    return true;
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
    const record = quickGet(key);
    if (record) this.learn(record);
    return this.records.get(key);
  }

  /** Keep records. True when at least one store that outlives the page has them. */
  async put(...changed) {
    const records = changed.map((record) => this.next(record));
    const quick = records.map(quickPut).every(Boolean);
    const slow = await within(this.slow.write(records), PATIENCE).then(
      () => true,
      () => false,
    );
    return quick || slow;
  }

  /** Keep what is being typed: at once in the quick store, in a pause in the slow one. */
  type(record) {
    const next = this.next(record);
    this.typed.set(next.key, next);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.flush(), PAUSE);
    return quickPut(next);
  }

  flush() {
    const records = [...this.typed.values()];
    this.typed.clear();
    if (records.length) this.slow.write(records).catch(() => {});
  }

  next(record) {
    const next = { ...record, v: (this.records.get(record.key)?.v || 0) + 1, at: Date.now() };
    this.records.set(next.key, next);
    return next;
  }

  /** Let go of what the laptop has had for a month. */
  forget() {
    const gone = [...this.records.values()]
      .filter((record) => record.status !== "waiting" && record.status !== "refused")
      .filter((record) => !record.text && record.at < Date.now() - OLD)
      .map((record) => record.key);
    if (!gone.length) return;
    for (const key of gone) {
      this.records.delete(key);
      quickDelete(key);
    }
    this.slow.write([], gone).catch(() => {});
  }
}

function read(text) {
  try {
    const record = JSON.parse(text);
    return record && typeof record.key === "string" ? record : null;
  } catch {
    return null;
  }
}

function quickAll() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => read(localStorage.getItem(key)))
      .filter(Boolean);
  } catch {
    return [];
  }
}

function quickGet(key) {
  try {
    return read(localStorage.getItem(PREFIX + key) || "null");
  } catch {
    return null;
  }
}

function quickPut(record) {
  try {
    localStorage.setItem(PREFIX + record.key, JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

function quickDelete(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // it will be found and let go another time
  }
}
