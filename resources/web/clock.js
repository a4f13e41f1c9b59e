// The clock, in step with the hall: it subtracts, and counts on when the time is up.

import { announce, h, say } from "./dom.js";
import { t } from "./words.js";

/** Seconds as 14:32; +0:07 when the time is up. The hall counts alike: ui/projector/told.py. */
export function clockText(left) {
  const whole = left > 0 ? Math.ceil(left) : Math.floor(-left);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const text = hours ? `${hours}:${two(minutes)}` : String(minutes);
  return `${left > 0 ? "" : "+"}${text}:${two(whole % 60)}`;
}

/** A word beside the colour. */
function stretchWord(stretch, left) {
  const words = {
    paused: t("De klok staat stil"),
    warning: t("Nog {number} minuten", { number: Math.ceil(left / 60) }),
    last_minute: t("Rond af"),
    overtime: t("De tijd is om"),
  };
  return words[stretch] || "";
}

/** The strip with the step, the clock and the bar that empties. */
export function clockStrip(phone) {
  const name = h("p", { class: "step" });
  const word = h("p", { class: "word" });
  const digits = h("p", { class: "digits", role: "timer" });
  const bar = h("div", { class: "bar" });
  const track = h("div", { class: "track", "aria-hidden": "true" }, bar);
  const element = h("section", { class: "clock", "aria-label": t("Klok") }, h("div", {}, name, word), digits, track);
  let timer = 0;
  let before = null;

  function update() {
    clearTimeout(timer);
    const { replica, time } = phone;
    const { step } = replica;
    const now = time.now();
    const closed = replica.meeting?.phase === "closed";
    element.hidden = !step || closed;
    if (element.hidden) return;
    const remaining = replica.remaining(now);
    const stretch = replica.stretch(now);
    const running = Boolean(replica.clock.ends_at);
    element.dataset.stretch = stretch;
    say(name, replica.stepName(step.id));
    const told = stretchWord(stretch, remaining);
    say(word, told);
    say(digits, clockText(remaining));
    const full = Math.max(step.length, remaining, 1);
    bar.style.width = `${Math.max(0, Math.min(100, (100 * remaining) / full))}%`;
    if (before && before !== stretch && told) announce(told);
    before = stretch;
    // the next whole second of the clock, not of this phone
    const into = ((remaining * 1000) % 1000 + 1000) % 1000;
    if (running) timer = setTimeout(update, into + 5);
  }

  return { element, update };
}
