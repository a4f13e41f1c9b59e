// The participants' page: who this is, which table, and what is on the screen.

import { cafe } from "./cafe.js";
import { codeForm, joinCard, notice } from "./doors.js";
import { announce, h, remake } from "./dom.js";
import { EngineTime, Refusal, ask, backoff, rest } from "./link.js";
import { Live } from "./live.js";
import { Outbox } from "./outbox.js";
import { Replica, tableName } from "./replica.js";
import { Store, uuid } from "./store.js";
import { LANGUAGES, language, speak, t } from "./words.js";

const PATIENCE = 1500; // ms without the engine before we say so
const LOOK_AGAIN = 4000; // ms between two looks whether the meeting has begun

class Phone {
	replica = new Replica();
	time = new EngineTime();
	gone = new Set(); // meetings that this engine does not know
	identity = null; // who this phone is in the meeting that is shown
	place = null; // the meeting and the table that were scanned
	away = false; // we say that the engine can't be reached
	turn = 0; // a later visit ends an earlier one

	constructor(store) {
		this.store = store;
		this.outbox = new Outbox(this);
		store.heard = () => this.renewed();
	}

	async start() {
		await speak(this.store.get("language")?.chosen || "nl");
		this.outbox.send();
		const code = decodeURIComponent(location.pathname.slice(1)).trim().toUpperCase();
		if (code) await this.visit(code);
		else this.askCode();
	}

	// --- what is on the screen

	/** Show what `build` makes; it is made again in another language. */
	show(build) {
		this.build = build;
		this.view = build();
		document.getElementById("page").replaceChildren(this.view.element);
		this.head();
		this.view.update?.();
		const heading = this.view.element.querySelector("h1");
		if (!heading) return;
		heading.tabIndex = -1; // who can't see the page reads on from here
		heading.focus({ preventScroll: true });
	}

	/** Something is new: let the screen follow, once for all that came together. */
	renewed() {
		this.due ||= setTimeout(() => {
			this.due = 0;
			if (this.replica.loaded) this.remember();
			this.head();
			this.view?.update?.();
		});
	}

	head() {
		const meeting = this.replica.meeting || this.place?.meeting;
		const table = this.identity && (this.replica.table || this.identity.place.table);
		const title = meeting?.title || "World Café";
		document.title = table ? `${tableName(table)} – ${title}` : title;
		remake(document.getElementById("top"), [language(), title, this.away], () => [
			h(
				"header",
				h("p.meeting", title),
				h(
					"div.languages",
					{ role: "group", "aria-label": t("Taal") },
					Object.entries(LANGUAGES).map(([tag, name]) => {
						const pressed = String(tag === language());
						const click = () => this.choose(tag);
						return h("button", { lang: tag, "aria-pressed": pressed, "aria-label": name, click }, tag.toUpperCase());
					}),
				),
			),
			this.away &&
				h("p.away", { role: "status" }, t("Even geen verbinding met de laptop. Je tekst staat veilig op dit toestel.")),
		]);
	}

	async choose(tag) {
		if (!(await speak(tag))) return announce(t("Deze taal kan nu niet worden opgehaald."));
		this.store.put({ key: "language", chosen: tag });
		this.show(this.build);
		document.querySelector(`.languages [lang=${tag}]`).focus();
	}

	// --- to the table

	askCode(unknown = false) {
		this.turn += 1;
		const known = this.store.all("identity:").sort((one, other) => other.at - one.at)[0];
		this.show(() => codeForm(this, unknown, known));
	}

	/** Go to the table with this code: look until the engine says what it is. */
	async visit(code) {
		const turn = (this.turn += 1);
		this.waiting = ""; // what is waited for on the screen
		for (let tries = 0; turn === this.turn; tries += 1) {
			const place = await ask(`/api/tables/${encodeURIComponent(code)}`).catch((error) => error);
			if (turn !== this.turn) return;
			if (place instanceof Refusal) return this.askCode(true);
			if (place instanceof Error) {
				const known = this.store.all("identity:").find((one) => one.place.code === code && one.token);
				if (known) return this.enter(known);
				this.wait("away", () => [
					t("Even wachten"),
					t("De laptop van de begeleider is nog niet te bereiken. Zit je op de wifi van de zaal?"),
					t("We blijven het proberen."),
				]);
				await rest(backoff(tries, 5000));
			} else {
				this.reached(true);
				if (await this.arrive({ ...place, code })) return;
				await rest(LOOK_AGAIN * (0.7 + 0.6 * Math.random()));
			}
		}
	}

