// Building the page. Text only ever comes in as text; nothing here reads HTML.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  check: "M20 6 9 17l-5-5",
  wait: "M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  alert: "M12 8v5M12 16.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  pencil: "m4 20 1-4L16.5 4.5a2 2 0 0 1 3 3L8 19zM14.5 6.5l3 3",
  away: "m3 3 18 18M8.5 16.4a5 5 0 0 1 6.2-.5M5 12.9a10 10 0 0 1 5.2-2.7M2 9a15 15 0 0 1 4.7-2.8M19 13a10 10 0 0 0-1.7-1.3M22 9a15 15 0 0 0-10.3-4M12 20h.01",
  lock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
};

/** An element: h("p", {class: "muted"}, "text", child). A function is a listener, null is nothing. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A small drawing beside a word; it says nothing that the word does not say. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
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
export function announce(text) {
  say(document.getElementById("live"), text);
}

/** Put the reading point at a heading, after what stood there went away. */
export function readFrom(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
