// Puts the try-out together: what the server tells goes to the phones, the strip and the list.

import { Refused, restart, speakEverywhere } from "./api.js";
import { Events } from "./events.js";
import { hintOf } from "./hint.js";
import { Phone } from "./phone.js";
import { Sight } from "./sight.js";
import { Strip } from "./strip.js";
import { Tabs } from "./tabs.js";
import { lang, t } from "./words.js";

const BACK_SHOWN_FOR = 1800;

const roots = [...document.querySelectorAll(".phone")];
const phones = new Map(roots.map((root) => [root.dataset.phone, new Phone(root)]));

function personOf(name) {
  const root = roots.find((each) => each.dataset.name === name);
  return root ? [...root.classList].find((each) => each.startsWith("person-")) : "";
}

let heard = 0;
let heardBefore = 0;

// The news that a move brings comes before the news that it is over.
const strip = new Strip(personOf, {
  leave() {
    heardBefore = heard;
  },
  arrive(now) {
    if (heard === heardBefore) hint.textContent = t("hint_silent", { now });
  },
});
const sight = new Sight(personOf);
const tabs = new Tabs();
const link = document.getElementById("link-state");
const hint = document.getElementById("hint");

function showHint() {
  hint.textContent = hintOf([...phones.values()]);
}

function showShared(state) {
  strip.show(state);
  for (const [id, phone] of phones) phone.person(state.people[id]);
  if (sight.show(state.sight)) tabs.mark("sight");
  showHint();
}

const events = new Events({
  all(state) {
    for (const [id, phone] of phones) phone.show(state.phones[id]);
    showShared(state);
  },
  state: showShared,
  message({ phone, message }) {
    heard += 1;
    if (phones.get(phone)?.add(message)) tabs.mark(`phone-${phone}`);
    showHint();
  },
  settle({ phone, key, answered }) {
    phones.get(phone)?.settle(key, answered);
    showHint();
  },
  lost() {
    link.textContent = t("lost");
  },
  back() {
    link.textContent = t("back");
    setTimeout(() => {
      if (link.textContent === t("back")) link.textContent = "";
    }, BACK_SHOWN_FOR);
  },
});

const ask = document.getElementById("restart-ask");

async function startOver() {
  try {
    await restart();
    await events.begin();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    strip.tell(t("restart_failed"), true);
  }
}

for (const button of document.querySelectorAll("#restart, .farewell-again")) {
  button.addEventListener("click", () => {
    ask.returnValue = "no";
    ask.showModal();
  });
}

ask.addEventListener("close", () => {
  if (ask.returnValue === "yes") startOver();
});

// The people speak the page's language, until one of them is told otherwise on their phone.
async function begin() {
  try {
    await speakEverywhere(lang);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  await events.begin();
}

begin();
