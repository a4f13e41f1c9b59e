// Words in the language of who reads. The texts in the code are Dutch; another language is fetched.

export const LANGUAGES = { nl: "Nederlands", en: "English" };
const SOURCE = "nl";

const spoken = { language: SOURCE, words: {} };

/** The text in the chosen language, with {names} filled in. */
export function t(text, values = {}) {
  const words = spoken.words[text] || text;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The language that the page speaks now. */
export const language = () => spoken.language;

/** Speak another language. Without its words the page goes on in the old one and says false. */
export async function speak(wanted) {
  const chosen = wanted in LANGUAGES ? wanted : SOURCE;
  if (chosen !== SOURCE) {
    try {
      const answer = await fetch(`/web/words/${chosen}.json`);
      if (!answer.ok) return false;
      spoken.words = await answer.json();
    } catch {
      return false;
    }
  } else {
    spoken.words = {};
  }
  spoken.language = chosen;
  document.documentElement.lang = chosen;
  return true;
}
