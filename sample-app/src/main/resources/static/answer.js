/** One answer: its text while it grows, who gives it, and what it took. */

import { element, words } from "./dom.js";

export class AnswerView {

	#text = element("p", { className: "text", dataset: { testid: "answer-text" } });

	#progress = element("p", { className: "progress", dataset: { testid: "progress" } });

	#footer = element("footer", { hidden: true });

	#onRetry;

	constructor(onRetry) {
		this.#onRetry = onRetry;
		this.node = element("li", { className: "answer", ariaBusy: "true", dataset: { testid: "answer", state: "waiting" } },
			this.#text, this.#progress, this.#footer);
		this.#waitFor(null);
	}

	on(event, data) {
		switch (event) {
			case "delta":
				this.#state("streaming");
				this.#text.append(data.text);
				this.#progress.hidden = true;
				break;
			case "switch":
				this.#switched(data);
				break;
			case "done":
				this.#done(data);
				break;
			case "failed":
				this.failed(data);
				break;
		}
	}

	failed({ message, attempts, skips }) {
		this.#state("failed");
		const retry = element("button",
			{ type: "button", className: "quiet", textContent: "Try again", dataset: { testid: "retry" } });
		retry.addEventListener("click", () => this.#onRetry());
		this.#finish(
			element("p", { className: "error-text", textContent: message, dataset: { testid: "error" } }),
			retry,
			history(attempts, skips));
	}

	stopped() {
		this.#state("stopped");
		this.#finish(element("span", { className: "badge muted", textContent: "Stopped" }));
	}

	/** Nothing more will come: a screen reader may read it now. */
	settle() {
		this.#text.normalize();
		this.node.ariaBusy = "false";
	}

	#switched({ from, to, model, reason, discardPrevious }) {
		this.#state("switching");
		if (discardPrevious) {
			this.#text.textContent = "";
		}
		this.#waitFor({ from, to, model, reason });
	}

	#done({ endpoint, model, degraded, attempts }) {
		this.#state("done");
		this.node.dataset.degraded = degraded;
		this.#finish(
			badge(endpoint, model),
			degraded ? fallbackMark() : null,
			history(attempts, []));
	}

	#waitFor(takeover) {
		const dots = element("span", { className: "dots", ariaHidden: "true" }, element("i"), element("i"), element("i"));
		const what = (takeover === null) ? [element("span", { className: "sr-only", textContent: "Waiting for an answer …" })]
			: [element("strong", { dataset: { testid: "next-model" }, textContent: takeover.model }),
				element("span", { textContent: "takes over from " + takeover.from + " (" + words(takeover.reason) + ")" })];
		this.#progress.replaceChildren(dots, ...what);
		this.#progress.hidden = false;
	}

	#finish(...children) {
		this.#progress.hidden = true;
		this.#footer.replaceChildren(...children.filter((child) => child !== null));
		this.#footer.hidden = false;
	}

	#state(state) {
		this.node.dataset.state = state;
	}

}

function badge(endpoint, model) {
	return element("span",
		{ className: "badge", title: "The model and the endpoint that gave this answer", dataset: { testid: "badge", endpoint, model } },
		element("strong", { textContent: model }), " · ", endpoint);
}

function fallbackMark() {
	return element("span",
		{ className: "badge fallback", title: "Not the first choice", textContent: "fallback", dataset: { testid: "fallback" } });
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
