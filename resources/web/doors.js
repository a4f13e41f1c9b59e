// Before writing: the code, the table ("Klopt dit?"), and what there is to wait for.

import { button, form, h, say } from "./dom.js";
import { Refusal, backoff, rest } from "./link.js";
import { tableName } from "./replica.js";
import { t } from "./words.js";

export const notice = (heading, ...lines) => ({
	element: h("section.card", h("h1", heading), lines.map((line) => h("p", line))),
});

const trouble = (text) => h("p.wrong", { id: "wrong", role: "alert" }, text);

const back = (phone, { place }) =>
	button("quiet", t("Terug naar {table}", { table: tableName(place.table) }), () => phone.visit(place.code));

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
		h("p", { id: "help" }, t("Scan de code op het kaartje van je tafel met de camera, of typ hem hier.")),
		h("label", { for: "code" }, t("Code van de tafel")),
		field,
		wrong,
		h("button.primary", t("Verder")),
		known?.token && back(phone, known),
	);
	return { element };
}

/** The meeting and the table in sight, what happens to the words, and in. */
export function joinCard(phone, place, known) {
	const { meeting, table, theme } = place;
	const wrong = trouble();
	const asksName = meeting.named && !known;
	const name = h("input", { id: "name", maxlength: 80, autocomplete: "name", "aria-describedby": "wrong" });
	name.value = phone.name || "";
	const enter = h("button.primary", known ? t("Ja, ik zit nu hier") : t("Ja, dit klopt"));
	const no = known ? back(phone, known) : button("quiet", t("Nee, andere tafel"), () => phone.askCode());
	const go = async () => {
		phone.name = name.value.trim();
		if (asksName && !phone.name) {
			say(wrong, t("Vul je naam in. Die komt bij je notities te staan."));
			return name.focus();
		}
		enter.disabled = true;
		say(wrong, "");
		await comeIn(phone, { place, known, wrong });
		enter.disabled = false;
	};
	const element = form(
		".card.join",
		go,
		h("h1", t("Klopt dit?")),
		h(
			"div.ticket",
			{ paper: theme?.colour },
			h("p.table", tableName(table)),
			theme && h("p", theme.title),
			h("p.event", [meeting.title, meeting.place].filter(Boolean).join(" · ")),
		),
		!known && privacy(meeting),
		asksName && [h("label", { for: "name" }, t("Je naam")), name],
		wrong,
		enter,
		no,
	);
	return { element };
}

async function comeIn(phone, { place, known, wrong }) {
	for (let tries = 0; ; tries += 1) {
		try {
			await (known ? phone.sitDown(known, place) : phone.join(place));
			return;
		} catch (error) {
			if (["meeting.not_live", "table.code"].includes(error.code)) return void phone.visit(place.code);
			if (error instanceof Refusal) {
				return say(wrong, error.message || t("Dit lukte niet. Vraag de begeleider om hulp."));
			}
			say(wrong, t("Even geen verbinding met de laptop. We blijven het proberen."));
			await rest(backoff(tries, 5000, error));
		}
	}
}

/** Who keeps it, why, how long; and whether it is known who wrote it. */
function privacy({ organisation, named }) {
	const who = organisation || t("De organisatie van deze bijeenkomst");
	const how = named
		? t("Op naam: je naam wordt bij je notities bewaard.")
		: t("Anoniem: er wordt niet bewaard wie wat schreef.");
	return h(
		"div.privacy",
		h("p", t("Wat je schrijft, is voor het verslag van deze bijeenkomst. {who} bewaart het op de laptop van de begeleider, tot de bijeenkomst daar wordt gewist.", { who })),
		h("p.how", h("strong", how)),
		h("p", t("Schrijf geen namen van anderen.")),
	);
}
