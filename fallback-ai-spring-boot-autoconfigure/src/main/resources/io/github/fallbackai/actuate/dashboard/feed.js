// SPDX-License-Identifier: Apache-2.0
/** What the server tells: a stream of events if it has one, else its answers to regular questions. */

const BASE = new URL("fallbackai", location.href);

const POLL_MS = 2000;

const SILENCE_MS = 20_000;

const LONGEST_WAIT_MS = 10_000;

export class Feed {

	#listener;

	#wait = 1000;

	/** The listener has: status(state), history(events), happened(event), lost(ms), live(). */
	constructor(listener) {
		this.#listener = listener;
	}

	async run() {
		for (;;) {
			try {
				await this.#once();
			}
			catch {
				// Told below, and tried again.
			}
			this.#listener.lost(this.#wait);
			await pause(this.#wait);
			this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
		}
	}

	async #once() {
		const abort = new AbortController();
		const watchdog = new Watchdog(() => abort.abort());
		try {
			const response = await get(events(), "text/event-stream, application/json;q=0.5", abort.signal);
			if (response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
				await this.#read(response.body, watchdog);
			}
			else {
				await this.#poll(await response.json(), abort.signal, watchdog);
			}
		}
		finally {
			watchdog.stop();
			abort.abort();
		}
	}

	async #read(body, watchdog) {
		const reader = body.pipeThrough(new TextDecoderStream()).getReader();
		let rest = "";
		for (;;) {
			const { value, done } = await reader.read();
			if (done) {
				return;
			}
			watchdog.alive();
			const messages = (rest + value).split("\n\n");
			rest = messages.pop();
			messages.forEach((message) => this.#message(message));
		}
	}

	#message(message) {
		const lines = message.split("\n");
		const of = (field) => lines.filter((line) => line.startsWith(field + ":"))
			.map((line) => line.slice(field.length + 1).replace(/^ /, "")).join("\n");
		const data = of("data");
		if (data === "") {
			return;
		}
		const value = JSON.parse(data);
		switch (of("event")) {
			case "status":
				this.#status(value);
				break;
			case "events":
				this.#listener.history(value.events);
				break;
			case "event":
				this.#listener.happened(value);
				break;
		}
	}

	async #poll(first, signal, watchdog) {
		let history = first;
		for (;;) {
			this.#listener.history(history.events);
			this.#status(await (await get(BASE, "application/json", signal)).json());
			watchdog.alive();
			await pause(POLL_MS);
			history = await (await get(events(), "application/json", signal)).json();
		}
	}

	#status(state) {
		this.#wait = 1000;
		this.#listener.live();
		this.#listener.status(state);
	}

}

/** What this page may do, as { operations, drills }. */
export async function access() {
	return (await get(new URL("fallbackaidashboard/access", location.href), "application/json")).json();
}

/** Carries an operation out; throws an error whose message can be shown as it is. */
export async function operate(endpoint, operation) {
	const url = new URL(BASE + "/" + encodeURIComponent(endpoint));
	const response = await fetch(url, {
		method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(operation)
	}).catch(() => {
		throw new Error("The server cannot be reached.");
	});
	if (!response.ok) {
		const body = await response.json().catch(() => ({}));
		throw new Error(body.error ?? "The server answered with status " + response.status + ".");
	}
}

function events() {
	return new URL(BASE + "/events");
}

async function get(url, accept, signal) {
	const response = await fetch(url, { headers: { Accept: accept }, cache: "no-store", signal });
	if (!response.ok) {
		throw new Error("status " + response.status);
	}
	return response;
}

function pause(ms) {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Notices a connection that is dead without an end. */
class Watchdog {

	#timer;

	#bark;

	constructor(bark) {
		this.#bark = bark;
		this.alive();
	}

	alive() {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(this.#bark, SILENCE_MS);
	}

	stop() {
		clearTimeout(this.#timer);
	}

}
