// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.StreamInterruptedException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes the answer of one call and says whether the call went as it must.
 */
final class Judge {

	private final CallForm form;

	private final Question question;

	private final Consumer consumer;

	private final StringBuilder text = new StringBuilder();

	private boolean ended;

	private String wrong = "";

	Judge(CallForm form, Question question, Consumer consumer) {
		this.form = form;
		this.question = question;
		this.consumer = consumer;
	}

	/** How a call ended, as the report counts it. */
	Mono<Verdict> judge(Flux<Piece> seen) {
		return seen.doOnNext(this::take)
			.then(Mono.fromSupplier(this::answered))
			.onErrorResume((error) -> Mono.just((error instanceof Consumer.LeftException) ? left() : failed(error)));
	}

	private void take(Piece piece) {
		if (this.ended) {
			this.wrong = "something came after the end";
		}
		switch (piece.kind()) {
			case TEXT -> this.text.append(piece.text());
			case DISCARD -> discard();
			case END -> {
				this.ended = true;
				if (!piece.text().contentEquals(this.text)) {
					this.wrong = "the response has another text than its pieces: " + piece.text();
				}
			}
		}
	}

	private void discard() {
		requireBeginning();
		this.text.setLength(0);
	}

	private Verdict answered() {
		if (!this.consumer.stays()) {
			return left();
		}
		if (!this.question.answer().contentEquals(this.text)) {
			this.wrong = "another text than the right one";
		}
		if (this.form == CallForm.GATEWAY_REFUSED) {
			this.wrong = "the gateway took a request that it must refuse";
		}
		return verdict("answered");
	}

	private Verdict left() {
		requireBeginning();
		if (this.consumer == Consumer.STALLS && !this.form.ofGateway()
				&& !this.question.answer().contentEquals(this.text)) {
			this.wrong = "goes on although the consumer takes nothing";
		}
		return verdict("left");
	}

	private Verdict failed(Throwable error) {
		requireBeginning();
		boolean stalled = this.consumer == Consumer.STALLS
				&& (error instanceof AiFallbackException || error instanceof GatewayException);
		if (!stalled && !this.form.allows(error)) {
			this.wrong = "failed with " + error;
		}
		if (error instanceof StreamInterruptedException cut && this.consumer == Consumer.PATIENT
				&& !cut.partialText().contentEquals(this.text)) {
			this.wrong = "the exception has another text than what was received: " + cut.partialText();
		}
		return verdict("failed: " + name(error));
	}

	private static String name(Throwable error) {
		return (error instanceof GatewayException refused) ? refused.getMessage() : error.getClass().getSimpleName();
	}

	private void requireBeginning() {
		String expected = this.question.answer();
		if (this.form != CallForm.GATEWAY_REFUSED && !expected.startsWith(this.text.toString())) {
			this.wrong = "a text that is no beginning of the right one";
		}
	}

	private Verdict verdict(String end) {
		String finding = this.wrong.isEmpty() ? ""
				: this.form + " " + this.consumer + ", call " + this.question.number() + ": " + this.wrong + "; got \""
						+ shortened(this.text.toString()) + "\" for \"" + shortened(this.question.answer()) + '"';
		return new Verdict(this.form, end, finding);
	}

	private static String shortened(String text) {
		return (text.length() > 600) ? text.substring(0, 600) + "… (" + text.length() + ")" : text;
	}

	/**
	 * How a call ended.
	 *
	 * @param form the form of the call
	 * @param end its end in few words
	 * @param finding what was wrong, empty if nothing was
	 */
	record Verdict(CallForm form, String end, String finding) {

	}

}
