// Keeping up with the engine: the state, then the news; again and again while the page is seen.

import { ask, backoff, listen } from "./link.js";

const POLL = 3000; // ms between two questions, where no stream comes through
const STALE = 12000; // ms without a word, after which a stream is not trusted
const SOON = 1200; // ms between two tries, and half a minute later
const LATER = 4000;
const MANY = 15; // tries

export class Live {
	watch = null; // stops the stream
	wake = () => {}; // ends a pause
	stopped = false;
	heardAt = 0;

	constructor(phone) {
		this.phone = phone;
		this.replica = phone.replica;
		const back = () => {
			if (document.hidden || performance.now() - this.heardAt > STALE) this.watch?.abort();
			this.wake();
		};
		["visibilitychange", "resume"].forEach((name) => document.addEventListener(name, back));
		["pageshow", "focus", "online"].forEach((name) => addEventListener(name, back));
	}

	/** What was sent did not arrive: then the stream is no more to be trusted. */
	doubt() {
		this.watch?.abort();
		this.wake();
	}

	stop() {
		this.stopped = true;
		this.watch?.abort();
		this.wake();
	}

	async run() {
		for (let failures = 0; !this.stopped; ) {
			if (document.hidden) {
				await this.pause(POLL);
				continue;
			}
			try {
				await this.reload(failures);
				failures = 0;
			} catch (error) {
				if (error.status === 410) return this.phone.wiped();
				if (error.status === 401) await this.phone.joinAgain();
				this.phone.reached(false);
				await this.pause(backoff((failures += 1), failures > MANY ? LATER : SOON, error));
				continue;
			}
			const heard = !this.stopped && (await this.hear());
			await this.pause(heard ? backoff(0, 200) : backoff(9, POLL));
		}
	}

	async reload(tries) {
		const asked = performance.now();
		const snapshot = await ask("/api/state", { token: this.phone.identity.token, tries });
		this.heardAt = performance.now();
		if (this.stopped) return;
		this.phone.time.learn(snapshot.now, this.heardAt - asked || 1);
		this.replica.load(snapshot);
		this.phone.learn(snapshot.addresses);
		this.phone.reached(true);
		this.phone.renewed();
	}

	hear() {
		this.watch = new AbortController();
		const hear = (name, data) => this.take(name, data);
		const { token } = this.phone.identity;
		return listen(`/api/events?after=${this.replica.revision}`, { token, hear, watch: this.watch });
	}

	take(name, data) {
		this.heardAt = performance.now();
		if (data.now) this.phone.time.learn(data.now);
		if (name === "addresses") return this.phone.learn(data.addresses);
		const { epoch, revision } = this.replica;
		const behind = name === "beat" && (data.epoch !== epoch || data.revision > revision);
		const missed = name === "change" && !this.replica.apply(data);
		if (behind || missed || /resync|bye/.test(name)) this.watch.abort();
		else this.phone.renewed();
	}

	pause(ms) {
		return new Promise((resolve) => {
			this.wake = resolve;
			setTimeout(resolve, ms);
		});
	}
}
