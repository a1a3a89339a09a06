// SPDX-License-Identifier: Apache-2.0
/** One of the two chats: asks again and again, and counts what its user has to bear. */

import { element } from "./dom.js";
import { Silence } from "./silence.js";

const QUESTIONS = ["Briefly: who are you?", "Briefly: what is a circuit breaker?", "Briefly: what do you cost?",
	"Briefly: what happens when your provider fails?", "Briefly: why is it quiet?"];

const AFTER_ANSWER_MS = 400;

const AFTER_ERROR_MS = 1000;

const COUNTS = [["errors", "errors"], ["silence", "s of silence"], ["answers", "answers"]];

export class Lane {

	#ask;

	#list = element("ol", { className: "exchanges", tabIndex: 0, ariaLabel: "Questions and answers" });

	#counts = new Map();

	#abort = null;

	#run = null;

	#clock = null;

	#silence = new Silence();

	errors = 0;

	answers = 0;

	constructor(container, ask) {
		this.#ask = ask;
		const list = element("dl", { className: "counts" });
		for (const [key, label] of COUNTS) {
			const value = element("dd", { textContent: "0", dataset: { testid: key } });
			this.#counts.set(key, value);
			list.append(element("div", { dataset: { count: key } }, element("dt", { textContent: label }), value));
		}
		container.append(list, this.#list);
	}

	/** Seconds without a word while a question was open. */
	get silence() {
		return this.#silence.seconds();
	}

	begin() {
		if (this.#abort !== null) {
			return;
		}
		Object.assign(this, { errors: 0, answers: 0 });
		this.#silence = new Silence();
		this.#list.replaceChildren();
		this.#abort = new AbortController();
		this.#clock = setInterval(() => this.#show(), 100);
		this.#run = this.#askOn(this.#abort.signal);
	}

	async end() {
		this.#abort?.abort();
		await this.#run;
		clearInterval(this.#clock);
		this.#abort = null;
		this.#show();
	}

	async #askOn(signal) {
		for (let number = 0; !signal.aborted; number++) {
			const good = await this.#exchange(QUESTIONS[number % QUESTIONS.length], signal);
			await pause(good ? AFTER_ANSWER_MS : AFTER_ERROR_MS, signal);
		}
	}

	async #exchange(question, signal) {
		const answer = element("p", { className: "exchange-answer" });
		const node = element("li", { dataset: { state: "waiting" } }, element("p", { textContent: question }), answer);
		this.#list.prepend(node);
		this.#silence.begin();
		const failure = await this.#follow(question, signal, answer);
		this.#silence.end();
		if (signal.aborted) {
			node.dataset.state = "cut";
			return true;
		}
		node.dataset.state = (failure === null) ? "done" : "failed";
		if (failure === null) {
			this.answers++;
			return true;
		}
		this.errors++;
		answer.append(element("strong", { textContent: failure }));
		return false;
	}

	/** Shows the answer while it comes; returns what went wrong, null if nothing did. */
	async #follow(question, signal, answer) {
		try {
			for await (const { event, data } of this.#ask(question, signal)) {
				if (event === "delta") {
					this.#silence.broken();
					answer.append(data.text);
				}
				else if (event === "done" || event === "failed") {
					return (event === "done") ? null : data.message;
				}
			}
			return "The connection broke.";
		}
		catch (error) {
			return error.message;
		}
	}

	#show() {
		this.#counts.get("errors").textContent = String(this.errors);
		this.#counts.get("silence").textContent = this.silence.toFixed(1);
		this.#counts.get("answers").textContent = String(this.answers);
	}

}

function pause(ms, signal) {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
		signal.addEventListener("abort", resolve, { once: true });
	});
}
