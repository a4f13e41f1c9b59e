// The code of a table, typed by who could not scan it or goes to another table.

import { form, h, say } from "./dom.js";
import { back, trouble } from "./doors.js";
import { t } from "./words.js";

/** Type the code of a table. */
export function codeForm(phone, unknown, known) {
	const wrong = trouble(
		unknown && t("Deze code kennen we hier niet. Kijk of er precies staat wat op het kaartje staat."),
	);
	const field = h("input.code", {
		id: "code",
		maxlength: 12,
		autocomplete: "off",
		autocapitalize: "characters",
		spellcheck: "false",
		"aria-describedby": "wrong help",
	});
	const go = () => {
		const code = field.value.replace(/\W/g, "").toUpperCase();
		if (code) return phone.visit(code);
		say(wrong, t("Typ eerst de code van je tafel."));
		field.focus();
	};
	const element = form(
		".card",
		go,
		h("h1", t("Welke tafel?")),
		h("p", { id: "help" }, t("Scan de code op het kaartje van je tafel met de camera. Of typ hier de code van het kaartje of van het scherm in de zaal.")),
		h("label", { for: "code" }, t("Code van de tafel")),
		field,
		wrong,
		h("button.primary", t("Verder")),
		known?.token && back(phone, known),
	);
	return { element };
}
