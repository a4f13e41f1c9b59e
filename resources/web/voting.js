// Voting: so many dots, put at what matters most. Each press is a letter, kept and sent as a note is.

import { announce, button, h, paint, say } from "./dom.js";
import { uuid } from "./store.js";
import { arrange } from "./wall.js";
import { t } from "./words.js";

document.head.append(h("link", { rel: "stylesheet", href: "/web/voting.css" }));

export function voting({ outbox, replica, identity: { meeting, secret: key } }) {
	const heading = h("h1");
	const told = h("p");
	const count = h("p", h("strong"));
	const list = h("div");
	const said = h("p.mark", { role: "status" });
	const element = h("section.voting", h("div.stage", heading, told, count), list, said);
	const sections = new Map(); // theme → its part of the list
	const rows = new Map(); // option → its row
	let step; // in which one could vote
	let was; // whether one could, a moment ago
	let last; // the option that was pressed

	const cast = () => outbox.letters(meeting).filter(({ command }) => command.command === "cast_vote");

	/** What was put where: the last word of each option that was not refused, as the engine has it. */
	function held() {
		const found = new Map();
		for (const { command, status, refusal } of cast()) {
			const { dots = 0 } = found.get(command.option) || {};
			found.set(command.option, { dots: refusal ? dots : command.dots, status, refusal });
		}
		return found;
	}

	const all = () => replica.meeting.dots * people();
	const people = () => replica.find("participant", replica.you.participant)?.people || 1;
	const left = (mine) => options().reduce((sum, { id }) => sum - (mine.get(id)?.dots || 0), all());
	const over = (mine) => t("Stippen over: {left} van {all}", { left: Math.max(0, left(mine)), all: all() });
	const options = () => replica.all("option").sort((one, other) => one.order - other.order);

	function update() {
		const open = Boolean(replica.meeting.voting) && !replica.closed;
		const mine = held();
		if (open) step = replica.clock.step;
		element.hidden = !open && step !== replica.clock.step;
		heading.hidden = count.hidden = list.hidden = !open;
		if (open) vote(mine);
		else ended(mine);
		const news = open ? t("Je kunt nu stemmen.") : told.textContent;
		if (open !== was) announce(news);
		was = open;
	}

	function vote(mine) {
		const many = people() > 1;
		say(heading, t("Stem met stippen"));
		say(
			told,
			many
				? t("Geef samen je stippen aan wat jullie het belangrijkst vinden. Je mag er meer bij één keuze zetten. Niemand ziet wie wat koos.")
				: t("Geef je stippen aan wat jij het belangrijkst vindt. Je mag er meer bij één keuze zetten. Niemand ziet wie wat koos."),
		);
		say(count.firstChild, over(mine));
		const themes = replica.all("theme").sort((one, other) => one.order - other.order);
		const groups = [undefined, ...themes].map((theme) => [theme, options().filter((one) => replica.find("theme", one.theme) === theme)]);
		arrange(list, groups.filter(([, group]) => group.length).map(([theme, group]) => section(theme, group, mine)));
		const waits = [...mine.values()].some(({ status }) => status === "waiting");
		const sure = mine.size && (waits ? "waiting" : "received");
		said.dataset.mark = sure || "";
		say(said, sure ? (waits ? t("Op dit toestel. We versturen je stippen …") : t("Je stippen zijn ontvangen.")) : "");
	}

	/** Afterwards: whether all of it counts, until the programme goes on. */
	function ended(mine) {
		const late = [...mine.values()].some(({ refusal }) => refusal?.code === "votes.closed");
		const waits = cast().some(({ status }) => status === "waiting");
		const why = late
			? t("Je laatste stippen kwamen te laat en tellen niet mee.")
			: waits
				? t("Nog niet alles is verstuurd.")
				: mine.size > 0 && t("Je stippen zijn geteld.");
		say(told, [t("Het stemmen is gesloten."), why].filter(Boolean).join(" "));
		said.dataset.mark = "";
		say(said, "");
	}

	function section(theme, group, mine) {
		const key = theme?.id;
		if (!sections.has(key)) sections.set(key, h("section", theme && h("h2"), h("ul.notes")));
		const made = sections.get(key);
		if (theme) say(made.firstChild, theme.title);
		arrange(
			made.lastChild,
			group.map((option) => {
				if (!rows.has(option.id)) rows.set(option.id, row(option.id));
				return rows.get(option.id)(option, theme, mine);
			}),
		);
		return made;
	}

	/** An option, with its dots. The buttons stay the same ones, so that who presses keeps the place. */
	function row(id) {
		const text = h("p.text");
		const number = h("strong");
		const shown = h("span", { "aria-hidden": "true" });
		const less = button("small", "−", () => put(id, -1));
		const more = button("small", "+", () => put(id, 1));
		const rest = h("span");
		const wrong = h("p.about", { role: "alert" });
		const item = h("li.note", text, h("p.foot", less, number, more, shown, rest), wrong);
		return (option, theme, mine) => {
			const { dots = 0, refusal } = mine.get(id) || {};
			paint(item, theme?.colour);
			say(text, option.text);
			say(number, `${dots}`);
			say(shown, "●".repeat(Math.min(dots, 10)));
			say(rest, id === last ? over(mine) : "");
			say(wrong, refusal ? refusal.message : "");
			less.setAttribute("aria-label", t("Stip eraf: {option}", { option: option.text }));
			more.setAttribute("aria-label", t("Stip erbij: {option}", { option: option.text }));
			less.setAttribute("aria-disabled", `${Boolean(replica.held) || dots < 1}`);
			more.setAttribute("aria-disabled", `${Boolean(replica.held) || left(mine) < 1}`);
			return item;
		};
	}

	/** One dot more or less. It says how many there are then, whatever comes of it. */
	function put(id, change) {
		const mine = held();
		const { dots = 0 } = mine.get(id) || {};
		if (replica.held) return announce(replica.held);
		last = id;
		if (change > 0 && left(mine) < 1) announce(t("Al je stippen zijn gegeven. Haal er eerst een weg bij een andere keuze."));
		else if (dots + change >= 0) {
			const command = { command: "cast_vote", id: uuid(), option: id, dots: dots + change, key };
			outbox.post(meeting, command, {});
			announce(`${t("Stippen hier: {number}.", { number: dots + change })} ${over(held())}`);
		}
		update();
	}

	return { element, update };
}
