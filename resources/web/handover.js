// What the group before left for this one: the host's hand-over, above the box on every phone of the table.

import { announce, h, remake } from "./dom.js";
import { t } from "./words.js";

export function handedOver({ replica }) {
	const element = h("div.part");

	/** The last hand-over from before the step that goes on now. */
	function last() {
		const order = (id, otherwise) => replica.find("step", id)?.order ?? otherwise;
		const now = order(replica.clock.step, -1);
		const before = replica.all("hand_over").filter(({ table, round }) => table === replica.you.table && order(round, -2) < now);
		return before.sort((one, other) => order(one.round, -2) - order(other.round, -2)).pop();
	}

	function update() {
		const { points } = (!replica.closed && last()) || {};
		remake(element, points, () => {
			if (!points) return null;
			announce(`${t("Van de vorige groep")}: ${points.join(". ")}`);
			const list = h("ul", points.map((point) => h("li", point)));
			return h("details.card", { open: "" }, h("summary", t("Van de vorige groep")), list);
		});
	}

	return { element, update };
}
