// Before writing: the code, the table ("Klopt dit?"), and what there is to wait for.

import { button, form, h, say } from "./dom.js";
import { Refusal, backoff, rest } from "./link.js";
import { tableName } from "./replica.js";
import { language, t } from "./words.js";

export const notice = (heading, ...lines) => ({
	element: h("section.card", h("h1", heading), lines.map((line) => h("p", line))),
});

export const trouble = (text) => h("p.wrong", { id: "wrong", role: "alert" }, text);

export const back = (phone, { place }) =>
	button("quiet", t("Terug naar {table}", { table: tableName(place.table) }), () => phone.visit(place.code));

/** The meeting and the table in sight, what happens to the words, and in. */
export function joinCard(phone, place, known) {
	const { meeting, table, theme } = place;
	const wrong = trouble();
	const shared = meeting.devices === "table" && !known;
	const asksName = meeting.named && !known;
	const keep = () => (phone.name = name.value.trim());
	const name = h("input", { id: "name", type: "text", maxlength: 80, autocomplete: shared ? "off" : "name", "aria-describedby": "wrong", input: keep });
	name.value = phone.name || "";
	const many = h("div");
	let group; // its part of the page comes later
	const enter = h("button.primary", known ? t("Ja, ik zit nu hier") : t("Ja, dit klopt"));
	const no = known ? back(phone, known) : button("quiet", t("Nee, andere tafel"), () => phone.askCode());
	const go = async () => {
		if (shared && !group?.counted(wrong)) return;
		if (asksName && !keep()) {
			say(wrong, shared ? t("Vul een naam in voor jullie groep.") : t("Vul je naam in. Die komt bij je notities te staan."));
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
		many,
		asksName && [h("label", { for: "name" }, shared ? t("Naam van jullie groep") : t("Je naam")), name],
		wrong,
		enter,
		no,
	);
	const update = () => {
		if (shared) group ??= phone.part("group")?.group(phone);
		if (group && !many.firstChild) many.append(group.element);
	};
	return { element, update };
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
function privacy({ organisation, named, keep_until: until }) {
	const who = organisation || t("De organisatie van deze bijeenkomst");
	const how = named
		? t("Op naam: je naam wordt bij je notities bewaard.")
		: t("Anoniem: er wordt niet bewaard wie wat schreef.");
	const date = until && new Date(`${until}T12:00`).toLocaleDateString(language(), { dateStyle: "long" });
	const kept = date
		? t("Wat je schrijft, is voor het verslag van deze bijeenkomst. {who} bewaart het op de laptop van de begeleider. Persoonsgegevens, zoals namen, worden daar op {date} gewist.", { who, date })
		: t("Wat je schrijft, is voor het verslag van deze bijeenkomst. {who} bewaart het op de laptop van de begeleider, tot de bijeenkomst daar wordt gewist.", { who });
	return h(
		"div.privacy",
		h("p", kept),
		h("p.how", h("strong", how)),
		h("p", t("Schrijf geen namen van anderen.")),
	);
}
