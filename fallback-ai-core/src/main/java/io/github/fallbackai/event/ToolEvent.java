// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;

import io.github.fallbackai.chat.ToolExecution;

/**
 * Something that happened to a tool which the library runs for a model. Holds no
 * arguments and no result.
 */
public sealed interface ToolEvent extends FailoverEvent {

	/** The name of every tool that the application does not have. */
	String UNKNOWN = "(unknown)";

	/**
	 * Identifies the conversation with the model, each answer of which is a call with an
	 * id of its own.
	 */
	CallInfo loop();

	/** Name of the tool. */
	String tool();

	/**
	 * A tool starts to run. {@link Finished} or {@link Failed} follows.
	 *
	 * @param loop the conversation
	 * @param tool name of the tool
	 */
	record Started(CallInfo loop, String tool) implements ToolEvent {

	}

	/**
	 * A tool returned a result.
	 *
	 * @param loop the conversation
	 * @param tool name of the tool
	 * @param duration how long it ran
	 */
	record Finished(CallInfo loop, String tool, Duration duration) implements ToolEvent {

	}

	/**
	 * A tool failed, or was not run at all.
	 *
	 * @param loop the conversation
	 * @param tool name of the tool, {@link #UNKNOWN} if there is no such tool
	 * @param outcome how it failed
	 * @param duration how long it ran; zero if it did not
	 */
	record Failed(CallInfo loop, String tool, ToolExecution.Outcome outcome, Duration duration) implements ToolEvent {

	}

}
