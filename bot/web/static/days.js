// Two weeks at a glance, from the Monday of the clock's own week. The clock and the list of
// what is planned say the same in words, so this picture is hidden from screen readers.

import { element, lang } from "./words.js";

const DAY = 86_400_000;
const SHOWN = 14;

const named = new Intl.DateTimeFormat(lang, { weekday: "short", timeZone: "UTC" });

// The date as written in the local time it carries: the visitor's own time zone must not matter.
const dateOf = (iso) => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);

function dayOf(date, today, planned, held) {
  const day = new Date(date);
  const made = element(
    "li", "day",
    element("span", "day-name", named.format(day).slice(0, 2)),
    String(day.getUTCDate()),
  );
  made.classList.toggle("day-off", day.getUTCDay() % 6 === 0);
  made.classList.toggle("day-past", date < today);
  made.classList.toggle("day-now", date === today);
  made.classList.toggle("day-planned", planned.has(date));
  made.classList.toggle("day-course", held.has(date));
  return made;
}

export function showDays(now, plans, courses) {
  const today = dateOf(now);
  const monday = today - ((new Date(today).getUTCDay() + 6) % 7) * DAY;
  const planned = new Set(plans.filter((plan) => plan.at).map((plan) => dateOf(plan.at)));
  const held = new Set(courses.flatMap(({ modules }) => modules.map(({ date }) => dateOf(date))));
  const days = Array.from({ length: SHOWN }, (_, index) => dayOf(monday + index * DAY, today, planned, held));
  document.getElementById("days").replaceChildren(...days);
}
