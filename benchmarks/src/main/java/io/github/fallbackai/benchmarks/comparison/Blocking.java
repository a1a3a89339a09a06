// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.util.concurrent.Callable;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Calls of clients that block their thread.
 */
final class Blocking {

	private static final Scheduler THREADS = Schedulers.newBoundedElastic(Client.CONNECTIONS, Integer.MAX_VALUE,
			"blocking");

	private Blocking() {
	}

	static <T> Mono<T> call(Callable<T> call) {
		return Mono.fromCallable(call).subscribeOn(THREADS);
	}

}
