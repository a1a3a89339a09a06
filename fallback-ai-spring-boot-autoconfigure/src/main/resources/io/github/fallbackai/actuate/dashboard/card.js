// SPDX-License-Identifier: Apache-2.0
/** The card of one endpoint. */

import { element, millis, time, words, write } from "./dom.js";

const REASONS = {
	BREAKER_OPEN: "next probe in", PROBE_IN_PROGRESS: "is being probed", PROBE_ELSEWHERE: "another instance probes",
	AWAITING_PROBE: "waits for a probe", COOLING_DOWN: "cools down for", DISABLED: "disabled for",
	CONCURRENCY_LIMIT: "all places are taken"
};

export class Card {

	#state = element("strong", { dataset: { testid: "state" } });

	#wait = element("p", { className: "wait", dataset: { testid: "wait" } });

	#drill = element("p", { className: "drill", hidden: true, dataset: { testid: "drill" } });

	#tag = element("span", { className: "tag", textContent: "active", hidden: true });

	#facts = new Map();

	#list = element("dl");

	#model = element("code");

	#buttons = new Map();

	#told = null;

	constructor(name, act) {
		this.name = name;
		this.node = element("article", { className: "card", dataset: { endpoint: name } },
			element("header", {}, element("h3", { textContent: name }), this.#tag), this.#model,
			element("p", { className: "state" }, element("span", { className: "dot", ariaHidden: "true" }), this.#state),
			this.#wait, this.#drill, this.#list, this.#actions(act));
	}

	show(endpoint, active, access) {
		if (this.#told?.endpoint !== endpoint) {
			this.#told = { endpoint, at: performance.now() };
		}
		const tone = endpoint.drill ? "warn" : endpoint.available ? "good" : "bad";
		Object.assign(this.node.dataset, { tone, active, state: state(endpoint) });
		this.#tag.hidden = !active;
		write(this.#model, endpoint.model + " · " + endpoint.provider);
		write(this.#state, state(endpoint));
		const statistics = endpoint.statistics;
		this.#fact("First content", endpoint.statistics.firstContent, ({ p50, p95 }) => p50 + " ms, 95 % below " + p95 + " ms");
		this.#fact("Calls", counts(statistics.attempts), (text) => text);
		this.#fact("Failures", counts(statistics.failures), (text) => text);
		this.#fact("Tokens", statistics.tokens, ({ input, output }) => number(input) + " in, " + number(output) + " out");
		this.#fact("Cost", statistics.cost, ({ total, estimated }) => money(total) + (estimated > 0 ? " (partly estimated)" : ""));
		this.#fact("Spent", endpoint.spending, ({ spent, limit }) => money(spent) + " of " + money(limit));
		this.#allow(endpoint, access);
		this.tick();
	}

	/** Counts down between two states. */
	tick() {
		if (this.#told === null) {
			return;
		}
		const { endpoint, at } = this.#told;
		const passed = performance.now() - at;
		write(this.#wait, waiting(endpoint, passed));
		this.#wait.hidden = this.#wait.textContent === "";
		const drill = endpoint.drill;
		this.#drill.hidden = drill === undefined;
		write(this.#drill, drill ? rehearsal(drill, passed) : "");
	}

	#fact(label, value, text) {
		if (!this.#facts.has(label)) {
			const entry = { name: element("dt", { textContent: label }), value: element("dd") };
			this.#facts.set(label, entry);
			this.#list.append(entry.name, entry.value);
		}
		const entry = this.#facts.get(label);
		entry.name.hidden = entry.value.hidden = !value;
		write(entry.value, value ? text(value) : "");
	}

	#actions(act) {
		const actions = element("div", { className: "actions" });
		for (const [action, label] of [["disable", "Disable"], ["enable", "Enable"], ["drill", "Drill…"], ["off", "End drill"]]) {
			const button = element("button", { type: "button", textContent: label, hidden: true, dataset: { action } });
			button.setAttribute("aria-label", label.replace("…", "") + " " + this.name);
			button.addEventListener("click", () => act(this.name, action));
			this.#buttons.set(action, button);
			actions.append(button);
		}
		return actions;
	}

	#allow(endpoint, { operations, drills }) {
		const disabled = endpoint.skipReason === "DISABLED";
		const shown = {
			disable: operations && !disabled, enable: operations && disabled,
			drill: drills && !endpoint.drill && !disabled, off: drills && Boolean(endpoint.drill)
		};
		for (const [action, button] of this.#buttons) {
			const focused = document.activeElement === button;
			button.hidden = !shown[action];
			if (focused && button.hidden) {
				[...this.#buttons.values()].find((other) => !other.hidden)?.focus();
			}
		}
	}

}

function state(endpoint) {
	if (endpoint.skipReason === "DISABLED") {
		return "disabled";
	}
	if (endpoint.skipReason === "COOLING_DOWN") {
		return "cooling down";
	}
	if (endpoint.available && endpoint.circuitBreaker === "CLOSED") {
		return endpoint.refusing ? "refuses requests" : "ready";
	}
	return "breaker " + words(endpoint.circuitBreaker);
}

function waiting({ skipReason, skipRemaining }, passed) {
	if (skipReason === undefined) {
		return "";
	}
	const left = millis(skipRemaining);
	const what = REASONS[skipReason] ?? words(skipReason);
	return left === null ? what.replace(/ (in|for)$/, "") : what + " " + time(left - passed);
}

function rehearsal({ fault, remaining, callsLeft, share, only }, passed) {
	return "Drill: " + fault + ", " + time(millis(remaining) - passed) + " left"
		+ (callsLeft !== undefined ? " or " + callsLeft + " requests" : "")
		+ (share !== undefined ? ", " + number(share * 100) + " % of the requests" : "")
		+ (only !== undefined ? ", only of calls with " + only : "");
}

function counts(counted) {
	return Object.entries(counted ?? {}).map(([key, count]) => number(count) + " " + words(key)).join(", ");
}

function number(value) {
	return Number(value).toLocaleString("en");
}

function money(value) {
	return Number(value).toLocaleString("en", { maximumFractionDigits: 6 });
}
