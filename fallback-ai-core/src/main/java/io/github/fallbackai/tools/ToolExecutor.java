// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.ToolDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Tools by their names, and how to run them. Immutable, and as safe for use by several
 * threads as the functions are. One executor may serve all calls of an application.
 */
public final class ToolExecutor {

	private final Map<String, RegisteredTool> tools;

	private final int parallel;

	private ToolExecutor(Builder builder) {
		this.tools = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tools));
		this.parallel = builder.parallel;
	}

	/** Starts an executor without tools. */
	public static Builder builder() {
		return new Builder();
	}

	/** What the model knows of the tools, in the order in which they were added. */
	public List<ToolDefinition> definitions() {
		return this.tools.values().stream().map(RegisteredTool::definition).toList();
	}

	/** How many calls of one answer run at the same time. */
	public int parallel() {
		return this.parallel;
	}

	@Nullable RegisteredTool find(String name) {
		return this.tools.get(name);
	}

	@Override
	public String toString() {
		return "ToolExecutor" + this.tools.keySet();
	}

	/**
	 * Collects a {@link ToolExecutor}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private final Map<String, RegisteredTool> tools = new LinkedHashMap<>();

		private int parallel = 4;

		private Builder() {
		}

		/**
		 * Adds a tool without limits of its own.
		 * @param definition what the model knows of it
		 * @param function what it does
		 * @return this builder
		 * @throws IllegalArgumentException if there is a tool of that name, or if its
		 * schema is no JSON object
		 */
		public Builder tool(ToolDefinition definition, ToolFunction function) {
			return tool(definition, function, ToolLimits.NONE);
		}

		/**
		 * Adds a tool.
		 * @param definition what the model knows of it
		 * @param function what it does
		 * @param limits how long and how often it may run
		 * @return this builder
		 * @throws IllegalArgumentException if there is a tool of that name, or if its
		 * schema is no JSON object
		 */
		public Builder tool(ToolDefinition definition, ToolFunction function, ToolLimits limits) {
			if (this.tools.put(definition.name(), RegisteredTool.of(definition, function, limits)) != null) {
				throw new IllegalArgumentException("tool '" + definition.name() + "': twice (expected: unique names)");
			}
			return this;
		}

		/**
		 * How many calls of one answer run at the same time; 4 unless set. With 1, they
		 * run in the order in which the model made them.
		 */
		public Builder parallel(int parallel) {
			if (parallel <= 0) {
				throw new IllegalArgumentException("parallel: " + parallel + " (expected: > 0)");
			}
			this.parallel = parallel;
			return this;
		}

		/** Builds the executor. */
		public ToolExecutor build() {
			return new ToolExecutor(this);
		}

	}

}
