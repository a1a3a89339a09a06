// SPDX-License-Identifier: Apache-2.0
/**
 * Reads an event stream out of a fetch response. The browser's EventSource only knows GET, and a question is a POST.
 */

/** Yields {event, data} for every complete event; one that the end of the stream cut off is dropped, as it must be. */
export async function* readEvents(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	const parser = new EventParser();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) {
				return;
			}
			yield* parser.push(value);
		}
	}
	finally {
		await reader.cancel().catch(() => {});
	}
}

/** Takes text in any pieces and gives back the events that became complete. */
export class EventParser {

	#rest = "";

	#event = "";

	#data = [];

	push(text) {
		this.#rest += text;
		const events = [];
		// A CR at the very end may be half of a CRLF: it waits for what follows.
		const lines = this.#rest.split(/\r\n|\n|\r(?!$)/);
		this.#rest = lines.pop();
		for (const line of lines) {
			if (line !== "") {
				this.#field(line);
			}
			else if (this.#data.length > 0) {
				events.push({ event: this.#event || "message", data: this.#data.join("\n") });
				this.#clear();
			}
			else {
				this.#clear();
			}
		}
		return events;
	}

	#field(line) {
		const colon = line.indexOf(":");
		const name = (colon < 0) ? line : line.slice(0, colon);
		const value = (colon < 0) ? "" : line.slice(colon + 1).replace(/^ /, "");
		if (name === "event") {
			this.#event = value;
		}
		else if (name === "data") {
			this.#data.push(value);
		}
	}

	#clear() {
		this.#event = "";
		this.#data = [];
	}

}
