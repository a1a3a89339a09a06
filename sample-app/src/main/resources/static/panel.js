// SPDX-License-Identifier: Apache-2.0
/** The chaos panel: how every provider is, live, and what goes wrong with it. */

import { providers, setMode } from "./api.js";
import { ProviderCard } from "./card.js";

const INTERVAL = 1000;

export class ChaosPanel {

	#container;

	#notice;

	#heal;

	#cards = new Map();

	#timer = null;

	#asked = 0;

	#shown = 0;

	/** Called with all providers whenever their state arrived. */
	onState = () => {};

	constructor(container, notice, heal) {
		this.#container = container;
		this.#notice = notice;
		this.#heal = heal;
		heal.addEventListener("click", () => this.#healAll());
		document.addEventListener("visibilitychange", () => this.refresh());
	}

	/** Asks now, and again as long as the page is looked at. */
	async refresh() {
		clearTimeout(this.#timer);
		if (document.hidden) {
			return;
		}
		await this.#attempt(providers());
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.refresh(), INTERVAL);
	}

	async #change(name, mode) {
		this.#cards.get(name).changing(mode);
		await this.#attempt(setMode(name, mode));
		this.#cards.get(name).changed();
	}

	#healAll() {
		for (const name of this.#cards.keys()) {
			this.#change(name, "healthy");
		}
	}

	async #attempt(answer) {
		const number = ++this.#asked;
		try {
			const states = await answer;
			// Answers may overtake one another; old news is dropped.
			if (number > this.#shown) {
				this.#shown = number;
				this.#show(states);
			}
			this.#notice.hidden = true;
		}
		catch (error) {
			this.#notice.textContent = error.message;
			this.#notice.hidden = false;
		}
	}

	#show(states) {
		for (const state of states) {
			this.#card(state).show(state);
		}
		this.#heal.hidden = states.every(({ mode }) => mode === null);
		this.onState(states);
	}

	#card(state) {
		if (!this.#cards.has(state.name)) {
			const card = new ProviderCard(state, (mode) => this.#change(state.name, mode));
			this.#cards.set(state.name, card);
			this.#container.append(card.node);
		}
		return this.#cards.get(state.name);
	}

}
