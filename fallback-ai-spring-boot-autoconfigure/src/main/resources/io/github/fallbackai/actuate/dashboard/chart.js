// SPDX-License-Identifier: Apache-2.0
/** A bar for every few seconds, with a part for each endpoint: how many attempts ended there. */

import { element, write } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

const BARS = 60;

const BAR_MS = 3000;

const WIDTH = 600;

const HEIGHT = 120;

export class Chart {

	#svg = document.createElementNS(SVG, "svg");

	#legend = element("ul", { className: "legend" });

	#most = element("p", { className: "most" });

	#names = [];

	#entries = new Map();

	#seen = new Map();

	#bars = [];

	constructor(container) {
		this.#svg.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
		this.#svg.setAttribute("preserveAspectRatio", "none");
		this.#svg.setAttribute("role", "img");
		container.append(this.#most, this.#svg, this.#legend);
	}

	/** Notes how many attempts ended since the last state. */
	note(endpoints) {
		const bar = this.#bar();
		for (const [name, { statistics }] of Object.entries(endpoints)) {
			const total = Object.values(statistics.attempts).reduce((sum, count) => sum + count, 0);
			const before = this.#seen.get(name) ?? total;
			// A restarted server counts from zero.
			const more = total >= before ? total - before : total;
			this.#seen.set(name, total);
			bar.counts.set(name, (bar.counts.get(name) ?? 0) + more);
			this.#entry(name);
		}
		this.draw();
	}

	#bar() {
		const number = Math.floor(Date.now() / BAR_MS);
		const last = this.#bars.at(-1);
		if (last?.number === number) {
			return last;
		}
		const bar = { number, counts: new Map() };
		this.#bars.push(bar);
		this.#bars = this.#bars.filter((other) => other.number > number - BARS);
		return bar;
	}

	#entry(name) {
		if (!this.#entries.has(name)) {
			const value = element("span");
			const series = String(this.#names.length % 6);
			this.#legend.append(element("li", { dataset: { series } }, element("i", { ariaHidden: "true" }), name + " ", value));
			this.#entries.set(name, value);
			this.#names.push(name);
		}
	}

	draw() {
		const now = Math.floor(Date.now() / BAR_MS);
		const most = Math.max(1, ...this.#bars.map(({ counts }) => sum(counts.values())));
		this.#svg.replaceChildren(...this.#bars.flatMap((bar) => this.#parts(bar, now, most)));
		const totals = this.#names.map((name) => [name, sum(this.#bars.map(({ counts }) => counts.get(name) ?? 0))]);
		totals.forEach(([name, total]) => write(this.#entries.get(name), String(total)));
		write(this.#most, "up to " + most + " in " + BAR_MS / 1000 + " s");
		this.#svg.setAttribute("aria-label", "Calls by endpoint: " + totals.map(([name, total]) => name + " " + total).join(", "));
	}

	#parts({ number, counts }, now, most) {
		const width = WIDTH / BARS;
		let bottom = HEIGHT;
		return this.#names.map((name, series) => [counts.get(name) ?? 0, series]).filter(([count]) => count > 0)
			.map(([count, series]) => {
				const height = count / most * HEIGHT;
				bottom -= height;
				return rect((BARS - 1 - (now - number)) * width, bottom, width - 1, height, series % 6);
			});
	}

}

function rect(x, y, width, height, series) {
	const part = document.createElementNS(SVG, "rect");
	Object.entries({ x, y, width, height, "data-series": series }).forEach(([name, value]) => part.setAttribute(name, value));
	return part;
}

function sum(numbers) {
	return [...numbers].reduce((total, one) => total + one, 0);
}
