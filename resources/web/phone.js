// The participants' page: who this is, which table, and what is on the screen.

import { cafe } from "./cafe.js";
import { codeForm, joinCard, notice } from "./doors.js";
import { announce, h, readFrom, remake } from "./dom.js";
import { EngineTime, Refusal, ask, backoff } from "./link.js";
import { Live } from "./live.js";
import { Outbox } from "./outbox.js";
import { Replica, tableName } from "./replica.js";
import { Store, uuid } from "./store.js";
import { LANGUAGES, language, speak, t } from "./words.js";

const PATIENCE = 1500; // ms without the engine before we say so
const LOOK_AGAIN = 4000; // ms between two looks whether the meeting has begun

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const notReached = () => [
  t("De laptop van de begeleider is nog niet te bereiken. Zit je op de wifi van de zaal?"),
  t("We blijven het proberen."),
];

class Phone {
  constructor(store) {
    this.store = store;
    this.outbox = new Outbox(this, store);
    this.replica = new Replica();
    this.time = new EngineTime();
    this.identity = null; // who this phone is in the meeting that is shown
    this.place = null; // the meeting and the table that were scanned
    this.live = null;
    this.build = null;
    this.view = null;
    this.turn = 0;
    this.lost = 0; // the timer before we say that the engine can't be reached
    this.away = false;
    this.gone = new Set(); // meetings that this engine does not know
    store.heard = () => this.renewed();
  }

  async start() {
    await speak(this.store.get("language")?.chosen || "nl");
    this.head();
    const code = decodeURIComponent(location.pathname.slice(1)).trim().toUpperCase();
    this.outbox.send();
    if (code) await this.visit(code);
    else this.askCode();
  }

  // --- what is on the screen

  /** Show what `build` makes; it is made again in another language. */
  show(build, { read = true } = {}) {
    this.build = build;
    this.view = build(this);
    document.getElementById("page").replaceChildren(this.view.element);
    this.head();
    this.view.update?.();
    const heading = this.view.element.querySelector("h1");
    if (read && heading) readFrom(heading);
  }

  /** Something is new: let the screen follow, once for all that came together. */
  renewed() {
    if (this.due) return;
    this.due = setTimeout(() => {
      this.due = 0;
      if (this.replica.loaded) this.remember();
      this.head();
      this.view?.update?.();
    }, 0);
  }

  head() {
    const { meeting, table } = this.whereabouts();
    document.title = [table && tableName(table), meeting?.title || "World Café"].filter(Boolean).join(" – ");
    const top = document.getElementById("top");
    remake(top, [language(), meeting?.title, table, this.away], () => [
      h(
        "header",
        {},
        h("p", { class: "meeting" }, meeting?.title || "World Café"),
        h(
          "div",
          { class: "languages", role: "group", "aria-label": t("Taal") },
          Object.entries(LANGUAGES).map(([tag, name]) =>
            h(
              "button",
              { type: "button", lang: tag, "aria-pressed": String(tag === language()), "aria-label": name, click: () => this.choose(tag) },
              tag.toUpperCase(),
            ),
          ),
        ),
      ),
      this.away &&
        h(
          "p",
          { class: "away", role: "status" },
          t("Even geen verbinding met de laptop. Je tekst staat veilig op dit toestel."),
        ),
    ]);
  }

  whereabouts() {
    const table = this.identity ? this.replica.table || this.identity.place.table : null;
    return { meeting: this.replica.meeting || this.place?.meeting, table };
  }

  async choose(tag) {
    if (!(await speak(tag))) return announce(t("Deze taal kan nu niet worden opgehaald."));
    await this.store.put({ key: "language", chosen: tag });
    this.show(this.build, { read: false });
    document.querySelector(`.languages [lang=${tag}]`).focus();
  }

  // --- to the table

  askCode(message = "") {
    this.turn += 1;
    const known = this.store.all("identity:").sort((one, other) => other.at - one.at)[0];
    this.show(() => codeForm(this, { message, known }));
  }

  /** Go to the table with this code: look until the engine says what it is. */
  async visit(code) {
    this.turn += 1;
    const turn = this.turn;
    this.waiting = ""; // what is waited for on the screen
    for (let tries = 0; turn === this.turn; tries += 1) {
      let wait = backoff(tries, 5000);
      try {
        const place = { ...(await ask(`/api/tables/${encodeURIComponent(code)}`)), code };
        if (turn !== this.turn) return;
        this.reached(true);
        if (await this.arrive(place)) return;
        wait = LOOK_AGAIN * (0.7 + 0.6 * Math.random());
      } catch (error) {
        if (turn !== this.turn) return;
        if (error instanceof Refusal) {
          this.askCode(t("Deze code kennen we hier niet. Kijk of er precies staat wat op het kaartje staat."));
          return;
        }
        const known = this.store.all("identity:").find((one) => one.place.code === code && one.token);
        if (known) return void (await this.enter(known));
        if (this.waiting !== "away") this.show(() => notice(t("Even wachten"), notReached()));
        this.waiting = "away";
      }
      await rest(wait);
    }
  }

