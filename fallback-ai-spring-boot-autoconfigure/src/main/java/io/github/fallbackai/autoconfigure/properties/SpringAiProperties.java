// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

/**
 * The chat model for Spring AI.
 */
public class SpringAiProperties {

	/**
	 * Whether the chat model of fallback-ai is the one that Spring AI uses if there are
	 * several. Has no effect if the application has a primary one itself.
	 */
	private boolean primary = true;

	public boolean isPrimary() {
		return this.primary;
	}

	public void setPrimary(boolean primary) {
		this.primary = primary;
	}

}
