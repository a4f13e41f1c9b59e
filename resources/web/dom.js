// Building the page. Text only ever comes in as text; nothing here reads HTML.

/** An element: h("p.muted", { id: "x", click: go }, "text", child). What is false is left out. */
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
	else if (name === "paper") paint(element, value);
	else element.setAttribute(name, value);
}

export const paint = (element, colour = "yellow") => element.style.setProperty("--paper", `var(--${colour})`);

export const button = (look, text, click) => h(`button.${look}`, { type: "button", click }, text);

/** A form that calls `go`. */
export const form = (look, go, ...parts) =>
	h(`form${look}`, { novalidate: "", submit: (event) => (event.preventDefault(), go()) }, parts);

/** Build the inside of an element again, when what it shows has changed. */
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

const news = [];

/** Tell those who can't see the page; what comes at once is told as one. */
export function announce(text) {
	if (!news.length) setTimeout(() => say(document.getElementById("live"), news.splice(0).join(" ")), 50);
	news.push(text);
}
