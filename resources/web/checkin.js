// Check-in: a word and a grade from 1 to 10, sent as one.

import { h, icon, remake } from "./dom.js";
import { uuid } from "./store.js";
import { t } from "./words.js";

const WORD = 60; // characters; as in facilitator/meeting/checkin.py

export class CheckIn {
  constructor(phone) {
    this.phone = phone;
    this.key = `check-in:${phone.identity.meeting}`;
    this.draft = phone.store.get(this.key) || { key: this.key, id: uuid(), word: "", grade: null, sent: false };
    this.element = h("section", { class: "card check-in" });
  }

  letter() {
    const mine = ({ command }) => command.check_in === this.draft.id;
    return this.phone.outbox.letters(this.phone.identity.meeting).filter(mine).pop();
  }

  update() {
    const letter = this.draft.sent ? this.letter() : null;
    remake(this.element, [letter?.status, letter?.command.id], () => (letter ? this.sent(letter) : this.form()));
  }

  form() {
    const { draft } = this;
    const keep = () => this.phone.store.type(draft);
    const word = h("input", {
      id: "word",
      maxlength: String(WORD),
      autocomplete: "off",
      value: draft.word,
      input: () => {
        draft.word = word.value;
        keep();
      },
    });
    const grades = Array.from({ length: 10 }, (_, place) => {
      const grade = place + 1;
      const radio = h("input", {
        type: "radio",
        name: "grade",
        value: String(grade),
        checked: draft.grade === grade,
        change: () => {
          draft.grade = grade;
          keep();
        },
      });
      return h("label", { class: "grade" }, radio, h("span", {}, String(grade)));
    });
    const wrong = h("p", { class: "wrong", role: "alert" });
    const submit = (event) => {
      event.preventDefault();
      if (draft.word.trim() || draft.grade) this.send();
      else wrong.textContent = t("Geef een woord, een cijfer, of allebei.");
    };
    return [
      h("h1", {}, t("Hoe zit je erbij?")),
      h(
        "form",
        { submit, novalidate: true },
        h("label", { for: "word" }, t("In één woord")),
        word,
        h("fieldset", { class: "grades" }, h("legend", {}, t("Als cijfer, van 1 tot 10")), h("div", {}, grades)),
        wrong,
        h("button", { class: "primary" }, t("Versturen")),
      ),
    ];
  }

  async send() {
    const { draft, phone } = this;
    const { id, word, grade } = draft;
    const command = { command: "send_check_in", id: uuid(), check_in: id, word: word.trim(), grade };
    draft.sent = true;
    await phone.outbox.post(phone.outbox.letter(phone.identity.meeting, command), draft);
  }

  sent({ status, refusal, command }) {
    const words = {
      waiting: [icon("wait"), t("op dit toestel")],
      received: [icon("check"), t("ontvangen")],
      refused: [icon("alert"), refusal?.message || t("De laptop nam het niet aan.")],
    };
    const again = () => {
      this.draft.sent = false;
      this.phone.store.type(this.draft);
      this.update();
      this.element.querySelector("input").focus();
    };
    return [
      h("h1", {}, t("Dank je wel")),
      h(
        "p",
        { class: "given" },
        command.word && h("span", {}, command.word),
        command.grade && h("span", { class: "number" }, String(command.grade)),
      ),
      h("p", { class: "foot" }, h("span", { class: "status", role: "status", "data-status": status }, words[status]), h("button", { type: "button", class: "link", click: again }, t("Wijzig"))),
    ];
  }
}
