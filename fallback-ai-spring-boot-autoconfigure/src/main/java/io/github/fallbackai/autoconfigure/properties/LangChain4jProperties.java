// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

/**
 * Chat models of LangChain4j.
 */
public class LangChain4jProperties {

	/**
	 * Whether there are beans of LangChain4j's ChatModel and StreamingChatModel that ask
	 * the endpoints, if LangChain4j is on the class path.
	 */
	private boolean enabled = true;

	/**
	 * Whether these beans are the primary ones of their type. Has no effect on a type of
	 * which the application has a primary bean itself. "@AiService" does not look at
	 * that.
	 */
	private boolean primary = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isPrimary() {
		return this.primary;
	}

	public void setPrimary(boolean primary) {
		this.primary = primary;
	}

}
