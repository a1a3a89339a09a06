// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

/**
 * An answer as a value. {@code toString()} hides the value.
 *
 * @param <T> the value's type
 * @param value the value
 * @param response the answer as the model gave it, with the attempts that were needed
 */
public record Answer<T>(T value, ChatResponse response) {

	@Override
	public String toString() {
		return "Answer[" + this.value.getClass().getSimpleName() + ", " + this.response + "]";
	}

}
