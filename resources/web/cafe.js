// At the table: the clock, the question, the box, and what the table wrote.

import { CheckIn } from "./checkin.js";
import { clockStrip } from "./clock.js";
import { Composer } from "./composer.js";
import { announce, h, remake } from "./dom.js";
import { tableName } from "./replica.js";
import { Wall } from "./wall.js";
import { t } from "./words.js";

export function cafe(phone) {
  const seat = h("div", { class: "seat" });
  const clock = clockStrip(phone);
  const stage = h("div", { class: "stage" });
  const composer = new Composer(phone);
  const checkIn = new CheckIn(phone);
  const wall = new Wall(phone);
  const element = h("div", { class: "cafe" }, clock.element, seat, stage, checkIn.element, composer.element, wall.element);
  let step;

  function update() {
    const { replica } = phone;
    const known = Boolean(replica.meeting);
    const closed = replica.meeting?.phase === "closed";
    const checking = known && !closed && replica.step?.activity === "check_in";
    showSeat(phone, seat);
    clock.update();
    const text = checking ? null : stageOf(phone);
    stage.hidden = !text;
    remake(stage, text, () => (text ? draw(phone, text) : []));
    checkIn.element.hidden = !checking;
    if (checking) checkIn.update();
    composer.element.hidden = !known || ((closed || checking) && !composer.written);
    if (known) {
      composer.update();
      wall.update();
    }
    const now = replica.clock.step;
    if (known && step !== undefined && step !== now) announce(`${replica.stepName(now)}. ${text?.heading || ""}`);
    if (known) step = now;
  }

  return { element, update, settled: (letters) => composer.settled(letters) };
}

/** Where one sits, and the way to another table. */
function showSeat(phone, seat) {
  const { replica, identity } = phone;
  const table = replica.table || identity.place.table;
  const theme = replica.meeting ? replica.theme : identity.place.theme;
  const closed = replica.meeting?.phase === "closed";
  remake(seat, [table, theme?.title, theme?.colour, identity.name, closed], () => [
    h(
      "p",
      {},
      h("span", { class: "dot", "data-colour": theme?.colour || "yellow", "aria-hidden": "true" }),
      h("strong", {}, tableName(table)),
      theme && h("span", {}, ` · ${theme.title}`),
      identity.name && h("span", { class: "muted" }, ` · ${identity.name}`),
    ),
    !closed && h("button", { type: "button", class: "link", click: () => phone.askCode() }, t("Andere tafel")),
  ]);
}

/** What stands above the box: the question, or what is going on instead. */
function stageOf(phone) {
  const { replica, outbox, identity } = phone;
  const { meeting, step } = replica;
  if (!meeting) return { heading: t("Een ogenblik …"), lines: [] };
  if (meeting.phase === "closed") {
    const waits = outbox.letters(identity.meeting).some((letter) => letter.status === "waiting");
    const line = waits
      ? t("Nog niet alles is verstuurd. Laat deze pagina open tot overal ‘ontvangen’ staat.")
      : t("Wat je schreef is ontvangen en komt in het verslag.");
    return { heading: t("Dank je wel"), lines: [t("De bijeenkomst is afgelopen."), line] };
  }
  if (!step) {
    const line = t("Zodra we beginnen, verschijnt hier de vraag. Laat deze pagina open.");
    return { heading: t("Fijn dat je er bent"), lines: [line] };
  }
  if (step.activity === "round") return { heading: replica.question || t("Wat wil je hierover zeggen?"), lines: [], large: true };
  return { heading: headings(step), lines: lines(step, meeting), move: step.activity === "switch" };
}

function headings(step) {
  const words = {
    welcome: t("Welkom"),
    switch: t("We wisselen van tafel"),
    harvest: t("We kijken naar de opbrengst"),
    plenary: t("We praten samen verder"),
    decision: t("We nemen besluiten"),
    break: t("Pauze"),
    closing: t("We ronden af"),
  };
  return step.title || words[step.activity] || "";
}

function lines(step, meeting) {
  const words = {
    welcome: meeting.purpose || t("Luister mee. Straks ga je aan tafel in gesprek."),
    switch: t("Ga je naar een andere tafel? Scan daar de code op het kaartje. Blijf je zitten, dan hoef je niets te doen."),
    harvest: t("Kijk mee op het scherm in de zaal."),
    plenary: t("Kijk mee op het scherm in de zaal."),
    decision: t("Kijk mee op het scherm in de zaal."),
    break: t("Even rust. Straks gaan we verder."),
    closing: t("Kijk mee op het scherm in de zaal."),
  };
  return [step.question, words[step.activity]].filter(Boolean);
}

function draw(phone, { heading, lines: texts, large, move }) {
  return [
    h("h1", { class: large ? "question" : null }, heading),
    texts.map((text) => h("p", {}, text)),
    move && h("button", { type: "button", class: "second", click: () => phone.askCode() }, t("Ik zit aan een andere tafel")),
  ];
}
