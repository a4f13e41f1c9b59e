// Keeping up with the engine: the state, then the news; and again, for as long as the page is seen.

import { ask, backoff, listen } from "./link.js";

const POLL = 4000; // ms between two questions for the state, where no stream comes through
const STALE = 12000; // ms without a word, after which a stream is not trusted when one comes back

export class Live {
	watch = null; // stops the stream
	wake = () => {}; // ends a pause
	stopped = false;
	heardAt = 0;

	/** `phone` is asked for the token and told what is new: see phone.js. */
	constructor(phone) {
		this.phone = phone;
		this.replica = phone.replica;
		const back = () => {
			if (document.hidden || performance.now() - this.heardAt > STALE) this.watch?.abort();
			this.wake();
		};
		document.addEventListener("visibilitychange", back);
		["pageshow", "focus", "online"].forEach((name) => addEventListener(name, back));
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
				await this.reload();
				failures = 0;
			} catch (error) {
				if (error.status === 401) await this.phone.joinAgain();
				this.phone.reached(false);
				await this.pause(Math.max(error.after || 0, backoff((failures += 1), 5000)));
				continue;
			}
			const heard = !this.stopped && (await this.hear());
			await this.pause(backoff(0, 400) * (heard ? 1 : POLL / 400));
		}
	}

	/** Take the whole state. */
	async reload() {
		const asked = performance.now();
		const snapshot = await ask("/api/state", { token: this.phone.token });
		this.heardAt = performance.now();
		if (this.stopped) return;
		this.phone.time.learn(snapshot.now, this.heardAt - asked || 1);
		this.replica.load(snapshot);
		this.replica.loaded = true;
		this.phone.reached(true);
		this.phone.renewed();
	}

	/** The news until it stops; how much there was. */
	hear() {
		this.watch = new AbortController();
		const hear = (name, data) => this.take(name, data);
		const { token } = this.phone;
		return listen(`/api/events?after=${this.replica.revision}`, { token, hear, watch: this.watch });
	}

	take(name, data) {
		this.heardAt = performance.now();
		if (data.now) this.phone.time.learn(data.now);
		const missed = {
			beat: () => data.epoch !== this.replica.epoch || data.revision > this.replica.revision,
			change: () => !this.replica.apply(data),
			resync: () => true,
			bye: () => true,
		};
		if (missed[name]?.()) this.watch.abort();
		else if (name === "change") this.phone.renewed();
		else this.phone.reached(true);
	}

	pause(ms) {
		return new Promise((resolve) => {
			this.wake = resolve;
			setTimeout(resolve, ms);
		});
	}
}
