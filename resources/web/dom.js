// Building the page. Text only ever comes in as text; nothing here reads HTML.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
	check: "M20 6 9 17l-5-5",
	wait: "M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
	alert: "M12 8v5M12 16.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
	lock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
};

/** An element: h("p.muted", { id: "x", click: go }, "text", child). What is empty or false is left out. */
export function h(kind, ...parts) {
	const [tag, ...classes] = kind.split(".");
	const element = document.createElement(tag);
	if (classes.length) element.className = classes.join(" ");
	for (const part of parts.flat(9).filter(Boolean)) {
		if (typeof part === "string" || part instanceof Node) element.append(part);
		else for (const [name, value] of Object.entries(part)) set(element, name, value);
	}
	return element;
}

function set(element, name, value) {
	if (typeof value === "function") element.addEventListener(name, value);
	else if (name === "value" || name === "checked") element[name] = value;
	else if (value !== null) element.setAttribute(name, value);
}

/** A button that does not send a form. */
export const button = (look, text, click) => h(`button.${look}`, { type: "button", click }, text);

/** A form; `go` is called instead of sending it. */
export const form = (look, go, ...parts) =>
	h(`form${look}`, { novalidate: "", submit: (event) => (event.preventDefault(), go()) }, parts);

/** A small drawing beside a word; it says nothing that the word does not say. */
export function icon(name) {
	const svg = document.createElementNS(SVG, "svg");
	const path = document.createElementNS(SVG, "path");
	set(svg, "viewBox", "0 0 24 24");
	set(svg, "class", "icon");
	set(svg, "aria-hidden", "true");
	set(path, "d", ICONS[name]);
	svg.append(path);
	return svg;
}

/** Build the inside of an element again, but only when what it shows has changed. */
export function remake(element, shown, build) {
	const key = JSON.stringify(shown);
	if (element.dataset.shown === key) return;
	element.dataset.shown = key;
	element.replaceChildren(...[build()].flat(9).filter(Boolean));
}

/** Change a text only when it is another, so that nothing is announced twice. */
export function say(element, text) {
	if (element.textContent !== text) element.textContent = text;
}

/** Tell those who can't see the page. */
export const announce = (text) => say(document.getElementById("live"), text);
