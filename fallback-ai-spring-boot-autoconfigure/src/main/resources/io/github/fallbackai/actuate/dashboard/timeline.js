// SPDX-License-Identifier: Apache-2.0
/** The latest events, latest first. */

import { element, millis, time, words } from "./dom.js";

const MOST = 256;

const TEXTS = {
	switched: ({ endpoint, to, chain, reason }) => endpoint + " → " + to + " in chain " + chain + because(reason),
	opened: ({ endpoint, reason, length }) => endpoint + ": breaker opened" + lasting(length) + because(reason),
	cooled: ({ endpoint, reason, length }) => endpoint + ": cools down" + lasting(length) + because(reason),
	recovered: ({ endpoint }) => endpoint + ": recovered",
	probed: ({ endpoint, reason }) => endpoint + ": probed" + (reason ? because(reason) : ", works"),
	"drill-began": ({ endpoint, reason, length }) => endpoint + ": drill " + reason + lasting(length),
	"drill-ended": ({ endpoint, reason }) => endpoint + ": drill " + reason + " is over"
};

export class Timeline {

	#list;

	#empty;

	/** Of the rows, in their order. */
	#keys = [];

	constructor(list, empty) {
		this.#list = list;
		this.#empty = empty;
	}

	/** Replaces everything. */
	history(events) {
		const latest = events.slice(0, MOST);
		const keys = latest.map(key);
		if (keys.length === this.#keys.length && keys.every((one, index) => one === this.#keys[index])) {
			return;
		}
		this.#keys = keys;
		this.#list.replaceChildren(...latest.map(row));
		this.#empty.hidden = latest.length > 0;
	}

	happened(event) {
		if (this.#keys.includes(key(event))) {
			return;
		}
		this.#keys.unshift(key(event));
		this.#list.prepend(row(event));
		this.#empty.hidden = true;
		if (this.#keys.length > MOST) {
			this.#keys.pop();
			this.#list.lastElementChild.remove();
		}
	}

}

function key({ at, type, endpoint, instance }) {
	return [at, type, endpoint, instance].join(" ");
}

function row(event) {
	const text = TEXTS[event.type] ?? (({ endpoint, reason }) => endpoint + ": " + words(event.type) + because(reason));
	return element("li", { dataset: { type: event.type } },
		element("time", { dateTime: event.at, textContent: new Date(event.at).toLocaleTimeString() }),
		element("span", { className: "what", textContent: text(event) }),
		element("span", { className: "where", textContent: event.instance }));
}

function because(reason) {
	return reason ? " (" + (/^[A-Z_]+$/.test(reason) ? words(reason) : reason) + ")" : "";
}

function lasting(length) {
	return length ? " for " + time(millis(length)) : "";
}
