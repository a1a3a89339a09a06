// SPDX-License-Identifier: Apache-2.0
/** The conversation as this tab remembers it, also after a reload. */

const KEY = "conversation";

const BROKEN = { message: "The page was closed before this answer was complete.", attempts: [], skips: [] };

/** The turns so far, oldest first. */
export function remembered() {
	try {
		return JSON.parse(sessionStorage.getItem(KEY) ?? "[]").map(ended);
	}
	catch {
		return [];
	}
}

export function remember(turns) {
	try {
		sessionStorage.setItem(KEY, JSON.stringify(turns));
	}
	catch {
		// A browser may refuse to store anything. Then a reload forgets.
	}
}

/** What the model has to know of the turns before the next question. */
export function messages(turns) {
	return turns.flatMap(({ question, text, state }) => {
		const asked = { role: "user", content: question };
		if (text.trim() === "") {
			return [asked];
		}
		const cut = { stopped: "\n\n[The user stopped this answer.]", failed: "\n\n[This answer broke off.]" }[state] ?? "";
		return [asked, { role: "assistant", content: text + cut }];
	});
}

function ended(turn) {
	return ["done", "failed", "stopped"].includes(turn.state) ? turn : { ...turn, state: "failed", end: BROKEN };
}
