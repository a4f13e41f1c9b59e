// What this phone knows of the meeting: loaded once, then changed.

import { t } from "./words.js";

const WARNING = 300; // s; as in facilitator/meeting/programme.py
const LAST_MINUTE = 60;

export class Replica {
	kinds = {};
	you = {};
	epoch = "";
	revision = -1;
	count = 0;

	load({ entities, you, epoch = "", revision = -1 }) {
		const before = this.kinds;
		Object.assign(this, { kinds: {}, you, epoch, revision });
		entities.forEach((entity) => this.put(entity, before));
	}

	/** Take a change. False when something before it was missed. */
	apply({ prev, revision, put, remove }) {
		if (revision <= this.revision) return true;
		if (prev > this.revision) return false;
		put.forEach((entity) => this.put(entity, this.kinds));
		remove.forEach(({ kind, id }) => this.kinds[kind]?.delete(id));
		this.revision = revision;
		return true;
	}

	put(entity, before) {
		const { kind, id } = entity;
		const place = before[kind]?.get(id)?.place ?? (this.count += 1); // the order in which they came
		(this.kinds[kind] ??= new Map()).set(id, { ...entity, place });
	}

	all(kind) {
		return [...(this.kinds[kind]?.values() || [])];
	}

	find(kind, id) {
		return this.kinds[kind]?.get(id);
	}

	get meeting() {
		return this.all("meeting")[0];
	}

	get closed() {
		return this.meeting?.phase === "closed";
	}

	/** Whether this phone is that of a table's host. */
	get hosts() {
		return this.you.role === "host";
	}

	/** Why nothing is sent from here now, in words; nothing where one may. */
	get held() {
		if (this.closed) return "";
		if (this.meeting?.frozen) return t("De begeleider vraagt even je aandacht. Wat je schreef, blijft staan. Straks kun je verder.");
		if (this.meeting && !this.table) return t("Deze tafel is er niet meer. Kies een andere.");
		return this.table?.closed ? t("Deze tafel is gesloten. Wat je schreef, blijft staan. Ga naar een andere tafel, of vraag de begeleider.") : "";
	}

	get clock() {
		return this.all("clock")[0] || { step: null, left: 0, ends_at: null };
	}

	get table() {
		return this.find("table", this.you.table);
	}

	get theme() {
		return this.find("theme", this.table?.theme);
	}

	/** The theme for which every table may write, unless it is this table's own. */
	get openTheme() {
		return this.all("theme").find((theme) => theme.open && theme !== this.theme);
	}

	get step() {
		return this.find("step", this.clock.step);
	}

	get activity() {
		return this.step?.activity;
	}

	get steps() {
		return this.all("step").sort((one, other) => one.order - other.order);
	}

	stepName(id) {
		const step = this.find("step", id);
		if (!step) return "";
		const rounds = this.steps.filter((other) => other.activity === "round");
		if (step.activity !== "round" || rounds.length < 2) return step.title || activityName(step.activity);
		const name = t("Ronde {number} van {all}", { number: rounds.indexOf(step) + 1, all: rounds.length });
		return step.title ? `${name} · ${step.title}` : name;
	}

	/** Seconds left in the step; negative in overtime. */
	remaining(now) {
		const { ends_at: end, left } = this.clock;
		return end ? (Date.parse(end) - now) / 1000 : left;
	}

	/** What the clock has come to, in the words of programme.py. */
	stretch(now) {
		const { length } = this.step;
		const remaining = this.remaining(now);
		if (remaining <= 0) return "overtime";
		if (!this.clock.ends_at) return remaining < length ? "paused" : "idle";
		if (remaining <= LAST_MINUTE) return "last_minute";
		return remaining <= WARNING && WARNING < length ? "warning" : "running";
	}
}

const activityName = (activity) =>
	({
		welcome: t("Welkom"),
		check_in: t("Inchecken"),
		round: t("Ronde"),
		switch: t("Wisselen"),
		harvest: t("Oogst"),
		plenary: t("Plenair gesprek"),
		decision: t("Besluiten"),
		break: t("Pauze"),
		closing: t("Afsluiting"),
	})[activity] || "";

export const tableName = (table) =>
	table ? t("Tafel {number}", table) + (table.name ? ` · ${table.name}` : "") : "";