  /** At a table. False while there is still to be waited for the meeting. */
  async arrive(place) {
    this.place = place;
    if (!this.store.get("language")) await speak(place.meeting.language);
    const known = this.store.get(`identity:${place.meeting.id}`);
    if (known?.token) {
      if (known.place.table.id === place.table.id) await this.enter({ ...known, place });
      else this.show(() => joinCard(this, place, known));
      return true;
    }
    if (place.meeting.phase === "live") {
      this.show(() => joinCard(this, place, null));
      return true;
    }
    const closed = place.meeting.phase === "closed";
    const heading = closed ? () => t("Deze bijeenkomst is afgelopen") : () => t("We zijn nog niet begonnen");
    const text = closed
      ? () => t("Je kunt hier niet meer schrijven. Dank voor je komst.")
      : () => t("Je zit goed. Laat deze pagina open; zodra we beginnen, gaat hij vanzelf verder.");
    if (this.waiting !== place.meeting.phase) {
      this.show(() => notice(heading(), [`${place.meeting.title} · ${tableName(place.table)}`, text()]));
    }
    this.waiting = place.meeting.phase;
    return closed;
  }

  /** Come in: the same id, however often it is asked. Throws Refusal or Away. */
  async join(place, name) {
    const key = `identity:${place.meeting.id}`;
    const identity = this.store.get(key) || { key, id: uuid(), meeting: place.meeting.id };
    await this.store.put({ ...identity, name, place });
    await this.enter(await this.joined(this.store.get(key)));
  }

  async joined(identity) {
    const { id, name, place } = identity;
    const { token, participant } = await ask("/api/join", { body: { id, name, code: place.code } });
    await this.store.put({ ...identity, token, participant });
    return this.store.get(identity.key);
  }

  /** The engine does not know our token: come in again, with the same id; once more with a new one. */
  async joinAgain(meeting = this.identity?.meeting) {
    const identity = this.store.get(`identity:${meeting}`);
    if (!identity || this.gone.has(meeting)) return;
    const again = (identity.again || 0) + 1;
    const id = again > 2 ? uuid() : identity.id;
    try {
      const fresh = await this.joined({ ...identity, id, again: again > 2 ? 0 : again });
      if (meeting === this.identity?.meeting) this.identity = fresh;
    } catch (error) {
      if (error instanceof Refusal) this.gone.add(meeting);
    }
  }

  /** Sit at the table of `place` from now on. Throws Refusal or Away. */
  async sitDown(known, place) {
    const commands = [{ command: "sit_down", id: uuid(), table: place.table.id }];
    const { results } = await ask("/api/commands", { body: { commands }, token: known.token });
    if (results[0].status === "refused") throw new Refusal(422, results[0]);
    await this.enter({ ...known, place });
  }

  /** To the writing. */
  async enter(identity) {
    this.turn += 1;
    this.live?.stop();
    this.identity = identity;
    this.place = identity.place;
    await this.store.put(identity);
    history.replaceState(null, "", `/${identity.place.code}`);
    this.replica = new Replica();
    const seen = this.store.get(`seen:${identity.meeting}`);
    if (seen?.you.table === identity.place.table.id) this.replica.load(seen);
    this.show(() => cafe(this));
    this.live = new Live(this, this.replica, this.time);
    this.live.run();
    this.outbox.send();
  }

  /** Keep what the engine told that matters after a reload, and follow it. */
  remember() {
    const { replica, identity } = this;
    const essence = replica.essence();
    const kept = this.store.get(`seen:${identity.meeting}`);
    const same = kept && JSON.stringify([kept.entities, kept.you]) === JSON.stringify([essence.entities, essence.you]);
    if (!same) this.store.put({ key: `seen:${identity.meeting}`, ...essence });
    this.outbox.remind(identity.meeting, replica.epoch);
    const { table } = replica;
    if (table && table.id !== identity.place.table.id) {
      this.identity = { ...identity, place: { ...identity.place, table, code: table.code } };
      this.store.put(this.identity);
      history.replaceState(null, "", `/${table.code}`);
    }
  }

  // --- what Live and Outbox ask and tell

  get token() {
    return this.identity?.token;
  }

  tokenOf(meeting) {
    return this.gone.has(meeting) ? "" : this.store.get(`identity:${meeting}`)?.token;
  }

  epochOf(meeting) {
    return meeting === this.identity?.meeting ? this.replica.epoch : "";
  }

  /** Whether the engine answered. A moment's silence is not worth a word. */
  reached(yes) {
    if (yes) {
      clearTimeout(this.lost);
      this.lost = 0;
      if (this.away) this.outbox.send();
      this.away = false;
      this.head();
    } else if (!this.lost) {
      this.lost = setTimeout(() => {
        this.away = true;
        this.head();
      }, PATIENCE);
    }
  }

  settled(letters) {
    this.view?.settled?.(letters);
    this.renewed();
  }
}

const store = new Store();
store.load().then(() => new Phone(store).start());
