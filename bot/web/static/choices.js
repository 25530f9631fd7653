// The buttons under a message: plain, a scale from 1 to 5, or several at once.

import { element, icon, spoken, t } from "./words.js";

const STYLES = { main: "button button-main choice", quiet: "button button-quiet choice" };

function choiceButton(choice) {
  const button = element("button", STYLES[choice.style] ?? "button choice", choice.label);
  button.type = "button";
  button.dataset.token = choice.token;
  return button;
}

const isStep = (choice) => /^\d+$/.test(choice.label);

function nameEnds(row, ends) {
  const last = row.length - 1;
  row[0]?.setAttribute("aria-label", `${row[0].textContent}: ${ends[0]}`);
  row[last]?.setAttribute("aria-label", `${row[last].textContent}: ${ends[1]}`);
}

function endLabels(ends) {
  const line = element("span", "scale-ends", element("span", "", ends[0]), element("span", "", ends[1]));
  line.setAttribute("aria-hidden", "true");
  return line;
}

function scaleRow(message, pressed) {
  const row = message.choices.filter(isStep).map((choice) => {
    const button = choiceButton({ ...choice, style: "plain" });
    button.addEventListener("click", () => pressed([choice.token]));
    return button;
  });
  const scale = element("div", "scale", ...row);
  if (message.scale_ends?.length === 2) {
    nameEnds(row, message.scale_ends);
    scale.append(endLabels(message.scale_ends));
  }
  return scale;
}

function single(choice, pressed) {
  const button = choiceButton(choice);
  button.addEventListener("click", () => pressed([choice.token]));
  return button;
}

function toggle(choice, changed) {
  const button = choiceButton({ ...choice, style: "plain" });
  button.prepend(icon("check"));
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    changed();
  });
  return button;
}

function severalAtOnce(message, pressed) {
  const confirm = element("button", "button button-main choice", t("many_confirm"));
  confirm.type = "button";
  const toggles = message.choices
    .filter((choice) => choice.style !== "quiet")
    .map((choice) => toggle(choice, () => show()));
  const chosen = () => toggles.filter((button) => button.getAttribute("aria-pressed") === "true");
  const show = () => {
    confirm.disabled = chosen().length === 0;
  };
  confirm.addEventListener("click", () => pressed(chosen().map((button) => button.dataset.token)));
  show();
  const others = message.choices.filter((choice) => choice.style === "quiet");
  return [
    element("p", "choices-hint", t("many_hint")),
    ...toggles,
    element("div", "choices-confirm", confirm, ...others.map((choice) => single(choice, pressed))),
  ];
}

function buttonsOf(message, pressed) {
  if (message.many) return severalAtOnce(message, pressed);
  if (!message.scale) return message.choices.map((choice) => single(choice, pressed));
  const rest = message.choices.filter((choice) => !isStep(choice));
  return [scaleRow(message, pressed), ...rest.map((choice) => single(choice, pressed))];
}

/** The group of buttons; `press(tokens)` is told what was chosen, unless it is busy. */
export function choicesOf(message, press) {
  const group = element("div", "choices");
  const pressed = (tokens) => {
    if (group.getAttribute("aria-busy") !== "true") press(tokens, group);
  };
  group.append(...buttonsOf(message, pressed));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", t("answers_to", { text: spoken(message.spans) }));
  return group;
}

/** While an answer is on its way the buttons stay in place, so that focus does too. */
export function setBusy(group, tokens) {
  group.classList.toggle("choices-busy", tokens.length > 0);
  group.setAttribute("aria-busy", String(tokens.length > 0));
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", String(tokens.length > 0));
    button.classList.toggle("choice-pressed", tokens.includes(button.dataset.token));
  }
}

/** What takes the place of the buttons once the question is answered. */
export function answerOf(label) {
  const answer = element(
    "p", "answered", icon("check"), element("span", "unseen", `${t("answered")} `), label,
  );
  answer.tabIndex = -1;
  return answer;
}
