// SPDX-License-Identifier: Apache-2.0
/** What stands below an answer: who gave it, after how long, what it took, and what can be done with it. */

import { element, words } from "./dom.js";

export function footer(turn, onRetry) {
	const parts = { done: answered, failed: failed, stopped: stopped }[turn.state](turn, onRetry);
	return [...parts, (turn.text === "") ? null : copy(turn.text)].filter((part) => part !== null);
}

function answered({ end, ms }) {
	const { endpoint, model, degraded, attempts } = end;
	return [
		degraded ? fallbackNotice(endpoint, attempts) : null,
		element("span", { className: "by" }, "Answered by ",
			element("span", { className: "badge", dataset: { testid: "badge", endpoint, model } },
				element("strong", { textContent: model }), " · ", endpoint)),
		element("span", { className: "facts-line", dataset: { testid: "facts" }, textContent: facts(end, ms) }),
		history(attempts, [])
	];
}

function failed({ end }, onRetry) {
	const retry = element("button",
		{ type: "button", className: "quiet", textContent: "Try again", dataset: { testid: "retry" } });
	retry.addEventListener("click", onRetry);
	return [
		element("p", { className: "error-text", textContent: end.message, dataset: { testid: "error" } }),
		retry,
		history(end.attempts, end.skips)
	];
}

function stopped() {
	return [element("span", { className: "badge muted", textContent: "Stopped" })];
}

function fallbackNotice(endpoint, attempts) {
	const failures = attempts.filter(({ failure }) => failure !== null)
		.map((attempt) => attempt.endpoint + ": " + words(attempt.failure));
	const why = (failures.length > 0) ? " (" + failures.join(", ") + ")" : ", because the first choice is resting";
	return element("p", {
		className: "fallback", dataset: { testid: "fallback" }, textContent: "A fallback answered: " + endpoint + why + "."
	});
}

function facts({ usage, cost }, ms) {
	const tokens = (usage === null) ? [] : [(usage.inputTokens + usage.outputTokens).toLocaleString("en") + " tokens"];
	const money = (cost === null) ? []
		: ["cost " + (cost.estimated ? "about " : "") + Number(cost.amount).toLocaleString("en", { maximumFractionDigits: 6 })];
	return ["after " + (ms / 1000).toFixed(1) + " s", ...tokens, ...money].join(", ");
}

function copy(text) {
	const button = element("button",
		{ type: "button", className: "quiet", textContent: "Copy", dataset: { testid: "copy" } });
	button.addEventListener("click", async () => {
		try {
			await navigator.clipboard.writeText(text);
			button.textContent = "Copied";
		}
		catch {
			button.textContent = "The browser does not allow that";
		}
		setTimeout(() => button.textContent = "Copy", 2000);
	});
	return button;
}

/** What was tried and what was passed over, folded away; nothing if the first attempt was all there is to tell. */
function history(attempts, skips) {
	if (attempts.length + skips.length < 2) {
		return null;
	}
	const count = attempts.length + ((attempts.length === 1) ? " attempt" : " attempts");
	return element("details", { className: "history", dataset: { testid: "history" } },
		element("summary", { textContent: count }),
		element("ol", {}, ...attempts.map(attemptLine)),
		...skips.map((skip) => element("p", { textContent: skip.endpoint + " was not asked: " + words(skip.reason) })));
}

function attemptLine({ endpoint, outcome, failure, httpStatus, durationMs }) {
	const status = (failure !== null && httpStatus !== null) ? " (HTTP " + httpStatus + ")" : "";
	return element("li", {
		className: (failure !== null) ? "bad" : "good",
		textContent: endpoint + ": " + words(failure ?? outcome) + status + " after " + durationMs + " ms"
	});
}
