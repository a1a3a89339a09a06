// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.concurrent.atomic.LongAdder;

import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;

/**
 * What Reactor is asked to do in this process by all threads but the simulators':
 * operators that are assembled, and tasks for schedulers.
 *
 * @param operators number of operators
 * @param tasks number of tasks
 */
record ReactorWork(long operators, long tasks) {

	private static final String KEY = ReactorWork.class.getName();

	/** Counts while an action runs. */
	static ReactorWork during(Runnable action) {
		LongAdder operators = new LongAdder();
		LongAdder tasks = new LongAdder();
		Hooks.onEachOperator(KEY, (publisher) -> {
			count(operators);
			return publisher;
		});
		Schedulers.onScheduleHook(KEY, (task) -> {
			count(tasks);
			return task;
		});
		try {
			action.run();
		}
		finally {
			Hooks.resetOnEachOperator(KEY);
			Schedulers.resetOnScheduleHook(KEY);
		}
		return new ReactorWork(operators.sum(), tasks.sum());
	}

	private static void count(LongAdder work) {
		if (!Thread.currentThread().getName().startsWith(AllocatedBytes.SIMULATORS)) {
			work.increment();
		}
	}

}
