// The participants' page: who this is, which table, and what is on the screen.

import { cafe } from "./cafe.js";
import { joinCard, notice } from "./doors.js";
import { announce, h, remake, say } from "./dom.js";
import { EngineTime, Refusal, ask, backoff, rest } from "./link.js";
import { Live } from "./live.js";
import { Outbox } from "./outbox.js";
import { fetched, part } from "./parts.js";
import { Replica, tableName } from "./replica.js";
import { Store, uuid } from "./store.js";
import { LANGUAGES, language, speak, t, unreviewed } from "./words.js";

const PATIENCE = 1500; // ms without the engine before we say so
const LOOK_AGAIN = 3000; // ms between two looks whether the meeting has begun
const TRIAL = "PROEF"; // where a phone tries whether it can reach the laptop
const LATER = ["clock", "wall", "moving", "checkin", "editing", "handover"]; // fetched as soon as somebody is in

class Phone {
	replica = new Replica();
	time = new EngineTime();
	gone = new Set(); // identities that this engine does not know
	identity = null; // who this phone is in the meeting that is shown
	place = null; // the meeting and the table that were scanned
	away = false; // we say that the engine can't be reached
	invitation = ""; // of a link that makes this phone the host of its table: "id.key"
	turn = 0; // a later visit ends an earlier one

	constructor(store) {
		this.store = store;
		this.outbox = new Outbox(this);
	}

	async start() {
		const code = location.pathname.slice(1).toUpperCase();
		const key = location.hash.slice(1);
		if (key.startsWith("move=")) fetched("moved"); // while the words come
		await speak(this.store.get("language")?.chosen);
		this.outbox.send();
		if (/^host=[\w-]{1,99}\.[\w-]{1,299}$/.test(key)) this.invitation = key.slice(5);
		if (key.startsWith("move=")) await (await fetched("moved")).unpack(this, code, key.slice(5));
		if (code === TRIAL) this.show(await this.trial(key));
		else if (code) this.visit(code);
		else this.askCode();
	}

	/** The check whether phones reach the laptop. */
	async trial(key) {
		const { trial } = await fetched("trial");
		return () => trial(this, key);
	}

	/** A part of the page that came later, or null: then the screen follows when it is there. */
	part(name) {
		return part(name, () => this.renewed());
	}

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

	/** Something is new: let the screen follow, once for all that came. */
	renewed() {
		this.due ||= setTimeout(() => {
			this.due = 0;
			if (this.replica.meeting) this.follow();
			this.head();
			this.view?.update?.();
		});
	}

	head() {
		const title = (this.replica.meeting || this.place?.meeting)?.title || "World Café";
		document.title = this.identity ? `${tableName(this.identity.place.table)} – ${title}` : title;
		const tongue = ({ code: lang, name }) => {
			const short = lang.toUpperCase();
			const state = { "aria-pressed": `${lang === language()}`, "aria-label": `${short} – ${name}` };
			return h("button", { lang, ...state, click: () => this.choose(lang) }, short);
		};
		const tongues = h("div.languages", { role: "group", "aria-label": t("Taal") }, LANGUAGES.map(tongue));
		remake(document.getElementById("top"), [language(), title], () => [
			h("header", h("p.meeting", title), tongues, unreviewed() && h("p.unreviewed", unreviewed())),
		]);
		const away = t("Even geen verbinding met de laptop. Je tekst staat veilig op dit toestel.");
		say(document.getElementById("away"), this.away ? away : "");
	}

	async choose(tag) {
		if (!(await speak(tag))) return;
		this.store.put({ key: "language", chosen: language() });
		if (!this.build) return;
		this.show(this.build);
		document.querySelector(`.languages [lang=${tag}]`).focus();
	}

	async askCode(unknown = false) {
		const turn = (this.turn += 1);
		const { codeForm } = await fetched("code");
		if (turn !== this.turn) return;
		const known = this.store.all("identity:").sort((one, other) => other.at - one.at)[0];
		this.show(() => codeForm(this, unknown, known));
	}

	/** Go to the table with this code: look until the engine says what it is. */
	async visit(code) {
		const turn = (this.turn += 1);
		this.waiting = ""; // what is waited for on the screen
		for (let tries = 0; turn === this.turn; tries += 1) {
			const place = await ask(`/api/tables/${code}`).catch((error) => error);
			if (turn !== this.turn) return;
			if (place instanceof Refusal) return this.askCode(true);
			if (place instanceof Error) {
				this.wait("away", () => [
					t("Even wachten"),
					t("De laptop van de begeleider is nog niet te bereiken. Zit je op de wifi van de zaal?"),
				]);
				await rest(backoff(tries, 5000));
			} else {
				this.reached(true);
				if (await this.arrive({ ...place, code })) return;
				await rest(backoff(9, LOOK_AGAIN));
			}
		}
	}

	wait(what, words) {
		if (this.waiting !== what) this.show(() => notice(...words()));
		this.waiting = what;
	}

