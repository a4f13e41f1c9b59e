// One device for a table: with how many one writes on it.

import { h, remake, say } from "./dom.js";
import { t } from "./words.js";

const MOST = 50; // people; as in facilitator/meeting/people.py

export function group(phone) {
	const other = h("div");
	const field = h("input", { id: "people", type: "number", min: "1", max: `${MOST}`, "aria-describedby": "wrong" });
	field.addEventListener("input", () => (phone.people = field.valueAsNumber));
	const choice = (number) => {
		const change = () => {
			phone.people = number;
			remake(other, !number, () => !number && [h("label", { for: "people" }, t("Met hoeveel?")), field]);
			if (!number) field.focus();
		};
		const checked = phone.people === number;
		const radio = h("input", { type: "radio", name: "people", "aria-describedby": "wrong", checked, change });
		return h("label.choice", radio, h("span", number ? `${number}` : t("Ander aantal")));
	};
	const asked = h("legend", t("Hoeveel mensen schrijven op dit toestel?"));
	const element = h("fieldset.choices.few", asked, [1, 3, 6, 0].map(choice), other);

	/** Whether it was told; if not, `wrong` says what to do. */
	function counted(wrong) {
		const { people } = phone;
		if (people >= 1 && people <= MOST && Number.isInteger(people)) return true;
		say(wrong, t("Kies met hoeveel mensen jullie op dit toestel schrijven, van 1 tot {most}.", { most: MOST }));
		(field.isConnected ? field : element.querySelector("input")).focus();
		return false;
	}

	return { element, counted };
}
