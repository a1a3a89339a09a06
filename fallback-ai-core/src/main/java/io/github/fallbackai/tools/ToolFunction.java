// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What a tool does. Called on the thread on which the model's answer arrived, often an
 * event loop, so it must not block. Cancelled if the caller leaves, or a limit passes.
 */
@FunctionalInterface
public interface ToolFunction {

	/**
	 * Runs the tool.
	 * @param invocation the call; its arguments fit the schema
	 * @return the result, which the model reads; empty for an empty result. The message
	 * of a {@link ToolException} reaches the model, that of another error does not
	 */
	Mono<String> run(ToolInvocation invocation);

	/**
	 * A tool that blocks. It runs on a thread of {@link Schedulers#boundedElastic()},
	 * which is interrupted on cancellation.
	 * @param function what it does; {@code null} is an empty result
	 * @return the function
	 */
	static ToolFunction blocking(Function<ToolInvocation, String> function) {
		return (invocation) -> Mono.fromCallable(() -> function.apply(invocation))
			.subscribeOn(Schedulers.boundedElastic());
	}

}