	/** At a table. False while the meeting is still to begin. */
	async arrive(place) {
		const { meeting, table } = (this.place = place);
		if (!this.store.get("language")) await speak(meeting.language);
		const known = this.store.get(`identity:${meeting.id}`);
		const moved = this.store.all("moved:").find((one) => one.meeting === meeting.id && one.mine === undefined);
		const { movedCard } = moved ? await fetched("moved") : {};
		const closed = meeting.phase === "closed";
		if (moved) this.show(() => movedCard(this, place, moved));
		else if (known?.token && known.place.table.id === table.id) this.enter({ ...known, place });
		else if (known?.token) this.show(() => joinCard(this, place, known));
		else if (meeting.phase === "live") this.show(() => joinCard(this, place));
		else {
			const words = closed
				? () => [t("De bijeenkomst is afgelopen."), t("Je kunt hier niet meer schrijven. Dank voor je komst.")]
				: () => [t("We zijn nog niet begonnen"), t("Je zit goed. Laat deze pagina open; zodra we beginnen, gaat hij vanzelf verder.")];
			this.wait(meeting.phase, () => [...words(), `${meeting.title} · ${tableName(table)}`]);
			return closed;
		}
		return true;
	}

	/** Come in: the same id, however often it is asked. */
	async join(place) {
		const key = `identity:${place.meeting.id}`;
		const identity = this.store.get(key) || { key, id: uuid(), secret: uuid(), meeting: place.meeting.id };
		const { people } = this; // who share this phone
		this.enter(await this.joined({ ...identity, place, name: place.meeting.named ? this.name : "", people }));
	}

	async joined(identity) {
		const { key, id, secret, name, people = 1, place } = identity;
		await this.store.put(identity);
		const { token } = await ask("/api/join", { body: { id, name, people, code: place.code, key: secret } });
		await this.store.put({ ...identity, token });
		return this.store.get(key);
	}

	/** The engine forgot our token: come in with the same id, the third time with a new one. */
	async joinAgain(meeting = this.identity.meeting, sender = `identity:${meeting}`) {
		const identity = this.store.get(sender);
		const again = ((identity.again || 0) + 1) % 3;
		try {
			const fresh = await this.joined({ ...identity, id: again ? identity.id : uuid(), again });
			if (sender === this.identity?.key) this.identity = fresh;
		} catch (error) {
			if (error.status === 410) await this.wiped(meeting);
			else if (error instanceof Refusal) this.gone.add(sender);
		}
	}

	/** The meeting was wiped: this phone forgets it too. */
	async wiped(meeting = this.identity.meeting) {
		const { forget } = await fetched("forgetting");
		forget(this, meeting);
	}

	/** Where else the engine may be found. */
	learn(addresses = []) {
		const { epoch } = this.replica;
		const known = this.store.get("engine");
		if (addresses.length && `${[epoch, addresses]}` !== `${[known?.epoch, known?.addresses]}`) {
			this.store.put({ key: "engine", epoch, addresses });
		}
	}

	/** Sit at the table of `place` from now on. */
	async sitDown(known, place) {
		const commands = [{ command: "sit_down", id: uuid(), table: place.table.id }];
		const { results } = await ask("/api/commands", { body: { commands }, token: known.token });
		if (results[0].status === "refused") throw new Refusal(422, results[0]);
		this.enter({ ...known, place });
	}

	enter(identity) {
		this.turn += 1;
		this.live?.stop();
		this.sit(identity);
		this.replica = new Replica();
		this.show(() => cafe(this));
		this.live = new Live(this);
		this.live.run();
		this.outbox.send();
		LATER.forEach((name) => this.part(name));
		if (this.invitation) fetched("host").then(({ becomeHost }) => becomeHost(this));
	}

	sit(identity) {
		this.identity = identity;
		this.place = identity.place;
		this.store.put(identity);
		this.showPlace();
	}

	/** The address is that of the table, with the invitation until it is used. */
	showPlace() {
		const { invitation } = this;
		history.replaceState(null, "", `/${this.place.code}${invitation && `#host=${invitation}`}`);
	}

	/** The engine told something: follow it to another table, or another database. */
	follow() {
		const { identity } = this;
		const { table, epoch } = this.replica;
		this.outbox.remind(identity.meeting, epoch);
		if (table && table.id !== identity.place.table.id) {
			this.sit({ ...identity, place: { ...identity.place, table, code: table.code } });
		}
	}

	/** With what a meeting's letters are sent. */
	standing(meeting, sender = `identity:${meeting}`) {
		const token = !this.gone.has(sender) && this.store.get(sender)?.token;
		return { token, epoch: meeting === this.identity?.meeting && this.replica.epoch };
	}

	/** Whether the engine answered. A moment's silence is not worth a word. */
	reached(yes) {
		if (!yes) {
			this.lost ||= setTimeout(() => {
				this.away = true;
				this.head();
				if (this.identity) fetched("moving").then(({ seek }) => seek(this));
			}, PATIENCE);
			return;
		}
		// heard, but what was written does not come through yet: then now, perhaps
		if (this.outbox.tries) return void this.outbox.send();
		clearTimeout(this.lost);
		this.lost = 0;
		if (this.away) announce(t("Er is weer verbinding met de laptop."));
		this.away = false;
		this.head();
	}

	settled(letters) {
		this.reached(true);
		this.view?.settled?.(letters);
		this.renewed();
	}
}

const store = new Store();
store.load().then(() => new Phone(store).start());
// a link with something after # that comes into this same page: the browser loads nothing by itself
addEventListener("hashchange", () => location.reload());
