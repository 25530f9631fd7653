// The courses that go on: their days in a line, those held, the next one, and those to come.

import { element, local, t } from "./words.js";

const SAID = { held: "course_held", next: "course_next" };

function dayOf({ title, day, when }) {
  const said = SAID[when] ? element("span", "unseen", ` (${t(SAID[when])})`) : null;
  return element(
    "li", `course-day course-${when}`,
    element("span", "course-title", local(title)),
    element("span", "course-date", local(day), said),
  );
}

function courseOf({ name, note, modules }) {
  const title = element("h3", "course-name", element("span", "unseen", `${t("course")}: `), name);
  const paused = note ? element("span", "course-note", local(note)) : null;
  return element(
    "section", "course",
    element("div", "course-head", title, paused),
    element("ol", "course-days", ...modules.map(dayOf)),
  );
}

export function showCourses(courses) {
  document.getElementById("courses").replaceChildren(...courses.map(courseOf));
}
