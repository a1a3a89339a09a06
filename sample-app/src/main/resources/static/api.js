// SPDX-License-Identifier: Apache-2.0
/** The server's HTTP API. Errors become exceptions whose message can be shown as it is. */

import { readEvents } from "./sse.js";

const JSON_BODY = { "Content-Type": "application/json" };

/** Asks, with everything that was said before, and yields {event, data} with the data parsed. */
export function ask(message, history, signal) {
	return events("/api/chat/stream", { message, history }, signal);
}

/** Sends a body and yields {event, data} with the data parsed. */
export async function* events(path, body, signal) {
	const response = await send(path, {
		method: "POST", headers: { ...JSON_BODY, Accept: "text/event-stream" }, body: JSON.stringify(body), signal
	});
	try {
		for await (const { event, data } of readEvents(response.body)) {
			yield { event, data: JSON.parse(data) };
		}
	}
	catch (error) {
		// The words of browsers for this differ.
		throw (error.name === "AbortError") ? error : new Error("The connection to the chatbot's server broke.");
	}
}

export async function providers() {
	return (await send("/api/providers")).json();
}

export async function setMode(name, mode) {
	const path = "/api/providers/" + encodeURIComponent(name);
	return (await send(path, { method: "PUT", headers: JSON_BODY, body: JSON.stringify({ mode }) })).json();
}

export async function disaster() {
	return (await send("/api/disaster")).json();
}

async function send(path, options) {
	const response = await fetch(path, options).catch((error) => {
		throw (error.name === "AbortError") ? error : new Error("The chatbot's server cannot be reached.");
	});
	if (!response.ok) {
		const body = await response.json().catch(() => ({}));
		throw new Error(body.error ?? "The server answered with status " + response.status + ".");
	}
	return response;
}
