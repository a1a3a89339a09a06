// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import org.jspecify.annotations.Nullable;

/**
 * Whether the model may, must or must not call tools.
 *
 * @param mode what is asked
 * @param tool the one tool to call, only with {@link Mode#TOOL}
 */
public record ToolChoice(Mode mode, @Nullable String tool) {

	/** The model decides. */
	public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, null);

	/** No tool is called. */
	public static final ToolChoice NONE = new ToolChoice(Mode.NONE, null);

	/** At least one tool is called. */
	public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, null);

	public ToolChoice {
		if ((mode == Mode.TOOL) != (tool != null)) {
			throw new IllegalArgumentException("tool: " + tool + " (expected: a name with mode TOOL, null otherwise)");
		}
	}

	/** This tool is called. */
	public static ToolChoice tool(String name) {
		return new ToolChoice(Mode.TOOL, name);
	}

	/**
	 * The degree of freedom.
	 */
	public enum Mode {

		/** The model decides. */
		AUTO,

		/** No tool is called. */
		NONE,

		/** At least one tool is called. */
		REQUIRED,

		/** The named tool is called. */
		TOOL

	}

}
