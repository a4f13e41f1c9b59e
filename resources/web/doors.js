// Before writing: the code, the table ("Klopt dit?"), and what there is to wait for.

import { h, icon, say } from "./dom.js";
import { Refusal, backoff } from "./link.js";
import { tableName } from "./replica.js";
import { t } from "./words.js";

/** A card with a heading and a few lines. */
export function notice(heading, lines) {
  const texts = lines.map((line) => h("p", {}, line));
  return { element: h("section", { class: "card" }, h("h1", {}, heading), texts) };
}

/** Type the code of a table. */
export function codeForm(phone, { message, known }) {
  const wrong = h("p", { class: "wrong", id: "wrong", role: "alert" }, message);
  const field = h("input", {
    id: "code",
    class: "code",
    maxlength: "12",
    autocomplete: "off",
    autocapitalize: "characters",
    autocorrect: "off",
    spellcheck: "false",
    "aria-describedby": "wrong code-help",
  });
  const go = (event) => {
    event.preventDefault();
    const code = field.value.replace(/[\s-]/g, "").toUpperCase();
    if (code) return phone.visit(code);
    say(wrong, t("Typ eerst de code van je tafel."));
    return field.focus();
  };
  const element = h(
    "form",
    { class: "card", submit: go, novalidate: true },
    h("h1", {}, t("Welke tafel?")),
    h("p", { id: "code-help" }, t("Scan de code op het kaartje van je tafel met de camera, of typ hem hier.")),
    h("label", { for: "code" }, t("Code van de tafel")),
    field,
    wrong,
    h("button", { class: "primary" }, t("Verder")),
    known?.token &&
      h(
        "button",
        { type: "button", class: "quiet", click: () => phone.visit(known.place.code) },
        t("Terug naar {table}", { table: tableName(known.place.table) }),
      ),
  );
  return { element };
}

/** "Klopt dit?": the meeting and the table in sight, what happens to the words, and in. */
export function joinCard(phone, place, known) {
  const { meeting, table, theme } = place;
  const wrong = h("p", { class: "wrong", id: "wrong", role: "alert" });
  const name = h("input", {
    id: "name",
    maxlength: "80",
    autocomplete: "name",
    "aria-describedby": "wrong",
    value: phone.name || "",
    input: () => (phone.name = name.value),
  });
  const asksName = meeting.named && !known;
  const enter = h(
    "button",
    { class: "primary" },
    known ? t("Ja, ik zit nu aan {table}", { table: tableName(table) }) : t("Ja, dit klopt"),
  );
  const go = async (event) => {
    event.preventDefault();
    if (asksName && !name.value.trim()) {
      say(wrong, t("Vul je naam in. Die komt bij je briefjes te staan."));
      name.focus();
      return;
    }
    enter.disabled = true;
    say(wrong, "");
    await comeIn(phone, { place, known, name: asksName ? name.value.trim() : "", wrong });
    enter.disabled = false;
  };
  const element = h(
    "form",
    { class: "card join", submit: go, novalidate: true },
    h("h1", {}, t("Klopt dit?")),
    h(
      "div",
      { class: "ticket", "data-colour": theme?.colour || "yellow" },
      h("p", { class: "table" }, tableName(table)),
      theme && h("p", { class: "theme" }, theme.title),
      h("p", { class: "event" }, [meeting.title, meeting.place].filter(Boolean).join(" · ")),
    ),
    !known && privacy(meeting),
    asksName && [h("label", { for: "name" }, t("Je naam")), name],
    wrong,
    enter,
    h(
      "button",
      {
        type: "button",
        class: "quiet",
        click: () => (known ? phone.visit(known.place.code) : phone.askCode()),
      },
      known ? t("Nee, terug naar {table}", { table: tableName(known.place.table) }) : t("Nee, andere tafel"),
    ),
  );
  return { element };
}

async function comeIn(phone, { place, known, name, wrong }) {
  for (let tries = 0; ; tries += 1) {
    try {
      if (known) await phone.sitDown(known, place);
      else await phone.join(place, name);
      return;
    } catch (error) {
      if (error instanceof Refusal) return void told(phone, { place, error, wrong });
      if (!("after" in error)) throw error;
      say(wrong, t("Even geen verbinding met de laptop. We blijven het proberen."));
      await new Promise((resolve) => setTimeout(resolve, Math.max(error.after, backoff(tries, 5000))));
    }
  }
}

function told(phone, { place, error, wrong }) {
  if (error.code === "meeting.not_live" || error.code === "table.code") phone.visit(place.code);
  else say(wrong, error.message || t("Dit lukte niet. Vraag de begeleider om hulp."));
}

/** Who keeps it, why, how long; and whether it is known who wrote it. */
function privacy(meeting) {
  const who = meeting.organisation || t("de organisatie van deze bijeenkomst");
  return h(
    "div",
    { class: "privacy" },
    h(
      "p",
      {},
      t("Wat je schrijft, is voor het verslag van deze bijeenkomst. {who} bewaart het op de laptop van de begeleider, tot de bijeenkomst daar wordt gewist.", { who: who[0].toUpperCase() + who.slice(1) }),
    ),
    h(
      "p",
      { class: "how" },
      icon("lock"),
      meeting.named
        ? h("strong", {}, t("Op naam: je naam wordt bij je briefjes bewaard."))
        : h("strong", {}, t("Anoniem: er wordt niet bewaard wie wat schreef.")),
    ),
    h("p", {}, t("Schrijf geen namen van anderen.")),
  );
}

