// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What this process has spent so far.
 *
 * @param nanos processor time of all threads, garbage collection included, less that of
 * the JIT compiler's threads where the system tells (Linux)
 * @param bytes bytes allocated by the threads that are alive
 */
record ProcessCost(long nanos, long bytes) {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final Path TASKS = Path.of("/proc/self/task");

	static ProcessCost now() throws IOException {
		return new ProcessCost(SYSTEM.getProcessCpuTime() - compilers(), allocated());
	}

	ProcessCost since(ProcessCost before) {
		return new ProcessCost(this.nanos - before.nanos, this.bytes - before.bytes);
	}

	private static long allocated() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(bytes, 0);
		}
		return sum;
	}

	/** Java does not tell the processor time of its compiler threads. */
	private static long compilers() throws IOException {
		if (!Files.isDirectory(TASKS)) {
			return 0;
		}
		long sum = 0;
		try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
			for (Path task : tasks) {
				sum += nanosOfCompiler(task);
			}
		}
		return sum;
	}

	private static long nanosOfCompiler(Path task) throws IOException {
		try {
			String name = Files.readString(task.resolve("comm"));
			return name.matches("C[12] CompilerThre\\s*")
					? Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", -1)[0]) : 0;
		}
		catch (NoSuchFileException ex) {
			// The thread ended.
			return 0;
		}
	}

}
