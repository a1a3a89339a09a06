// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * A stream broke after part of the answer had been delivered, and no endpoint could go on
 * with it.
 */
public class StreamInterruptedException extends AiFallbackException {

	private final transient Failure failure;

	private final transient String partialText;

	public StreamInterruptedException(Failure failure, String partialText, CallRecord record) {
		super("The answer was cut after " + partialText.length() + " characters (" + failure + "): "
				+ record.describe(), record);
		this.failure = failure;
		this.partialText = partialText;
	}

	/** What cut the answer. */
	public FailureKind kind() {
		return this.failure.kind();
	}

	/** The text that was delivered before the cut. */
	public String partialText() {
		return this.partialText;
	}

}
