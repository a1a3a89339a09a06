// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

/**
 * A tool could not do what the model wants, and the model shall know why.
 */
public class ToolException extends RuntimeException {

	/**
	 * @param message what the model is told
	 */
	public ToolException(String message) {
		super(message);
	}

	/**
	 * @param message what the model is told
	 * @param cause why, which the model is not told
	 */
	public ToolException(String message, Throwable cause) {
		super(message, cause);
	}

}
