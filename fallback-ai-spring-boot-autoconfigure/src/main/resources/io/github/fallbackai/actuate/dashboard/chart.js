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

	/** What belongs to an endpoint: its place among the colours, and its line of the legend. */
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
		this.#forget(endpoints);
		this.draw();
	}

	/** An endpoint that is not configured any more stays as long as a bar shows its calls. */
	#forget(endpoints) {
		for (const [name, { item }] of this.#entries) {
			if (!Object.hasOwn(endpoints, name)) {
				this.#seen.delete(name);
				if (this.#total(name) === 0) {
					item.remove();
					this.#entries.delete(name);
				}
			}
		}
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
			const taken = [...this.#entries.values()].map((entry) => entry.number);
			let number = 0;
			while (taken.includes(number)) {
				number++;
			}
			const series = String(number % 6);
			const item = element("li", { dataset: { series } }, element("i", { ariaHidden: "true" }), name + " ", value);
			this.#legend.append(item);
			this.#entries.set(name, { number, series, value, item });
		}
	}

	draw() {
		const now = Math.floor(Date.now() / BAR_MS);
		const most = Math.max(1, ...this.#bars.map(({ counts }) => sum(counts.values())));
		this.#svg.replaceChildren(...this.#bars.flatMap((bar) => this.#parts(bar, now, most)));
		const totals = [...this.#entries.keys()].map((name) => [name, this.#total(name)]);
		totals.forEach(([name, total]) => write(this.#entries.get(name).value, String(total)));
		write(this.#most, "up to " + most + " in " + BAR_MS / 1000 + " s");
		this.#svg.setAttribute("aria-label", "Calls by endpoint: " + totals.map(([name, total]) => name + " " + total).join(", "));
	}

	#total(name) {
		return sum(this.#bars.map(({ counts }) => counts.get(name) ?? 0));
	}

	#parts({ number, counts }, now, most) {
		const width = WIDTH / BARS;
		let bottom = HEIGHT;
		return [...this.#entries].map(([name, { series }]) => [counts.get(name) ?? 0, series]).filter(([count]) => count > 0)
			.map(([count, series]) => {
				const height = count / most * HEIGHT;
				bottom -= height;
				return rect((BARS - 1 - (now - number)) * width, bottom, width - 1, height, series);
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
