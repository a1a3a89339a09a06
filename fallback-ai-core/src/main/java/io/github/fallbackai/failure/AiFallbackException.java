// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.util.List;

/**
 * A call that ended without an answer. Messages name endpoints, kinds, statuses and
 * codes, never text of a prompt, an answer or a provider.
 */
public abstract class AiFallbackException extends RuntimeException {

	private final transient List<Attempt> attempts;

	private final transient List<Skip> skips;

	/**
	 * Creates an exception.
	 * @param message the message, without content
	 * @param record what was tried
	 */
	protected AiFallbackException(String message, CallRecord record) {
		super(message);
		this.attempts = record.attempts();
		this.skips = record.skips();
	}

	/** The attempts of the call, oldest first. */
	public List<Attempt> attempts() {
		return this.attempts;
	}

	/** The endpoints that the call skipped last, and why. */
	public List<Skip> skips() {
		return this.skips;
	}

}
