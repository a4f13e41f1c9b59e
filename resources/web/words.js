// Words in the language of who reads. The texts in the code are Dutch; another language is fetched.

export const LANGUAGES = { nl: "Nederlands", en: "English" };

const spoken = { language: "nl", words: {} };

/** The text in the chosen language, with {names} filled in. */
export const t = (text, values = {}) =>
	(spoken.words[text] || text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const language = () => spoken.language;

/** Speak another language. False, and nothing changes, where its words can't be had. */
export async function speak(wanted) {
	const chosen = wanted in LANGUAGES ? wanted : "nl";
	try {
		spoken.words = chosen === "nl" ? {} : await (await fetch(`/web/words/${chosen}.json`)).json();
	} catch {
		return false;
	}
	spoken.language = document.documentElement.lang = chosen;
	return true;
}