	/** Say once what is waited for. */
	wait(what, words) {
		if (this.waiting !== what) this.show(() => notice(...words()));
		this.waiting = what;
	}

	/** At a table. False while there is still to be waited for the meeting. */
	async arrive(place) {
		const { meeting, table } = (this.place = place);
		if (!this.store.get("language")) await speak(meeting.language);
		const known = this.store.get(`identity:${meeting.id}`);
		if (known?.token && known.place.table.id === table.id) await this.enter({ ...known, place });
		else if (known?.token) this.show(() => joinCard(this, place, known));
		else if (meeting.phase === "live") this.show(() => joinCard(this, place));
		else {
			const closed = meeting.phase === "closed";
			this.wait(meeting.phase, () => [
				closed ? t("Deze bijeenkomst is afgelopen") : t("We zijn nog niet begonnen"),
				`${meeting.title} · ${tableName(table)}`,
				closed
					? t("Je kunt hier niet meer schrijven. Dank voor je komst.")
					: t("Je zit goed. Laat deze pagina open; zodra we beginnen, gaat hij vanzelf verder."),
			]);
			return closed;
		}
		return true;
	}

	/** Come in: the same id, however often it is asked. Throws Refusal or Away. */
	async join(place, name) {
		const key = `identity:${place.meeting.id}`;
		const identity = this.store.get(key) || { key, id: uuid(), meeting: place.meeting.id };
		await this.store.put({ ...identity, name, place });
		await this.enter(await this.joined(this.store.get(key)));
	}

	async joined(identity) {
		const { key, id, name, place } = identity;
		const { token } = await ask("/api/join", { body: { id, name, code: place.code } });
		await this.store.put({ ...identity, token });
		return this.store.get(key);
	}

	/** The engine does not know our token: come in again, with the same id; later on with a new one. */
	async joinAgain(meeting = this.identity.meeting) {
		const identity = this.store.get(`identity:${meeting}`);
		if (!identity || this.gone.has(meeting)) return;
		const again = ((identity.again || 0) + 1) % 3;
		try {
			const fresh = await this.joined({ ...identity, id: again ? identity.id : uuid(), again });
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
		this.settle(identity);
		this.replica = new Replica();
		const seen = this.store.get(`seen:${identity.meeting}`);
		if (seen?.you.table === identity.place.table.id) this.replica.load(seen);
		this.show(() => cafe(this));
		this.live = new Live(this);
		this.live.run();
		this.outbox.send();
	}

	settle(identity) {
		this.identity = identity;
		this.place = identity.place;
		this.store.put(identity);
		history.replaceState(null, "", `/${identity.place.code}`);
	}

	/** Keep what the engine told that matters after a reload, and follow it. */
	remember() {
		const { replica, identity } = this;
		const key = `seen:${identity.meeting}`;
		const seen = { key, ...replica.essence() };
		const { v, at, ...kept } = this.store.get(key) || {};
		if (JSON.stringify(kept) !== JSON.stringify(seen)) this.store.put(seen);
		this.outbox.remind(identity.meeting, replica.epoch);
		const { table } = replica;
		if (table && table.id !== identity.place.table.id) {
			this.settle({ ...identity, place: { ...identity.place, table, code: table.code } });
		}
	}

	// --- what Live and Outbox ask and tell

	get token() {
		return this.identity?.token;
	}

	tokenOf(meeting) {
		return !this.gone.has(meeting) && this.store.get(`identity:${meeting}`)?.token;
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
		} else {
			this.lost ||= setTimeout(() => {
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
