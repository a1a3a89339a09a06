// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import java.util.List;
import java.util.Objects;

/**
 * One tool call of a simulated answer.
 *
 * @param id the call's id; Gemini sends none
 * @param name the tool's name
 * @param arguments the arguments as JSON text, sent as it is, so that invalid JSON can be
 * simulated too if the format has arguments as text
 */
public record ToolCall(String id, String name, String arguments) {

	private static final int PIECE_LENGTH = 8;

	/**
	 * Checks that nothing is missing.
	 */
	public ToolCall {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(arguments, "arguments");
	}

	/**
	 * Creates a call whose id is derived from the tool's name.
	 * @param name the tool's name
	 * @param arguments the arguments as JSON text
	 * @return the call
	 */
	public static ToolCall of(String name, String arguments) {
		return new ToolCall("call_" + name, name, arguments);
	}

	/**
	 * Cuts the arguments into the pieces in which a model generates them.
	 * @return the pieces; joined they are the arguments
	 */
	public List<String> argumentPieces() {
		return Tokens.ofLength(this.arguments, PIECE_LENGTH);
	}

	@Override
	public String toString() {
		return "ToolCall[" + this.name + "]";
	}

}
