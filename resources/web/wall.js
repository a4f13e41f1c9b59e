// What this table wrote: by round, the newest first. Own notes may be changed until the end.

import { h, icon, remake, say } from "./dom.js";
import { counterText, lengthOf, tidy } from "./composer.js";
import { ownNotes } from "./outbox.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const FIRST = 60; // cards that are drawn before one asks for more
const MORE = 200;

export class Wall {
  constructor(phone) {
    this.phone = phone;
    this.cards = new Map();
    this.groups = new Map();
    this.most = FIRST;
    this.body = h("div");
    this.empty = h("p", { class: "muted" });
    this.heading = h("h2", {});
    this.more = h("button", {
      type: "button",
      class: "quiet",
      click: () => {
        this.most += MORE;
        this.update();
      },
    });
    this.element = h("section", { class: "wall" }, this.heading, this.empty, this.body, this.more);
  }

  update() {
    const { replica } = this.phone;
    const items = this.items();
    say(this.heading, replica.meeting?.show_earlier === false ? t("Jouw briefjes") : t("Briefjes"));
    this.empty.hidden = items.length > 0;
    say(this.empty, t("Nog niets. Jij kunt de eerste zijn."));
    this.element.hidden = !items.length && replica.step?.activity !== "round";
    const shown = items.slice(0, this.most);
    this.more.hidden = shown.length === items.length;
    say(this.more, t("Toon er meer ({number})", { number: items.length - shown.length }));
    this.lay(shown);
  }

  /** The notes of this table and the own ones, in the order in which they are read. */
  items() {
    const { replica, outbox, identity } = this.phone;
    const own = ownNotes(outbox.letters(identity.meeting));
    const items = replica.all("note").map((note) => this.item(note, own.get(note.id)));
    for (const note of own.values()) {
      if (!replica.find("note", note.id)) items.push(this.unseen(note));
    }
    const rounds = replica.steps.map((step) => step.id);
    const rank = (item) => (item.elsewhere ? -2 : rounds.indexOf(item.round));
    return items.sort((one, other) => rank(other) - rank(one) || other.newness - one.newness);
  }

  item(note, own) {
    const { theme } = this.phone.replica;
    return {
      id: note.id,
      text: own?.changed ? own.text : note.text,
      round: note.round,
      theme: note.theme !== theme?.id ? note.theme : null,
      colour: this.colour(note.theme),
      late: note.late,
      own,
      newness: note.place + (own && own.status !== "received" ? 1e9 : 0),
    };
  }

  /** An own note that the engine does not show here: under way, refused, hidden, or of another table. */
  unseen(note) {
    const { replica } = this.phone;
    const elsewhere = note.table !== replica.you.table && note.status === "received";
    const round = replica.find("step", note.step)?.activity === "round" ? note.step : null;
    return {
      id: note.note,
      text: note.text,
      round,
      theme: note.theme,
      colour: note.shown.colour,
      own: note,
      elsewhere: elsewhere ? note.shown.table : "",
      newness: (note.status === "received" ? 0 : 1e9) + note.written.number,
    };
  }

  colour(theme) {
    return this.phone.replica.find("theme", theme)?.colour || "yellow";
  }

  lay(items) {
    const groups = new Map();
    for (const item of items) {
      const name = item.elsewhere
        ? t("Geschreven aan {table}", { table: item.elsewhere })
        : this.phone.replica.stepName(item.round) || t("Tussendoor");
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(item);
    }
    const seen = new Set(items.map((item) => item.id));
    for (const [id, card] of this.cards) {
      if (!seen.has(id)) {
        card.element.remove();
        this.cards.delete(id);
      }
    }
    arrange(this.body, [...groups].map(([name, members]) => this.group(name, members)));
    for (const name of this.groups.keys()) if (!groups.has(name)) this.groups.delete(name);
  }

  group(name, members) {
    if (!this.groups.has(name)) {
      const list = h("ul", { class: "notes" });
      this.groups.set(name, { list, element: h("section", {}, h("h3", {}, name), list) });
    }
    const { list, element } = this.groups.get(name);
    arrange(list, members.map((item) => this.card(item)));
    return element;
  }

  card(item) {
    if (!this.cards.has(item.id)) this.cards.set(item.id, new Card(this.phone, item.id));
    const card = this.cards.get(item.id);
    card.update(item);
    return card.element;
  }
}

