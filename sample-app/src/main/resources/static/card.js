// SPDX-License-Identifier: Apache-2.0
/** One provider in the chaos panel. */

import { element, words } from "./dom.js";

const MODES = [
	["healthy", "Healthy", "Answers as it should"],
	["429", "429", "Too many requests, come back in 5 seconds"],
	["500", "500", "Internal server error"],
	["503", "503", "Overloaded"],
	["hang", "Hang", "Accepts the request and never says a word"],
	["hang-mid-stream", "Hang midway", "Says a few words, then nothing more"],
	["cut-mid-stream", "Cut midway", "Says a few words, then drops the connection"],
	["refuse", "Refuse", "Accepts no connection"],
	["garbage", "Garbage", "Answers with a web page"]
];

const BREAKER_STATES = {
	CLOSED: ["good", "closed"],
	OPEN: ["bad", "open"],
	READY_TO_BE_PROBED: ["warn", "ready to be probed"],
	FORCED_OPEN: ["bad", "forced open"],
	HALF_OPEN: ["warn", "half-open"],
	DISABLED: ["warn", "disabled"],
	METRICS_ONLY: ["warn", "metrics only"]
};

const WAITS = { BREAKER_OPEN: "skipped", PROBE_IN_PROGRESS: "probing", AWAITING_PROBE: "waits for a probe" };

export class ProviderCard {

	#active = element("span", { className: "tag", textContent: "active", hidden: true, dataset: { testid: "active" } });

	#breaker = element("strong", { dataset: { testid: "breaker" } });

	#dot = element("span", { className: "dot" });

	#wait = element("span", { className: "wait", hidden: true, dataset: { testid: "cool-down" } });

	#requests = element("span", { className: "requests", dataset: { testid: "requests" } });

	#radios = [];

	#changing = false;

	constructor({ name, model, mode }, onMode) {
		this.node = element("article", { className: "card", dataset: { provider: name } },
			element("header", {}, element("h3", { textContent: name }), this.#active, element("code", { textContent: model })),
			element("p", { className: "facts" },
				this.#dot, element("span", {}, "Breaker ", this.#breaker), this.#wait, this.#requests));
		if (mode !== null) {
			this.node.append(this.#modes(name, onMode));
		}
	}

	show({ mode, circuitBreaker, available, skipReason, skipRemainingMs, requests, active }) {
		const [tone, label] = BREAKER_STATES[circuitBreaker] ?? ["warn", words(circuitBreaker)];
		this.#breaker.textContent = label;
		this.#dot.dataset.tone = (available || tone !== "good") ? tone : "warn";
		Object.assign(this.node.dataset, { breaker: circuitBreaker, available, active, mode: mode ?? "real" });
		this.#active.hidden = !active;
		this.#requests.textContent = (requests === null) ? "" : requests + ((requests === 1) ? " request" : " requests");
		this.#wait.hidden = available;
		this.#wait.textContent = waiting(skipReason, skipRemainingMs);
		if (!this.#changing) {
			this.#check(mode);
		}
	}

	/** A mode was picked: until the server has taken it, older news must not move the choice back. */
	changing(mode) {
		this.#changing = true;
		this.#check(mode);
	}

	changed() {
		this.#changing = false;
	}

	#check(mode) {
		for (const radio of this.#radios) {
			radio.checked = (radio.value === mode);
		}
	}

	#modes(name, onMode) {
		const choices = MODES.map(([mode, label, title]) => {
			const radio = element("input", { type: "radio", name: "mode-" + name, value: mode, dataset: { mode } });
			radio.addEventListener("change", () => onMode(mode));
			this.#radios.push(radio);
			const tone = (mode === "healthy") ? "good" : "bad";
			return element("label", { title, dataset: { tone } }, radio, element("span", { textContent: label }));
		});
		const legend = element("legend", { className: "sr-only", textContent: "What " + name + " does" });
		return element("fieldset", {}, legend, ...choices);
	}

}

function waiting(skipReason, skipRemainingMs) {
	if (skipReason === null) {
		return "";
	}
	const what = WAITS[skipReason] ?? words(skipReason);
	return (skipRemainingMs === null) ? what : what + " " + Math.ceil(skipRemainingMs / 1000) + " s";
}
