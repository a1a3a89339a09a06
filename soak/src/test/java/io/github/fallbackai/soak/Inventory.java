// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What this process holds at present.
 */
final class Inventory {

	private Inventory() {
	}

	/** Bytes of the heap in use, after the garbage was collected. */
	static long heap() {
		long least = Long.MAX_VALUE;
		for (int collection = 0; collection < 3; collection++) {
			System.gc();
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	/** Open files and sockets, 0 where the system does not tell. */
	static long files() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? system.getOpenFileDescriptorCount() : 0;
	}

	/** Threads by name, without numbers. */
	static Map<String, Integer> threads() {
		Map<String, Integer> threads = new TreeMap<>();
		Thread.getAllStackTraces()
			.keySet()
			.forEach((thread) -> threads.merge(thread.getName().replaceAll("[0-9]+", "#"), 1, Integer::sum));
		return threads;
	}

}