/** Put children in this order, touching only those that stand elsewhere. */
function arrange(parent, children) {
  children.forEach((child, place) => {
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] || null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

/** One note. */
class Card {
  constructor(phone, id) {
    this.phone = phone;
    this.id = id;
    this.draftKey = `edit:${id}`;
    this.element = h("li", { class: "note" });
    this.editing = Boolean(phone.store.get(this.draftKey)?.text);
  }

  update(item) {
    this.item = item;
    const { own } = item;
    const { replica } = this.phone;
    const closed = replica.meeting?.phase === "closed";
    const status = own?.status || "";
    if (status === "received" && closed) this.editing = false;
    this.element.dataset.colour = item.colour;
    this.element.dataset.status = status;
    const theme = item.theme ? replica.find("theme", item.theme)?.title : "";
    const shown = [item.text, theme, item.late, status, own?.refusal, closed, this.editing];
    remake(this.element, this.editing ? "editing" : shown, () => {
      if (this.editing) return this.editor();
      return [h("p", { class: "text" }, item.text), theme && h("p", { class: "about" }, theme), this.foot(item, closed)];
    });
  }

  foot({ own, late }, closed) {
    const lateMark = late && h("span", { class: "late" }, t("na de ronde"));
    if (!own) return lateMark && h("p", { class: "foot" }, lateMark);
    const words = {
      waiting: [icon("wait"), t("op dit toestel")],
      received: [icon("check"), t("ontvangen")],
      refused: [icon("alert"), t("niet geplaatst")],
    };
    const mayChange = !closed || own.status === "refused";
    const change = h(
      "button",
      { type: "button", class: "link", click: () => this.edit() },
      own.status === "refused" ? t("Pas aan") : t("Wijzig"),
    );
    return [
      own.status === "refused" && h("p", { class: "reason" }, reason(own.refusal)),
      h("p", { class: "foot" }, h("span", { class: "status" }, words[own.status]), lateMark, mayChange && change),
    ];
  }

  edit() {
    this.editing = true;
    this.update(this.item);
    this.element.querySelector("textarea").focus();
  }

  editor() {
    const { store, replica } = this.phone;
    const most = replica.meeting?.note_length || 300;
    const box = h("textarea", {
      rows: "4",
      "aria-label": t("Je briefje"),
      value: store.get(this.draftKey)?.text || this.item.text,
      input: () => {
        store.type({ key: this.draftKey, text: box.value });
        tell();
      },
    });
    const count = h("p", { class: "count" });
    const tell = () => {
      say(count, counterText(lengthOf(box.value), most));
      count.classList.toggle("over", lengthOf(box.value) > most);
    };
    const save = (event) => {
      event.preventDefault();
      if (lengthOf(box.value) > 0 && lengthOf(box.value) <= most) this.save(tidy(box.value));
      else box.focus();
    };
    tell();
    return h(
      "form",
      { submit: save },
      box,
      count,
      h(
        "p",
        { class: "foot" },
        h("button", { class: "small" }, t("Bewaar")),
        h("button", { type: "button", class: "link", click: () => this.leave() }, t("Laat het zo")),
      ),
    );
  }

  async save(text) {
    const { outbox, identity } = this.phone;
    const { own } = this.item;
    const meeting = identity.meeting;
    const blank = { key: this.draftKey, text: "" };
    if (own.written.status === "refused") {
      const { table, step } = this.standing(own);
      const command = { ...own.written.command, id: uuid(), note: uuid(), text, table, step };
      await this.settle(outbox.post(outbox.letter(meeting, command, own.shown), blank), own.written);
    } else {
      const command = { command: "edit_note", id: uuid(), note: own.note, text, key: own.key };
      await this.settle(outbox.post(outbox.letter(meeting, command), blank), own.status === "refused" && own.last);
    }
  }

  async settle(posting, refused) {
    await posting;
    if (refused) await this.phone.outbox.drop(refused);
    this.close();
  }

  /** Where it goes when sent once more: where it was written, unless that is no longer there. */
  standing({ table, step, refusal }) {
    const { replica } = this.phone;
    if (refusal?.code === "note.length") return { table, step };
    return { table: replica.you.table, step: replica.step?.id || null };
  }

  leave() {
    this.phone.store.put({ key: this.draftKey, text: "" });
    this.close();
  }

  close() {
    this.editing = false;
    this.phone.renewed();
    this.update(this.item);
    this.element.querySelector("button")?.focus();
  }
}

function reason({ code, values = {}, message } = {}) {
  if (code === "note.length") return t("Het is te lang: er passen {maximum} tekens op een briefje.", values);
  return message || t("De laptop nam het niet aan.");
}
