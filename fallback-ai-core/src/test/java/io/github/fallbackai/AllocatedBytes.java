// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;

/**
 * The bytes that all threads but the simulators' allocate while something runs. The
 * tests' leak detector is off meanwhile, because its records are most of what is
 * allocated.
 */
final class AllocatedBytes {

	/** How the names of the simulators' threads begin. */
	static final String SIMULATORS = "provider-simulator";

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private AllocatedBytes() {
	}

	/** Runs the work and counts. A thread that ends meanwhile is not counted. */
	static long during(Runnable work) {
		ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
		try {
			Map<Long, Long> before = byThread();
			work.run();
			long allocated = 0;
			for (Map.Entry<Long, Long> thread : byThread().entrySet()) {
				allocated += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
			}
			return allocated;
		}
		finally {
			ResourceLeakDetector.setLevel(level);
		}
	}

	private static Map<Long, Long> byThread() {
		Map<Long, Long> allocated = new HashMap<>();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (!thread.getName().startsWith(SIMULATORS)) {
				allocated.put(thread.getId(), THREADS.getThreadAllocatedBytes(thread.getId()));
			}
		}
		return allocated;
	}

}
