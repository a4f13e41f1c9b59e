// Keeping up with the engine: the state, then the news; and again, for as long as the page is seen.

import { Refusal, ask, backoff, listen } from "./link.js";

const DEAF = 3; // streams that said nothing, before the state is asked for instead
const POLL = 4000; // ms between two questions for the state
const TRY_STREAM = 60000; // ms before a stream is tried again where none came through

export class Live {
  /** `phone` is asked for the token and told what is new: see phone.js. */
  constructor(phone, replica, time) {
    Object.assign(this, { phone, replica, time });
    this.watch = null; // stops the stream
    this.wake = () => {}; // ends a pause
    this.stopped = false;
    this.heardAt = 0;
    this.follow();
  }

  follow() {
    const back = () => {
      if (document.hidden) return this.watch?.abort();
      if (performance.now() - this.heardAt > 12000) this.watch?.abort();
      return this.wake();
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
    let failures = 0;
    let deaf = 0;
    let triedAt = 0;
    while (!this.stopped) {
      if (document.hidden) {
        await this.pause(60000);
        continue;
      }
      try {
        await this.reload();
        if (this.stopped) return;
        failures = 0;
      } catch (error) {
        if (error instanceof Refusal && error.status === 401) await this.phone.joinAgain();
        this.phone.reached(false);
        await this.pause(Math.max(error.after || 0, backoff((failures += 1), 5000)));
        continue;
      }
      const polling = deaf >= DEAF && performance.now() - triedAt < TRY_STREAM;
      if (!polling) {
        triedAt = performance.now();
        deaf = (await this.hear()) ? 0 : deaf + 1;
      }
      if (!document.hidden) await this.pause(polling ? POLL * (0.7 + 0.6 * Math.random()) : backoff(0, 1000));
    }
  }

  /** Take the whole state. */
  async reload() {
    const asked = performance.now();
    const snapshot = await ask("/api/state", { token: this.phone.token });
    this.heardAt = performance.now();
    this.time.learn(snapshot.now, this.heardAt - asked || 1);
    this.replica.load(snapshot);
    this.replica.loaded = true;
    this.phone.reached(true);
    this.phone.renewed();
  }

  /** The news until it stops; true when there was any. */
  async hear() {
    this.watch = new AbortController();
    const hear = (name, data) => this.take(name, data);
    const path = `/api/events?after=${this.replica.revision}`;
    return (await listen(path, { token: this.phone.token, hear, watch: this.watch })) > 0;
  }

  take(name, data) {
    this.heardAt = performance.now();
    if (data.now) this.time.learn(data.now);
    if (name === "beat") {
      this.phone.reached(true);
      if (data.epoch !== this.replica.epoch || data.revision > this.replica.revision) this.watch.abort();
    } else if (name === "change") {
      if (this.replica.apply(data)) this.phone.renewed();
      else this.watch.abort();
    } else if (name === "resync" || name === "bye") {
      this.watch.abort();
    }
  }

  pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
