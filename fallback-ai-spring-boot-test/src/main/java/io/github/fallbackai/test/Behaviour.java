// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Prompt.Partial;
import io.github.fallbackai.test.wire.ProviderRules;

/**
 * The configured behaviour of the simulator: what it does and what it says. Thread-safe.
 */
final class Behaviour {

	private final Queue<Outcome> queue = new ConcurrentLinkedQueue<>();

	private final StandardAnswer standard;

	private volatile Function<RecordedRequest, Outcome> script = (request) -> Outcome.healthy();

	private volatile @Nullable Function<RecordedRequest, String> answers;

	private volatile Continuation continuation = Continuation.EXACT;

	private volatile ProviderRules rules = ProviderRules.NONE;

	private volatile @Nullable PromptMemory promptMemory;

	Behaviour(String signature) {
		this.standard = new StandardAnswer(signature);
	}

	void enqueue(Collection<Outcome> outcomes) {
		this.queue.addAll(outcomes);
	}

	void script(Function<RecordedRequest, Outcome> script) {
		this.script = script;
	}

	void answers(Function<RecordedRequest, String> answers) {
		this.answers = answers;
	}

	void continuation(Continuation continuation) {
		this.continuation = continuation;
	}

	void rules(ProviderRules rules) {
		this.rules = rules;
	}

	void promptCache(boolean on) {
		this.promptMemory = on ? new PromptMemory() : null;
	}

	@Nullable PromptMemory promptMemory() {
		return this.promptMemory;
	}

	ProviderRules rules() {
		return this.rules;
	}

	void reset() {
		this.queue.clear();
		this.script = (request) -> Outcome.healthy();
		this.answers = null;
		this.continuation = Continuation.EXACT;
		this.rules = ProviderRules.NONE;
		this.promptMemory = null;
	}

	Outcome next(RecordedRequest request) {
		Outcome queued = this.queue.poll();
		return (queued != null) ? queued : this.script.apply(request);
	}

	/**
	 * Returns what a healthy model says. If the request contains the beginning of its
	 * answer, that is the rest of it.
	 */
	String text(RecordedRequest request) {
		Partial partial = request.prompt().partial();
		if (partial != null) {
			String whole = whole(request, partial.question());
			if (partial.isStartOf(whole)) {
				return this.continuation.of(whole, partial.text());
			}
		}
		return whole(request, request.lastUserMessage());
	}

	String answerTo(String question) {
		return this.standard.to(question);
	}

	private String whole(RecordedRequest request, String question) {
		Function<RecordedRequest, String> answers = this.answers;
		return (answers != null) ? answers.apply(request) : this.standard.to(question);
	}

}
