// Writing a note. What is typed is kept as it is typed, with the round and table it was begun at.

import { h, icon, remake, say } from "./dom.js";
import { tableName } from "./replica.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const NEAR = 20; // characters left from which they are told aloud

/** The text as the engine will keep it. */
export const tidy = (text) =>
  text.replace(/\r\n?/g, "\n").replace(/[^\S\n]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();

/** Its length in characters, not in halves of emoji. */
export const lengthOf = (text) => [...tidy(text)].length;

/** The counter under a box: what is written of what may be, or how much too long it is. */
export function counterText(length, most) {
  return length > most ? t("{number} tekens te veel", { number: length - most }) : `${length} / ${most}`;
}

/** A fresh sheet. Its ids are made once, so that sending twice is writing once. */
const sheet = (meeting) => ({
  key: `draft:${meeting}`,
  id: uuid(),
  note: uuid(),
  secret: uuid() + uuid(),
  text: "",
  theme: null,
  place: null, // table and step that were on the screen when writing began
});

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.meeting = phone.identity.meeting;
    this.busy = false;
    this.draft = this.begun();
    this.make();
  }

  /** The sheet that was begun before a reload, unless it was sent just then. */
  begun() {
    const kept = this.phone.store.get(`draft:${this.meeting}`);
    return kept && !this.phone.store.fresh(`letter:${kept.id}`) ? kept : sheet(this.meeting);
  }

  make() {
    this.label = h("label", { for: "note" });
    this.box = h("textarea", {
      id: "note",
      rows: "4",
      "aria-describedby": "count said",
      value: this.draft.text,
      input: () => this.typed(),
    });
    this.count = h("p", { id: "count", class: "count" });
    this.aloud = h("p", { class: "unseen", role: "status" });
    this.choice = h("div");
    this.context = h("div");
    this.said = h("p", { id: "said", class: "said", role: "status" });
    this.button = h("button", { class: "primary" }, t("Versturen"));
    this.sheet = h("div", { class: "sheet note" }, this.label, this.box, this.count);
    const submit = (event) => {
      event.preventDefault();
      this.send();
    };
    this.element = h(
      "form",
      { class: "composer", submit, novalidate: true },
      this.choice,
      this.sheet,
      this.aloud,
      this.context,
      this.button,
      this.said,
    );
  }

  get written() {
    return Boolean(this.draft.text.trim());
  }

  /** Where a note stands that is begun now. */
  here() {
    const { replica } = this.phone;
    const step = replica.step;
    return {
      table: replica.you.table,
      step: step?.id || null,
      tableName: tableName(replica.table),
      stepName: step ? replica.stepName(step.id) : "",
    };
  }

  typed() {
    const before = this.written;
    this.draft.text = this.box.value;
    if (this.written && !before) this.draft.place = this.here();
    this.keep();
    this.tell("");
    this.update();
  }

  keep() {
    this.phone.store.type(this.draft);
  }

  update() {
    const { replica } = this.phone;
    const open = replica.openTheme;
    const closed = replica.meeting?.phase === "closed";
    const length = lengthOf(this.box.value);
    const most = replica.meeting?.note_length || 300;
    const round = replica.step?.activity === "round";
    const label = round ? t("Schrijf een briefje") : t("Wil je iets opschrijven?");
    say(this.label, closed ? t("Nog niet verstuurd") : label);
    say(this.button, closed ? t("Alsnog versturen") : t("Versturen"));
    say(this.count, counterText(length, most));
    this.count.classList.toggle("over", length > most);
    say(this.aloud, length > most - NEAR ? t("{written} van {most} tekens", { written: length, most }) : "");
    const chosen = this.draft.theme && this.draft.theme === open?.id ? open : replica.theme;
    this.sheet.dataset.colour = chosen?.colour || "yellow";
    remake(this.choice, [open?.id, open?.title, replica.theme?.title, this.draft.theme], () => this.choices(open));
    const place = this.written && this.draft.place;
    const other = place && !closed && (place.step !== (replica.step?.id || null) || place.table !== replica.you.table);
    remake(this.context, other ? [place, this.here()] : "", () => (other ? this.elsewhere(place) : []));
  }

  /** "Voor": the table's theme, or the open one. */
  choices(open) {
    if (!open) return [];
    const { replica } = this.phone;
    const own = replica.theme?.title || tableName(replica.table);
    const one = (value, title, colour) =>
      h(
        "label",
        { class: "choice", "data-colour": colour },
        h("input", {
          type: "radio",
          name: "theme",
          checked: this.draft.theme === value,
          change: () => {
            this.draft.theme = value;
            this.keep();
            this.update();
            this.choice.querySelector(":checked")?.focus();
          },
        }),
        h("span", {}, title),
      );
    return h(
      "fieldset",
      { class: "choices" },
      h("legend", {}, t("Voor")),
      one(null, own, replica.theme?.colour || "yellow"),
      one(open.id, open.title, open.colour),
    );
  }

  /** The round went on while this was being written: it stays where it was begun. */
  elsewhere(place) {
    const name = ({ tableName: table, stepName }) => [table, stepName].filter(Boolean).join(", ");
    const move = () => {
      this.draft.place = this.here();
      this.keep();
      this.update();
      this.box.focus();
    };
    return h(
      "p",
      { class: "context" },
      t("Dit briefje hoort bij {where}.", { where: name(place) }),
      h("button", { type: "button", class: "link", click: move }, t("Zet het bij {where}", { where: name(this.here()) })),
    );
  }

  /** Whether the text may go; if not, why. */
  hindrance() {
    const most = this.phone.replica.meeting?.note_length || 300;
    const length = lengthOf(this.box.value);
    if (!length) return t("Schrijf eerst iets op.");
    if (length > most) return t("Dit is te lang voor één briefje. Maak het korter, of maak er twee van.");
    return "";
  }

  async send() {
    if (this.busy) return;
    const hindrance = this.hindrance();
    if (hindrance) {
      this.tell(hindrance, "wrong");
      this.box.focus();
      return;
    }
    this.renewIds();
    this.busy = this.box.readOnly = true;
    const draft = this.draft;
    const letter = this.letter(draft);
    const blank = sheet(this.meeting);
    this.tell(t("Op dit toestel. We versturen het …"), "wait");
    if (await this.phone.outbox.post(letter, blank)) {
      this.clear(blank);
    } else {
      this.tell(t("Dit toestel kan niets bewaren. Je tekst blijft hier staan tot de laptop hem heeft; sluit deze pagina niet."), "wrong");
      this.unsafe = letter.command.id;
    }
    this.busy = this.box.readOnly = false;
    this.answered(this.phone.store.get(letter.key));
  }

  /** Another tab of this phone may have sent this very sheet. */
  renewIds() {
    const { store } = this.phone;
    if (this.unsafe !== this.draft.id && store.fresh(`letter:${this.draft.id}`)) {
      const { id, note, secret } = sheet(this.meeting);
      Object.assign(this.draft, { id, note, secret });
    }
  }

  letter(draft) {
    const { table, step, tableName: at, stepName } = draft.place || this.here();
    const command = {
      command: "write_note",
      id: draft.id,
      note: draft.note,
      text: tidy(this.box.value),
      table,
      step,
      theme: draft.theme,
      key: draft.secret,
    };
    return this.phone.outbox.letter(this.meeting, command, { table: at, step: stepName, colour: this.sheet.dataset.colour });
  }

  clear(blank) {
    this.draft = blank;
    this.box.value = "";
    this.update();
  }

  /** What became of the letters that were sent. */
  settled(letters) {
    letters.forEach((letter) => this.answered(letter));
  }

  answered(letter) {
    if (letter.command.command !== "write_note" || letter.meeting !== this.meeting) return;
    if (letter.status === "received") {
      if (this.unsafe === letter.command.id && !this.busy) {
        this.unsafe = "";
        this.clear(sheet(this.meeting));
      }
      this.tell(t("Ontvangen. Dank je wel!"), "ok");
    } else if (letter.status === "refused") {
      this.tell(t("Je briefje kon niet worden geplaatst. Het staat hieronder."), "wrong");
    }
  }

  tell(text, kind = "") {
    const icons = { ok: "check", wait: "wait", wrong: "alert" };
    this.said.dataset.kind = kind;
    remake(this.said, text, () => (text ? [icon(icons[kind]), h("span", {}, text)] : []));
  }
}
