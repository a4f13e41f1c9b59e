// Words in the language of who reads. The texts in the code are Dutch; another language is fetched.

/** The languages that the engine has texts in. */
export const LANGUAGES = JSON.parse(document.querySelector("[name=languages]").content);

const spoken = { code: "nl", words: {} };

/** The text in the chosen language, with {names} filled in, each in its own direction. */
export const t = (text, values = {}) =>
	(spoken.words[text] || text).replace(/\{(\w+)\}/g, (whole, name) =>
		spoken.direction === "rtl" && name in values ? `\u2068${values[name]}\u2069` : values[name] ?? whole,
	);

export const language = () => spoken.code;

/** What is to be said of a translation that nobody has looked at; in that language. */
export const unreviewed = () => spoken.reviewed === false && t("Deze vertaling is nog niet nagekeken.");

/** Speak another language. False, and nothing changes, where its words can't be had. */
export async function speak(wanted) {
	const chosen = LANGUAGES.find(({ code }) => code === wanted) || LANGUAGES[0];
	const { code, direction } = chosen;
	let words = {};
	try {
		if (code !== "nl") words = await (await fetch(`/web/words/${code}.json`)).json();
	} catch {
		return false;
	}
	Object.assign(spoken, chosen, { words });
	Object.assign(document.documentElement, { lang: code, dir: direction });
	return true;
}
