// SPDX-License-Identifier: Apache-2.0
/** Puts the page together. */

import { Conversation } from "./conversation.js";
import { ChaosPanel } from "./panel.js";
import { narrowPanel, seamSwitch } from "./tools.js";

const byId = (id) => document.getElementById(id);

const message = byId("message");
const conversation = new Conversation(byId("messages"), byId("scroll"));
const panel = new ChaosPanel(byId("providers"), byId("panel-notice"), byId("heal"));

function submit() {
	const text = message.value.trim();
	if (text !== "" && !conversation.busy) {
		message.value = "";
		fitHeight();
		ask(text);
	}
}

function ask(text) {
	byId("welcome").hidden = true;
	conversation.send(text);
	message.focus();
}

function fitHeight() {
	message.style.height = "auto";
	message.style.height = message.scrollHeight + message.offsetHeight - message.clientHeight + "px";
}

function showActive(states) {
	const active = states.find((state) => state.active);
	byId("active-model").textContent = (active !== undefined) ? active.model : "no model right now";
	byId("active-dot").dataset.tone = (active === undefined) ? "bad" : (active === states[0]) ? "good" : "warn";
	const real = states.every(({ mode }) => mode === null);
	byId("disaster").hidden = real;
	if (real) {
		tellAboutRealProviders();
	}
}

function tellAboutRealProviders() {
	byId("welcome-title").textContent = "Ask something";
	byId("welcome-text").textContent = "The name under each answer tells which model gave it. "
		+ "If one fails, the next goes on.";
	byId("chaos-title").textContent = "Providers";
	byId("chaos-note").textContent = "Real ones, in order of preference. They break on their own.";
}

byId("composer").addEventListener("submit", (event) => {
	event.preventDefault();
	submit();
});
message.addEventListener("keydown", (event) => {
	// While a word is being composed, as in Japanese, Enter belongs to the keyboard.
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		submit();
	}
});
message.addEventListener("input", fitHeight);
byId("stop").addEventListener("click", () => {
	conversation.stop();
	message.focus();
});
byId("new-chat").addEventListener("click", () => {
	conversation.clear();
	byId("welcome").hidden = false;
	message.focus();
});
byId("suggestions").addEventListener("click", ({ target }) => {
	if (target instanceof HTMLButtonElement) {
		ask(target.textContent);
	}
});

conversation.onBusy = (busy) => {
	byId("stop").hidden = !busy;
	byId("send").hidden = busy;
};
byId("welcome").hidden = !conversation.empty;
seamSwitch(byId("seams"));
narrowPanel(byId("panel-toggle"), byId("chaos"));
conversation.onNews = () => panel.refresh();
panel.onState = showActive;
panel.refresh();
