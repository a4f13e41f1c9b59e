// What this phone knows of the meeting: loaded once, then kept up with by changes.

import { t } from "./words.js";

const WARNING = 300; // s; as in facilitator/meeting/programme.py
const LAST_MINUTE = 60;

const inOrder = (one, other) => one.order - other.order || (one.id < other.id ? -1 : 1);

export class Replica {
  constructor() {
    this.kinds = new Map();
    this.you = {};
    this.epoch = "";
    this.revision = -1;
    this.loaded = false; // from the engine, not from what this phone remembered
    this.count = 0;
  }

  /** Take a whole state in place of what was known. */
  load(snapshot) {
    const places = new Map(this.all("note").map((note) => [note.id, note.place]));
    this.kinds = new Map();
    this.you = snapshot.you || {};
    this.epoch = snapshot.epoch || "";
    this.revision = snapshot.revision ?? -1;
    snapshot.entities.forEach((entity) => this.put(entity, places.get(entity.id)));
  }

  /** Take a change. False when something before it was missed. */
  apply({ prev, revision, put = [], remove = [] }) {
    if (revision <= this.revision) return true;
    if (prev > this.revision) return false;
    put.forEach((entity) => this.put(entity, this.find(entity.kind, entity.id)?.place));
    remove.forEach(({ kind, id }) => this.kinds.get(kind)?.delete(id));
    this.revision = revision;
    return true;
  }

  put(entity, place) {
    if (!this.kinds.has(entity.kind)) this.kinds.set(entity.kind, new Map());
    const known = place === undefined ? (this.count += 1) : place; // the order in which they came
    this.kinds.get(entity.kind).set(entity.id, { ...entity, place: known });
  }

  all(kind) {
    return [...(this.kinds.get(kind)?.values() || [])];
  }

  find(kind, id) {
    return id ? this.kinds.get(kind)?.get(id) : undefined;
  }

  /** What to remember for when the engine can't be heard after a reload. */
  essence() {
    const kinds = ["meeting", "step", "clock", "theme", "table"];
    const entities = kinds.flatMap((kind) => this.all(kind));
    return { entities, you: this.you };
  }

  get meeting() {
    return this.all("meeting")[0];
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
    return this.all("theme").find((theme) => theme.open && theme.id !== this.table?.theme);
  }

  get step() {
    return this.find("step", this.clock.step);
  }

  get steps() {
    return this.all("step").sort(inOrder);
  }

  /** What is asked now: by the round, or else by the theme. */
  get question() {
    return this.step?.question || this.theme?.question || this.theme?.title || "";
  }

  /** What people call a step. */
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

  /** What the clock has come to; the same words as in programme.py. */
  stretch(now) {
    const step = this.step;
    const remaining = this.remaining(now);
    if (!step) return "idle";
    if (remaining <= 0) return "overtime";
    if (!this.clock.ends_at) return remaining >= step.length ? "idle" : "paused";
    if (remaining <= LAST_MINUTE) return "last_minute";
    return remaining <= WARNING && WARNING < step.length ? "warning" : "running";
  }
}

function activityName(activity) {
  const names = {
    welcome: t("Welkom"),
    check_in: t("Inchecken"),
    round: t("Ronde"),
    switch: t("Wisselen"),
    harvest: t("Oogst"),
    plenary: t("Samen in gesprek"),
    decision: t("Besluiten"),
    break: t("Pauze"),
    closing: t("Afsluiting"),
  };
  return names[activity] || "";
}

/** What people call a table. */
export const tableName = (table) =>
  table ? t("Tafel {number}", { number: table.number }) + (table.name ? ` · ${table.name}` : "") : "";
